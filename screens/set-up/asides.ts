import {outlineToShow} from '../../src/pki/outline.ts';
import type {ClusterPlan} from '../../src/pki/plan.ts';
import {costLines} from '../../src/report/outline-figure.ts';
import type {KnownCosts} from '../../src/report/key-cost-figure.ts';
import type {PageId, Step} from '../../src/wizard/step.ts';
import type {WizardState} from '../../src/wizard/wizard-state.ts';
import {planInForce} from '../../src/wizard/wizard-state.ts';
import type {Line} from '../parts/text.ts';
import {blank, line} from '../parts/text.ts';
import type {AppState} from '../screen.ts';
import type {Tools} from '../services.ts';
import type {Glyphs} from '../theme.ts';
import {asideOf, choiceLines, dateLines, trustLines, verifying, type Aside} from './choice-asides.ts';
import type {MarkedOption, ShownForm} from './form-state.ts';
import {tableOf} from './form-state.ts';
import {nameLines} from './names-aside.ts';
import {nodeLines} from './node-aside.ts';
import {peopleLines} from './people-aside.ts';
import type {RowEditor} from './records-state.ts';

/** What an aside depends on: with the same, it need not be made anew. */
export interface AsideTopic {
  readonly wizard: WizardState;
  readonly page: PageId;
  readonly step: Step | undefined;
  /** The option under the cursor. */
  readonly option: number;
  readonly marked: MarkedOption | undefined;
  /** The row under the cursor of the table; undefined while a row or its text is edited. */
  readonly row: number | undefined;
  /** The row that is being edited. */
  readonly editor: RowEditor | undefined;
  readonly costs: KnownCosts['costs'];
}

export function asideTopic({wizard, findings}: AppState, {page, step, view}: ShownForm): AsideTopic {
  const mode = step === undefined ? undefined : tableOf(view, step.id).mode;
  return {
    wizard,
    page,
    step,
    option: view.option,
    marked: view.marked,
    row: step !== undefined && mode?.kind === 'table' ? tableOf(view, step.id).list.cursor : undefined,
    editor: mode?.kind === 'row' ? mode : undefined,
    costs: findings.costs,
  };
}

/** All of it, for the whole screen: headed by what it is about. */
export function readingAside(topic: AsideTopic, width: number, glyphs: Glyphs, tools: Tools): Aside {
  const {step, option} = topic;
  const chosen = step?.kind.kind === 'choice' ? step.kind.options[option] : undefined;
  const {head, lines} = asideAbout(topic, width, glyphs, tools);
  const title = [step?.ask, chosen?.label].filter((part) => part !== undefined && part !== '').join(': ');
  return {
    head: [...(title === '' ? [] : [line(title, 'accent'), blank]), ...head],
    lines: head.length + lines.length === 0 ? [line('There is nothing to tell about it yet.', 'quiet')] : lines,
  };
}

/** What the answers of a page mean for this very plan, beside the questions. */
export function asideAbout(topic: AsideTopic, width: number, glyphs: Glyphs, tools: Tools): Aside {
  const {step} = topic;
  const plan = planAsTyped(topic, tools);
  return step?.kind.kind === 'choice'
    ? choiceLines(topic, step, plan, width, glyphs, tools)
    : asideOf(pageLines(topic, plan, width, glyphs, tools));
}

function pageLines(topic: AsideTopic, plan: ClusterPlan, width: number, glyphs: Glyphs, tools: Tools): readonly Line[] {
  switch (topic.page) {
    case 'topology': {
      const outline = outlineToShow(plan);
      const costs = costLines(outline, 'trust.topology', width, glyphs);
      return [
        ...trustLines(outline, width, glyphs),
        ...(costs.length === 0 ? [] : [blank, ...costs]),
        ...verifying(outline, width),
      ];
    }
    case 'nodes':
      return nodeLines(topic, tools, width);
    case 'network':
      return nameLines(plan, topic.step, width);
    case 'keys':
      return dateLines(plan, tools.now(), width);
    case 'people':
      return peopleLines(topic, plan, tools, width);
    default:
      return topic.page satisfies never;
  }
}

/** Whether the page's question cannot be judged without its picture, so that it is worth a place in a small terminal. */
export function isAsideVital({step, view}: Pick<ShownForm, 'step' | 'view'>): boolean {
  return step !== undefined && (step.id === 'trust.topology' || view.marked?.step === step.id);
}

/** The plan as it would be with what is being typed, where that can be taken. */
function planAsTyped({wizard, step}: AsideTopic, tools: Tools): ClusterPlan {
  const plan = planInForce(wizard, tools);
  const raw = step === undefined || step.kind.kind === 'choice' ? undefined : wizard.typed[step.id];
  if (step === undefined || raw === undefined) return plan;
  const parsed = tools.accept(step, raw, plan);
  return parsed.ok ? parsed.plan : plan;
}
