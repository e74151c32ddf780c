import { SegmentedControl } from '@mantine/core';
import { useLanguage } from '@/i18n/i18n';
import { LOCALE_NAMES, LOCALES } from '@/i18n/locale';

export function LanguagePicker() {
  const { locale, choose, messages } = useLanguage();
  return (
    <SegmentedControl
      aria-label={messages.app.language}
      size="xs"
      w="fit-content"
      value={locale}
      onChange={(code) => choose(code)}
      data={LOCALES.map((code) => ({ value: code, label: LOCALE_NAMES[code] }))}
    />
  );
}
