import {Failure} from '../base/failure.ts';
import {describeFailure} from '../report/failures.ts';
import {draftCautions, draftPlace} from '../state/draft-words.ts';
import type {FoundDraft} from '../state/drafts.ts';
import {draftLines} from '../wizard/draft.ts';
import type {StepOption} from '../wizard/step.ts';
import type {WalkThrough} from './walk-through.ts';

const choices = [
  {value: 'go-on', label: 'Go on', help: 'With every answer as it was.'},
  {value: 'look', label: 'Look at it', help: 'Every answer in it.'},
  {value: 'throw-away', label: 'Throw it away', help: 'For good; asked once more.'},
  {value: 'leave', label: 'Start anew', help: 'The draft stays, and is offered again.'},
] as const satisfies readonly StepOption[];

/** Offers what earlier runs have left, one after the other. Returns once one of them is gone on with, or none is wanted. */
export async function offerDrafts(walk: WalkThrough): Promise<void> {
  const found = await walk.services.drafts?.list();
  if (found === undefined) return;
  walk.asker.say(...found.troubles);
  for (const [index, draft] of found.drafts.entries()) {
    const left = found.drafts.length - index - 1;
    if ((await offer(walk, draft, left)) === 'done') return;
  }
}

async function offer(walk: WalkThrough, draft: FoundDraft, left: number): Promise<'done' | 'next'> {
  const {asker, services} = walk;
  const more = left === 0 ? [] : [`${left === 1 ? 'One older draft comes' : `${left} older drafts come`} after it.`];
  for (;;) {
    const reply = await asker.choose({
      ask: `Go on with the draft of ${draft.title}?`,
      help: [`It was left at: ${draftPlace(draft.draft)}.`, ...draftCautions(draft), ...more],
      options: choices,
    });
    const chosen = reply.kind === 'went-back' ? 'leave' : choices.find(({value}) => value === reply.value)?.value;
    switch (chosen) {
      case 'go-on':
        walk.resume(draft);
        return 'done';
      case 'look':
        asker.show(linesOf(walk, draft));
        break;
      case 'throw-away':
        if (await isThrownAway(walk, draft)) return 'next';
        break;
      case 'leave':
        return left === 0 || (await startsAnew(walk)) ? 'done' : 'next';
      case undefined:
        break;
      default:
        chosen satisfies never;
    }
  }

  async function isThrownAway({asker}: WalkThrough, found: FoundDraft): Promise<boolean> {
    const sure = await asker.confirm({ask: 'Throw these answers away for good?', help: [], initial: false});
    if (sure.kind === 'went-back' || !sure.value) return false;
    try {
      await services.drafts?.throwAway(found);
      return true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      asker.say(describeFailure(error));
      return false;
    }
  }
}

async function startsAnew({asker}: WalkThrough): Promise<boolean> {
  const reply = await asker.confirm({ask: 'Go on with an older one?', help: [], initial: false});
  return reply.kind === 'went-back' || !reply.value;
}

function linesOf({services}: WalkThrough, {draft}: FoundDraft): string[] {
  return draftLines(draft, services).flatMap(({ask, value, isUnfinished}) => [
    `${ask}${isUnfinished ? ' (not finished)' : ''}:`,
    ...value.split('\n').map((line) => `  ${line}`),
  ]);
}
