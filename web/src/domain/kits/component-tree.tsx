import { ActionIcon, Text } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { componentsQuery, type ComponentView } from '@/api/kits';
import { quantityText } from '@/domain/stock/quantity';
import { useFormat } from '@/i18n/i18n';
import { useKitWords } from '@/i18n/kits';
import { TextLink } from '@/ui/link';
import classes from './kits.module.css';

/** Components, each kit among them with its own below it once it is opened. */
export function ComponentTree({
  label,
  components,
}: {
  label: string;
  components: readonly ComponentView[];
}) {
  return (
    <ul className={classes.tree} aria-label={label}>
      {components.map((component, index) => (
        <Node key={`${index} ${component.item_id}`} component={component} />
      ))}
    </ul>
  );
}

function Node({ component }: { component: ComponentView }) {
  const words = useKitWords();
  const format = useFormat();
  const [opened, setOpened] = useState(false);
  const { item_id: id, name, quantity, unit, is_kit: isKit } = component;
  const label = words.expand(name);
  const Sign = opened ? IconChevronDown : IconChevronRight;
  return (
    <li>
      <div className={classes.component}>
        {isKit ? (
          <ActionIcon
            variant="subtle"
            aria-label={label}
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            <Sign size={16} aria-hidden />
          </ActionIcon>
        ) : (
          <span className={classes.leaf} />
        )}
        <Text span size="sm" className={classes.name}>
          <TextLink to="/items/$itemId" params={{ itemId: id }} underline="always" inherit>
            {name}
          </TextLink>
        </Text>
        <Text span size="sm" className={`${classes.amount} numbers`}>
          {quantityText(format, quantity, unit)}
        </Text>
      </div>
      {opened ? <Below id={id} label={label} /> : null}
    </li>
  );
}

function Below({ id, label }: { id: string; label: string }) {
  const { data } = useQuery(componentsQuery(id));
  if (!data) return null;
  return <ComponentTree label={label} components={data.components} />;
}
