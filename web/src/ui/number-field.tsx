import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useFormat } from '@/i18n/i18n';

type Rest = Omit<NumberInputProps, 'value' | 'onChange' | 'decimalSeparator'>;

interface NumberFieldProps extends Rest {
  value: number | '';
  /** Empty while there is no number. */
  onChange: (value: number | '') => void;
}

/** A number as the reader writes it: with the decimal sign of their language, and the other taken too. */
export function NumberField({ onChange, ...rest }: NumberFieldProps) {
  const { decimalSign } = useFormat();
  return (
    <NumberInput
      {...rest}
      decimalSeparator={decimalSign}
      allowedDecimalSeparators={['.', ',']}
      onChange={(typed) => onChange(typeof typed === 'number' ? typed : '')}
    />
  );
}
