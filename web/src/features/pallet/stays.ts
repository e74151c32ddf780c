import type { PalletStay } from '@/api/snapshots';

/** One line of a pallet's life: a snapshot that has it, or several in a row that do not. */
export type Chapter =
  | { kind: 'stay'; stay: PalletStay; how: 'appeared' | 'returned' | 'moved' | 'stayed' | null }
  | { kind: 'absent'; from: PalletStay; to: PalletStay; count: number };

/**
 * Newest first. `complete` says that no older snapshot is left to read: only then is the oldest
 * stay known to be the first.
 */
export function chaptersOf(stays: readonly PalletStay[], complete: boolean): Chapter[] {
  const chapters: Chapter[] = [];
  stays.forEach((stay, index) => {
    if (stay.present) {
      chapters.push({ kind: 'stay', stay, how: howCame(stays, index, complete) });
      return;
    }
    const last = chapters.at(-1);
    if (last?.kind === 'absent') {
      last.from = stay;
      last.count += 1;
    } else chapters.push({ kind: 'absent', from: stay, to: stay, count: 1 });
  });
  // Before it first came it was nowhere: that is no part of its life.
  if (complete && chapters.length > 1 && chapters.at(-1)?.kind === 'absent') chapters.pop();
  return chapters;
}

function howCame(stays: readonly PalletStay[], index: number, complete: boolean) {
  const { moved } = stays[index]!;
  if (moved !== null) return moved ? ('moved' as const) : ('stayed' as const);
  const older = stays.slice(index + 1);
  if (older.some(({ present }) => present)) return 'returned' as const;
  return complete ? ('appeared' as const) : null;
}

export interface LifeFacts {
  first: PalletStay | undefined;
  last: PalletStay | undefined;
  seen: number;
  moves: number;
  anomalies: number;
}

export function factsOf(stays: readonly PalletStay[]): LifeFacts {
  const present = stays.filter((stay) => stay.present);
  return {
    first: present.at(-1),
    last: present[0],
    seen: present.length,
    moves: present.filter(({ moved }) => moved === true).length,
    anomalies: new Set(
      present.flatMap((stay) => stay.anomalies.map((anomaly) => anomaly.fingerprint)),
    ).size,
  };
}
