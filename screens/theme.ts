import {createContext, useContext} from 'react';

/** What a piece of text is, never how it looks: eight roles on the terminal's own 16 colours. */
export type Role = 'plain' | 'title' | 'accent' | 'quiet' | 'good' | 'bad' | 'warn' | 'key';

/** What Ink's `Text` takes. Quiet is "dim", not bright black: bright black is the background in some palettes. */
export interface Paint {
  readonly color?: 'cyan' | 'green' | 'red' | 'yellow';
  readonly bold?: true;
  readonly dimColor?: true;
}

const coloured: Readonly<Record<Role, Paint>> = {
  plain: {},
  title: {bold: true},
  accent: {color: 'cyan', bold: true},
  quiet: {dimColor: true},
  good: {color: 'green'},
  bad: {color: 'red', bold: true},
  warn: {color: 'yellow'},
  key: {color: 'cyan'},
};

/** Colours say nothing that a word or a glyph does not say too, so without them only weight is left. */
const colourless: Readonly<Record<Role, Paint>> = {
  plain: {},
  title: {bold: true},
  accent: {bold: true},
  quiet: {},
  good: {},
  bad: {bold: true},
  warn: {},
  key: {bold: true},
};

const unicode = {
  brand: '◆',
  pointer: '❯',
  chosen: '●',
  free: '○',
  on: '■',
  off: '□',
  done: '✓',
  wrong: '✗',
  warning: '▲',
  todo: '·',
  separator: '·',
  crumb: '›',
  open: '▾',
  shut: '▸',
  branch: '├─',
  lastBranch: '└─',
  trunk: '│ ',
  rule: '─',
  side: '│',
  arrow: '→',
  ellipsis: '…',
  full: '█',
  empty: '░',
  bar: '▌',
  above: '↑',
  below: '↓',
  spinner: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
} as const;

export type Glyphs = {
  readonly [Name in keyof typeof unicode]: Name extends 'spinner' ? readonly string[] : string;
} & {
  /** Stand-ins, of the same width, for characters in texts that were not written for the screen alone. */
  readonly twins: Readonly<Record<string, string>>;
};

/** Twins of the same width wherever columns depend on it. */
const ascii: Glyphs = {
  brand: '*',
  pointer: '>',
  chosen: '*',
  free: 'o',
  on: '#',
  off: '-',
  done: '+',
  wrong: 'x',
  warning: '!',
  todo: '.',
  separator: '-',
  crumb: '>',
  open: 'v',
  shut: '>',
  branch: '|-',
  lastBranch: '`-',
  trunk: '| ',
  rule: '-',
  side: '|',
  arrow: '->',
  ellipsis: '~',
  full: '#',
  empty: '.',
  bar: '|',
  above: '^',
  below: 'v',
  spinner: ['|', '/', '-', '\\'],
  twins: {
    '→': '>',
    '…': '~',
    '·': '-',
    '–': '-',
    '—': '-',
    '‘': "'",
    '’': "'",
    '“': '"',
    '”': '"',
    '×': 'x',
    '≤': '<',
    '≥': '>',
  },
};

/** Glyphs that are one text. */
export type GlyphName = Exclude<keyof Glyphs, 'spinner' | 'twins'>;

export interface Theme {
  readonly glyphs: Glyphs;
  /** The key's name as a footer shows it: `↑`, `enter`, `ctrl-s`. */
  readonly keyName: (key: string) => string;
  readonly paint: (role: Role) => Paint;
  /** Things move on their own only where this is set. */
  readonly motion: boolean;
}

const arrowKeys: Readonly<Record<string, string>> = {up: '↑', down: '↓', left: '←', right: '→'};
/** Long names, as keyboards have them. */
const shortNames: Readonly<Record<string, string>> = {pagedown: 'pgdn', pageup: 'pgup'};

export function makeTheme(options: {
  readonly ascii: boolean;
  readonly color: boolean;
  readonly motion?: boolean;
}): Theme {
  const paints = options.color ? coloured : colourless;
  return {
    glyphs: options.ascii ? ascii : {...unicode, twins: {}},
    keyName: (key) => (options.ascii ? undefined : arrowKeys[key]) ?? shortNames[key] ?? key,
    paint: (role) => paints[role],
    motion: options.motion ?? true,
  };
}

/** The one context of the screens. */
export const ThemeContext = createContext<Theme>(makeTheme({ascii: true, color: false}));

export function useTheme(): Theme {
  return useContext(ThemeContext);
}
