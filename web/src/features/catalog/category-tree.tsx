import { ActionIcon, Badge, Menu, Text } from '@mantine/core';
import {
  IconChevronDown,
  IconChevronRight,
  IconFolderSymlink,
  IconPlus,
} from '@tabler/icons-react';
import { useId, useState } from 'react';
import { changeCategory, deleteCategory } from '@/api/categories';
import { useCatalogWords } from '@/i18n/catalog';
import { TextLink } from '@/ui/link';
import classes from './catalog.module.css';
import type { Doing } from './categories-page';
import { EntryMenu } from './entry-menu';
import type { Branch } from './tree';

interface CategoryTreeProps {
  branches: readonly Branch[];
  /** Not for those who only read. */
  onDo: ((doing: Doing) => void) | undefined;
}

/** Lists within lists, each of which can be closed. */
export function CategoryTree({ branches, onDo }: CategoryTreeProps) {
  return (
    <ul className={classes.tree}>
      {branches.map((branch) => (
        <BranchItem key={branch.category.id} branch={branch} onDo={onDo} />
      ))}
    </ul>
  );
}

function BranchItem({ branch, onDo }: Pick<CategoryTreeProps, 'onDo'> & { branch: Branch }) {
  const words = useCatalogWords();
  const [open, setOpen] = useState(true);
  const below = useId();
  const { category, children, total } = branch;
  const hasMore = children.length > 0;
  return (
    <li>
      <div className={classes.row}>
        {hasMore ? (
          <ActionIcon
            variant="subtle"
            size={28}
            aria-expanded={open}
            aria-controls={open ? below : undefined}
            aria-label={
              open ? words.category.collapse(category.name) : words.category.expand(category.name)
            }
            onClick={() => setOpen(!open)}
          >
            {open ? (
              <IconChevronDown size={18} aria-hidden />
            ) : (
              <IconChevronRight size={18} aria-hidden />
            )}
          </ActionIcon>
        ) : (
          <span className={classes.leaf} />
        )}
        <div className={classes.named}>
          <Text span fw={500} className={classes.name}>
            {category.name}
          </Text>
          {category.archived ? (
            <Badge variant="light" color="gray" tt="none">
              {words.archived}
            </Badge>
          ) : null}
          <Counts branch={branch} total={total} />
        </div>
        {onDo ? <Actions branch={branch} onDo={onDo} /> : null}
      </div>
      {hasMore && open ? (
        <div id={below} className={classes.below}>
          <CategoryTree branches={children} onDo={onDo} />
        </div>
      ) : null}
    </li>
  );
}

/** How many items are in it, as the way to them; and with those below, where that is more. */
function Counts({ branch: { category }, total }: { branch: Branch; total: number }) {
  const words = useCatalogWords();
  return (
    <Text span size="sm" c="dimmed">
      {category.items > 0 ? (
        <TextLink to="/items" search={{ category: category.id }} underline="always" size="sm">
          {words.items(category.items)}
        </TextLink>
      ) : (
        words.items(0)
      )}
      {total > category.items ? ` · ${words.category.withBelow(total)}` : null}
    </Text>
  );
}

function Actions({ branch: { category }, onDo }: { branch: Branch; onDo: (doing: Doing) => void }) {
  const words = useCatalogWords();
  return (
    <EntryMenu
      name={category.name}
      edit={words.rename}
      onEdit={() => onDo({ what: 'rename', category })}
      archiving={{
        archived: category.archived,
        change: (archived) => changeCategory(category, { archived }),
      }}
      remove={() => deleteCategory(category)}
    >
      <Menu.Item
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => onDo({ what: 'add', below: category })}
      >
        {words.category.addBelow}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconFolderSymlink size={16} aria-hidden />}
        onClick={() => onDo({ what: 'move', category })}
      >
        {words.category.move}
      </Menu.Item>
    </EntryMenu>
  );
}
