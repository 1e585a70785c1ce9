import {existsSync} from 'node:fs';
import {cp, mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {transform} from 'esbuild';
import {describe, expect, onTestFinished, test} from 'vitest';
import about from '../package.json' with {type: 'json'};
import {runProgram} from '../src/run/run-program.ts';
import {builtProgram} from './helpers/built.ts';
import {layKubeadmFixture} from './helpers/kubeadm-fixture.ts';
import {expectNoSecrets} from './helpers/no-secrets.ts';

const program = await builtProgram();

/** Makes Node.js say that it is another version, before the program's first line. */
function pretending(version: string): readonly string[] {
  const code = `Object.defineProperty(process.versions, 'node', {value: '${version}'})`;
  return ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
}

describe('the version of Node.js', () => {
  test.each(['14.21.3', '20.20.2', '22.22.2', '24.14.9', '25.9.0'])(
    '%s is refused with one sentence',
    async (version) => {
      const ended = await program.run(['plan'], {nodeWords: pretending(version)});
      expect(ended.exitCode).toBe(1);
      expect(ended.stdout).toBe('');
      expect(ended.stderr.trim().split('\n')).toHaveLength(1);
      expect(ended.stderr).toContain(
        `Certwright needs Node.js 24.15 or newer of the 24 line, or 26 and newer; this is ${version}.`,
      );
      expect(ended.stderr).toContain(`Try: npx node@26 ${program.main} plan`);
    },
  );

  test.each(['check', 'verify'])('that is too old is no warning about what %s looks at', async (command) => {
    expect((await program.run([command], {nodeWords: pretending('20.20.2')})).exitCode).toBe(3);
  });

  test.each(['24.15.0', '26.0.0', '27.1.0'])('%s is taken', async (version) => {
    expect((await program.run(['--help'], {nodeWords: pretending(version)})).exitCode).toBe(0);
  });

  test('what is refused and what is taken is what the package says', () => {
    expect(about.engines.node).toBe('^24.15 || >=26');
  });

  test('the entry imports nothing that an old Node.js may lack, so it gets as far as the sentence', async () => {
    const entry = program.account.outputs.find(({file}) => file === 'src/main.js');
    if (entry === undefined) expect.fail('there is no entry');
    expect(entry.imports.filter(({kind}) => kind === 'import-statement')).toEqual([]);
    const code = await readFile(program.main, 'utf8');
    // As long as Node.js has had modules, they have known where they are.
    const supported = {'import-meta': true};
    const [old, modern] = await Promise.all(['es2019', 'esnext'].map((target) => transform(code, {target, supported})));
    expect(old?.code, 'its syntax is no newer than modules themselves').toBe(modern?.code);
  });
});

test('--version prints the version and nothing else', async () => {
  expect(await program.run(['--version'])).toEqual({
    exitCode: 0,
    signal: null,
    stdout: `${about.version}\n`,
    stderr: '',
  });
});

test('a usage error goes to standard error and ends with 2', async () => {
  const ended = await program.run(['pln']);
  expect(ended).toMatchObject({exitCode: 2, stdout: ''});
  expect(ended.stderr).toContain("did you mean 'plan'?");
});

describe('a signal', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends what is being issued with %i, and nothing is left behind', async (signal, exitCode) => {
    const folder = await temporaryFolder();
    const ready = join(await temporaryFolder(), 'ready');
    // SIGHUP is the last that gets its handler; a signal before that would be Node's own affair.
    const tells = `process.on('newListener', (name) => { if (name === 'SIGHUP') process.getBuiltinModule('fs').writeFileSync(${JSON.stringify(ready)}, '') })`;
    // Slow keys, so that it is still busy when the signal comes.
    const words = ['issue', '--preset', 'kubeadm-ha', '--set', 'keys.algorithm=RSA-4096', '--out', 'bundle'];
    const ended = await program.run(words, {
      cwd: folder,
      nodeWords: ['--import', `data:text/javascript,${encodeURIComponent(tells)}`],
      meanwhile: async (child) => {
        while (!existsSync(ready)) await wait(5);
        child.kill(signal);
      },
    });
    expect(ended).toEqual({exitCode, signal: null, stdout: '', stderr: 'certwright: cancelled\n'});
    expect(await readdir(folder)).toEqual([]);
  });
});

