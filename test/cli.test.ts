import {describe, expect, test} from 'vitest';
import {readCommandLine} from '../src/cli.ts';
import {fakeHost, type FakeHost} from './helpers/fake-host.ts';

async function runWords(words: readonly string[], host: FakeHost = fakeHost()): Promise<number> {
  return readCommandLine(words, host, '1.2.3').run();
}

describe('a command line that is not understood', () => {
  test.each([
    [['pln'], "there is no command 'pln'; did you mean 'plan'?"],
    [['frobnicate'], "there is no command 'frobnicate'"],
    [['plan', '--presett', 'one-ca'], "unknown option '--presett'\n(Did you mean --preset?)"],
    [['--colour', 'never', 'plan'], "unknown option '--colour'\n(Did you mean --color?)"],
    [['plan', 'one-ca'], "too many arguments for 'plan'"],
    [
      ['plan', '--preset', 'one-ca', '--plan', 'plan.yaml'],
      "'--preset <name>' cannot be used with option '--plan <file>'",
    ],
    [['plan', '--output', 'xml'], 'Allowed choices are table, wide, yaml, json, markdown.'],
    [['issue', '--signed', 'demo', '--set', 'a=b'], "'--signed <dir>' cannot be used with option '--set <key=value>'"],
    [['sign', '--certificate', 'ca.crt', '--key', 'ca.key'], "missing required argument 'dir'"],
  ])('%j is refused with a reason, and exit code 2', async (words, reason) => {
    const host = fakeHost();
    expect(await runWords(words, host)).toBe(2);
    expect(host.err()).toMatch(/^certwright: /);
    expect(host.err()).toContain(reason);
    expect(host.err()).toMatch(/Try 'certwright ([a-z]+ )?--help'\.\n$/);
    expect(host.out()).toBe('');
  });

  test.each([
    [['verify', 'demo', 'more']],
    [['verify', 'demo', '--outptu', 'json']],
    [['--color', 'pink', 'verify', 'demo']],
  ])('%j: a usage error of verify is 3, "could not be examined"', async (words) => {
    expect(await runWords(words)).toBe(3);
  });
});

describe('help', () => {
  const everyCommand =
    'presets plan setup issue sign token join user approve check inspect renew backups restore recover verify explain';

  test.each(everyCommand.split(' '))('%s says the same whether its name is the first word or not', async (name) => {
    const [alone, amongAll] = [fakeHost(), fakeHost()];
    expect(await runWords([name, '--help'], alone)).toBe(0);
    expect(await runWords(['--ascii', name, '--help'], amongAll)).toBe(0);
    expect(alone.out()).toContain(`certwright ${name}`);
    expect(alone.out()).toBe(amongAll.out());
  });

  test('names every command with what it does, on standard output, within the terminal', async () => {
    const host = fakeHost();
    expect(await runWords(['--help'], host)).toBe(0);
    for (const command of ['presets', 'plan', 'setup', 'issue', 'sign', 'verify']) {
      expect(host.out()).toMatch(new RegExp(`^  ${command} .*\\w`, 'm'));
    }
    expect(host.err()).toBe('');
    expect(
      host
        .out()
        .split('\n')
        .filter((line) => line.length > 80),
    ).toEqual([]);
  });

  test.each(['presets', 'plan', 'setup', 'issue', 'sign', 'verify'])(
    '%s explains itself within the terminal',
    async (name) => {
      const host = fakeHost();
      expect(await runWords([name, '--help'], host)).toBe(0);
      expect(host.out()).toMatch(new RegExp(`^Usage: certwright ${name}`));
      expect(host.out()).toContain('Global Options:');
      expect(
        host
          .out()
          .split('\n')
          .filter((line) => line.length > 80),
      ).toEqual([]);
    },
  );

  test('is painted only where colours are wanted', async () => {
    const [plain, painted] = [fakeHost({terminal: true, environment: {NO_COLOR: '1'}}), fakeHost()];
    await runWords(['--help'], plain);
    await runWords(['--color', 'always', '--help'], painted);
    expect(plain.out()).not.toContain('\u001B[');
    expect(painted.out()).toContain('\u001B[1mUsage:');
  });
});

test('--version is understood among other options too', async () => {
  const host = fakeHost();
  expect(await runWords(['--color', 'never', '--version'], host)).toBe(0);
  expect(host.out()).toBe('1.2.3\n');
});

test('the exit codes of verify are the monitoring plugins’, those of all else the usual ones', () => {
  expect(readCommandLine(['verify', 'demo'], fakeHost(), '1.2.3').exits).toBe('monitoring');
  expect(readCommandLine(['--ascii', 'plan', '--preset', 'verify'], fakeHost(), '1.2.3').exits).toBe('usual');
});

test('what was decided about colour is in the environment before any screen is imported', () => {
  const environment = {NO_COLOR: '1', DEV: 'true'};
  readCommandLine(['plan'], fakeHost({terminal: true, environment}), '1.2.3');
  expect(environment).toEqual({FORCE_COLOR: '0'});
});
