import { useCatalogWords } from '@/i18n/catalog';
import { SectionLinks } from '@/ui/section-links';

/** The ways between items and what they refer to. */
export function CatalogTabs() {
  const { sections, tabs } = useCatalogWords();
  return (
    <SectionLinks
      label={sections}
      sections={[
        { to: '/items', label: tabs.items, exact: true },
        { to: '/items/kits', label: tabs.kits },
        { to: '/items/suppliers', label: tabs.suppliers },
        { to: '/items/consumption', label: tabs.consumption },
        { to: '/items/categories', label: tabs.categories },
        { to: '/items/units', label: tabs.units },
        { to: '/items/types', label: tabs.types },
      ]}
    />
  );
}