test('an installation that is not whole says so', async () => {
  const folder = await temporaryFolder();
  await cp(program.folder, folder, {recursive: true});
  await rm(join(folder, 'dist/src/program.js'));
  const ended = await runProgram(process.execPath, [join(folder, 'dist/src/main.js'), 'plan'], {accept: [70]});
  expect(ended).toMatchObject({exitCode: 70, stdout: ''});
  expect(ended.stderr).toMatch(/^certwright: this installation is not whole, install it again: .*program\.js/);
});

test('whoever stops reading does no harm', async () => {
  const {stdout, stderr} = await runProgram('bash', [
    '-c',
    '"$0" "$1" plan --preset kubeadm-ha --output json | head -c 1 >/dev/null; echo "${PIPESTATUS[0]}"',
    process.execPath,
    program.main,
  ]);
  expect({stdout, stderr}).toEqual({stdout: '0', stderr: ''});
});

test('what could not be written down does not end well', async () => {
  const folder = await temporaryFolder();
  const run = async (words: readonly string[]) =>
    runProgram('bash', ['-c', '"$0" "$@" >/dev/full; echo "$?"', process.execPath, program.main, ...words]);
  const {stdout, stderr} = await run(['plan', '--preset', 'kubeadm-ha']);
  expect({stdout, stderr: stderr.split('\n')[0]}).toEqual({
    stdout: '1',
    stderr: 'certwright: no space is left for standard output',
  });
  layKubeadmFixture(folder);
  expect((await run(['check', '--root', folder])).stdout, 'monitoring takes it for unknown').toBe('3');
});

test('--debug adds where a failure comes from, in the words of the source', async () => {
  const words = ['plan', '--plan', '/there/is/no/plan.yaml'];
  expect((await program.run(words)).stderr).not.toContain('    at ');
  const {stderr} = await program.run([...words, '--debug']);
  expect(stderr).toMatch(/ at .*\(certwright:src\/config\/[\w-]+\.ts:\d+:\d+\)/);
  expect(stderr).toMatch(/ at .*certwright:src\/commands\/declare-plan\.ts:\d+:\d+/);
});

test('a bug says that it is one and ends with 70, or 3 where that means "could not be examined"', async () => {
  const broken = 'process.cwd = () => { throw new TypeError("broken for abcdef.0123456789abcdef"); }';
  const nodeWords = ['--import', `data:text/javascript,${encodeURIComponent(broken)}`];
  const ended = await program.run(['plan'], {nodeWords});
  expect(ended).toMatchObject({exitCode: 70, stdout: ''});
  expect(ended.stderr).toContain('this is a bug in Certwright');
  expect(ended.stderr).toContain(`certwright ${about.version}, Node.js ${process.versions.node}`);
  expect(ended.stderr).toContain('TypeError: broken for [bootstrap token]');
  expectNoSecrets(ended.stderr);
});

test('without a terminal the bare program demonstrates itself: a plan, a proof, and where the files lie', async () => {
  const folder = await temporaryFolder();
  const ended = await program.run([], {environment: {TMPDIR: folder}});
  expect(ended).toMatchObject({exitCode: 0, stderr: ''});
  expect(ended.stdout).toContain('apiserver-kubelet-client');
  expect(ended.stdout).toContain('proved (mutual)');
  const place = /lies in (\S+):/.exec(ended.stdout)?.[1] ?? expect.fail('it does not say where the files lie');
  expect(place.startsWith(folder)).toBe(true);
  expect(await readdir(place)).toContain('bundle.json');
  expectNoSecrets(ended.stdout);
  const verified = await program.run(['verify', place, '--output', 'json']);
  expect(verified).toMatchObject({exitCode: 0, stderr: ''});
  expect(JSON.parse(verified.stdout)).toMatchObject({state: 'ok'});
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'certwright-main-'));
  onTestFinished(() => rm(folder, {recursive: true}));
  return folder;
}
