import {describe, expect, test} from 'vitest';
import type {Hint} from '../../../screens/keys.ts';
import {footerLine} from '../../../screens/parts/footer.tsx';
import {makeTheme} from '../../../screens/theme.ts';

const theme = makeTheme({ascii: false, color: false});
const hints: readonly Hint[] = [
  {action: 'accept', label: 'next'},
  {action: 'up', with: 'down', label: 'row'},
  {action: 'add'},
  {action: 'back'},
  {action: 'first', quiet: true},
  {action: 'help'},
  {action: 'quit'},
];
const shown = (width: number, isTyping = false) =>
  footerLine(hints, isTyping, width, theme)
    .map(({text}) => text)
    .join('');

describe('the footer', () => {
  test('names the most useful keys first, and help last', () => {
    expect(shown(80)).toBe('enter next   ↑↓ row   a add   esc back   q quit   ? help');
  });

  test('leaves out what does not fit: help and the ways out last', () => {
    expect(shown(48)).toBe('enter next   ↑↓ row   esc back   q quit   ? help');
    expect(shown(40)).toBe('enter next   esc back   q quit   ? help');
    expect(shown(26)).toBe('esc back   q quit   ? help');
    expect(shown(17)).toBe('esc back   ? help');
    expect(shown(7)).toBe('? help');
  });

  test('that is narrow has the ways out among its keys, however many there are', () => {
    const many: readonly Hint[] = [
      ...hints.slice(0, 3),
      ...(['edit', 'remove', 'sort', 'filter'] as const).map((action) => ({action})),
      ...hints.slice(3),
    ];
    const text = footerLine(many, false, 60, theme)
      .map((part) => part.text)
      .join('');
    expect(text).toContain('esc back   q quit   ? help');
  });

  test('while typing it names keys that do not type', () => {
    expect(shown(80, true)).toBe('enter next   ↑↓ row   esc back   ctrl-q quit   ctrl-g help');
  });

  test('without Unicode arrows have their names', () => {
    const plain = makeTheme({ascii: true, color: false});
    const text = footerLine([{action: 'up', with: 'down', label: 'row'}], false, 40, plain)
      .map((part) => part.text)
      .join('');
    expect(text).toBe('up/down row');
  });
});
