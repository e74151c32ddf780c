import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const createReport = vi.fn();
const sendFile = vi.fn();
vi.mock('@/api/reports', () => ({ createReport }));
vi.mock('@/api/uploads', () => ({ sendFile }));

const file = new File(['Pallet ID'], 'stock.csv');
const form = { url: 'https://bucket.example', fields: {} };

/** The page's own list of uploads, empty. */
async function fresh() {
  vi.resetModules();
  vi.stubGlobal('window', { addEventListener: () => undefined });
  const { ApiProblem } = await import('@/api/problem');
  const tooMany = (seconds: number) => new ApiProblem(429, 'Too many.', [], null, seconds);
  return { ...(await import('./uploads')), tooMany };
}

const keys = () => createReport.mock.calls.map((call): unknown => call[1]);

afterEach(() => vi.useRealTimers());

beforeEach(() => {
  createReport.mockReset();
  sendFile.mockReset();
});

it('asks again with the same key where no answer came', async () => {
  const { startUpload, repeatUpload } = await fresh();
  createReport.mockRejectedValueOnce(new Error('504'));
  createReport.mockResolvedValue({ report_id: 'rep_1', upload: form });
  startUpload(file, {}, 'key-1');
  await vi.waitFor(() => expect(createReport).toHaveBeenCalledTimes(1));
  await vi.waitFor(() => {
    repeatUpload('key-1');
    expect(keys()).toEqual(['key-1', 'key-1']);
  });
});

it('makes another report where the file of the first did not arrive', async () => {
  const { startUpload, repeatUpload } = await fresh();
  createReport.mockResolvedValue({ report_id: 'rep_1', upload: form });
  sendFile.mockRejectedValueOnce(new Error('cut off'));
  startUpload(file, {}, 'key-1');
  await vi.waitFor(() => expect(sendFile).toHaveBeenCalledTimes(1));
  await vi.waitFor(() => {
    repeatUpload('key-1');
    expect(keys()).toHaveLength(2);
  });
  expect(keys()[1]).not.toBe('key-1');
});

it('waits as long as it is told where there were too many, and one file asks at a time', async () => {
  vi.useFakeTimers();
  const { startUpload, tooMany } = await fresh();
  createReport.mockRejectedValueOnce(tooMany(6)).mockRejectedValueOnce(tooMany(6));
  createReport.mockRejectedValueOnce(tooMany(3));
  createReport.mockResolvedValue({ report_id: 'rep_1', upload: form });
  startUpload(file, {}, 'key-1');
  startUpload(file, {}, 'key-2');
  await vi.advanceTimersByTimeAsync(5900);
  expect(keys()).toEqual(['key-1', 'key-2']);
  await vi.advanceTimersByTimeAsync(100);
  expect(keys()).toEqual(['key-1', 'key-2', 'key-1']);
  await vi.advanceTimersByTimeAsync(3000);
  expect(keys()).toEqual(['key-1', 'key-2', 'key-1', 'key-1']);
  await vi.advanceTimersByTimeAsync(6000);
  expect(keys()).toEqual(['key-1', 'key-2', 'key-1', 'key-1', 'key-2']);
  expect(sendFile).toHaveBeenCalledTimes(2);
});

it('cancels what waits, and lets the next go on', async () => {
  vi.useFakeTimers();
  const { startUpload, cancelUpload, tooMany } = await fresh();
  createReport.mockRejectedValueOnce(tooMany(60)).mockRejectedValueOnce(tooMany(1));
  createReport.mockResolvedValue({ report_id: 'rep_1', upload: form });
  startUpload(file, {}, 'key-1');
  startUpload(file, {}, 'key-2');
  await vi.advanceTimersByTimeAsync(1);
  cancelUpload('key-1');
  await vi.advanceTimersByTimeAsync(1000);
  expect(keys()).toEqual(['key-1', 'key-2', 'key-2']);
});
