import {execa} from 'execa';

/** A program that stays until it is stopped. */
export interface StartedProgram {
  /** What it has printed so far on both streams, the newest last. It may hold a secret. */
  lines(): readonly string[];
  hasEnded(): boolean;
  /** Ends it and what it has started without asking, and waits until it is gone: only for what has nothing to finish. */
  stop(): Promise<void>;
}

/** So much of a long talk is kept. */
const mostLines = 20_000;

/** Never through a shell. Ends with this process at the latest; one that cannot be started has ended. */
export function startProgram(program: string, words: readonly string[]): StartedProgram {
  const running = execa(program, words, {
    stdin: 'ignore',
    buffer: false,
    reject: false,
    killDescendants: true,
  });
  const lines: string[] = [];
  // A line of one stream may come in pieces, with one of the other between them.
  const unfinished = [running.stdout, running.stderr].map((stream) => {
    let rest = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      const parts = `${rest}${text}`.split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
      if (lines.length > mostLines) lines.splice(0, lines.length - mostLines);
    });
    return () => rest;
  });
  let ended = false;
  const waitForEnd = async (): Promise<void> => {
    await running;
    ended = true;
  };
  const end = waitForEnd();
  return {
    lines: () => [...lines, ...unfinished.map((rest) => rest()).filter((rest) => rest !== '')],
    hasEnded: () => ended,
    stop: async () => {
      running.kill('SIGKILL');
      await end;
    },
  };
}
