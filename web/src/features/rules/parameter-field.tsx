import { Checkbox, Group, Input, Slider, Text, Textarea } from '@mantine/core';
import { useId } from 'react';
import type { Rule, RuleParameter } from '@/api/rules';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useRuleWords } from '@/i18n/rule-settings';
import { NumberField } from '@/ui/number-field';
import { isNumeric, linesOf, stepOf, type Draft } from './draft';
import { useRuleNames } from './rule-words';
import classes from './rules.module.css';

interface ParameterFieldProps {
  rule: Rule;
  parameter: RuleParameter;
  draft: Draft;
  error: string | undefined;
  readOnly: boolean;
  onChange: (draft: Draft) => void;
}

/** One limit of a rule: a number within its bounds, types of location, or lines of text. */
export function ParameterField(props: ParameterFieldProps) {
  const { parameter } = props;
  if (isNumeric(parameter)) return <LimitField {...props} />;
  if (parameter.kind === 'location_types') return <TypesField {...props} />;
  return <LinesField {...props} />;
}

function LimitField({ rule, parameter, draft, error, readOnly, onChange }: ParameterFieldProps) {
  const words = useRuleWords();
  const names = useRuleNames();
  const format = useFormat();
  const { minimum, maximum, name } = parameter;
  const label = names.parameter(parameter);
  const id = useId();
  const value = draft.numbers[name] ?? '';
  const set = (number: number | '') =>
    onChange({ ...draft, numbers: { ...draft.numbers, [name]: number } });
  const bounds = words.bounds(format.number(minimum ?? 0, 2), format.number(maximum ?? 0, 2));
  return (
    <Input.Wrapper
      label={label}
      labelProps={{ htmlFor: id }}
      description={`${names.hint(rule, parameter)} ${bounds} ${words.byDefault(
        names.value(parameter, parameter.default),
      )}.`}
      error={error}
      errorProps={{ id: `${id}-error` }}
    >
      <div className={classes.number}>
        <NumberField
          id={id}
          mt={6}
          value={value}
          step={stepOf(parameter)}
          suffix={words.unit[name] ? ` ${words.unit[name]}` : undefined}
          allowDecimal={parameter.kind !== 'integer'}
          allowNegative={(minimum ?? 0) < 0}
          clampBehavior="none"
          disabled={readOnly}
          error={error !== undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          onChange={set}
        />
        <div className={classes.slider}>
          <Slider
            value={typeof value === 'number' ? value : (minimum ?? 0)}
            min={minimum ?? 0}
            max={maximum ?? 1}
            step={stepOf(parameter)}
            label={(shown) => names.value(parameter, shown)}
            disabled={readOnly}
            thumbLabel={label}
            onChange={set}
          />
        </div>
      </div>
    </Input.Wrapper>
  );
}

function TypesField({ rule, parameter, draft, error, readOnly, onChange }: ParameterFieldProps) {
  const names = useRuleNames();
  const { locationType } = useMessages();
  const { name } = parameter;
  return (
    <Checkbox.Group
      label={names.parameter(parameter)}
      description={names.hint(rule, parameter)}
      error={error}
      value={linesOf(draft.lists[name] ?? '')}
      onChange={(types) =>
        onChange({ ...draft, lists: { ...draft.lists, [name]: types.join('\n') } })
      }
    >
      <Group gap="sm" mt="xs">
        {Object.entries(locationType).map(([type, label]) => (
          <Checkbox key={type} value={type} label={label} disabled={readOnly} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

function LinesField({ rule, parameter, draft, error, readOnly, onChange }: ParameterFieldProps) {
  const words = useRuleWords();
  const names = useRuleNames();
  const { name } = parameter;
  return (
    <Textarea
      label={names.parameter(parameter)}
      description={
        <Text span inherit>
          {names.hint(rule, parameter)} {words.onePerLine}
        </Text>
      }
      error={error}
      autosize
      minRows={2}
      maxRows={10}
      spellCheck={false}
      disabled={readOnly}
      value={draft.lists[name] ?? ''}
      onChange={(event) => {
        const text = event.currentTarget.value;
        onChange({ ...draft, lists: { ...draft.lists, [name]: text } });
      }}
    />
  );
}
