import type {Problem} from '../../src/base/problem.ts';
import {examinedFacts} from '../../src/report/examined-text.ts';
import {factLines} from '../parts/facts.ts';
import type {Line} from '../parts/text.ts';
import {line} from '../parts/text.ts';
import type {AppState} from '../screen.ts';
import type {Tools} from '../services.ts';
import type {Glyphs} from '../theme.ts';
import {broughtStep, examinedIn, wantedExaminations, type Examination} from './examinations.ts';
import type {ShownForm} from './form-state.ts';
import {tableOf} from './form-state.ts';
import {problemLines} from '../parts/problem-lines.ts';

/** What was found in the files of the authority under the cursor, or in the row that is being filled in. */
export function broughtLines(
  state: AppState,
  {view}: ShownForm,
  width: number,
  glyphs: Glyphs,
  tools: Tools,
): readonly Line[] {
  const wanted = wantedExaminations(state, tools);
  const {mode, list} = tableOf(view, broughtStep);
  const shown =
    mode.kind === 'row'
      ? wanted.filter(({id}) => id === mode.cells[0]?.text.trim())
      : mode.kind === 'table'
        ? wanted.slice(list.cursor, list.cursor + 1)
        : [];
  return shown.flatMap((one) => examinationLines(state, one, width, glyphs));
}

function examinationLines(state: AppState, one: Examination, width: number, glyphs: Glyphs): readonly Line[] {
  const examined = examinedIn(state, one);
  if (examined === undefined) return [line(`Looking into the files of ${one.id} ${glyphs.ellipsis}`, 'quiet')];
  return [
    line(`What is in the files of ${one.id}`, 'title'),
    ...factLines(
      examinedFacts(examined).map(([label, text]) => ({label, text})),
      width,
    ),
    ...problemLines(examined.problems, width, 0, glyphs),
  ];
}

/** What stands in the way of using the authorities that are brought, found in their files. */
export function broughtErrors(state: AppState, tools: Tools): readonly Problem[] {
  return wantedExaminations(state, tools)
    .flatMap((one) => examinedIn(state, one)?.problems ?? [])
    .filter(({severity}) => severity === 'error');
}
