/** Lines of a figure: text in pieces, each with its part in the whole. A screen paints them; line mode prints the text. */
export interface FigurePiece {
  readonly text: string;
  readonly as?: 'plain' | 'title' | 'accent' | 'quiet' | 'good' | 'warn';
}

export type FigureLine = readonly FigurePiece[];

/** What a figure is drawn with; each has an ASCII twin of the same width. */
export interface FigureGlyphs {
  readonly branch: string;
  readonly lastBranch: string;
  readonly trunk: string;
  readonly warning: string;
}

export const figureGlyphs: Readonly<Record<'unicode' | 'ascii', FigureGlyphs>> = {
  unicode: {branch: '├─', lastBranch: '└─', trunk: '│ ', warning: '▲'},
  ascii: {branch: '|-', lastBranch: '`-', trunk: '| ', warning: '!'},
};

export const emptyLine: FigureLine = [];

export function piece(text: string, as: NonNullable<FigurePiece['as']> = 'plain'): FigurePiece {
  return {text, as};
}

/** Without colours and trailing spaces. */
export function figureText(lines: readonly FigureLine[]): readonly string[] {
  return lines.map((line) =>
    line
      .map(({text}) => text)
      .join('')
      .trimEnd(),
  );
}

/** Words in lines of at most `width`; a word that is wider alone is broken. */
export function wordLines(text: string, width: number): readonly string[] {
  const room = Math.max(1, width);
  const lines: string[] = [];
  let current = '';
  for (let word of text.split(' ')) {
    const joined = current === '' ? word : `${current} ${word}`;
    if (joined.length <= room) {
      current = joined;
      continue;
    }
    if (current !== '') lines.push(current);
    for (; word.length > room; word = word.slice(room)) lines.push(word.slice(0, room));
    current = word;
  }
  return [...lines, current];
}

/** A list in lines; a number in brackets stays with what it counts. */
export function partLines(parts: readonly string[], width: number): readonly string[] {
  const kept = parts.map((part) => part.replaceAll(' (', '\u00a0('));
  return wordLines(kept.join(', '), width).map((line) => line.replaceAll('\u00a0', ' '));
}

/** A danger, under its mark. */
export function warningLines(text: string, width: number, {warning}: FigureGlyphs): readonly FigureLine[] {
  return wordLines(text, width - 2).map((part, index) => [
    piece(index === 0 ? `${warning} ` : '  ', 'warn'),
    piece(part, 'warn'),
  ]);
}
