import {Failure, InputFailure} from '../base/failure.ts';
import {problem} from '../base/problem.ts';
import type {SetUpEvent} from '../journeys/set-up-events.ts';
import type {Blueprint} from '../pki/blueprint-types.ts';
import {firstSteps} from '../pki/first-steps.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import type {Proof} from '../pki/verdict.ts';
import {bundlePlaces} from '../report/bundle-places.ts';
import {describeFailure} from '../report/failures.ts';
import {proofLines} from '../report/proof-text.ts';
import {sameCommand, shellWord} from '../report/same-command.ts';
import {count} from '../report/words.ts';
import {targetOf} from '../wizard/wizard-state.ts';
import type {Side} from './ask-page.ts';
import {ProgressLines} from './progress-lines.ts';
import type {WalkThrough} from './walk-through.ts';

/** More folders than this are told by their number. */
const mostPlaces = 12;

/** What a run has come to, as far as its events told. */
export interface Outcome {
  readonly blueprint: Blueprint;
  readonly directory: string;
  readonly proof: Proof | undefined;
  /** What a brought authority has yet to sign; undefined = nothing. */
  readonly requests: readonly string[] | undefined;
  readonly isFinished: boolean;
}

/** Asks for the folder, and once more whether to begin. */
export async function askTarget(walk: WalkThrough): Promise<Side> {
  const {asker, state} = walk;
  const reply = await asker.text({
    ask: 'Folder for the bundle',
    help: ['A new folder, or an empty one. Nothing that exists is overwritten.'],
    initial: targetOf(state),
    judge: (path) => (path.trim() === '' ? [problem('value-missing', '', 'no folder is named', 'type its path')] : []),
  });
  if (reply.kind === 'answered') {
    walk.take({kind: 'target-typed', text: reply.value.trim()});
    const {certificates, authorities} = state.prepared?.blueprint ?? {certificates: [], authorities: []};
    const amount = `${count(authorities.length, 'authority', 'authorities')} and ${count(certificates.length, 'certificate')}`;
    const begin = await asker.confirm({
      ask: `Issue ${amount} into ${targetOf(walk.state)} now?`,
      help: [],
      initial: true,
    });
    if (begin.kind === 'answered' && begin.value) {
      walk.take({kind: 'issue-started'});
      return 'front';
    }
  }
  walk.take({kind: 'went-back'});
  return 'back';
}

/** Makes and proves the bundle, and tells of it; undefined = it could not be made, and the folder is asked for again. */
export async function issue(walk: WalkThrough, plan: ClusterPlan): Promise<Outcome | undefined> {
  const {asker, services, signal} = walk;
  const progress = new ProgressLines(services.now, targetOf(walk.state));
  let outcome: Outcome | undefined;
  try {
    const events = services.setUp(plan, {
      directory: targetOf(walk.state),
      signal,
      askPassphrase: (authority) => asker.secret({ask: `Passphrase of ${authority}'s key`, help: []}),
    });
    for await (const event of events) {
      asker.say(...progress.linesOf(event));
      outcome = outcomeAfter(outcome, event);
      if (event.kind === 'bundle-placed') walk.take({kind: 'bundle-placed'});
    }
    walk.take({kind: 'issue-finished'});
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    asker.say('', describeFailure(error));
    const {message, nextSteps} = error;
    const problems = error instanceof InputFailure ? error.problems : [];
    walk.take({kind: 'issue-failed', failure: {message, nextSteps, problems}});
  }
  return walk.state.place.at === 'target' ? undefined : outcome;
}

function outcomeAfter(before: Outcome | undefined, event: SetUpEvent): Outcome | undefined {
  if (event.kind === 'started') {
    return {blueprint: event.blueprint, directory: '', proof: undefined, requests: undefined, isFinished: false};
  }
  if (before === undefined) return undefined;
  switch (event.kind) {
    case 'bundle-placed':
      return {...before, directory: event.directory};
    case 'requests-written':
      return {...before, directory: event.directory, requests: event.requests, isFinished: true};
    case 'finished':
      return {...before, directory: event.directory, proof: event.proof, isFinished: true};
    case 'key-made':
    case 'certificate-issued':
    case 'file-written':
    case 'connection-judged':
    case 'intrusion-judged':
      return before;
    default:
      return event satisfies never;
  }
}

export function sayProof({asker, glyphs, state}: WalkThrough, {proof}: Outcome): void {
  if (proof === undefined) return;
  asker.title('Proof');
  asker.show(proofLines(proof, glyphs, [targetOf(state)]));
}

/** What lies where, what to do next, and the same run as one command. */
export function sayDone(walk: WalkThrough, {blueprint, directory, requests}: Outcome): void {
  const {asker, services, state, savedPlan} = walk;
  const folder = shellWord(directory);
  if (requests === undefined) {
    asker.title('What lies where');
    asker.say(directory, ...placeLines(blueprint));
    asker.title('Next');
    const rights = firstSteps(blueprint).find(({id}) => id === 'rights');
    if (rights !== undefined) {
      asker.say('Once the first API server answers, give the identities their rights:');
      asker.showCommand(
        rights.words.map((word) => shellWord(word.includes('/') ? `${directory}/${word}` : word)).join(' '),
      );
    }
    asker.say('Prove it again at any time:');
    asker.showCommand(`certwright verify ${folder}`);
  } else {
    asker.title(`${count(requests.length, 'request')} wait in ${directory}`);
    asker.say(
      'An authority that you brought has no key here, so it has to sign them where its key is.',
      'Where the key is:',
    );
    asker.showCommand(`certwright sign ${folder} --certificate ca.crt --key ca.key`);
    asker.say('Back here, with the signed certificates:');
    asker.showCommand(`certwright issue --signed ${folder}`);
  }
  const plan = state.prepared?.plan ?? state.plan;
  const same = sameCommand(state, plan, directory, savedPlan ?? `${directory}/plan.yaml`, services) ?? [];
  asker.title('The same run as one command');
  asker.showCommand(same.join(' '));
}

function placeLines(blueprint: Blueprint): string[] {
  const places = bundlePlaces(blueprint);
  const shown = places.length > mostPlaces ? places.filter(({path}) => !path.startsWith('nodes/')) : places;
  const nodes = places.length - shown.length;
  return [
    ...(nodes === 0
      ? []
      : [`- nodes/: ${count(nodes, 'node')}, a folder each; its rootfs/ goes over the / of that node`]),
    ...shown.map(({path, what}) => `- ${path}: ${what}`),
  ];
}
