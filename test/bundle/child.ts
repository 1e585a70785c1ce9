import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import type {Made} from './bundles.ts';
import {frozen} from './frozen.ts';
import type {ChildOrders} from './write-in-child.ts';

const program = fileURLToPath(new URL('write-in-child.ts', import.meta.url));

export interface ChildEnd {
  readonly signal: string | null;
  /** Its last line: `{written}` or `{code, message, nextSteps}`. */
  readonly said: Readonly<Record<string, unknown>>;
}

export interface ChildOptions {
  /** Called when the writing begins. */
  readonly whenReady?: (child: ChildProcess) => void;
  /** Root may write everywhere; without its capabilities it is a user like others, to whom modes apply. */
  readonly withoutCapabilities?: boolean;
}

/** Writes a bundle in a process of its own. */
export async function writeInChild(
  made: Made,
  orders: Omit<ChildOrders, 'frozen'>,
  options: ChildOptions = {},
): Promise<ChildEnd> {
  const file = join(temporaryFolder(), 'made.json');
  writeFileSync(file, frozen(made));
  const node = [process.execPath, '--no-warnings', program, JSON.stringify({...orders, frozen: file})];
  const bare = options.withoutCapabilities === true && process.getuid?.() === 0;
  const [command = '', ...words] = bare ? ['setpriv', '--bounding-set=-all', ...node] : node;
  const child = spawn(command, words, {stdio: ['ignore', 'pipe', 'inherit']});
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    if (text === '') options.whenReady?.(child);
    text += chunk;
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  const last = text.trim().split('\n').at(-1) ?? '';
  return {signal, said: last.startsWith('{') ? (JSON.parse(last) as Record<string, unknown>) : {}};
}
