import {PassThrough} from 'node:stream';
import type {ReadStream, WriteStream} from 'node:tty';
import {expect, test, vi} from 'vitest';
import {askGlyphWidth} from '../../src/commands/glyph-width.ts';

const escape = '\u001B';
const forever = {answer: 600_000, key: 600_000};

/** A terminal whose keyboard is the test. */
function terminal() {
  const modes: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), {setRawMode: (isRaw: boolean) => modes.push(isRaw)});
  const stdout = new PassThrough({encoding: 'utf8'});
  return {
    modes,
    sends: (bytes: string | Buffer) => stdin.write(bytes),
    written: (): unknown => stdout.read(),
    /** What a reader finds, once all that was sent has come. */
    read: async (): Promise<string> => {
      await new Promise(setImmediate);
      const bytes: Buffer[] = [];
      for (let chunk: unknown = stdin.read(); Buffer.isBuffer(chunk); chunk = stdin.read()) bytes.push(chunk);
      return Buffer.concat(bytes).toString();
    },
    stdin: stdin as unknown as ReadStream,
    stdout: stdout as unknown as WriteStream,
  };
}

test('asks in raw mode, and what it draws is gone with the same write', () => {
  const {stdin, stdout, modes, written} = terminal();
  askGlyphWidth(stdin, stdout, forever);
  expect(modes).toEqual([true]);
  expect(written()).toBe(`\r─${escape}[6n\r${escape}[K`);
});

test.each([
  ['the second', 2, false],
  ['the third', 3, true],
  ['no other', 1, false],
  ['no later', 4, false],
])('a cursor in %s column decides', async (_, column, expected) => {
  const {stdin, stdout, sends} = terminal();
  const areWide = askGlyphWidth(stdin, stdout, forever);
  sends(`${escape}[12;${column}R`);
  expect(await areWide()).toBe(expected);
});

test('keys before, between and after the parts of an answer are there for the next reader, each once and in order', async () => {
  const {stdin, stdout, sends, read} = terminal();
  sends('a');
  const areWide = askGlyphWidth(stdin, stdout, forever);
  for (const chunk of ['b', `c${escape}`, '[12', `;3Rd${escape}[A`, 'e']) sends(chunk);
  expect(await areWide()).toBe(true);
  sends('f');
  expect(await read()).toBe(`abcd${escape}[Aef`);
});

test('a letter that is cut in two stays whole', async () => {
  const {stdin, stdout, sends, read} = terminal();
  const areWide = askGlyphWidth(stdin, stdout, forever);
  const letter = Buffer.from('漢');
  sends(letter.subarray(0, 1));
  sends(letter.subarray(1));
  sends(`${escape}[1;2R`);
  expect(await areWide()).toBe(false);
  expect(await read()).toBe('漢');
});

test('without an answer they are not wide, and one that is late, even in parts, is not handed on', async () => {
  const {stdin, stdout, sends, read} = terminal();
  const areWide = askGlyphWidth(stdin, stdout, {answer: 1, key: 600_000});
  expect(await areWide()).toBe(false);
  sends('x');
  expect(await read()).toBe('x');
  sends(`y${escape}[12`);
  expect(await read()).toBe('y');
  sends(';3Rz');
  expect(await read()).toBe('z');
  // Nothing is taken out once it has come.
  sends(`${escape}[1;2R`);
  expect(await read()).toBe(`${escape}[1;2R`);
});

test('an answer after the limit still counts where the glyphs were not needed before', async () => {
  const {stdin, stdout, sends} = terminal();
  const areWide = askGlyphWidth(stdin, stdout, {answer: 1, key: 600_000});
  expect(await areWide()).toBe(false);
  sends(`${escape}[12;3R`);
  expect(await areWide()).toBe(true);
});

test('Esc is not kept for longer than a moment, and nothing is lost where the input ends', async () => {
  const {stdin, stdout, sends, read} = terminal();
  askGlyphWidth(stdin, stdout, {answer: 600_000, key: 1});
  sends(escape);
  await vi.waitFor(async () => expect(await read()).toBe(escape), {interval: 1});
  sends(`q${escape}[2`);
  expect(await read()).toBe('q');
  stdin.push(null);
  expect(await read()).toBe(`${escape}[2`);
});
