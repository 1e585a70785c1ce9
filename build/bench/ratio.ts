import {spawn} from 'node:child_process';

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
  const child = spawn(program, words, {stdio: ['ignore', 'ignore', 'inherit']});
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
