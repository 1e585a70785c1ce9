import {actionIds, keyGroupIds, keyGroups, keyTable} from './keys.ts';
import type {KeyAction} from './keys.ts';

/** The keys as a page of the documentation, in Markdown. */
export function keyboardPage(): string {
  const sections = keyGroupIds.flatMap((group) => [
    '',
    `## ${keyGroups[group]}`,
    '',
    '| keys | what they do |',
    '|---|---|',
    ...actionIds.filter((id) => keyTable[id].group === group).map((id) => row(keyTable[id])),
  ]);
  return [
    '# Keys',
    '',
    'The footer names the keys that are most useful on a screen, and `?` shows all that work there: not every key leads',
    'somewhere on every screen, and one key may do different things on two of them. In a text field letters type; what',
    'has a key with Ctrl works there too. Every key that is pressed counts, however fast they come.',
    '',
    'Esc leads back: it closes what is open, then goes one step back. It never leaves the program and loses no answer.',
    ...sections,
    '',
  ].join('\n');
}

function row({keys, description, dangerous}: KeyAction): string {
  const names = keys.length === 9 ? '`1` to `9`' : keys.map((key) => `\`${keyWord(key)}\``).join(' ');
  return `| ${names} | ${description}${dangerous === true ? ' (takes something away)' : ''} |`;
}

/** As keyboards have it: `Ctrl-P`, `Up`, `PgDn`, `g`, `G`. */
function keyWord(key: string): string {
  if (key.length === 1) return key;
  const words: Readonly<Record<string, string>> = {pageup: 'PgUp', pagedown: 'PgDn'};
  return key
    .split('-')
    .map((part) => words[part] ?? part.slice(0, 1).toUpperCase() + part.slice(1))
    .join('-');
}
