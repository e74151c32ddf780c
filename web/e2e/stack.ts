import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Stack {
  app_url: string;
  api_url: string;
  aws_endpoint: string;
  username: string;
  password: string;
}

/** The running stack: `.local/stack.json` of this checkout, or the file that STACK_FILE names. */
export function readStack(): Stack {
  const file =
    process.env.STACK_FILE ?? fileURLToPath(new URL('../../.local/stack.json', import.meta.url));
  if (!existsSync(file)) throw new Error(`No stack is running here (${file}); run make up first.`);
  return JSON.parse(readFileSync(file, 'utf8')) as Stack;
}

/** Where the page is: on the stack, unless PAGE_URL names a development server. */
export const pageUrl = (): string => process.env.PAGE_URL ?? readStack().app_url;
