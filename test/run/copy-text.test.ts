import {describe, expect, test} from 'vitest';
import {Cancelled} from '../../src/base/failure.ts';
import {copyText, type Copied} from '../../src/run/copy-text.ts';
import {CommandFailure, type RunProgram} from '../../src/run/run-program.ts';

interface Tried {
  readonly copied: Copied;
  /** Programs with their words, and what they were given. */
  readonly ran: readonly string[];
  readonly written: string;
}

/** @param tmux whether a call of it works */
async function copying(
  text: string,
  environment: Record<string, string>,
  tmux: (words: readonly string[]) => 'works' | 'program-missing' | 'program-failed' = () => 'works',
): Promise<Tried> {
  const ran: string[] = [];
  let written = '';
  const runProgram: RunProgram = (program, words, options) => {
    ran.push(`${program} ${words.join(' ')} < ${options?.input ?? ''}`);
    const outcome = tmux(words);
    return outcome === 'works'
      ? Promise.resolve({exitCode: 0, stdout: '', stderr: ''})
      : Promise.reject(new CommandFailure(outcome, 'no', 'look'));
  };
  const copied = await copyText(text, {environment, runProgram, write: (bytes) => (written += bytes)});
  return {copied, ran, written};
}

const tmux = {TMUX: '/run/tmux,1,0', TERM: 'tmux-256color'};

describe('inside tmux', () => {
  test('its own command takes the text to the clipboard, and nothing is written to the screen', async () => {
    const {copied, ran, written} = await copying('--a=b', tmux);
    expect(copied.kind).toBe('copied');
    expect(ran).toEqual(['tmux load-buffer -w - < --a=b']);
    expect(written).toBe('');
  });

  test('an old tmux gets it as far as its buffer, and that is what is said', async () => {
    const {copied} = await copying('x', tmux, (words) => (words.includes('-w') ? 'program-failed' : 'works'));
    expect(copied).toEqual({kind: 'copied', where: "Copied to tmux's buffer (prefix ] pastes it)"});
  });

  test('without the command the terminal is told', async () => {
    const {copied, written} = await copying('x', tmux, () => 'program-missing');
    expect(copied.kind).toBe('sent');
    expect(written).toBe('\u001B]52;c;eA==\u0007');
  });

  test('a run that is cancelled stays cancelled', async () => {
    const runProgram: RunProgram = () => Promise.reject(new Cancelled());
    await expect(copyText('x', {environment: tmux, runProgram, write: () => undefined})).rejects.toThrow(Cancelled);
  });
});

describe('elsewhere', () => {
  test('the terminal is told with OSC 52', async () => {
    const {copied, ran, written} = await copying('ü\n', {TERM: 'xterm-256color'});
    expect(copied.kind).toBe('sent');
    expect(ran).toEqual([]);
    expect(written).toBe(`\u001B]52;c;${Buffer.from('ü\n').toString('base64')}\u0007`);
  });

  test('GNU screen hands it on in pieces', async () => {
    const text = 'long '.repeat(500);
    const {written} = await copying(text, {TERM: 'screen.xterm', STY: '12.pts'});
    const pieces = written.split('\u001B\\').filter((piece) => piece !== '');
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.every((piece) => piece.startsWith('\u001BP') && piece.length < 768)).toBe(true);
    const whole = pieces.map((piece) => piece.slice(2)).join('');
    expect(whole).toBe(`\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`);
  });

  test('what no terminal takes is not sent, and the reason is said', async () => {
    const {copied, written} = await copying('x'.repeat(60_000), {TERM: 'xterm'});
    expect(copied).toMatchObject({kind: 'refused', why: expect.stringContaining('too long') as string});
    expect(written).toBe('');
    const console = await copying('x', {TERM: 'linux'});
    expect(console).toMatchObject({copied: {kind: 'refused', why: 'a linux terminal has no clipboard'}, written: ''});
  });
});
