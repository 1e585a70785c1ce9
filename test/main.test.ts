import {describe, expect, test} from 'vitest';
import about from '../package.json' with {type: 'json'};
import {builtProgram} from './helpers/built.ts';

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

  test.each(['24.15.0', '26.0.0', '27.1.0'])('%s is taken', async (version) => {
    expect((await program.run(['--help'], {nodeWords: pretending(version)})).exitCode).toBe(0);
  });

  test('what is refused and what is taken is what the package says', () => {
    expect(about.engines.node).toBe('^24.15 || >=26');
  });

  test('the entry has no static import but Node’s own modules, so an old one gets as far as the sentence', () => {
    const entry = program.account.outputs.find(({file}) => file === 'src/main.js');
    if (entry === undefined) expect.fail('there is no entry');
    const still = entry.imports.filter(({kind, external}) => kind === 'import-statement' && external !== true);
    expect(still).toEqual([]);
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
