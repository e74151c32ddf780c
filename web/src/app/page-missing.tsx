import { IconRoute2 } from '@tabler/icons-react';
import { useMessages } from '@/i18n/i18n';
import { ButtonLink } from '@/ui/link';
import { Notice } from '@/ui/states';

export function PageMissing() {
  const { state } = useMessages();
  return (
    <main>
      <Notice
        page
        icon={IconRoute2}
        title={state.pageMissingTitle}
        action={
          <ButtonLink to="/" mt="xs">
            {state.home}
          </ButtonLink>
        }
      >
        {state.pageMissing}
      </Notice>
    </main>
  );
}
