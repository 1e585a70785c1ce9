import type {ClusterPlan} from '../../src/pki/plan.ts';
import {trustMapOf} from '../../src/pki/trust-map.ts';
import {comparedFigure} from '../../src/report/compared-figure.ts';
import {differencesOf} from '../../src/report/compared-options.ts';
import {keyCostFigure, keyTimeOf} from '../../src/report/key-cost-figure.ts';
import {costLines, outlineFigure} from '../../src/report/outline-figure.ts';
import {trustFigure, verifierLines} from '../../src/report/trust-figure.ts';
import type {Outline} from '../../src/pki/outline.ts';
import type {Step} from '../../src/wizard/step.ts';
import type {TriedOption} from '../../src/wizard/try-option.ts';
import type {Line} from '../parts/text.ts';
import {blank, line, pad, paragraph, span} from '../parts/text.ts';
import type {Tools} from '../services.ts';
import type {Glyphs} from '../theme.ts';
import type {AsideTopic} from './asides.ts';
import {dayAfter} from '../../src/report/compared-options.ts';

/** What the options of a question mean for this plan, and how they differ. */

/** Lines to be read from the top; the head stays in sight where the rest is scrolled. */
export interface Aside {
  readonly head: readonly Line[];
  readonly lines: readonly Line[];
}

export const noAside: Aside = {head: [], lines: []};

export function asideOf(lines: readonly Line[]): Aside {
  return {head: [], lines};
}

/** From this width on a figure also says which file verifies whom. */
const detailFrom = 64;

export function choiceLines(
  topic: AsideTopic,
  step: Step,
  plan: ClusterPlan,
  width: number,
  glyphs: Glyphs,
  tools: Tools,
): Aside {
  const here = triedAt(topic, step, plan, tools);
  if (here === undefined) return noAside;
  const {marked} = topic;
  if (marked?.step === step.id) {
    const other = tools.tryOption(plan, step, marked.value);
    if (other !== undefined && other.value !== here.value)
      return comparison([other, here], topic, width, glyphs, tools);
    const told = `${here.label} is marked. Move to another option to see how they differ.`;
    const {head, lines} = meaning(here, topic, step, width, glyphs, tools);
    return {head: [...paragraph(told, width, 'accent'), blank, ...head], lines};
  }
  return meaning(here, topic, step, width, glyphs, tools);
}

/** The option under the cursor, tried. */
function triedAt(
  {option}: Pick<AsideTopic, 'option'>,
  step: Step,
  plan: ClusterPlan,
  tools: Tools,
): TriedOption | undefined {
  const value = step.kind.kind === 'choice' ? step.kind.options[option]?.value : undefined;
  return value === undefined ? undefined : tools.tryOption(plan, step, value);
}

function meaning(here: TriedOption, topic: AsideTopic, step: Step, width: number, glyphs: Glyphs, tools: Tools): Aside {
  const costs = costLines(here.outline, step.id, width, glyphs);
  const told = costs.length === 0 ? [] : [blank, ...costs];
  switch (step.id) {
    case 'trust.topology':
      return asideOf([...trustLines(here.outline, width, glyphs), ...told, ...verifying(here.outline, width)]);
    case 'keys.algorithm':
      return asideOf([
        ...costOfKeys(here.outline, topic, width, glyphs, tools),
        blank,
        ...dateLines(here.plan, tools.now(), width),
      ]);
    default: {
      const current = tools.tryOption(topic.wizard.plan, step, step.show(topic.wizard.plan));
      return current === undefined || current.value === here.value
        ? asideOf([line(`With ${here.label}`, 'title'), ...outlineFigure(here.outline, width), ...told])
        : comparison([current, here], topic, width, glyphs, tools);
    }
  }
}

function comparison(
  [one, other]: readonly [TriedOption, TriedOption],
  {costs}: AsideTopic,
  width: number,
  glyphs: Glyphs,
  tools: Tools,
): Aside {
  const known = {costs, parallel: tools.parallelKeys};
  const compared = [one, other].map((tried) => ({
    ...tried,
    keyTime: keyTimeOf(known, tried.plan.keys.algorithm, tried.outline.amounts),
  }));
  const differences = differencesOf(compared, tools.now());
  const {heading, rows} = comparedFigure([one.label, other.label], differences, width, glyphs);
  return {head: [line('Side by side, for this plan', 'title'), ...heading], lines: rows};
}

/** Who signs what, and which doors that opens. */
export function trustLines(outline: Outline, width: number, glyphs: Glyphs): readonly Line[] {
  return [
    line('Who signs what, and which doors that opens', 'title'),
    ...trustFigure(trustMapOf(outline), width, glyphs),
  ];
}

/** Where there is room: the same seen from the doors. */
export function verifying(outline: Outline, width: number): readonly Line[] {
  if (width < detailFrom) return [];
  return [blank, line('Which file verifies whom', 'title'), ...verifierLines(trustMapOf(outline), width)];
}

function costOfKeys(
  outline: Outline,
  {costs}: AsideTopic,
  width: number,
  glyphs: Glyphs,
  tools: Tools,
): readonly Line[] {
  const known = {costs, parallel: tools.parallelKeys};
  const {algorithm} = outline.plan.keys;
  return [
    line('What keys cost on this machine', 'title'),
    ...keyCostFigure(known, outline.amounts, algorithm, glyphs.ellipsis),
    ...(costs[algorithm] === undefined
      ? []
      : paragraph(
          `Measured just now on ${costs[algorithm].keys} keys; ${tools.parallelKeys} are made at a time. Files come on top.`,
          width,
          'quiet',
        )),
  ];
}

/** The calendar dates that the lifetimes lead to. */
export function dateLines({validity, trust}: ClusterPlan, now: Date, width: number): readonly Line[] {
  const rows: readonly (readonly [string, number])[] = [
    ['Authorities end', validity.authorities],
    ['Certificates end', validity.leaves],
  ];
  const brought = Object.keys(trust.authorities).length > 0;
  return [
    line('If they are issued today', 'title'),
    ...rows.map(([what, hours]): Line => [span(pad(what, 18), 'quiet'), span(dayAfter(now, hours))]),
    ...paragraph('Kubernetes does not renew them by itself: somebody must, before the second date.', width, 'quiet'),
    ...(brought ? paragraph('Authorities that you bring keep their own dates.', width, 'quiet') : []),
  ];
}
