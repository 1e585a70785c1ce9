import {spawn, spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';

export const hasStrace = spawnSync('strace', ['-V']).status === 0;

/** Calls that change what is on a disk, as Linux has them on one machine or another. */
const changing =
  'openat,write,pwrite64,fsync,fdatasync,ftruncate,rename,renameat,renameat2,link,linkat,symlink,symlinkat,' +
  'unlink,unlinkat,rmdir,mkdir,mkdirat,chmod,fchmod,fchmodat,chown,fchown,lchown,fchownat';

/** One call of a run that changes something below a folder. */
export interface Point {
  /** `rename` */
  readonly call: string;
  /** Which of the first thread's calls of that name it is, from 1, in one run: Node.js makes some more or less in another. */
  readonly at: number;
  /** Which of those that change something below the folder; the same in every run. */
  readonly nth: number;
}

export interface TracedRun {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** A call a line. */
  readonly lines: readonly string[];
}

export interface Traced {
  /** Program and words. */
  readonly command: readonly [string, ...string[]];
  /** What is looked at: paths below it. */
  readonly folder: string;
  /** Where strace writes. */
  readonly log: string;
}

/** Every call of a run that changes something below the folder, by its name, and how many calls of those names do not. */
export async function pointsOf(traced: Traced): Promise<{readonly points: readonly Point[]; readonly others: number}> {
  const {lines, exitCode, stderr} = await run(traced, ['-f', '-e', `trace=${changing}`]);
  if (exitCode !== 0) throw new Error(`the run to count in ended with ${exitCode}: ${stderr}`);
  const [first = ''] = lines;
  const thread = /^\d+/.exec(first)?.[0];
  const counts = new Map<string, {all: number; touching: number}>();
  const points: Point[] = [];
  for (const line of lines) {
    const [, by, call = ''] = /^(\d+) +(\w+)\(/.exec(line) ?? [];
    if (by === undefined) continue;
    const isTouching = touches(line.slice(by.length).trimStart(), traced.folder);
    if (by !== thread) {
      // Only one order of calls can be cut off between any two of them.
      if (isTouching) throw new Error(`another thread changes the folder: ${line}`);
      continue;
    }
    const count = counts.get(call) ?? {all: 0, touching: 0};
    counts.set(call, count);
    count.all++;
    if (isTouching) points.push({call, at: count.all, nth: ++count.touching});
  }
  const all = [...counts.values()].reduce((sum, count) => sum + count.all, 0);
  return {points, others: all - points.length};
}

/**
 * Runs it again, with something done to it at exactly this point.
 *
 * @param injected as strace takes it: `signal=KILL`, `error=ENOSPC`
 * @param isLasting whether every later call of that name has it too
 * @param lay makes the folder ready; before each attempt, as several may be needed until the count is that run's
 */
export async function runWith(
  traced: Traced,
  {call, at, nth}: Point,
  injected: string,
  lay: () => Promise<void>,
  isLasting = false,
): Promise<TracedRun> {
  const tried: string[] = [];
  for (let attempt = 0, when = at; attempt < 24; attempt++) {
    await lay();
    const words = ['-e', `trace=${call}`, '-e', `inject=${call}:${injected}:when=${when}${isLasting ? '+' : ''}`];
    const ran = await run(traced, words);
    const calls = ran.lines.filter((line) => line.startsWith(`${call}(`));
    const met = ran.signal === 'SIGKILL' ? calls.length - 1 : calls.findIndex((line) => line.includes('(INJECTED)'));
    const before = calls.slice(0, met < 0 ? undefined : met + 1).filter((line) => touches(line, traced.folder)).length;
    const isThere = met >= 0 && touches(calls[met] ?? '', traced.folder);
    if (isThere && before === nth) return ran;
    tried.push(`${when}: ${before}${isThere ? '' : ', elsewhere'}`);
    // Every third time the count may have been that run's alone.
    if (attempt % 3 === 2) continue;
    const touching = calls.flatMap((line, index) => (touches(line, traced.folder) ? [index + 1] : []));
    when = touching[nth - 1] ?? when + Math.max(1, nth - before);
  }
  throw new Error(`${call} ${nth} is not met: ${tried.join('; ')}`);
}

/** Whether a call changes something below the folder. With `-y` strace says which file a descriptor is. */
function touches(line: string, folder: string): boolean {
  const [, call = '', words = ''] = /^(\w+)\((.*)$/.exec(line) ?? [];
  if (call === 'openat') return words.includes(`"${folder}/`) && words.includes('O_CREAT');
  const opened = /^\d+<([^>]*)>/.exec(words)?.[1];
  return opened === undefined ? words.includes(`"${folder}/`) : opened === folder || opened.startsWith(`${folder}/`);
}

async function run({command, log}: Traced, words: readonly string[]): Promise<TracedRun> {
  const child = spawn('strace', ['-y', '-o', log, ...words, ...command], {
    env: {PATH: process.env.PATH, HOME: '/nonexistent', UV_THREADPOOL_SIZE: '1'},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = {stdout: '', stderr: ''};
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const {promise, resolve, reject} = Promise.withResolvers<Pick<TracedRun, 'exitCode' | 'signal'>>();
  child.on('error', reject);
  child.on('close', (exitCode, signal) => resolve({exitCode, signal}));
  return {...(await promise), ...said, lines: readFileSync(log, 'utf8').split('\n')};
}
