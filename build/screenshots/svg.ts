import type {Cell} from '../terminal.ts';

/** A terminal's screen as an SVG picture: no font, no script, nothing that is loaded. */

const cellWidth = 8.4;
const cellHeight = 18;
const padding = 14;
/** Where letters stand on, from the top of a cell. */
const baseline = 13.5;

/** The picture brings its own background, so that it reads the same on a light page and on a dark one. */
const background = '#1b1f27';
const foreground = '#d7dce4';

/** The sixteen colours of a terminal, each at least 4.5 : 1 on the background. */
const palette: readonly string[] = [
  '#8b93a1',
  '#ff7b85',
  '#8fd694',
  '#f0c674',
  '#82b1ff',
  '#d7a1f9',
  '#6fd6de',
  '#d7dce4',
  '#9aa3b2',
  '#ff9aa2',
  '#a8e6ac',
  '#f7d794',
  '#a5c8ff',
  '#e3bdfb',
  '#95e3e9',
  '#ffffff',
];

/** @param title what it shows, for those who do not see it */
export function svgOf(rows: readonly (readonly Cell[])[], title: string): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const width = number(columns * cellWidth + 2 * padding);
  const height = number(rows.length * cellHeight + 2 * padding);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    `<title>${escaped(title)}</title>`,
    '<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}</style>',
    `<rect width="${width}" height="${height}" rx="8" fill="${background}"/>`,
    ...rows.flatMap((row, y) => rowParts(row, y)),
    '</svg>',
    '',
  ].join('\n');
}

/**
 * Runs of cells that look alike, without gaps, which not every viewer keeps. Each says how wide it is, so that columns
 * stand where they stood whatever the font.
 */
function rowParts(row: readonly Cell[], y: number): string[] {
  const parts: string[] = [];
  for (let from = 0; from < row.length;) {
    const first = row[from];
    if (first === undefined) break;
    let to = from + 1;
    for (let cell = row[to]; cell !== undefined && looksLike(cell, first); cell = row[to]) to += 1;
    const text = row
      .slice(from, to)
      .map(({text: one}) => one)
      .join('');
    for (const {0: words, index} of text.matchAll(/\S+(?: \S+)*/g)) parts.push(textPart(words, first, from + index, y));
    from = to;
  }
  return parts;
}

function textPart(text: string, cell: Cell, x: number, y: number): string {
  const attributes = [
    `x="${number(padding + x * cellWidth)}"`,
    `y="${number(padding + y * cellHeight + baseline)}"`,
    `textLength="${number(text.length * cellWidth)}"`,
    'lengthAdjust="spacingAndGlyphs"',
    `fill="${cell.colour === undefined ? foreground : (palette[cell.colour] ?? foreground)}"`,
    ...(cell.isBold ? ['font-weight="bold"'] : []),
    ...(cell.isDim ? ['opacity="0.72"'] : []),
  ];
  return `<text ${attributes.join(' ')}>${escaped(text)}</text>`;
}

function looksLike(one: Cell, other: Cell): boolean {
  return one.colour === other.colour && one.isBold === other.isBold && one.isDim === other.isDim;
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
