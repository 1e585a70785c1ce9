import {spawn} from 'node:child_process';
import {text} from 'node:stream/consumers';

/** Something whose duration is held to a multiple of something else's, both measured in the same run. */
export interface RatioCase {
  /** `certwright --version against node -e 0`. */
  readonly name: string;
  /** The most that the ratio may be. */
  readonly limit: number;
  /** How often each side is measured; they take turns, so that a busy machine slows both. */
  readonly rounds: number;
  /** Milliseconds of one run. */
  readonly measured: () => Promise<number>;
  readonly base: () => Promise<number>;
}

export interface Ratio {
  readonly name: string;
  readonly limit: number;
  /** Medians, milliseconds. */
  readonly measured: number;
  readonly base: number;
  readonly ratio: number;
}

export async function measureRatio({name, limit, rounds, measured, base}: RatioCase): Promise<Ratio> {
  const times = {measured: [] as number[], base: [] as number[]};
  for (let round = 0; round < rounds; round++) {
    times.base.push(await base());
    times.measured.push(await measured());
  }
  const [top, bottom] = [median(times.measured), median(times.base)];
  return {name, limit, measured: top, base: bottom, ratio: top / bottom};
}

/** Milliseconds from start to exit of a program that prints what nobody reads; fails when it fails. */
export async function timeProgram(program: string, words: readonly string[]): Promise<number> {
  const began = performance.now();
  const child = spawn(program, words, {stdio: ['ignore', 'ignore', 'ignore']});
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  if (exitCode !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${exitCode}`);
  return performance.now() - began;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Something that is held to a number, because it is a promise to people and not a comparison. */
export interface LimitCase {
  readonly name: string;
  readonly unit: 's' | 'MB';
  readonly limit: number;
  readonly rounds: number;
  readonly measured: () => Promise<number>;
}

/** The median. */
export async function measureLimit({rounds, measured}: LimitCase): Promise<number> {
  const values: number[] = [];
  for (let round = 0; round < rounds; round++) values.push(await measured());
  return median(values);
}

/** A Node.js program's time from start to exit, and the most memory that it held. */
export async function measureProgram(words: readonly string[]): Promise<{seconds: number; megabytes: number}> {
  const hook = 'process.on("exit", () => process.stderr.write(`\\nmaxRSS ${process.resourceUsage().maxRSS}`))';
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', `data:text/javascript,${hook}`, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, exitCode] = await Promise.all([
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on('exit', resolve)),
  ]);
  const seconds = (performance.now() - began) / 1000;
  const kilobytes = Number(/maxRSS (\d+)$/.exec(said)?.[1]);
  if (exitCode !== 0 || Number.isNaN(kilobytes)) throw new Error(`${words.join(' ')} ended with ${exitCode}\n${said}`);
  return {seconds, megabytes: kilobytes / 1024};
}
