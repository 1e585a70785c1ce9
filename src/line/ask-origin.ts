import {Failure, InputFailure} from '../base/failure.ts';
import {problem, type Problem} from '../base/problem.ts';
import {originName, readOrigin} from '../journeys/origins.ts';
import type {PlanReading} from '../journeys/set-up-services.ts';
import type {StepOption} from '../wizard/step.ts';
import type {Origin} from '../wizard/wizard-state.ts';
import type {WalkThrough} from './walk-through.ts';
import {problemLines} from './words.ts';

const machine = 'this-machine';
const file = 'plan-file';
const kubeadm = 'kubeadm-config';

/** Asks what to start from, until something could be read. */
export async function askOrigin(walk: WalkThrough): Promise<void> {
  const {asker, services} = walk;
  for (;;) {
    const reply = await asker.choose({
      ask: 'Start from',
      help: ['Every answer can be changed before anything is made.'],
      options: originOptions(walk),
    });
    if (reply.kind === 'went-back') {
      asker.say('This is the first question.');
      continue;
    }
    const origin = await originFor(walk, reply.value);
    if (origin === undefined) continue;
    walk.take({kind: 'origin-chosen', origin});
    if (!(await mayReplace(walk, origin))) continue;
    if (walk.state.place.at !== 'start') return;
    const reading = await readOrigin(walk.services, origin).catch((error: unknown) => refusal(error));
    if (takeReading(walk, origin, reading)) return;
    asker.say(...problemLines(reading.ok ? [] : reading.problems));
    walk.take({kind: 'went-back'});
  }

  function originOptions({services: {thisMachine}}: WalkThrough): StepOption[] {
    const address = thisMachine.addresses[0];
    return [
      {
        value: machine,
        label: 'This machine',
        help: `One control-plane node, ${thisMachine.name}${address === undefined ? '' : ` at ${address}`}.`,
      },
      ...services.presets.map(({name, summary}) => ({value: name, label: name, help: summary})),
      {value: file, label: 'A plan file', help: 'What it answers is shown, what it leaves out is asked.'},
      {
        value: kubeadm,
        label: 'A kubeadm configuration',
        help: 'What kubeadm init and join get with --config. What no plan can say of it is told.',
      },
    ];
  }
}

/**
 * Starts from what the command line names.
 *
 * @throws InputFailure when it is no plan
 */
export async function startFrom(walk: WalkThrough, origin: Origin): Promise<void> {
  walk.take({kind: 'set-up-chosen'});
  walk.take({kind: 'origin-chosen', origin});
  const reading = await readOrigin(walk.services, origin);
  if (!takeReading(walk, origin, reading)) {
    throw new InputFailure(`${originName(origin)} cannot be used`, reading.ok ? [] : reading.problems);
  }
}

function takeReading(walk: WalkThrough, origin: Origin, reading: PlanReading): boolean {
  if (!reading.ok) {
    walk.take({kind: 'origin-refused', origin, problems: reading.problems});
    return false;
  }
  const {plan, given, problems = [], losses = []} = reading;
  walk.take({kind: 'origin-read', origin, plan, given: {steps: given, problems, losses}});
  if (losses.length > 0) sayLosses(walk, losses);
  return true;
}

/** All of them, each with its line: nothing is left out of the plan without a word. */
function sayLosses(walk: WalkThrough, losses: readonly Problem[]): void {
  walk.asker.say('What the file says and a plan cannot:', ...losses.flatMap(lossLines));
  walk.take({kind: 'went-next'});
}

function lossLines({at: {line}, message, fix}: Problem): string[] {
  return [`- ${line === undefined ? '' : `line ${line}: `}${message}`, ...(fix === undefined ? [] : [`  ${fix}`])];
}

async function originFor({asker}: WalkThrough, chosen: string): Promise<Origin | undefined> {
  if (chosen === machine) return {kind: 'machine'};
  if (chosen !== file && chosen !== kubeadm) return {kind: 'preset', name: chosen};
  const reply = await asker.text({
    ask: chosen === file ? 'Path of the plan file' : 'Path of the kubeadm configuration',
    help: [],
    initial: '',
    judge: (path) =>
      path.trim() === '' ? [problem('value-missing', '', 'no file is named', 'type its path, or < to go back')] : [],
  });
  if (reply.kind === 'went-back') return undefined;
  return {kind: chosen === file ? 'file' : 'kubeadm', path: reply.value.trim()};
}

/** Another origin takes the place of what was answered; that is said before it happens. */
async function mayReplace(walk: WalkThrough, origin: Origin): Promise<boolean> {
  const {place} = walk.state;
  if (place.at !== 'start' || place.choice.kind !== 'would-replace') return true;
  const reply = await walk.asker.confirm({
    ask: 'Start over?',
    help: [`This replaces your answers: ${place.choice.answers.join(', ')}.`],
    initial: false,
  });
  const isWanted = reply.kind === 'answered' && reply.value;
  walk.take(isWanted ? {kind: 'origin-chosen', origin} : {kind: 'went-back'});
  return isWanted;
}

/** A file that cannot be read is a reason to name another one. */
function refusal(error: unknown): Extract<PlanReading, {ok: false}> {
  if (error instanceof InputFailure && error.problems.length > 0) return {ok: false, problems: error.problems};
  if (error instanceof Failure)
    return {ok: false, problems: [problem(error.code, '', error.message, error.nextSteps[0])]};
  throw error;
}
