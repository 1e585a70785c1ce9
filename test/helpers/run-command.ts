import {readCommandLine} from '../../src/cli.ts';
import {endingOf} from '../../src/commands/ending.ts';
import {fakeHost, type FakeHost} from './fake-host.ts';

export interface RanCommand {
  readonly code: number;
  readonly out: string;
  /** With how it ended. */
  readonly err: string;
}

/** A command line as `main.ts` runs it: what it printed, and its exit code. */
export async function runCommand(words: readonly string[], host: FakeHost = fakeHost()): Promise<RanCommand> {
  const command = readCommandLine(words, host, '1.2.3');
  try {
    const code = await command.run();
    return {code, out: host.out(), err: host.err()};
  } catch (error) {
    const {exitCode, text} = endingOf(error, {exits: command.exits, debug: false, program: 'certwright'});
    return {code: exitCode, out: host.out(), err: `${host.err()}${text}`};
  }
}
