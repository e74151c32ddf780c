import type { PreviewQuestion, ReportPreview } from '@/api/reports';

/** That the file belongs to another warehouse; which one is a second answer. */
export const OTHER = 'other';

export interface ScopeAnswer {
  kind: 'whole' | 'part' | typeof OTHER | null;
  warehouse?: string | undefined;
}

export const askedScope = (preview: ReportPreview): PreviewQuestion | undefined =>
  preview.questions.find((question) => question.kind === 'scope');

/** What is sent for it; undefined while it is not answered. */
export function scopeValue({ kind, warehouse }: ScopeAnswer): string | undefined {
  return kind === OTHER ? warehouse : (kind ?? undefined);
}
