import {dayAfter, gistOf} from '../../src/report/compared-options.ts';
import {keyTimeOf} from '../../src/report/key-cost-figure.ts';
import type {Step} from '../../src/wizard/step.ts';
import {planInForce} from '../../src/wizard/wizard-state.ts';
import type {Line} from '../parts/text.ts';
import {pad, shorten, span, widthOf} from '../parts/text.ts';
import type {AppState} from '../screen.ts';
import type {Tools} from '../services.ts';
import type {Glyphs} from '../theme.ts';
import type {FieldLines} from './field-lines.ts';
import {answerText} from './form-fields.ts';
import type {ShownForm} from './form-state.ts';
import {offersOf} from './offers.ts';

/** What stands in or under a field beside its answer: names to pick, a calendar date, what an option would change. */

/** Names to pick from; folded into a line while the focus is elsewhere. */
export function offerLines(
  state: AppState,
  form: ShownForm,
  isFocused: boolean,
  width: number,
  glyphs: Glyphs,
  tools: Tools,
): FieldLines {
  const offers = offersOf(state, tools);
  if (!isFocused) {
    const open = offers.filter(({isIn}) => !isIn).map(({value}) => value);
    const text = open.length === 0 ? 'all that is often needed is in' : `often needed too: ${open.join(', ')}`;
    return {lines: [[span('  '), span(shorten(`${glyphs.shut} ${text}`, width - 2, glyphs), 'quiet')]]};
  }
  const nameWidth = Math.max(...offers.map(({value}) => widthOf(value))) + 2;
  return {
    lines: [
      [span(`${glyphs.bar} `, 'accent'), span('Often needed too: space takes a name in or out', 'accent')],
      ...offers.map(({value, why, isIn}, index): Line => {
        const isHere = index === form.view.option;
        return [
          span(`${glyphs.bar} `, 'accent'),
          span(isHere ? `  ${glyphs.pointer} ` : '    ', 'accent'),
          span(`${isIn ? glyphs.on : glyphs.off} `, isIn ? 'accent' : 'quiet'),
          span(pad(value, nameWidth), isHere ? 'accent' : 'plain'),
          span(shorten(why, Math.max(0, width - nameWidth - 8), glyphs), 'quiet'),
        ];
      }),
    ],
    anchor: 1 + form.view.option,
  };
}

/** In a line, what the option under the cursor would change; empty when it is chosen already, or changes nothing. */
export function gistText({wizard, findings}: AppState, {view}: ShownForm, step: Step, tools: Tools): string {
  const value = step.kind.kind === 'choice' ? step.kind.options[view.option]?.value : undefined;
  const plan = planInForce(wizard, tools);
  const here = value === undefined ? undefined : tools.tryOption(plan, step, value);
  if (here === undefined) return '';
  if (step.id === 'keys.algorithm') {
    const known = {costs: findings.costs, parallel: tools.parallelKeys};
    const time = keyTimeOf(known, here.plan.keys.algorithm, here.outline.amounts);
    return `This plan's ${here.outline.amounts.keys} keys, on this machine: ${time ?? 'being measured ...'}`;
  }
  const current = tools.tryOption(plan, step, step.show(plan));
  const gist = current === undefined || current.value === here.value ? '' : gistOf(current, here);
  return gist === '' ? '' : `For this plan: ${gist}.`;
}

/** The day that a lifetime leads to, as it is typed: `until 2027-11-23`. Empty for every other question. */
export function dateNote({wizard}: AppState, step: Step, tools: Tools): string {
  if (step.id !== 'validity.authorities' && step.id !== 'validity.leaves') return '';
  const parsed = step.parse(answerText(wizard, step), wizard.plan);
  if (!parsed.ok) return '';
  const {authorities, leaves} = parsed.plan.validity;
  return `until ${dayAfter(tools.now(), step.id === 'validity.leaves' ? leaves : authorities)}`;
}
