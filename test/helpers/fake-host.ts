import {PassThrough} from 'node:stream';
import type {ReadStream, WriteStream} from 'node:tty';
import type {Environment, Host} from '../../src/commands/context.ts';

export interface FakeHost extends Host {
  /** What was written so far. */
  readonly out: () => string;
  readonly err: () => string;
}

/** A host that is no terminal unless told so, in an empty environment, at a fixed time. */
export function fakeHost(
  options: {
    readonly terminal?: boolean;
    readonly environment?: Environment;
    readonly cwd?: string;
    readonly signal?: AbortSignal;
    readonly columns?: number;
  } = {},
): FakeHost {
  const {terminal = false, environment = {}, cwd = '/', signal = new AbortController().signal, columns = 80} = options;
  const stream = () => Object.assign(new PassThrough({encoding: 'utf8'}), {isTTY: terminal, columns});
  const [stdin, stdout, stderr] = [stream(), stream(), stream()];
  const written = {out: '', err: ''};
  stdout.on('data', (text: string) => (written.out += text));
  stderr.on('data', (text: string) => (written.err += text));
  return {
    // What the product uses of a terminal's streams, a pass-through has as well.
    stdin: stdin as unknown as ReadStream,
    stdout: stdout as unknown as WriteStream,
    stderr: stderr as unknown as WriteStream,
    environment,
    cwd,
    now: () => new Date('2026-11-23T12:00:00Z'),
    milliseconds: () => performance.now(),
    signal,
    out: () => written.out,
    err: () => written.err,
  };
}
