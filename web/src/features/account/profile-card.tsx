import { Button, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Profile } from '@/api/account';
import { useAccountWords } from '@/i18n/account';
import { useLanguage } from '@/i18n/i18n';
import { LOCALE_NAMES, LOCALES, type Locale } from '@/i18n/locale';
import { Card } from '@/ui/card';
import { useProfileChange } from './profile-change';

export function ProfileCard({ profile }: { profile: Profile }) {
  const { profile: words, tabs } = useAccountWords();
  const { locale, messages } = useLanguage();
  const saving = useProfileChange(profile, () => words.saved);
  const form = useForm<{ name: string; language: Locale }>({
    initialValues: {
      name: profile.name ?? '',
      language: LOCALES.find((code) => code === profile.language) ?? locale,
    },
  });
  return (
    <Card title={tabs.profile}>
      <form
        onSubmit={form.onSubmit(({ name, language }) =>
          saving.mutate({ name: name.trim() || null, language }),
        )}
      >
        <Stack align="flex-start">
          <TextInput w="100%" label={words.username} value={profile.username} readOnly />
          <TextInput
            w="100%"
            label={`${words.name} (${messages.state.optional})`}
            description={words.nameHint}
            maxLength={80}
            autoComplete="name"
            {...form.getInputProps('name')}
          />
          <Select
            label={words.language}
            allowDeselect={false}
            data={LOCALES.map((code) => ({ value: code, label: LOCALE_NAMES[code] }))}
            {...form.getInputProps('language')}
          />
          <Button type="submit" loading={saving.isPending}>
            {messages.action.save}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
