import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test, vi} from 'vitest';
import {builtProgram} from '../helpers/built.ts';
import {places, walkTo, WatchedTerminal, writePlans, type Place} from '../helpers/places.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

// A wait for a screen ends before.
vi.setConfig({testTimeout: 120_000});

const program = await builtProgram();

/**
 * A shell around the program, as there mostly is one: it gets the signal too, outlives it, and sees whether the terminal
 * takes lines again as it did before.
 */
const shell = `before=$(stty -g); trap : TERM HUP INT
"$@"; code=$?
test "$(stty -g)" = "$before" || echo "raw mode is left"
exit $code`;

const signals = [
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGINT', 130],
] as const;

describe.each(places)('a signal at: $name', (place) => {
  test.each(signals)('%s gives the terminal back and leaves nothing half done', async (signal, exitCode) => {
    const cwd = temporaryFolder();
    const state = temporaryFolder();
    writePlans(cwd, place);
    const words = ['-c', shell, 'sh', process.execPath, program.main, '--state-dir', state, ...place.words];
    const terminal = new WatchedTerminal('sh', words, {cwd});
    await walkTo(terminal, place);
    expect(terminal.isAlternate).toBe(true);
    // To everything that runs in the terminal, as the system does it.
    process.kill(-terminal.pid, signal);
    expect(await terminal.ended).toEqual({exitCode, signal: 0});
    expect(terminal.isAlternate).toBe(false);
    expect(terminal.showsCursor).toBe(true);
    expect(terminal.modesLeft).toEqual([]);
    expect(terminal.text).toBe('certwright: cancelled');
    expect(await readdir(cwd)).toEqual(['plan.yaml', 'slow.yaml', ...(place.made ?? [])].toSorted());
    await expectWholeDraft(state, place);
  });
});

/** One draft with what was typed, or none; nothing else beside it. */
async function expectWholeDraft(state: string, {typed}: Place): Promise<void> {
  const folder = join(state, 'drafts');
  const names = await readdir(folder).catch(() => []);
  expect(names).toHaveLength(typed === undefined ? 0 : 1);
  for (const name of names) {
    expect(name).toMatch(/\.json$/);
    const draft: unknown = JSON.parse(await readFile(join(folder, name), 'utf8'));
    expect(JSON.stringify(draft)).toContain(typed);
  }
}
