import {Failure} from '../base/failure.ts';
import {problem} from '../base/problem.ts';
import {blueprintInFull, blueprintSummary} from '../report/blueprint-text.ts';
import {describeFailure} from '../report/failures.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import type {Step, StepOption} from '../wizard/step.ts';
import {visibleSteps} from '../wizard/walk.ts';
import type {Side} from './ask-page.ts';
import {answerLines} from './ask-page.ts';
import {askStep} from './ask-step.ts';
import {exportPreview} from './export-preview.ts';
import {lookCloser} from './look-closer.ts';
import type {WalkThrough} from './walk-through.ts';
import {errorsOf, problemLines} from './words.ts';

/** What will exist, and what to do with it. Returns on which side the next place is entered, or `quit`. */
export async function askPreview(walk: WalkThrough, side: Side): Promise<Side | 'quit'> {
  const {origin} = walk.state;
  const offersMore = origin?.kind !== 'file' && origin?.kind !== 'kubeadm';
  let isOffering = offersMore && side === 'front';
  let isFirst = true;
  for (;;) {
    if (isOffering) {
      if ((await offerMore(walk)) === 'went-back') return goBack(walk);
      isOffering = false;
    }
    if (isFirst) await mend(walk);
    isFirst = false;
    if (!prepareAgain(walk)) return 'front';
    const chosen = await askWhatNow(walk);
    switch (chosen) {
      case 'issue':
        walk.take({kind: 'went-next'});
        return 'front';
      case 'change':
        await change(walk);
        break;
      case 'save':
        await save(walk);
        break;
      case 'quit':
        return 'quit';
      case 'went-back':
        if (!offersMore) return goBack(walk);
        isOffering = true;
        break;
      default:
        chosen satisfies never;
    }
  }
}

function goBack(walk: WalkThrough): Side {
  walk.take({kind: 'went-back'});
  return 'back';
}

/** What was right on its page may be wrong now, because of an answer on a later one. */
async function mend(walk: WalkThrough): Promise<void> {
  for (const step of visibleSteps(walk.services.steps, walk.state.plan).filter((one) => walk.isWrong(one))) {
    if ((await askStep(walk, step)) === 'went-back') return;
  }
}

/** The questions that are rarely answered, all of them at once. */
async function offerMore(walk: WalkThrough): Promise<'enough' | 'went-back'> {
  const {asker} = walk;
  for (;;) {
    const folded = visibleSteps(walk.services.steps, walk.state.plan).filter(({advanced}) => advanced);
    if (folded.length === 0) return 'enough';
    const reply = await asker.choose({
      ask: 'Change anything else?',
      help: ['These are rarely asked for.'],
      options: [{value: 'enough', label: 'No', help: 'Show what will exist.'}, ...stepOptions(walk, folded)],
    });
    if (reply.kind === 'went-back' || reply.value === 'enough') {
      return reply.kind === 'went-back' ? reply.kind : 'enough';
    }
    await changeStep(walk, reply.value);
  }
}

async function change(walk: WalkThrough): Promise<void> {
  const reply = await walk.asker.choose({
    ask: 'Which answer',
    help: [],
    options: stepOptions(walk, visibleSteps(walk.services.steps, walk.state.plan)),
  });
  if (reply.kind === 'answered') await changeStep(walk, reply.value);
}

/** Asks the step, then what its answer has made wrong, then what has a meaning only now. */
async function changeStep(walk: WalkThrough, id: string): Promise<void> {
  const {steps} = walk.services;
  const step = steps.find((one) => one.id === id);
  if (step === undefined) return;
  const before = visibleSteps(steps, walk.state.plan);
  if ((await askStep(walk, step)) === 'went-back') return;
  for (const other of visibleSteps(steps, walk.state.plan)) {
    const isNew = !before.includes(other) && !other.advanced;
    if (other === step || !(isNew || walk.isWrong(other))) continue;
    if ((await askStep(walk, other)) === 'went-back') return;
  }
}

