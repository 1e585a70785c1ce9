import {inspect} from 'node:util';
import {expect, test} from 'vitest';
import {Cancelled} from '../../src/base/failure.ts';
import {CommandFailure, runProgram} from '../../src/run/run-program.ts';

const node = process.execPath;

async function failureOf(run: Promise<unknown>): Promise<unknown> {
  return run.then(
    () => expect.fail('it did not fail'),
    (error: unknown) => error,
  );
}

test('says what the program printed and how it ended', async () => {
  expect(await runProgram(node, ['-e', 'console.log("out"); console.error("err")'])).toEqual({
    exitCode: 0,
    stdout: 'out',
    stderr: 'err',
  });
});

test('words reach the program as they are: no shell reads them', async () => {
  const words = ['$(id)', '; echo no', '* "quoted" \\', ''];
  const {stdout} = await runProgram(node, ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', ...words]);
  expect(JSON.parse(stdout)).toEqual(words);
});

test('input is given on standard input, and without it there is none to wait for', async () => {
  const echo = ['-e', 'process.stdin.pipe(process.stdout)'];
  expect((await runProgram(node, echo, {input: 'a passphrase'})).stdout).toBe('a passphrase');
  expect((await runProgram(node, echo)).stdout).toBe('');
});

test('environment is added to, and the folder is the one asked for', async () => {
  const {stdout} = await runProgram(
    node,
    ['-p', '[process.env.ADDED, Boolean(process.env.PATH), process.cwd()].join()'],
    {
      environment: {ADDED: 'yes'},
      cwd: '/',
    },
  );
  expect(stdout).toBe('yes,true,/');
});

test('an exit code that is an answer is no failure', async () => {
  expect((await runProgram(node, ['-e', 'process.exit(3)'], {accept: [3]})).exitCode).toBe(3);
});

test('a failing program is named with its exit code; nothing it printed and no input is in the error', async () => {
  const tells = 'process.stdin.pipe(process.stdout); process.stdin.pipe(process.stderr); process.exitCode = 4';
  const failure = await failureOf(runProgram(node, ['-e', tells], {input: 'abcdef.0123456789abcdef'}));
  expect(failure).toBeInstanceOf(CommandFailure);
  expect(failure).toMatchObject({code: 'program-failed', exitCode: 4, message: expect.stringContaining('exit code 4')});
  expect(inspect(failure, {depth: 9, showHidden: true})).not.toContain('0123456789abcdef');
});

test('a missing program says so, and what to install', async () => {
  expect(await failureOf(runProgram('/usr/bin/no-such-kubeadm', []))).toMatchObject({
    code: 'program-missing',
    message: '/usr/bin/no-such-kubeadm cannot be started',
    nextSteps: ['install no-such-kubeadm, or add its folder to PATH'],
  });
});

test('a program that does not end is ended', async () => {
  const failure = await failureOf(runProgram(node, ['-e', 'setInterval(() => {}, 1e6)'], {timeout: 300}));
  expect(failure).toMatchObject({code: 'program-timed-out'});
});

test('an abort ends the program and is a cancellation, not a failure', async () => {
  const abort = new AbortController();
  const run = failureOf(runProgram(node, ['-e', 'setInterval(() => {}, 1e6)'], {signal: abort.signal}));
  abort.abort();
  expect(await run).toBeInstanceOf(Cancelled);
});

test('what a program has started itself ends with it', async () => {
  const failure = await failureOf(runProgram('sh', ['-c', 'sleep 600; echo never'], {timeout: 300}));
  expect(failure).toMatchObject({code: 'program-timed-out'});
});
