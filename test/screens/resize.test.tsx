import nodeConsole from 'node:console';
import {PassThrough} from 'node:stream';
import type {ReadStream, WriteStream} from 'node:tty';
import {stripVTControlCharacters} from 'node:util';
import {expect, onTestFinished, test, vi} from 'vitest';
import {startWizard} from '../../screens/start.tsx';
import {fakeWorld} from '../helpers/fake-services.ts';

interface Opened {
  /** Every write to the terminal, in order. */
  readonly written: string[];
  readonly resize: (columns: number, rows: number) => void;
}

/** The wizard as it is started, but with every write to its terminal. */
function open(columns: number, rows: number): Opened {
  const written: string[] = [];
  const stdout = Object.assign(new PassThrough(), {isTTY: true, columns, rows});
  stdout.on('data', (bytes: Buffer) => written.push(bytes.toString()));
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => stdin,
    ref: () => stdin,
    unref: () => stdin,
  });
  // Ink listens to it for the time being, and the one of tests cannot be taken over.
  vi.stubGlobal('console', nodeConsole);
  const leaving = new AbortController();
  const ended = startWizard({
    services: fakeWorld().services,
    stdin: stdin as unknown as ReadStream,
    stdout: stdout as unknown as WriteStream,
    ascii: false,
    color: false,
    motion: false,
    signal: leaving.signal,
  });
  onTestFinished(async () => {
    leaving.abort();
    await expect(ended).rejects.toThrow('cancelled');
    vi.unstubAllGlobals();
  });
  return {
    written,
    resize: (wide, high) => {
      Object.assign(stdout, {columns: wide, rows: high});
      stdout.emit('resize');
    },
  };
}

/** The line under the header is as wide as the terminal that the frame was laid out for. */
function rulesIn(written: readonly string[]): string[] {
  return Array.from(stripVTControlCharacters(written.join('')).matchAll(/─+/g), ([rule]) => rule);
}

// Narrower ones Ink wipes and paints at once, with whatever tree it has by then.
test.each([
  [70, 20],
  [70, 24],
  [60, 40],
  [120, 40],
])(
  '80 by 24 that become %i by %i are never filled with what was laid out for the size before',
  async (columns, rows) => {
    const {written, resize} = open(80, 24);
    await vi.waitFor(() => expect(rulesIn(written)).toContain('─'.repeat(80)));
    written.length = 0;
    resize(columns, rows);
    await vi.waitFor(() => expect(rulesIn(written)).toContain('─'.repeat(columns)));
    expect(new Set(rulesIn(written))).toEqual(new Set(['─'.repeat(columns)]));
  },
);
