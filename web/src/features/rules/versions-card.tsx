import { Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ruleVersionsQuery, type Rule, type RuleSettings, type RuleVersion } from '@/api/rules';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useRuleWords } from '@/i18n/rule-settings';
import { LoadMore } from '@/ui/load-more';
import { Card } from '@/ui/card';
import { Loaded } from '@/ui/states';
import { SCOPES } from './draft';
import { useRuleNames } from './rule-words';

interface VersionsCardProps {
  rule: Rule;
  warehouse: string;
  /** Where it may be changed: puts a version into the form. */
  onTake: ((settings: RuleSettings) => void) | undefined;
}

/** What the settings have been, who changed them and when. */
export function VersionsCard({ rule, warehouse, onTake }: VersionsCardProps) {
  const words = useRuleWords();
  const format = useFormat();
  const query = useInfiniteQuery(ruleVersionsQuery(rule.code, warehouse, rule.version));
  const all = query.data?.pages.flatMap((page) => page.versions);
  return (
    <Card title={words.versions}>
      <Loaded query={{ ...query, data: all }}>
        {(versions) =>
          versions.length === 0 ? (
            <Text size="sm" c="dimmed">
              {words.noVersions}
            </Text>
          ) : (
            <Stack gap="sm" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
              {versions.map((version) => (
                <li key={version.version}>
                  <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
                    <div>
                      <Text size="sm" fw={600}>
                        {words.version(version.version)}
                      </Text>
                      <Text size="sm">
                        <Summary rule={rule} version={version} />
                      </Text>
                      <Text size="xs" c="dimmed">
                        {words.versionBy(version.by, format.ago(version.at))}
                      </Text>
                    </div>
                    {onTake && version.version !== rule.version ? (
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        style={{ flex: 'none' }}
                        aria-label={`${words.takeVersion}: ${words.version(version.version)}`}
                        onClick={() => onTake(version.settings)}
                      >
                        {words.takeVersion}
                      </Button>
                    ) : null}
                  </Group>
                </li>
              ))}
            </Stack>
          )
        }
      </Loaded>
      <LoadMore query={query} size="compact-sm" />
    </Card>
  );
}

function Summary({ rule, version }: { rule: Rule; version: RuleVersion }) {
  const words = useRuleWords();
  const names = useRuleNames();
  const format = useFormat();
  const { priority: priorities } = useMessages();
  if (version.reset) return words.wasReset;
  const { enabled, priority, parameters, scope } = version.settings;
  const parts = [
    enabled ? null : words.wasOff,
    ...rule.parameters.map((parameter) => {
      const value = parameters[parameter.name];
      return value === undefined
        ? null
        : `${names.parameter(parameter)}: ${names.value(parameter, value)}`;
    }),
    priority ? `${words.priority}: ${priorities[priority]}` : null,
    ...SCOPES.map((part) =>
      scope[part]?.length ? `${words[part]}: ${format.list(scope[part])}` : null,
    ),
  ];
  return parts.filter((part) => part !== null).join(' · ') || words.enabled;
}
