import { ActionIcon, Kbd, UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconPlus, IconScan, IconSearch, type Icon } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { mayReadCatalog, useCompanyRole } from '@/domain/access/company-role';
import { useNewAnalysisScope } from '@/domain/warehouses/scope';
import { useMessages } from '@/i18n/i18n';
import type { EntryGroup, Place } from './navigation';
import classes from './shell.module.css';

/** Loaded when somebody opens it, or is about to. */
const load = () => import('@/features/search/search-palette');
const SearchPalette = lazy(() => load().then((module) => ({ default: module.SearchPalette })));

interface SearchButtonProps {
  groups: readonly EntryGroup[];
  icons: Record<Place, Icon>;
}

/** Opens the search: here, by Ctrl K from anywhere, or by `/` where nothing is typed. */
export function SearchButton({ groups, icons }: SearchButtonProps) {
  const { app } = useMessages();
  const role = useCompanyRole();
  const newScope = useNewAnalysisScope();
  const [open, setOpen] = useState(false);
  const show = () => setOpen(true);
  useHotkeys([['mod+K', show]], []);
  useHotkeys([['/', show, { usePhysicalKeys: false }]]);
  const pages = useMemo(
    () =>
      groups
        .flatMap(({ entries }) => entries)
        .map(({ place, to }) => ({ label: app[place], to, icon: icons[place] })),
    [groups, icons, app],
  );
  const actions = useMemo(
    () => [
      ...(newScope === undefined
        ? []
        : [{ label: app.newAnalysis, to: `/w/${newScope}/new`, icon: IconPlus }]),
      ...(mayReadCatalog(role) ? [{ label: app.scan, to: '/scan', icon: IconScan }] : []),
    ],
    [newScope, role, app],
  );
  const about = { onPointerEnter: () => void load(), onFocus: () => void load() };
  return (
    <>
      <UnstyledButton
        className={classes.search}
        visibleFrom="sm"
        onClick={show}
        aria-keyshortcuts="Control+K"
        {...about}
      >
        <IconSearch size={18} stroke={1.7} aria-hidden />
        <span className={classes.searchText}>{app.search}</span>
        <Kbd size="xs" aria-hidden>
          Ctrl K
        </Kbd>
      </UnstyledButton>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={44}
        hiddenFrom="sm"
        aria-label={app.search}
        onClick={show}
        {...about}
      >
        <IconSearch size={22} stroke={1.7} aria-hidden />
      </ActionIcon>
      {open ? (
        <Suspense>
          <SearchPalette pages={pages} actions={actions} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
