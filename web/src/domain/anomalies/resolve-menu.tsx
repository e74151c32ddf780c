import { Menu } from '@mantine/core';
import type { ReactElement } from 'react';
import { VERDICTS, type Verdict } from '@/api/anomalies';
import { useMessages } from '@/i18n/i18n';

interface ResolveMenuProps {
  onResolve: (reason: Verdict | undefined) => void;
  disabled?: boolean;
  /** The button that opens it. */
  children: ReactElement;
}

/** Resolving asks why: what people answer tells how often the rule is right. */
export function ResolveMenu({ onResolve, disabled = false, children }: ResolveMenuProps) {
  const { triage: words, reason } = useMessages();
  return (
    <Menu position="top-end" disabled={disabled} width={270}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{words.resolveAs}</Menu.Label>
        {VERDICTS.map((verdict) => (
          <Menu.Item key={verdict} py="sm" onClick={() => onResolve(verdict)}>
            {reason[verdict]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item py="sm" c="dimmed" onClick={() => onResolve(undefined)}>
          {words.withoutReason}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
