import {maskedToken} from '../base/bootstrap-token.ts';
import {Failure} from '../base/failure.ts';
import {bootstrapTopics, type BootstrapTopic, type Command} from '../journeys/bootstrap-topics.ts';
import type {MadeToken} from '../journeys/token.ts';
import {describeFailure} from '../report/failures.ts';
import {shellWord} from '../report/same-command.ts';
import {checkLines, endText} from '../report/token-text.ts';
import type {StepOption} from '../wizard/step.ts';
import type {Asker} from './ask.ts';
import type {Outcome} from './issue.ts';
import type {WalkThrough} from './walk-through.ts';

/** More nodes than this are told of by one of them. */
const mostNodes = 3;

/** Now, later or not at all: how nodes are let in, and then what each of them needs. */
export async function askBootstrap(walk: WalkThrough, {blueprint, directory}: Outcome): Promise<void> {
  const {asker} = walk;
  const topics = bootstrapTopics(blueprint, directory);
  asker.title('Let nodes in');
  for (;;) {
    const reply = await asker.choose({
      ask: 'Bootstrap token',
      help: ['With it a node asks for its first certificate. One lies in the bundle, as files, for later.'],
      options: optionsFor(topics),
      chosen: 'later',
    });
    if (reply.kind === 'went-back') {
      walk.take({kind: 'went-back'});
      return;
    }
    const topic = topics.find(({kind}) => kind === reply.value);
    if (topic?.kind === 'later') sayLater(asker, topic);
    if (topic?.kind !== 'now' || (await makeNow(walk, topic, directory))) break;
  }
  sayNodes(asker, topics, directory);
  walk.take({kind: 'went-next'});
}

function optionsFor(topics: readonly BootstrapTopic[]): readonly StepOption[] {
  const now: StepOption = {value: 'now', label: 'Now', help: 'kubeadm makes one in the running cluster.'};
  return [
    ...(topics.some(({kind}) => kind === 'now') ? [now] : []),
    {value: 'later', label: 'Later', help: 'Says how to apply what lies in the bundle.'},
    {value: 'not', label: 'Not', help: 'Goes on.'},
  ];
}

/** @returns whether it is over; else it is asked again */
async function makeNow(
  {asker, services, signal}: WalkThrough,
  {command, before}: Extract<BootstrapTopic, {kind: 'now'}>,
  directory: string,
): Promise<boolean> {
  asker.say('A cluster that was started from these files needs this first, once:');
  sayCommands(asker, before);
  asker.say('Then this makes the token, and the line to join with is checked:');
  asker.showCommand(command.join(' '));
  const reply = await asker.confirm({ask: 'Run it now?', help: [], initial: false});
  if (reply.kind === 'went-back' || !reply.value) return false;
  try {
    for await (const event of services.createToken(directory, signal)) {
      if (event.kind === 'checked') asker.say(...checkLines(event.check));
      if (event.kind === 'finished') await sayMade(asker, event.made);
    }
    return true;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    asker.say('', describeFailure(error));
    return false;
  }
}

async function sayMade(asker: Asker, {id, ends, joinCommand}: MadeToken): Promise<void> {
  asker.say(`The token ${maskedToken(id)} is made, and ${endText(ends)}.`);
  if (joinCommand === undefined) {
    asker.say('No line to join with is handed out: no node could join with it, see above.');
    return;
  }
  const reply = await asker.confirm({
    ask: 'Show the line to join with?',
    help: ['The token is in it: whoever reads it can join a node.'],
    initial: false,
  });
  if (reply.kind === 'answered' && reply.value) asker.showCommand(joinCommand.reveal());
}

function sayLater(asker: Asker, {steps}: Extract<BootstrapTopic, {kind: 'later'}>): void {
  asker.say('Once the first API server answers (after kubeadm init only the token is missing):');
  sayCommands(asker, steps);
}

function sayCommands(asker: Asker, commands: readonly Command[]): void {
  for (const {what, words} of commands) {
    asker.say(`- ${what}`);
    asker.showCommand(words.join(' '));
  }
}

function sayNodes(asker: Asker, topics: readonly BootstrapTopic[], directory: string): void {
  const nodes = topics.filter((topic) => topic.kind === 'node');
  if (nodes.length === 0) return;
  asker.title('What each node needs');
  const shown = nodes.length > mostNodes ? nodes.slice(0, 1) : nodes;
  for (const {name, joins, steps} of shown) {
    asker.say(`${name} ${joins ? 'joins' : 'starts'}:`);
    for (const {what, commands, way} of steps()) {
      asker.say(`- ${way === undefined ? '' : `${way}: `}${what}`);
      for (const command of commands) asker.showCommand(command);
    }
  }
  if (shown.length === nodes.length) return;
  asker.say(`The other ${nodes.length - shown.length} join likewise; each one's own commands:`);
  asker.showCommand(`certwright join NODE --bundle ${shellWord(directory)}`);
}
