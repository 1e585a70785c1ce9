/** How much room text takes on a terminal, and where it may be broken: Latin at spaces, Chinese and Japanese anywhere. */

/** Made when a text first needs it: that takes twenty milliseconds, and most texts are plain. */
let graphemes: Intl.Segmenter | undefined;

/** ASCII and the screens' own glyphs: one cell a character, and by far the most of what is drawn. */
const plainCells = /^[\u0020-\u007e\u2010-\u2027\u203a\u2190-\u2193\u2500-\u25fc\u2713\u2717\u276f\u2800-\u28ff]*$/;

export function graphemesOf(text: string): readonly string[] {
  if (plainCells.test(text)) return text.split('');
  graphemes ??= new Intl.Segmenter('en', {granularity: 'grapheme'});
  return Array.from(graphemes.segment(text), ({segment}) => segment);
}

/** Ranges that terminals draw two cells wide: East Asian wide and fullwidth. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
];

/** Cells that the text takes on screen. */
export function widthOf(text: string): number {
  return plainCells.test(text) ? text.length : graphemesOf(text).reduce((width, one) => width + cellsOf(one), 0);
}

function cellsOf(grapheme: string): 0 | 1 | 2 {
  if (/^[\p{M}\p{Default_Ignorable_Code_Point}]/u.test(grapheme)) return 0;
  const isPicture = /\p{Emoji_Presentation}|\ufe0f/u.test(grapheme);
  return isPicture || isWide(grapheme) ? 2 : 1;
}

function isWide(grapheme: string): boolean {
  const code = grapheme.codePointAt(0) ?? 0;
  return wide.some(([from, to]) => code >= from && code <= to);
}

/** The longest beginning that fits. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const grapheme of graphemesOf(text)) {
    used += widthOf(grapheme);
    if (used > width) break;
    kept += grapheme;
  }
  return kept;
}

export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Wrapped into lines of at most `width`; what is wider alone and may not be broken is broken all the same. */
export function wrap(text: string, width: number): readonly string[] {
  const room = Math.max(1, width);
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let current = '';
    for (const {glue, text: piece} of piecesOf(paragraph)) {
      let rest = piece;
      const joined = current === '' ? rest : `${current}${glue}${rest}`;
      if (widthOf(joined) <= room) {
        current = joined;
        continue;
      }
      if (current !== '') lines.push(current);
      while (widthOf(rest) > room) {
        const head = cut(rest, room);
        if (head === '') break;
        lines.push(head);
        rest = rest.slice(head.length);
      }
      current = rest;
    }
    lines.push(current);
  }
  return lines;
}

/** What no line breaks, with what stands before it when it does not begin a line. */
interface Piece {
  readonly glue: '' | ' ';
  readonly text: string;
}

function piecesOf(paragraph: string): readonly Piece[] {
  return paragraph
    .split(' ')
    .flatMap((word) => partsOf(word).map((text, index): Piece => ({glue: index === 0 ? ' ' : '', text})));
}

/** Marks that begin no line, and marks that end none (JIS X 4051, GB/T 15834), with their ASCII twins. */
const beginsNoLine = /^[、。，．・：；？！）」』】〉》〕…‥ー々),.:;?!%\]]/u;
const endsNoLine = /[（「『【〈《〔(["]$/u;

/** A word as pieces: between two characters of which one is wide a line may end. */
function partsOf(word: string): readonly string[] {
  if (plainCells.test(word)) return [word];
  const parts: string[] = [];
  let current = '';
  let before = '';
  for (const grapheme of graphemesOf(word)) {
    const mayBreak = (isWide(before) || isWide(grapheme)) && !beginsNoLine.test(grapheme) && !endsNoLine.test(before);
    if (current !== '' && mayBreak) {
      parts.push(current);
      current = '';
    }
    current += grapheme;
    before = grapheme;
  }
  return [...parts, current];
}
