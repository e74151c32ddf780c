import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import { readStack } from './stack';

interface Mailbox {
  messages: Record<string, Record<string, unknown>[]>;
}

/** Where the link leads in the last e-mail to an address whose subject contains the words. */
export async function linkMailed(address: string, subject: string): Promise<string> {
  let links: string[] = [];
  await expect
    .poll(async () => {
      const answer = await fetch(`${readStack().aws_endpoint}/_ministack/ses/messages`);
      const box = (await answer.json()) as Mailbox;
      links = Object.values(box.messages)
        .flat()
        .filter((mail) => String(mail.Subject).includes(subject))
        .map((mail) => JSON.stringify(mail))
        .filter((mail) => mail.includes(address))
        .flatMap(
          (mail) =>
            /\/(?:verify|reset-password|register)\?(?:token|invitation)=[\w-]+/.exec(mail) ?? [],
        );
      return links.length;
    })
    .toBeGreaterThan(0);
  return links.at(-1) ?? '';
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What an authenticator app shows for a secret now (RFC 6238). */
export function codeOf(secret: string): string {
  const bits = [...secret].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0'));
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', key).update(step).digest();
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 0xf) & 0x7fffffff;
  return `${number % 1_000_000}`.padStart(6, '0');
}
