import { useSyncExternalStore } from 'react';
import { hasStatus } from '@/api/problem';
import { createReport, type ReportRequest } from '@/api/reports';
import { sendFile } from '@/api/uploads';

type CreatedReport = Awaited<ReturnType<typeof createReport>>;

export interface UploadOptions {
  warehouseId?: string | undefined;
  asOf?: string | undefined;
  rules?: File | undefined;
}

export interface Upload {
  /** Also the request's Idempotency-Key. */
  key: string;
  file: File;
  options: UploadOptions;
  /** `waiting`: there were too many; it goes on by itself. */
  state: 'preparing' | 'waiting' | 'sending' | 'sent' | 'failed' | 'cancelled';
  /** Bytes that have left. */
  sent: number;
  reportId: string | null;
  error: unknown;
}

/**
 * The files being sent. Kept outside of the pages, so that looking at something else stops nothing.
 * What is sent lives on as a report.
 */
let uploads: readonly Upload[] = [];
const listeners = new Set<() => void>();
const controllers = new Map<string, AbortController>();

function publish(next: readonly Upload[]): void {
  uploads = next;
  listeners.forEach((listener) => listener());
}

function change(key: string, changes: Partial<Upload>): void {
  publish(uploads.map((upload) => (upload.key === key ? { ...upload, ...changes } : upload)));
}

export function startUpload(
  file: File,
  options: UploadOptions,
  key: string = crypto.randomUUID(),
): void {
  const started: Upload = {
    key,
    file,
    options,
    state: 'preparing',
    sent: 0,
    reportId: null,
    error: null,
  };
  publish([started, ...uploads]);
  void send(started);
}

async function send({ key, file, options }: Upload): Promise<void> {
  const controller = new AbortController();
  controllers.set(key, controller);
  const { signal } = controller;
  try {
    const created = await create(request(file, options), key, signal);
    change(key, { reportId: created.report_id, state: 'sending' });
    // The layout first: the inventory's arrival is what starts the analysis.
    if (options.rules && created.rules_upload) {
      await sendFile(created.rules_upload, options.rules, { progress: () => undefined, signal });
    }
    if (!created.upload) throw new Error('The service gave no address for the file.');
    await sendFile(created.upload, file, { progress: (sent) => change(key, { sent }), signal });
    change(key, { state: 'sent', sent: file.size });
  } catch (error) {
    change(key, { state: signal.aborted ? 'cancelled' : 'failed', error });
  } finally {
    controllers.delete(key);
  }
}

/** The last of those that wait for their turn. */
let turn: Promise<unknown> = Promise.resolve();
/** Where a refusal names no time. */
const PATIENCE_SECONDS = 10;

/**
 * Makes the report. Where the service has had too many requests, it waits as long as it is told, and
 * behind those that wait already, so that of a hundred files one at a time asks again.
 */
async function create(
  report: ReportRequest,
  key: string,
  signal: AbortSignal,
): Promise<CreatedReport> {
  try {
    return await createReport(report, key);
  } catch (error) {
    if (!hasStatus(error, 429)) throw error;
    const { retryAfter } = error;
    change(key, { state: 'waiting' });
    const created = turn.then(() => createPatiently(report, key, signal, retryAfter));
    turn = created.catch(() => undefined);
    return created;
  }
}

async function createPatiently(
  report: ReportRequest,
  key: string,
  signal: AbortSignal,
  retryAfter: number | null,
): Promise<CreatedReport> {
  let seconds = retryAfter ?? PATIENCE_SECONDS;
  for (;;) {
    await pause(seconds * 1000, signal);
    try {
      return await createReport(report, key);
    } catch (error) {
      if (!hasStatus(error, 429)) throw error;
      seconds = error.retryAfter ?? PATIENCE_SECONDS;
    }
  }
}

/** Ends early, with the signal's reason, where the upload is cancelled. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = () => {
      clearTimeout(timer);
      reject(new DOMException('Cancelled', 'AbortError'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', cancel);
      resolve();
    }, milliseconds);
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
}

function request(file: File, { warehouseId, asOf, rules }: UploadOptions): ReportRequest {
  return {
    filename: file.name,
    size: file.size,
    ...(warehouseId ? { warehouse_id: warehouseId } : {}),
    ...(asOf ? { as_of: asOf } : {}),
    ...(rules ? { rules_filename: rules.name } : {}),
  };
}

export function cancelUpload(key: string): void {
  controllers.get(key)?.abort();
}

/** Forgets what is over; a file that is still being sent stays. */
export function dismissUpload(key: string): void {
  if (!controllers.has(key)) publish(uploads.filter((upload) => upload.key !== key));
}

export function repeatUpload(key: string): void {
  const upload = uploads.find((candidate) => candidate.key === key);
  if (!upload || !mayBeSentAgain(upload)) return;
  dismissUpload(key);
  // Where no answer came, the report may have been made all the same: the same key finds it.
  startUpload(upload.file, upload.options, upload.reportId ? undefined : key);
}

export const isSending = (upload: Upload) =>
  upload.state === 'preparing' || upload.state === 'waiting' || upload.state === 'sending';

/** What was received is a report already; sent again, it would become a second one. */
export const mayBeSentAgain = (upload: Upload) =>
  upload.state === 'failed' || upload.state === 'cancelled';

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(subscribe, () => uploads);
}

window.addEventListener('beforeunload', (event) => {
  if (uploads.some(isSending)) event.preventDefault();
});
