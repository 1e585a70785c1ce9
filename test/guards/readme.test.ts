import {describe, expect, test} from 'vitest';
import about from '../../package.json' with {type: 'json'};
import {readCommandLine} from '../../src/cli.ts';
import {fakeHost} from '../helpers/fake-host.ts';
import {textOf} from './source.ts';

const readme = textOf('README.md');

async function helpOf(...words: readonly string[]): Promise<string> {
  const host = fakeHost();
  await readCommandLine([...words, '--help'], host, '1.2.3').run();
  return host.out();
}

describe('the README', () => {
  test('lists the commands that exist, each and no other', async () => {
    const listed = [...readme.matchAll(/^\| `certwright ?([a-z-]*)` \|/gm)].map(([, name]) => name ?? '');
    const commands = [...(await helpOf()).matchAll(/^ {2}([a-z]+)[ [].* {2}\S/gm)].map(([, name]) => name ?? '');
    expect(commands).toContain('issue');
    expect(listed.toSorted()).toEqual(['', ...commands].toSorted());
  });

  test('shows command lines that are understood', () => {
    const lines = [...readme.matchAll(/^certwright (.*?)(?: +#.*| *>.*)?$/gm)].map(([, line]) => line ?? '');
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) {
      const host = fakeHost();
      readCommandLine(line.split(' '), host, '1.2.3');
      expect(host.err(), line).toBe('');
    }
  });

  test('names npm scripts that exist', () => {
    const scripts = [...readme.matchAll(/npm (start|test|run [\w:-]+)/g)].map(([, script]) =>
      script?.replace('run ', ''),
    );
    expect(scripts).toContain('start');
    for (const script of scripts) expect(Object.keys(about.scripts)).toContain(script);
  });

  test.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'])(
    '%s links to files that are there',
    (file) => {
      const links = [...textOf(file).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link]) => link ?? '');
      for (const link of links) expect(textOf(link).length, link).toBeGreaterThan(0);
    },
  );

  test.each(['ARCHITECTURE.md', 'CONTRIBUTING.md', 'README.md'])(
    '%s names files and folders that are there',
    async (file) => {
      const {existsSync} = await import('node:fs');
      const named = [...textOf(file).matchAll(/`((?:src|screens|test|build|presets|docs)\/[\w./-]*)`/g)].map(
        ([, path]) => path ?? '',
      );
      expect(named.filter((path) => !existsSync(new URL(`../../${path}`, import.meta.url)))).toEqual([]);
    },
  );
});
