import { describe, expect, it } from 'vitest';
import { RequestKeys } from './idempotency';
import { ApiProblem, Unreachable } from './problem';

const numbered = () => {
  let count = 0;
  return new RequestKeys(() => `key ${(count += 1)}`);
};

const failing = (error: Error) => (key: string) =>
  Promise.reject(Object.assign(error, { message: key }));

const echo = (key: string) => Promise.resolve(key);

describe('the keys of requests', () => {
  it('are fresh after a success', async () => {
    const keys = numbered();
    expect(await keys.send({ quantity: 1 }, echo)).toBe('key 1');
    expect(await keys.send({ quantity: 1 }, echo)).toBe('key 2');
  });

  it.each([
    ['no answer came', new Unreachable('')],
    ['the service failed', new ApiProblem(503, '')],
    ['the first is being done', new ApiProblem(425, '')],
  ])('are the same again when %s', async (_, error) => {
    const keys = numbered();
    await expect(keys.send({ quantity: 1 }, failing(error))).rejects.toThrow('key 1');
    expect(await keys.send({ quantity: 1 }, echo)).toBe('key 1');
  });

  it('are fresh for another request, and after a refusal', async () => {
    const keys = numbered();
    await expect(keys.send({ quantity: 1 }, failing(new Unreachable('')))).rejects.toThrow('key 1');
    await expect(keys.send({ quantity: 2 }, failing(new ApiProblem(409, '')))).rejects.toThrow(
      'key 2',
    );
    expect(await keys.send({ quantity: 2 }, echo)).toBe('key 3');
  });
});
