import type { Plural } from '../plural';

export const anomalies = (plural: Plural) => ({
  priority: { 'Very High': 'Very high', High: 'High', Medium: 'Medium', Low: 'Low' },
  status: {
    New: 'New',
    Acknowledged: 'Acknowledged',
    'In Progress': 'In progress',
    Resolved: 'Resolved',
  },
  subject: {
    pallet: 'Pallet',
    stock_line: 'Stock line',
    location: 'Location',
    lot: 'Lot',
    rule: 'Many at once',
  },
  companions: {
    title: {
      pallet: 'Also about this pallet',
      stock_line: 'Also about this stock line',
      location: 'Also about this location',
      lot: 'Also about this lot',
      rule: 'Also about this rule',
    },
    more: {
      pallet: (count: number) => `and ${count} more about this pallet`,
      stock_line: (count: number) => `and ${count} more about this stock line`,
      location: (count: number) => `and ${count} more about this location`,
      lot: (count: number) => `and ${count} more about this lot`,
      rule: (count: number) => `and ${count} more about this rule`,
    },
    together: {
      pallet: (count: number) =>
        plural(count, {
          one: 'Also the other one about this pallet',
          other: 'Also the # others about this pallet',
        }),
      stock_line: (count: number) =>
        plural(count, {
          one: 'Also the other one about this stock line',
          other: 'Also the # others about this stock line',
        }),
      location: (count: number) =>
        plural(count, {
          one: 'Also the other one about this location',
          other: 'Also the # others about this location',
        }),
      lot: (count: number) =>
        plural(count, {
          one: 'Also the other one about this lot',
          other: 'Also the # others about this lot',
        }),
      rule: (count: number) =>
        plural(count, {
          one: 'Also the other one about this rule',
          other: 'Also the # others about this rule',
        }),
    },
  },
  flood: {
    size: (subjects: string, judged: string) => `${subjects} of ${judged}`,
    patterns: 'What they look like',
    places: 'Where they are',
    pattern: 'Pattern',
    count: 'How many',
    example: 'For example',
    list: 'List each by itself…',
    listTitle: 'List each by itself?',
    listText: (count: number) =>
      plural(count, {
        one: 'The file is analyzed again, and this anomaly becomes # anomaly.',
        other:
          'The file is analyzed again, and this anomaly becomes # anomalies, each with its own status. That may take minutes.',
      }),
    listBetter:
      'Where one cause is behind them all, such as a layout that does not fit, mend that and analyze again instead.',
    confirm: 'List each',
    keep: (rules: string) => `Go on listing each by itself: ${rules}`,
  },
  anomalies: {
    title: 'Anomalies',
    lead: 'Across all your reports, most urgent first.',
    priority: 'Priority',
    anyPriority: 'Any priority',
    status: 'Status',
    anyStatus: 'Any status',
    rule: 'Rule',
    anyRule: 'Any rule',
    location: 'Location',
    report: 'Report',
    anyReport: 'Any report',
    warehouse: 'Warehouse',
    anyWarehouse: 'Any warehouse',
    subject: 'Subject',
    what: 'What is wrong',
    pallets: 'Pallets',
    updated: 'Changed',
    search: 'Search',
    searchLabel: 'Search pallet, stock line, location or text',
    group: 'Group by',
    groupNone: 'No groups',
    sortBy: (column: string) => `Sort by ${column}`,
    table: 'Table',
    board: 'Board',
    view: 'View',
    shown: (shown: number, total: string) =>
      `${plural(shown, { one: '# anomaly', other: '# anomalies' })} of ${total}`,
    loaded: (count: number) => plural(count, { one: '# loaded', other: '# loaded' }),
    count: (count: number) => plural(count, { one: '# anomaly', other: '# anomalies' }),
    inLines: (counted: string, lines: number) =>
      `${counted}, ${plural(lines, { one: 'in # line', other: 'in # lines' })}`,
    selectedWith: (lines: number, companions: number) =>
      `${plural(lines, { one: '# selected', other: '# selected' })}, ${plural(companions, { one: 'with # companion', other: 'with # companions' })}`,
    loadingRest: (loaded: string) => `Loading the rest to sort and search: ${loaded} so far`,
    selected: (count: number) => plural(count, { one: '# selected', other: '# selected' }),
    select: (what: string) => `Select ${what}`,
    selectAll: 'Select all that are shown',
    setStatus: 'Set status',
    comment: 'Comment',
    commentHint: 'What was found, what was done',
    emptyTitle: 'No anomalies',
    empty: 'Nothing here. Upload an inventory export to find some.',
    nothingTitle: 'Nothing matches',
    nothing: 'Change the search or the filters.',
    columnEmpty: 'Nothing here',
    updatedCount: (count: number) =>
      plural(count, { one: '# anomaly changed', other: '# anomalies changed' }),
    failedCount: (count: number) =>
      plural(count, { one: '# could not be changed', other: '# could not be changed' }),
    rows: 'List of anomalies',
    moveTo: (what: string) => `Move ${what} to another status`,
    locationFilter: (name: string) => `Location: ${name}`,
    filters: 'Filters',
  },
  panel: {
    title: 'Anomaly',
    evidence: 'Evidence',
    cell: 'Cell',
    column: 'Column',
    raw: 'In the file',
    parsed: 'Read as',
    row: (sheet: string, row: string) => `${sheet}, row ${row}`,
    moreRows: (count: number) =>
      plural(count, { one: 'Show # more row', other: 'Show # more rows' }),
    firstRows: (shown: string) => `These are the first ${shown} rows; the others are in the file.`,
    history: 'History',
    found: 'Found by the analysis',
    historyMore: (count: number) =>
      plural(count, { one: '# older change', other: '# older changes' }),
    moved: (from: string, to: string) => `${from} → ${to}`,
    commented: 'Commented',
    by: (name: string) => `by ${name}`,
    statusTitle: 'Status',
    next: (status: string) => `Mark as ${status}`,
    saveComment: 'Save comment',
    changed: (status: string) => `Now: ${status}`,
    affected: (count: number) =>
      plural(count, { one: '# pallet affected', other: '# pallets affected' }),
    openReport: 'Open its report',
    newer: 'A newer snapshot has this anomaly too. Change its status there.',
    newerLink: 'Open it there',
    previous: 'Previous anomaly',
    following: 'Next anomaly',
    close: 'Close the panel',
    empty: '(empty)',
  },
});
