import {pageWords} from '../wizard/pages.ts';
import type {PageId, Step} from '../wizard/step.ts';
import {nextStep, previousStep, stepsOnPage} from '../wizard/walk.ts';
import {askStep, sayWarnings} from './ask-step.ts';
import {sayMeaning} from './meanings.ts';
import type {WalkThrough} from './walk-through.ts';

/** From which side one comes onto a page, or leaves it for the next one. */
export type Side = 'front' | 'back';

/** Asks the questions of a page, one after the other. Returns on which side the next place is entered. */
export async function askPage(walk: WalkThrough, page: PageId, side: Side): Promise<Side> {
  if (side === 'front') await introduce(walk, page);
  const questions = () => stepsOnPage(walk.services.steps, walk.state.plan, page).filter((step) => walk.isAsked(step));
  let step = side === 'front' ? questions()[0] : questions().at(-1);
  if (step === undefined && side === 'back') return leaveBack(walk);
  while (step !== undefined) {
    const outcome = await askStep(walk, step);
    const next: Step | undefined = neighbour(walk, step, outcome === 'answered' ? 'front' : 'back');
    if (outcome === 'went-back' && next === undefined) return leaveBack(walk);
    step = next;
  }
  return leave(walk, page);
}

/** What stands in the plan file is said in place of its questions. */
async function introduce(walk: WalkThrough, page: PageId): Promise<void> {
  const {asker, services, state} = walk;
  const {title, intro} = pageWords[page];
  asker.title(title);
  asker.say(intro);
  for (const step of stepsOnPage(services.steps, state.plan, page)) {
    if (!walk.isGiven(step) || walk.isAsked(step)) continue;
    asker.say(...answerLines(walk, step));
    sayWarnings(walk, step);
    // What is in files is news also to whoever wrote their paths into the plan.
    if (step.id === 'trust.authorities') await sayMeaning(walk, step, state.plan);
  }
}

/** `Layout: kubeadm`; a table has its lines below. */
export function answerLines({state}: WalkThrough, step: Step): string[] {
  const shown = step.show(state.plan);
  if (step.kind.kind === 'records' && shown !== '') {
    return [`${step.ask}:`, ...shown.split('\n').map((line) => `  ${line}`)];
  }
  const option = step.kind.kind === 'choice' ? step.kind.options.find(({value}) => value === shown) : undefined;
  return [`${step.ask}: ${option?.label ?? (shown === '' ? '-' : shown)}`];
}

/** The question after or before this one on its page. */
function neighbour(walk: WalkThrough, from: Step, side: Side): Step | undefined {
  const {steps} = walk.services;
  let step: Step | undefined = from;
  do {
    step = (side === 'front' ? nextStep : previousStep)(steps, walk.state.plan, step.id);
  } while (step !== undefined && step.page === from.page && !walk.isAsked(step));
  return step?.page === from.page ? step : undefined;
}

function leaveBack(walk: WalkThrough): Side {
  walk.take({kind: 'went-back'});
  return 'back';
}

/** A later answer on the page may have made an earlier one wrong: then that is asked once more. */
async function leave(walk: WalkThrough, page: PageId): Promise<Side> {
  for (;;) {
    walk.take({kind: 'went-next'});
    const {place, plan} = walk.state;
    if (place.at !== 'page' || place.page !== page) return 'front';
    for (const step of stepsOnPage(walk.services.steps, plan, page).filter((one) => walk.isWrong(one))) {
      if ((await askStep(walk, step)) === 'went-back') return leaveBack(walk);
    }
  }
}
