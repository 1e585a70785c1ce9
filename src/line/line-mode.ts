import {InputFailure} from '../base/failure.ts';
import {originName, originNamed, readOrigin, type NamedOrigin} from '../journeys/origins.ts';
import type {SetUpServices} from '../journeys/set-up-services.ts';
import type {Asker, AskerContext} from './ask.ts';
import {offerDrafts} from './ask-draft.ts';
import {askOrigin, startFrom} from './ask-origin.ts';
import {askPage, type Side} from './ask-page.ts';
import {askPreview} from './ask-preview.ts';
import {askBootstrap} from './bootstrap.ts';
import {askTarget, issue, sayDone, sayProof, type Outcome} from './issue.ts';
import {numberedLines} from './numbered-lines.ts';
import {prompts} from './prompts.ts';
import {WalkThrough} from './walk-through.ts';
import {errorsOf} from './words.ts';

export interface LineModeContext extends AskerContext {
  readonly asks: 'screen' | 'prompts' | 'numbered-lines' | 'nobody';
}

/** What to start from, where the command line names something. */
export interface LineModeOptions extends NamedOrigin {
  readonly services: SetUpServices;
}

/**
 * Set up, question by question. The wizard's own reducer keeps the answers and says where we are; here is only asked
 * and said.
 *
 * @returns the exit code: 0, or 1 when the proof found what does not work
 * @throws Cancelled after Ctrl-C, a signal, or the end of the input
 * @throws InputFailure when the preset or the plan file is no plan, or when nobody is there to answer
 */
export async function runLineMode(context: LineModeContext, options: LineModeOptions): Promise<number> {
  if (context.asks === 'nobody') throw await nobodyAnswers(options);
  const asker = askerFor(context);
  try {
    return await askThrough(asker, context, options);
  } finally {
    const kept = await options.services.drafts?.close();
    if (kept !== undefined) asker.say('', `Your answers are kept as a draft, to go on with: ${kept}`);
    asker.close();
  }
}

/** Whoever asks where this is: prompts, or numbered lines that only append. */
export function askerFor(context: LineModeContext): Asker {
  return context.asks === 'numbered-lines' ? numberedLines(context) : prompts(context);
}

/** The same with an asker of one's own. */
export async function askThrough(
  asker: Asker,
  {glyphs, signal}: Pick<LineModeContext, 'glyphs' | 'signal'>,
  options: LineModeOptions,
): Promise<number> {
  const walk = new WalkThrough(asker, options.services, glyphs, signal);
  const origin = originNamed(options);
  asker.say('Certwright: the certificates of a new cluster.', asker.howTo);
  options.services.drafts?.onTrouble((sentence) => asker.say(sentence));
  if (origin === undefined) await offerDrafts(walk);
  else await startFrom(walk, origin);
  let side: Side = 'front';
  let outcome: Outcome | undefined;
  for (;;) {
    const {place, prepared} = walk.state;
    switch (place.at) {
      case 'home':
        walk.take({kind: 'set-up-chosen'});
        break;
      case 'rotate':
      case 'learn':
        walk.take({kind: 'went-back'});
        break;
      case 'start':
        await askOrigin(walk);
        side = 'front';
        break;
      case 'page':
        side = await askPage(walk, place.page, side);
        break;
      case 'preview': {
        const next = await askPreview(walk, side);
        if (next === 'quit') return 0;
        side = next;
        break;
      }
      case 'target':
        side = await askTarget(walk);
        break;
      case 'issuing':
        outcome = await issue(walk, prepared?.plan ?? walk.state.plan);
        break;
      case 'proof':
        if (outcome !== undefined) sayProof(walk, outcome);
        walk.take({kind: 'went-next'});
        break;
      case 'bootstrap':
        if (outcome === undefined) walk.take({kind: 'went-next'});
        else await askBootstrap(walk, outcome);
        break;
      case 'done':
        if (outcome !== undefined) sayDone(walk, outcome);
        return exitCodeOf(outcome);
      default:
        place satisfies never;
    }
  }
}

/** Requests that wait for a signature are what was asked for; a proof that failed, or did not end, is not. */
function exitCodeOf(outcome: Outcome | undefined): number {
  return outcome?.isFinished === true && outcome.proof?.state !== 'critical' ? 0 : 1;
}

/** Without a terminal nothing is asked: what is missing is named, all of it at once. */
async function nobodyAnswers({services, ...named}: LineModeOptions): Promise<InputFailure> {
  const next = 'run it in a terminal, or issue from a plan: certwright issue --plan FILE --out DIR';
  const origin = originNamed(named);
  if (origin === undefined) return new InputFailure('setup asks, and nobody is there to answer', [], next);
  const reading = await readOrigin(services, origin);
  const problems = reading.ok
    ? errorsOf([...(reading.problems ?? []), ...services.checkPlan(reading.plan)])
    : reading.problems;
  return new InputFailure(`setup asks about ${originName(origin)}, and nobody is there to answer`, problems, next);
}
