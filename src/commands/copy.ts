import {copyText, type Copied} from '../run/copy-text.ts';
import {runProgram} from '../run/run-program.ts';
import type {Context} from './context.ts';

/** Copies a text that is no secret to where the person at this terminal pastes from. */
export function copy({environment, stdout}: Pick<Context, 'environment' | 'stdout'>, text: string): Promise<Copied> {
  return copyText(text, {environment, runProgram, write: (bytes) => void stdout.write(bytes)});
}