function stepOptions(walk: WalkThrough, steps: readonly Step[]): StepOption[] {
  return steps.map((step) => {
    const [shown = '', ...lines] = answerLines(walk, step);
    const many = lines.length === 1 ? '1 line' : `${lines.length} lines`;
    const now = lines.length === 0 ? shown.slice(step.ask.length + 2) : many;
    return {value: step.id, label: step.ask, help: `now ${now === '-' ? 'empty' : now}`};
  });
}

/** The wizard prepares what follows from the plan when it comes to the preview; false = a page keeps it from there. */
function prepareAgain(walk: WalkThrough): boolean {
  if (walk.state.prepared?.from === walk.state.plan) return true;
  walk.take({kind: 'went-back'});
  walk.take({kind: 'went-next'});
  return walk.state.place.at === 'preview';
}

type WhatNow = 'issue' | 'change' | 'save' | 'quit' | 'went-back';

const whatNow = {
  issue: {label: 'Issue it', help: 'Make all of it. Where to is asked next.'},
  full: {label: 'Full listing', help: 'Every certificate, file, flag and connection, each with its reason.'},
  look: {label: 'Look closer', help: 'One of them, found by words, and what belongs to it; components also as files.'},
  export: {label: 'Export', help: 'All of it in a file, as Markdown or JSON.'},
  change: {label: 'Change an answer', help: ''},
  save: {label: 'Save the plan', help: 'As a file to keep, and to issue from later.'},
  quit: {label: 'Quit', help: 'Nothing is made.'},
} as const satisfies Record<string, Omit<StepOption, 'value'>>;

async function askWhatNow(walk: WalkThrough): Promise<WhatNow> {
  const {asker, glyphs} = walk;
  const {prepared} = walk.state;
  const blueprint = prepared?.blueprint;
  asker.title('What will exist');
  if (blueprint === undefined) {
    asker.say('The answers do not fit each other yet.', ...problemLines(errorsOf(prepared?.problems ?? [])));
  } else {
    asker.show(blueprintSummary(blueprint, glyphs));
  }
  const ids = (['issue', 'full', 'look', 'export', 'change', 'save', 'quit'] as const).filter(
    (id) => blueprint !== undefined || id === 'change' || id === 'save' || id === 'quit',
  );
  for (;;) {
    const reply = await asker.choose({
      ask: 'What now',
      help: [],
      options: ids.map((value) => ({value, ...whatNow[value]})),
    });
    if (reply.kind === 'went-back') return reply.kind;
    const chosen = ids.find((id) => id === reply.value);
    if (chosen === undefined || blueprint === undefined) {
      if (chosen === 'change' || chosen === 'save' || chosen === 'quit') return chosen;
      continue;
    }
    switch (chosen) {
      case 'full':
        asker.show(blueprintInFull(blueprint, glyphs));
        break;
      case 'look':
        await lookCloser(walk, blueprint);
        break;
      case 'export':
        await exportPreview(walk, blueprint);
        break;
      case 'issue':
      case 'change':
      case 'save':
      case 'quit':
        return chosen;
      default:
        chosen satisfies never;
    }
  }
}

async function save(walk: WalkThrough): Promise<void> {
  const plan = walk.state.prepared?.plan;
  if (plan === undefined) return;
  for (;;) {
    const reply = await walk.asker.text({
      ask: 'Save the plan as',
      help: ['It holds every answer and no secret. A file that is there is never overwritten.'],
      initial: suggestedPlanPath(plan),
      judge: (path) => (path.trim() === '' ? [problem('value-missing', '', 'no file is named', 'type a path')] : []),
    });
    if (reply.kind === 'went-back') return;
    const path = reply.value.trim();
    try {
      await walk.services.savePlan(plan, path);
      walk.savedPlan = path;
      return walk.asker.say(`The plan is saved as ${path}.`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      walk.asker.say(describeFailure(error));
    }
  }
}

function suggestedPlanPath({cluster}: ClusterPlan): string {
  return `./${cluster.name === '' ? 'cluster' : cluster.name}-plan.yaml`;
}
