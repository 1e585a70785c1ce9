import {describe, expect, test} from 'vitest';
import type {Hint} from '../../screens/keys.ts';
import {actionIds, hasKey, keyTable, resolveKey, textActions, workingKeys} from '../../screens/keys.ts';
import {keyPresses} from '../../screens/key-press.ts';
import {inkKey} from '../helpers/ink-key.ts';

const names = (input: string, key: Parameters<typeof inkKey>[0] = {}) =>
  keyPresses(input, inkKey(key)).map(({name}) => name);

describe('key presses', () => {
  test('keys typed fast arrive in one chunk and each counts', () => {
    expect(names('jjj')).toEqual(['j', 'j', 'j']);
    expect(names('ab \r\t')).toEqual(['a', 'b', 'space', 'enter', 'tab']);
  });

  test('a line end of two characters is one Enter', () => {
    expect(names('a\r\nb\n')).toEqual(['a', 'enter', 'b', 'enter']);
  });

  test('control characters inside a chunk keep their meaning', () => {
    expect(names('x\u0015y\u007f')).toEqual(['x', 'ctrl-u', 'y', 'backspace']);
  });

  test('Esc that the next key caught up with is Esc and that key', () => {
    expect(names('j', {meta: true})).toEqual(['esc', 'j']);
    expect(names('', {escape: true, meta: true})).toEqual(['esc', 'esc']);
    expect(names('', {return: true, meta: true})).toEqual(['esc', 'enter']);
  });

  test('Alt with b and f moves by words, as does Ctrl with the arrows', () => {
    expect(names('b', {meta: true})).toEqual(['alt-b']);
    expect(names('', {rightArrow: true, ctrl: true})).toEqual(['alt-f']);
  });

  test('a released key is not a press', () => {
    expect(names('j', {eventType: 'release'})).toEqual([]);
  });

  test('Ctrl-J, which terminals send as a bare newline, is Enter', () => {
    expect(names('\n')).toEqual(['enter']);
  });

  test('a character outside the basic plane is one press', () => {
    expect(keyPresses('𠮷', inkKey({}))).toEqual([{name: '𠮷', text: '𠮷'}]);
  });
});

describe('the key table', () => {
  test('no two actions of a text field share a key', () => {
    const keys = textActions.flatMap((id) => keyTable[id].keys);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test('the actions that live everywhere share no key with any other action outside text fields', () => {
    const everywhere = actionIds.filter((id) => keyTable[id].group === 'everywhere');
    const clashes = everywhere.flatMap((id) =>
      actionIds
        .filter((other) => other !== id && keyTable[other].group !== 'text')
        .filter((other) => keyTable[id].keys.some((key) => hasKey(other, key)))
        .map((other) => `${id} and ${other}`),
    );
    expect(clashes).toEqual([]);
  });

  test('keys that terminals do not report alone are bound nowhere', () => {
    const unusable = ['ctrl-h', 'ctrl-j', 'ctrl-i', 'ctrl-m'];
    expect(actionIds.filter((id) => keyTable[id].keys.some((key: string) => unusable.includes(key)))).toEqual([]);
  });
});

describe('what a key means', () => {
  const hints: readonly Hint[] = [
    {action: 'up', with: 'down'},
    {action: 'quit'},
    {action: 'help'},
    {action: 'page-up'},
  ];

  test('outside text fields letters are commands', () => {
    expect(resolveKey({name: 'j', text: 'j'}, hints, false)).toMatchObject({kind: 'action', action: 'down'});
    expect(resolveKey({name: 'q', text: 'q'}, hints, false)).toMatchObject({kind: 'action', action: 'quit'});
  });

  test('in a text field letters, the question mark and the space type', () => {
    expect(resolveKey({name: 'q', text: 'q'}, hints, true)).toEqual({kind: 'text', text: 'q'});
    expect(resolveKey({name: '?', text: '?'}, hints, true)).toEqual({kind: 'text', text: '?'});
    expect(resolveKey({name: 'space', text: ' '}, hints, true)).toEqual({kind: 'text', text: ' '});
  });

  test('in a text field Ctrl-U erases, elsewhere it pages', () => {
    expect(resolveKey({name: 'ctrl-u', text: ''}, hints, true)).toMatchObject({
      kind: 'action',
      action: 'erase-to-start',
    });
    expect(resolveKey({name: 'ctrl-u', text: ''}, hints, false)).toMatchObject({kind: 'action', action: 'page-up'});
  });

  test('help and quit have a key that works while typing', () => {
    expect(resolveKey({name: 'ctrl-g', text: ''}, hints, true)).toMatchObject({kind: 'action', action: 'help'});
    expect(resolveKey({name: 'ctrl-q', text: ''}, hints, true)).toMatchObject({kind: 'action', action: 'quit'});
  });

  test('a key of an action that is not alive here does nothing', () => {
    expect(resolveKey({name: 'a', text: 'a'}, hints, false)).toEqual({kind: 'nothing'});
  });

  test('a key that another action takes first, or that types, is not named', () => {
    const both: readonly Hint[] = [{action: 'details'}, {action: 'view'}, {action: 'open'}, {action: 'accept'}];
    expect(workingKeys('view', both, false)).toEqual([]);
    expect(workingKeys('accept', both, false)).toEqual([]);
    expect(workingKeys('help', [{action: 'help'}], false)).toEqual(['?', 'ctrl-g']);
    expect(workingKeys('help', [{action: 'help'}], true)).toEqual(['ctrl-g']);
    expect(workingKeys('page-up', [{action: 'page-up'}], true)).toEqual(['pageup']);
  });
});
