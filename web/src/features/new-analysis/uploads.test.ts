import { beforeEach, expect, it, vi } from 'vitest';

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
  return import('./uploads');
}

const keys = () => createReport.mock.calls.map((call): unknown => call[1]);

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
