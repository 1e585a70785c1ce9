import {readFileSync, readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {keys, PtyTerminal, type Answer} from '../terminal.ts';

const main = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));

/** How the program answered one key pressed again and again. */
export interface KeySeries {
  /** `preview, connections: down`. */
  readonly name: string;
  readonly answers: readonly Answer[];
  /** Milliseconds of processor for one press, all threads together; undefined where the system does not tell. */
  readonly processor: number | undefined;
}

/** What is held to a limit: the medians. */
export const keyLimits = {milliseconds: 16, bytes: 4096} as const;

/** Presses of one key; each waits until the one before it was answered. */
const presses = 40;
/** Fewer answers say nothing. */
const fewest = 10;

/**
 * The built program in a real terminal of 120 by 40 with the plan given: each view of the preview, the table of nodes and a
 * page of questions, key by key.
 */
export async function measureKeys(plan: string): Promise<readonly KeySeries[]> {
  const terminal = new PtyTerminal(process.execPath, [main, 'setup', '--plan', plan], {columns: 120, rows: 40});
  const measured: KeySeries[] = [];
  const press = async (name: string, ...pressed: readonly string[]): Promise<void> => {
    const answers: Answer[] = [];
    const before = processorTime(terminal.pid);
    for (let index = 0; index < presses; index += 1) {
      const answer = await terminal.answer(pressed[index % pressed.length] ?? '');
      // The end of a list: there a key leads to nothing.
      if (answer === undefined) break;
      answers.push(answer);
    }
    const after = processorTime(terminal.pid);
    if (answers.length < fewest) throw new Error(`${name}: most keys were not answered\n${terminal.text}`);
    const used = before === undefined || after === undefined ? undefined : (after - before) / answers.length;
    measured.push({name, answers, processor: used});
  };
  try {
    await terminal.shows('› Cluster and trust');
    await press('a page of questions: a letter typed', 'x', '\u007F');
    await press('a page of questions: the next field, the field before', keys.tab, keys.shiftTab);
    terminal.press(keys.pageDown);
    await terminal.shows('› Nodes');
    await press('the table of nodes: down', keys.down);
    await press('the table of nodes: a page down, a page up', keys.pageDown, keys.pageUp);
    // Off the table, where the page keys lead on to the next page.
    terminal.press(keys.tab, keys.pageDown);
    await terminal.shows('› Network');
    terminal.press(keys.pageDown);
    await terminal.shows('› Keys');
    terminal.press(keys.pageDown);
    await terminal.shows('› People');
    terminal.press(keys.pageDown);
    await terminal.shows('› Preview');
    for (const [view, title] of [
      ['1', 'certificates'],
      ['2', 'connections'],
      ['3', 'flags'],
      ['4', 'files'],
    ] as const) {
      terminal.press(view);
      await terminal.shows(`❯${view}`);
      await press(`preview, ${title}: down`, keys.down);
      // From the end of a short list a page down would lead nowhere.
      await terminal.answer('g');
      await press(`preview, ${title}: a page down, a page up`, keys.pageDown, keys.pageUp);
    }
  } finally {
    terminal.press(keys.ctrlC);
    await terminal.ended;
  }
  return measured;
}

/** @param share 0.5 = the median */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Milliseconds that all threads of a process have had of a processor; a waiting machine does not lengthen them. Linux only. */
function processorTime(pid: number): number | undefined {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const nanoseconds = threads.map((thread) =>
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
    );
    return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
  } catch {
    return undefined;
  }
}
