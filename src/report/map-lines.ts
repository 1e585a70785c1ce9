import {pad, widthOf, wrap} from '../base/cells.ts';
import type {MapLine, MapRole} from './map-canvas.ts';
import {type MapMark, markSign} from './map-figure.ts';
import type {MappedCluster} from '../pki/mapped-cluster.ts';
import {markOf, type MapDetails, type MapPart, type Verdicts} from './map-parts.ts';
import {textGlyphs} from './text-glyphs.ts';

/** Lines under a figure: the legend of its numbers, and what is said of a spot. */

interface LineLook {
  /** Cells. */
  readonly width: number;
  readonly glyphs: 'unicode' | 'ascii';
}

/** A line a connection: `15✗  kube-apiserver → kubelet   10250  apiserver-kubelet-client`. */
export function legendLines(
  {map: {arrows}, certificates}: MappedCluster,
  verdicts: Verdicts,
  {width, glyphs}: LineLook,
): readonly MapLine[] {
  const ids = new Map(certificates.map(({name, id}) => [name, id]));
  const {arrow: to} = textGlyphs[glyphs];
  const rows = arrows.map((arrow) => {
    const [{port, credential}] = arrow.instances;
    const mark = markOf(arrow, verdicts);
    return {
      number: `${String(arrow.number).padStart(2)}${mark === undefined ? '' : markSign(mark, glyphs)}`,
      mark,
      ends: `${arrow.caller} ${to} ${arrow.provider}`,
      port: String(port),
      shows:
        arrow.credential === 'certificate' && 'certificate' in credential
          ? (ids.get(credential.certificate) ?? credential.certificate)
          : arrow.credential,
    };
  });
  const widest = (cell: 'number' | 'ends' | 'port'): number => Math.max(...rows.map((row) => widthOf(row[cell])));
  const [number, ends, port] = [widest('number'), widest('ends'), widest('port')];
  const restOf = (row: (typeof rows)[number], hasPort: boolean): string =>
    [pad(row.ends, ends), ...(hasPort ? [row.port.padStart(port)] : []), row.shows].join('  ');
  const room = width - number - 2;
  const fits = (hasPort: boolean): boolean => rows.every((row) => widthOf(restOf(row, hasPort)) <= room);
  return rows.map((row) => [
    {
      text: `${pad(row.number, number)}  `,
      role: row.mark === undefined || row.mark === 'open' ? 'plain' : row.mark,
    },
    {text: fits(true) ? restOf(row, true) : fits(false) ? restOf(row, false) : row.ends, role: 'plain'},
  ]);
}

/** Headings at the margin, what is said two cells in; the title is left to whoever shows it. */
export function detailLines({parts}: MapDetails, look: LineLook): readonly MapLine[] {
  return parts.flatMap((part, index): readonly MapLine[] => [
    ...(index === 0 ? [] : [[]]),
    headingOf(part, look),
    ...part.lines.flatMap((line, at) => itemLines(part, line, at, look)),
  ]);
}

function headingOf({label, mark}: MapPart, {glyphs}: LineLook): MapLine {
  return [
    {text: label, role: 'lit'},
    ...(mark === undefined ? [] : [{text: ` ${markSign(mark, glyphs)}`, role: roleOf(mark)}]),
  ];
}

function roleOf(mark: MapMark): MapRole {
  return mark === 'open' ? 'quiet' : mark;
}

function itemLines({form}: MapPart, line: string, index: number, {width, glyphs}: LineLook): readonly MapLine[] {
  const lead = {text: '  ', list: '  - ', steps: `${String(index + 1).padStart(4)}. `}[form];
  const text = glyphs === 'ascii' ? inAscii(line) : line;
  return wrap(text, width - lead.length).map((part, at) => [
    {text: at === 0 ? lead : ' '.repeat(lead.length), role: 'quiet'},
    {text: part, role: 'plain'},
  ]);
}

const twins: Readonly<Record<string, string>> = {'→': '->', '…': '...', '’': "'"};

function inAscii(line: string): string {
  return line.replaceAll(/[→…’]/gu, (glyph) => twins[glyph] ?? glyph);
}
