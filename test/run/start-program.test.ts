import {setTimeout} from 'node:timers/promises';
import {describe, expect, test} from 'vitest';
import {startProgram, type StartedProgram} from '../../src/run/start-program.ts';

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setTimeout(10);
}

function starting(script: string): StartedProgram {
  return startProgram(process.execPath, ['-e', script]);
}

describe('a program that stays', () => {
  test('is heard on both streams, line by line, while it runs, and is gone once it is stopped', async () => {
    const program = starting(
      "console.log('one'); console.error('two'); process.stdout.write('th'); setInterval(() => {}, 1e6)",
    );
    await until(() => program.lines().length === 3);
    expect(program.lines().toSorted()).toEqual(['one', 'th', 'two']);
    expect(program.hasEnded()).toBe(false);
    await program.stop();
    expect(program.hasEnded()).toBe(true);
  });

  test('that ends by itself has ended, with all that it said', async () => {
    const program = starting("console.error('no'); process.exitCode = 3");
    await until(() => program.hasEnded());
    expect(program.lines()).toEqual(['no']);
    await program.stop();
  });

  test('that is not there has ended', async () => {
    const program = startProgram('/no/such/program', []);
    await until(() => program.hasEnded());
    expect(program.lines()).toEqual([]);
  });

  test('takes with it what it has started itself', async () => {
    const child = 'setInterval(() => {}, 1e6); console.log(process.pid)';
    const program = starting(
      `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], {stdio: 'inherit'}); setInterval(() => {}, 1e6)`,
    );
    await until(() => program.lines().length === 1);
    const pid = Number(program.lines()[0]);
    await program.stop();
    await until(() => !isAlive(pid));
    expect(isAlive(pid)).toBe(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
