/** Cells on which a figure of boxes and arrows is drawn: lines that meet join, and text stands over lines. */

export type MapRole = 'plain' | 'quiet' | 'lit' | 'selected' | 'bad' | 'good';

export interface MapPiece {
  readonly text: string;
  readonly role: MapRole;
}

/** One line of the figure; its pieces together are as wide as the figure. */
export type MapLine = readonly MapPiece[];

export type Side = 'up' | 'right' | 'down' | 'left';
export type Point = readonly [x: number, y: number];
export type LineLook = 'single' | 'dashed' | 'double';

interface Cell {
  text: string | undefined;
  sides: number;
  isWideAcross: boolean;
  isWideDown: boolean;
  isDashed: boolean;
  role: MapRole;
}

const bits: Readonly<Record<Side, number>> = {up: 1, right: 2, down: 4, left: 8};
const across = bits.left | bits.right;
const down = bits.up | bits.down;

/** By the sides that a line leaves the cell on; single, double across, double down, double both. */
const joints: Readonly<Record<number, string>> = {
  [bits.right | bits.down]: '┌╒╓╔',
  [bits.left | bits.down]: '┐╕╖╗',
  [bits.up | bits.right]: '└╘╙╚',
  [bits.up | bits.left]: '┘╛╜╝',
  [down | bits.right]: '├╞╟╠',
  [down | bits.left]: '┤╡╢╣',
  [across | bits.down]: '┬╤╥╦',
  [across | bits.up]: '┴╧╨╩',
  [across | down]: '┼╪╫╬',
};

const heads: Readonly<Record<'unicode' | 'ascii', Readonly<Record<Side, string>>>> = {
  unicode: {up: '▴', right: '▸', down: '▾', left: '◂'},
  ascii: {up: '^', right: '>', down: 'v', left: '<'},
};

export class MapCanvas {
  readonly #cells: Cell[][];
  readonly #glyphs: 'unicode' | 'ascii';

  constructor(width: number, height: number, glyphs: 'unicode' | 'ascii') {
    this.#glyphs = glyphs;
    this.#cells = Array.from({length: height}, () =>
      Array.from({length: width}, () => ({
        text: undefined,
        sides: 0,
        isWideAcross: false,
        isWideDown: false,
        isDashed: false,
        role: 'plain',
      })),
    );
  }

  /** Through these points, each level with the one before it. */
  line(points: readonly Point[], look: LineLook, role: MapRole): void {
    for (const [index, to] of points.entries()) {
      const from = points[index - 1];
      if (from !== undefined) this.#segment(from, to, look, role);
    }
  }

  #segment([fromX, fromY]: Point, [toX, toY]: Point, look: LineLook, role: MapRole): void {
    const [stepX, stepY] = [Math.sign(toX - fromX), Math.sign(toY - fromY)];
    const [onward, back] =
      stepX === 0
        ? stepY > 0
          ? [bits.down, bits.up]
          : [bits.up, bits.down]
        : stepX > 0
          ? [bits.right, bits.left]
          : [bits.left, bits.right];
    for (let [x, y] = [fromX, fromY]; x !== toX || y !== toY; x += stepX, y += stepY) {
      this.#mark(x, y, onward, look, role);
      this.#mark(x + stepX, y + stepY, back, look, role);
    }
  }

  #mark(x: number, y: number, side: number, look: LineLook, role: MapRole): void {
    const cell = this.#cells[y]?.[x];
    if (cell === undefined) return;
    cell.isDashed = (cell.sides === 0 || cell.isDashed) && look === 'dashed';
    cell.sides |= side;
    cell.role = role;
    if (look !== 'double') return;
    if ((side & across) === 0) cell.isWideDown = true;
    else cell.isWideAcross = true;
  }

  frame([x, y]: Point, width: number, height: number, look: LineLook, role: MapRole): void {
    const [right, bottom] = [x + width - 1, y + height - 1];
    this.line(
      [
        [x, y],
        [right, y],
        [right, bottom],
        [x, bottom],
        [x, y],
      ],
      look,
      role,
    );
  }

  head([x, y]: Point, side: Side, role: MapRole): void {
    this.text([x, y], heads[this.#glyphs][side], role);
  }

  /** Characters of one cell each. */
  text([x, y]: Point, text: string, role: MapRole): void {
    for (const [index, character] of [...text].entries()) {
      const cell = this.#cells[y]?.[x + index];
      if (cell === undefined) continue;
      cell.text = character;
      cell.role = role;
    }
  }

  lines(): readonly MapLine[] {
    return this.#cells.map((row) => {
      const pieces: {text: string; role: MapRole}[] = [];
      for (const cell of row) {
        const text = cell.text ?? this.#lineGlyph(cell);
        const last = pieces.at(-1);
        // Nothing is seen of the role of a space.
        if (last !== undefined && (last.role === cell.role || text === ' ')) last.text += text;
        else pieces.push({text, role: cell.role});
      }
      return pieces;
    });
  }

  #lineGlyph({sides, isWideAcross, isWideDown, isDashed}: Cell): string {
    if (sides === 0) return ' ';
    const isAcross = (sides & down) === 0;
    const isDown = (sides & across) === 0;
    if (this.#glyphs === 'ascii') {
      const isWide = isWideAcross || isWideDown;
      if (isAcross) return isWide ? '=' : isDashed ? '.' : '-';
      if (isDown) return isWide ? '#' : isDashed ? ':' : '|';
      return isWide ? '#' : '+';
    }
    if (isAcross) return isWideAcross ? '═' : isDashed ? '╌' : '─';
    if (isDown) return isWideDown ? '║' : isDashed ? '╎' : '│';
    return joints[sides]?.[(isWideAcross ? 1 : 0) + (isWideDown ? 2 : 0)] ?? ' ';
  }
}
