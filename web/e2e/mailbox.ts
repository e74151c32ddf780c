import { readStack } from './stack';

interface Mail {
  To: string[];
  BodyText: string;
}

/** The link in the newest mail to an address, as the local cloud keeps it. */
export async function linkSentTo(address: string): Promise<string> {
  const { port } = new URL(readStack().app_url);
  const answer = await fetch(`http://127.0.0.1:${port}/_ministack/ses/messages`);
  const { messages } = (await answer.json()) as { messages: Record<string, Mail[]> };
  const sent = Object.values(messages)
    .flat()
    .filter((mail) => mail.To.includes(address));
  const link = sent.at(-1)?.BodyText.match(/\S*\/register\?\S+/)?.[0];
  if (!link) throw new Error(`No mail with a link has come to ${address}.`);
  return link;
}
