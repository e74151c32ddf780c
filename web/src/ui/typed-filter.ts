import { useState, type ChangeEvent } from 'react';
import { useLateChange } from './late-change';

interface TypedFilter {
  value: string;
  onChange: (event: ChangeEvent<HTMLInputElement>) => void;
}

const AFTER_MS = 250;

/**
 * A text of the address that is typed: told once nothing was typed for a moment, and shown as the
 * address has it when that was changed from elsewhere, as by going back or clearing the filters.
 */
export function useTypedFilter(
  known: string | undefined,
  change: (wanted: string | undefined) => void,
): TypedFilter {
  const [text, setText] = useState(known ?? '');
  const [seen, setSeen] = useState(known);
  // While the address follows, more may have been typed: what was told is no change from elsewhere.
  const [told, setTold] = useState(known);
  if (seen !== known) {
    setSeen(known);
    if (told !== known) {
      setTold(known);
      setText(known ?? '');
    }
  }
  const tell = useLateChange((typed: string) => {
    const wanted = typed.trim() || undefined;
    setTold(wanted);
    change(wanted);
  }, AFTER_MS);
  return {
    value: text,
    onChange: ({ currentTarget: { value } }) => {
      setText(value);
      tell(value);
    },
  };
}
