import {describe, expect, test, vi} from 'vitest';
import {builtProgram} from '../helpers/built.ts';
import {places, tornAt, walkTo, WatchedTerminal, writePlans, type Place} from '../helpers/places.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

// A wait for a screen ends before.
vi.setConfig({testTimeout: 120_000});

const program = await builtProgram();

/** Longer than anybody has to wait for a frame, shorter than a test may take. */
const patience = {timeout: 15_000, interval: 20};

/** Larger, smaller, and below what is enough. */
const storm = [
  [61, 16],
  [140, 50],
  [59, 15],
  [100, 20],
  [20, 5],
  [200, 60],
  [70, 45],
  [60, 16],
] as const;

async function open(place: Place, columns: number, rows: number): Promise<WatchedTerminal> {
  const cwd = temporaryFolder();
  writePlans(cwd, place);
  const words = [program.main, '--state-dir', temporaryFolder(), ...place.words];
  const terminal = new WatchedTerminal(process.execPath, words, {cwd, columns, rows});
  await walkTo(terminal, place);
  return terminal;
}

/** What a person sees; of a screen that goes on by itself only what must not move. */
function seen(terminal: WatchedTerminal, {goesOn}: Place): unknown {
  const {lines, cursor, showsCursor, cells} = terminal;
  if (goesOn === true) return [lines[0], lines[1], lines.at(-1)];
  return {lines, cells, cursor: showsCursor ? cursor : 'hidden'};
}

function shape(terminal: WatchedTerminal): string | undefined {
  const {lines, columns, rows} = terminal.now;
  return tornAt({lines, columns, rows});
}

describe.each([
  [80, 24],
  [120, 40],
] as const)('sizes that change at %i by %i', (columns, rows) => {
  test.each(places)('at once keep what is there: $name', async (place) => {
    const terminal = await open(place, columns, rows);
    await vi.waitFor(() => expect(shape(terminal)).toBeUndefined(), patience);
    const before = seen(terminal, place);
    for (const [width, height] of [...storm, [columns, rows] as const]) terminal.resize(width, height);
    await vi.waitFor(() => expect([shape(terminal), seen(terminal, place)]).toEqual([undefined, before]), patience);
  });
});
