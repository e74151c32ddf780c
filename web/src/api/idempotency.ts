import { ApiProblem } from './problem';

/** Answers after which nobody knows whether it was done, or which say that it is being done. */
const OPEN: ReadonlySet<number> = new Set([408, 425, 429]);

/** Whether the same request may be sent again with its key: the service has not decided on it. */
export const isUndecided = (error: unknown): boolean =>
  !(error instanceof ApiProblem) || error.status >= 500 || OPEN.has(error.status);

/**
 * The Idempotency-Keys of a form: a fresh one for each request, and the same again for a request
 * that is tried again because no answer came, so that it is never done twice.
 */
export class RequestKeys {
  private last: { body: string; key: string } | null = null;

  constructor(private readonly newKey: () => string = () => crypto.randomUUID()) {}

  async send<T>(body: unknown, request: (key: string) => Promise<T>): Promise<T> {
    const text = JSON.stringify(body);
    const attempt = this.last?.body === text ? this.last : { body: text, key: this.newKey() };
    this.last = attempt;
    try {
      const answer = await request(attempt.key);
      this.last = null;
      return answer;
    } catch (error) {
      if (!isUndecided(error)) this.last = null;
      throw error;
    }
  }
}
