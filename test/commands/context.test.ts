import {describe, expect, test} from 'vitest';
import {contextOf, settleEnvironment, type Environment, type GlobalOptions} from '../../src/commands/context.ts';
import {fakeHost} from '../helpers/fake-host.ts';

const options: GlobalOptions = {color: 'auto', ascii: false, debug: false};

function contextIn(environment: Environment, given: Partial<GlobalOptions> = {}, terminal = true) {
  return contextOf(fakeHost({terminal, environment}), {...options, ...given});
}

describe('who answers questions', () => {
  test.each<[string, Environment, string]>([
    ['a terminal', {TERM: 'xterm'}, 'screen'],
    ['a dumb terminal', {TERM: 'dumb'}, 'numbered-lines'],
    ['a screen reader', {ACCESSIBLE: '1'}, 'numbered-lines'],
    ['ACCESSIBLE switched off', {ACCESSIBLE: '0'}, 'screen'],
    ['a build machine', {CI: 'true'}, 'nobody'],
    ['CI that is set but empty', {CI: ''}, 'screen'],
    ['CI=false', {CI: 'false'}, 'screen'],
  ])('%s', (_, environment, asks) => {
    expect(contextIn(environment).asks).toBe(asks);
  });

  test('without a terminal nobody does, whatever the environment says', () => {
    expect(contextIn({ACCESSIBLE: '1'}, {}, false).asks).toBe('nobody');
  });

  test('--line prefers prompts to the full screen, and changes nothing else', () => {
    const asksWithLine = (environment: Environment, terminal: boolean) =>
      contextOf(fakeHost({terminal, environment}), options, true).asks;
    expect(asksWithLine({}, true)).toBe('prompts');
    expect(asksWithLine({TERM: 'dumb'}, true)).toBe('numbered-lines');
    expect(asksWithLine({}, false)).toBe('nobody');
  });
});

test('standard input stays closed until it is read, where there is no terminal', () => {
  const host = fakeHost();
  const opened: string[] = [];
  const watched = Object.defineProperty(host, 'stdin', {get: () => opened.push('stdin')});
  const context = contextOf(watched, options);
  expect(opened).toEqual([]);
  expect(context.stdin).toBe(1);
});

describe('colour: --color, then NO_COLOR, then FORCE_COLOR, then the terminal', () => {
  test.each<[string, Environment, Partial<GlobalOptions>, boolean, boolean]>([
    ['a terminal', {}, {}, true, true],
    ['a pipe', {}, {}, false, false],
    ['a dumb terminal', {TERM: 'dumb'}, {}, true, false],
    ['NO_COLOR', {NO_COLOR: '1'}, {}, true, false],
    ['NO_COLOR set but empty', {NO_COLOR: ''}, {}, true, true],
    ['NO_COLOR beside FORCE_COLOR', {NO_COLOR: '1', FORCE_COLOR: '1'}, {}, true, false],
    ['FORCE_COLOR in a pipe', {FORCE_COLOR: '1'}, {}, false, true],
    ['FORCE_COLOR=0 in a terminal', {FORCE_COLOR: '0'}, {}, true, false],
    ['--color always in a pipe with NO_COLOR', {NO_COLOR: '1'}, {color: 'always'}, false, true],
    ['--color never in a terminal with FORCE_COLOR', {FORCE_COLOR: '3'}, {color: 'never'}, true, false],
  ])('%s', (_, environment, given, terminal, painted) => {
    expect(contextIn(environment, given, terminal).colour).toBe(painted);
  });

  test.each<[string, Environment, boolean, Environment]>([
    ['off', {NO_COLOR: '1', FORCE_COLOR: '3'}, false, {FORCE_COLOR: '0'}],
    ['on', {}, true, {FORCE_COLOR: '1'}],
    ['on where it was forced off', {FORCE_COLOR: '0', NO_COLOR: '1'}, true, {FORCE_COLOR: '1'}],
    ['on with more colours asked for', {FORCE_COLOR: '3'}, true, {FORCE_COLOR: '3'}],
    ['on beside a debugging variable of Ink', {DEV: 'true'}, true, {FORCE_COLOR: '1'}],
  ])('libraries are told: %s', (_, environment, painted, after) => {
    settleEnvironment(environment, painted);
    expect(environment).toEqual(after);
  });
});

describe('glyphs', () => {
  test.each<[string, Environment, string]>([
    ['no locale at all', {}, 'unicode'],
    ['UTF-8', {LANG: 'ja_JP.UTF-8'}, 'unicode'],
    ['utf8, as some spell it', {LC_ALL: 'C.utf8'}, 'unicode'],
    ['POSIX', {LANG: 'C'}, 'ascii'],
    ['another encoding wins over LANG', {LC_ALL: 'ja_JP.eucJP', LANG: 'ja_JP.UTF-8'}, 'ascii'],
    ['an empty LC_ALL counts as unset', {LC_ALL: '', LANG: 'C.UTF-8'}, 'unicode'],
    ['the Linux console', {TERM: 'linux', LANG: 'C.UTF-8'}, 'ascii'],
    ['a dumb terminal', {TERM: 'dumb', LANG: 'C.UTF-8'}, 'ascii'],
  ])('%s', (_, environment, glyphs) => {
    expect(contextIn(environment).glyphs).toBe(glyphs);
  });

  test('--ascii wins', () => {
    expect(contextIn({LANG: 'C.UTF-8'}, {ascii: true}).glyphs).toBe('ascii');
  });
});
