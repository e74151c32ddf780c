import type { Schemas } from './client';

export type UploadForm = Schemas['UploadForm'];

/** The file store refused the file, or could not be reached. */
export class UploadFailed extends Error {
  override name = 'UploadFailed';
}

/**
 * Sends a file by its presigned form. XMLHttpRequest, because fetch tells nothing about the bytes
 * that have left.
 */
export function sendFile(
  form: UploadForm,
  file: File,
  { progress, signal }: { progress: (sent: number) => void; signal?: AbortSignal },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    for (const [name, value] of Object.entries(form.fields)) body.append(name, value);
    body.append('file', file);
    request.upload.onprogress = ({ loaded, total }) =>
      progress(Math.round((file.size * loaded) / (total || 1)));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new UploadFailed(`The file store answered ${request.status}.`));
    };
    request.onerror = () => reject(new UploadFailed('The file store cannot be reached.'));
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.open('POST', form.url);
    request.send(body);
  });
}
