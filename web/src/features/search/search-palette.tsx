import { CloseButton, Kbd, Text, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { hasStatus } from '@/api/problem';
import { LONGEST, searchQuery, SHORTEST } from '@/api/search';
import { useSession } from '@/api/session/session';
import { CameraReader } from '@/domain/stock/camera-reader';
import { typedCode } from '@/domain/stock/scanned-text';
import { useMessages } from '@/i18n/i18n';
import { useSearchWords } from '@/i18n/search';
import { Dialog } from '@/ui/dialog';
import { entriesOf, type Entry, type Way } from './entries';
import { optionId, PaletteList } from './palette-list';
import { recallOpened, rememberOpened } from './recent';
import classes from './search.module.css';

const PAUSE_MS = 150;

interface SearchPaletteProps {
  pages: readonly Way[];
  actions: readonly Way[];
  onClose: () => void;
}

/** One field for whatever somebody looks for, and the way there. */
export function SearchPalette({ pages, actions, onClose }: SearchPaletteProps) {
  const words = useSearchWords();
  const { action } = useMessages();
  const phone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const username = useSession()?.username ?? '';
  const navigate = useNavigate();
  const list = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const [entered, setEntered] = useState<string | null>(null);
  const typed = text.trim();
  const [asked] = useDebouncedValue(typed, PAUSE_MS);
  const query = useQuery(searchQuery(asked));
  // Of a text that is too short, what was found for the one before would be wrong.
  const answer = typed.length >= SHORTEST ? query.data : undefined;
  const opened = useMemo(() => recallOpened(localStorage, username), [username]);
  const groups = useMemo(
    () => entriesOf(typed, answer?.results ?? [], { pages, actions, opened }),
    [typed, answer, pages, actions, opened],
  );
  const entries = groups.flatMap((group) => group.entries);
  const position = Math.min(active, entries.length - 1);
  const waits = typed.length >= SHORTEST && (asked !== typed || query.isFetching);

  function type(next: string) {
    setText(next);
    setActive(0);
    setEntered(null);
  }

  function open(entry: Entry | undefined) {
    if (!entry) return;
    const { type: kind, code = null, title, target, result } = entry;
    if (kind && result)
      rememberOpened(localStorage, username, { type: kind, id: result.id, title, code, ...target });
    onClose();
    void navigate({ to: target.to, search: target.search ?? {} });
  }

  const latest = useRef(() => {});
  useEffect(() => {
    latest.current = () => {
      setEntered(null);
      open(entries[position]);
    };
  });

  const isDue = entered !== null && entered === typed && !waits;
  useEffect(() => {
    if (isDue) latest.current();
  }, [isDue]);

  function choose(event: KeyboardEvent) {
    const last = entries.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: position >= last ? 0 : position + 1,
      ArrowUp: position <= 0 ? last : position - 1,
      PageDown: Math.min(position + 8, last),
      PageUp: Math.max(position - 8, 0),
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setActive(next);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      // What is shown may still be that of the text before: then as soon as it is not.
      if (waits) setEntered(typed);
      else open(entries[position]);
    }
  }

  return (
    <Dialog
      onClose={onClose}
      withCloseButton={false}
      attributes={{ content: { 'aria-label': words.title } }}
      size="lg"
      fullScreen={phone}
      centered={false}
      yOffset="10vh"
      padding={0}
      transitionProps={{ duration: 0 }}
      classNames={{ body: classes.body, content: classes.content }}
    >
      <div className={classes.head}>
        <IconSearch size={20} aria-hidden className={classes.sign} />
        <input
          data-autofocus
          role="combobox"
          type="text"
          className={classes.field}
          aria-label={words.field}
          aria-expanded={entries.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={entries.length > 0 ? optionId(list, position) : undefined}
          placeholder={words.hint}
          value={text}
          maxLength={LONGEST}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={choose}
        />
        <CloseButton aria-label={action.close} onClick={onClose} />
      </div>
      {phone ? (
        <div className={classes.scan}>
          <CameraReader onRead={(code) => type(typedCode(code))} />
        </div>
      ) : null}
      <PaletteList id={list} groups={groups} active={position} onOpen={open} />
      <div className={classes.foot}>
        <Text size="sm" c="dimmed" role="status">
          {waits ? (
            words.searching
          ) : query.error && typed.length >= SHORTEST && !hasStatus(query.error, 422) ? (
            words.failed
          ) : typed && entries.length === 0 ? (
            <>
              {words.nothing(typed)} {words.nothingHint}
            </>
          ) : answer?.partial ? (
            words.partial
          ) : (
            <VisuallyHidden>{words.found(entries.length)}</VisuallyHidden>
          )}
        </Text>
        {phone ? null : (
          <Text size="xs" c="dimmed" className={classes.keys} aria-hidden>
            <Kbd size="xs">↑</Kbd> <Kbd size="xs">↓</Kbd> {words.keys.move} <Kbd size="xs">↵</Kbd>{' '}
            {words.keys.open} <Kbd size="xs">Esc</Kbd> {words.keys.close}
          </Text>
        )}
      </div>
    </Dialog>
  );
}
