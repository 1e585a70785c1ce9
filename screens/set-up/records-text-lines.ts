import type {Step} from '../../src/wizard/step.ts';
import {placeInList} from '../parts/list-state.ts';
import type {Line} from '../parts/text.ts';
import {cut, drawable, span} from '../parts/text.ts';
import {caretPlace} from '../parts/text-field-state.ts';
import {visibleText} from '../parts/visible-text.ts';
import type {Glyphs} from '../theme.ts';
import type {TableLines} from './field-lines.ts';
import {problemLines} from '../parts/problem-lines.ts';
import type {RecordsView} from './records-state.ts';
import {columnsOf} from './records-state.ts';

/** All rows as text, a window of it around the caret; lines with a problem are marked. */
export function textLines(step: Step, table: RecordsView, width: number, height: number, glyphs: Glyphs): TableLines {
  if (table.mode.kind !== 'lines') return {lines: [], problems: []};
  const {field, problems} = table.mode;
  const all = field.text.split('\n');
  const {row, column} = caretPlace(field);
  const {top} = placeInList({cursor: row, top: Math.max(0, row - Math.floor(height / 2))}, row, all.length, height);
  const wrongRows = new Set(problems.map((one) => one.row));
  const rowOfLine = rowsOfLines(all);
  const numberWidth = String(all.length).length;
  const room = width - numberWidth - 3;
  const shown = all.slice(top, top + height).map((text, index): Line => {
    const at = top + index;
    const isWrong = rowOfLine[at] !== undefined && wrongRows.has(rowOfLine[at]);
    const part = at === row ? visibleText({text, caret: column}, room, glyphs).text : cut(drawable(text, glyphs), room);
    return [
      span(`${isWrong ? glyphs.wrong : ' '} ${String(at + 1).padStart(numberWidth)} `, isWrong ? 'bad' : 'quiet'),
      span(part),
    ];
  });
  const here = problems.filter((one) => one.row === rowOfLine[row]);
  const told = (here.length > 0 ? here : problems).slice(0, 2).map(({problem}) => problem);
  const caretColumn = visibleText({text: all[row] ?? '', caret: column}, room, glyphs).column;
  return {
    lines: [
      [
        span('One row a line: ', 'quiet'),
        span((columnsOf(step) ?? []).map(({ask}) => ask.toLowerCase()).join('  '), 'plain'),
      ],
      ...shown,
    ],
    anchor: 1 + row - top,
    caret: {row: 1 + row - top, column: numberWidth + 3 + caretColumn},
    problems: problemLines(told, width, 0, glyphs),
  };
}

/** For each line the row that it is: empty lines are none. */
function rowsOfLines(lines: readonly string[]): readonly (number | undefined)[] {
  let row = -1;
  return lines.map((text) => {
    if (text.trim() === '') return undefined;
    row += 1;
    return row;
  });
}
