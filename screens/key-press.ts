import type {Key} from 'ink';

/** One key as a person pressed it. */
export interface KeyPress {
  /** `j`, `G`, `enter`, `ctrl-u`, `alt-b`, `pagedown`: the spelling of the key table. */
  readonly name: string;
  /** What it types; `''` for keys that type nothing. */
  readonly text: string;
}

const named = (name: string): KeyPress => ({name, text: ''});

/** Alt chords that mean something; any other is an Esc that the next key caught up with (vim reads it the same way). */
const altChords = new Set(['b', 'f', 'd']);

const arrows = ['up', 'down', 'left', 'right'] as const;

/**
 * What Ink reports → key presses. Keys typed or repeated fast arrive as one chunk (`jjj`, `abc\r`) over SSH, so a
 * chunk may hold many presses, and each counts.
 */
export function keyPresses(input: string, key: Key): readonly KeyPress[] {
  if (key.eventType === 'release') return [];
  const special = specialKey(key);
  if (special !== undefined) return special;
  if (key.ctrl) return input.length === 1 ? [named(`ctrl-${input.toLowerCase()}`)] : [];
  if (key.meta) {
    if (altChords.has(input)) return [named(`alt-${input}`)];
    return [named('esc'), ...characters(input)];
  }
  return characters(input);
}

function specialKey(key: Key): readonly KeyPress[] | undefined {
  if (key.escape) return key.meta ? [named('esc'), named('esc')] : [named('esc')];
  const late = key.meta ? [named('esc')] : [];
  if (key.return) return [...late, named('enter')];
  if (key.tab) return [...late, named(key.shift ? 'shift-tab' : 'tab')];
  if (key.backspace) return [named(key.meta || key.ctrl ? 'ctrl-w' : 'backspace')];
  if (key.delete) return [named('delete')];
  if (key.leftArrow && (key.ctrl || key.meta)) return [named('alt-b')];
  if (key.rightArrow && (key.ctrl || key.meta)) return [named('alt-f')];
  const arrow = arrows.find((name) => key[`${name}Arrow`]);
  if (arrow !== undefined) return [named(arrow)];
  if (key.pageUp) return [named('pageup')];
  if (key.pageDown) return [named('pagedown')];
  if (key.home) return [named('home')];
  if (key.end) return [named('end')];
  return undefined;
}

function characters(input: string): readonly KeyPress[] {
  return Array.from(input.replaceAll('\r\n', '\r'), (character) => {
    if (character === '\r' || character === '\n') return named('enter');
    if (character === '\t') return named('tab');
    if (character === ' ') return {name: 'space', text: ' '};
    const code = character.codePointAt(0) ?? 0;
    if (code === 0x7f || code === 0x08) return named('backspace');
    if (code >= 1 && code <= 26) return named(`ctrl-${String.fromCodePoint(code + 96)}`);
    if (code < 32) return named('');
    return {name: character, text: character};
  });
}
