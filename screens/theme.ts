import {createContext, useContext} from 'react';

/** What a piece of text is, never how it looks: eight roles on the terminal's own 16 colours. */
export type Role = 'plain' | 'title' | 'accent' | 'quiet' | 'good' | 'bad' | 'warn' | 'key';

/** SGR parameters: how it begins, and how it ends. Quiet is "dim", not bright black: that is the background of some palettes. */
const bold = ['1', '22'] as const;
const dim = ['2', '22'] as const;
const colour = (parameter: 31 | 32 | 33 | 36) => [String(parameter), '39'] as const;

type Look = readonly (readonly [begin: string, end: string])[];

const coloured: Readonly<Record<Role, Look>> = {
  plain: [],
  title: [bold],
  accent: [bold, colour(36)],
  quiet: [dim],
  good: [colour(32)],
  bad: [bold, colour(31)],
  warn: [colour(33)],
  key: [colour(36)],
};

/** Colours say nothing that a word or a glyph does not say too, so without them only weight is left. */
const colourless: Readonly<Record<Role, Look>> = {
  plain: [],
  title: [bold],
  accent: [bold],
  quiet: [],
  good: [],
  bad: [bold],
  warn: [],
  key: [bold],
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
  /** The text as the terminal is to get it. */
  readonly paint: (text: string, role: Role) => string;
  /** Things move on their own only where this is set. */
  readonly motion: boolean;
}

/** For counting lines: these are as wide as any. */
export const countingGlyphs = ascii;

const arrowKeys: Readonly<Record<string, string>> = {up: '↑', down: '↓', left: '←', right: '→'};
/** Long names, as keyboards have them. */
const shortNames: Readonly<Record<string, string>> = {pagedown: 'pgdn', pageup: 'pgup'};

export function makeTheme(options: {
  readonly ascii: boolean;
  readonly color: boolean;
  readonly motion?: boolean;
}): Theme {
  const looks = options.color ? coloured : colourless;
  return {
    glyphs: options.ascii ? ascii : {...unicode, twins: {}},
    keyName: (key) => (options.ascii ? undefined : arrowKeys[key]) ?? shortNames[key] ?? key,
    paint: (text, role) =>
      looks[role].reduceRight((inner, [begin, end]) => `\u001B[${begin}m${inner}\u001B[${end}m`, text),
    motion: options.motion ?? true,
  };
}

/** The one context of the screens. */
export const ThemeContext = createContext<Theme>(makeTheme({ascii: true, color: false}));

export function useTheme(): Theme {
  return useContext(ThemeContext);
}
