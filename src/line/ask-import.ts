import {Failure} from '../base/failure.ts';
import {problem} from '../base/problem.ts';
import {count} from '../report/words.ts';
import type {FoundNodes, NodesSource} from '../wizard/found-nodes.ts';
import {
  importNodes,
  newRoles,
  newRolesWords,
  type ImportEntry,
  type NodesImport,
  type NewRoles,
} from '../wizard/import-nodes.ts';
import type {Step, StepOption} from '../wizard/step.ts';
import {mostRows, type RecordsKind, type RecordsTable} from './records-table.ts';
import type {WalkThrough} from './walk-through.ts';
import {problemLines} from './words.ts';

/** Nodes from somewhere else: where from, then what it would change, and only then is it taken into the lines. */
export async function askImport(walk: WalkThrough, step: Step, kind: RecordsKind, table: RecordsTable): Promise<void> {
  const {asker} = walk;
  const source = await askSource(walk);
  if (source === undefined) return;
  const found = await read(walk, source);
  if (found === undefined) return;
  asker.say(...problemLines(found.problems), ...skippedLines(found));
  if (found.nodes.length === 0) return;
  const roles = await askRoles(walk, found);
  if (roles === undefined) return;
  const leftOut = new Set<string>();
  for (;;) {
    const made = importNodes(
      found,
      table.records,
      {roles, leftOut},
      {
        step,
        columns: kind.columns,
        plan: walk.state.plan,
        accept: walk.services.accept,
      },
    );
    asker.say(...importLines(made));
    const outcome = await settle(walk, made, leftOut);
    if (outcome === 'left') return;
    if (outcome === 'taken') {
      table.change(made.text.split('\n'), 'the import');
      asker.say('Taken. undo takes the import back.');
      return;
    }
  }
}

const sources: readonly StepOption[] = [
  {value: 'hosts', label: 'A hosts file', help: 'Lines as in /etc/hosts: an address, then names.'},
  {value: 'node-list', label: 'A list of Nodes', help: 'What kubectl get nodes -o json has printed, in a file.'},
  {value: 'kubectl', label: 'kubectl, now', help: 'Runs kubectl get nodes -o json with the kubeconfig it has.'},
];

async function askSource({asker}: WalkThrough): Promise<NodesSource | undefined> {
  const chosen = await asker.choose({
    ask: 'Import nodes from',
    help: ['What would change is shown before anything does.'],
    options: sources,
  });
  if (chosen.kind === 'went-back') return undefined;
  if (chosen.value === 'kubectl') return {kind: 'kubectl'};
  const kind = chosen.value === 'hosts' ? 'hosts' : 'node-list';
  const path = await asker.text({
    ask: kind === 'hosts' ? 'Path of the hosts file' : 'Path of the list',
    help: [],
    initial: kind === 'hosts' ? '/etc/hosts' : 'nodes.json',
    judge: (typed) =>
      typed.trim() === '' ? [problem('value-missing', '', 'no file is named', 'type its path, or < to go back')] : [],
  });
  return path.kind === 'went-back' ? undefined : {kind, path: path.value.trim()};
}

async function read({asker, services, signal}: WalkThrough, source: NodesSource): Promise<FoundNodes | undefined> {
  try {
    return await services.readNodes(source, signal);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    asker.say(...problemLines([problem(error.code, '', error.message, error.nextSteps[0])]));
    return undefined;
  }
}

/** Asked where the source does not say. */
async function askRoles({asker}: WalkThrough, {nodes}: FoundNodes): Promise<NewRoles | undefined> {
  if (nodes.every(({roles}) => roles !== undefined)) return 'by-name';
  const reply = await asker.choose({
    ask: 'Roles of new nodes',
    help: ['For those whose roles the source does not say.'],
    options: newRoles.map((value) => ({
      value,
      label: newRolesWords[value],
      help: value === 'by-name' ? 'cp-1 and master-1 are control-plane, etcd-1 is etcd, any other is worker.' : '',
    })),
  });
  return reply.kind === 'went-back' ? undefined : newRoles.find((each) => each === reply.value);
}

/** What is wrong can be left out; what is good is taken or not. */
async function settle(
  {asker}: WalkThrough,
  {entries, isGood}: NodesImport,
  leftOut: Set<string>,
): Promise<'taken' | 'left' | 'again'> {
  if (!isGood && !entries.some((entry) => entry.problems.length > 0)) {
    asker.say('Nothing in it is new.');
    return 'left';
  }
  const reply = await asker.text({
    ask: isGood ? 'Take them (yes, no, or names to leave out)' : 'Names to leave out (or no)',
    help: ['Names are separated by commas. Nothing is taken while something is wrong.'],
    initial: isGood ? 'yes' : wrongNames(entries),
    judge: (typed) => judged(typed, entries, isGood),
  });
  const typed = reply.kind === 'went-back' ? 'no' : reply.value.trim();
  if (typed === 'no') {
    asker.say('Nothing is imported.');
    return 'left';
  }
  if (typed === 'yes') return 'taken';
  for (const name of namesIn(typed)) leftOut.add(name);
  return 'again';
}

function wrongNames(entries: readonly ImportEntry[]): string {
  return entries.flatMap(({name, problems}) => (problems.length > 0 ? [name] : [])).join(', ');
}

function judged(typed: string, entries: readonly ImportEntry[], isGood: boolean) {
  const words = namesIn(typed);
  if (typed.trim() === 'no' || (isGood && typed.trim() === 'yes')) return [];
  const unknown = words.filter((word) => !entries.some(({name}) => name === word));
  if (words.length > 0 && unknown.length === 0) return [];
  return [
    problem(
      'unknown-name',
      '',
      unknown.length === 0 ? 'no name is given' : `there is no ${unknown.join(', ')} in it`,
      isGood ? 'type yes, no, or names to leave out' : 'type names to leave out, or no',
    ),
  ];
}

function namesIn(typed: string): readonly string[] {
  return typed.split(/[\s,]+/).filter((word) => word !== '');
}

const kinds: Readonly<Record<ImportEntry['kind'], string>> = {
  added: 'new',
  changed: 'changed',
  same: 'as it is',
  'left-out': 'left out',
};

/** Every change, as far as anybody reads; what is as it is only in number. */
function importLines({entries}: NodesImport): string[] {
  const told = entries.filter(({kind, problems}) => kind === 'added' || kind === 'changed' || problems.length > 0);
  const wrong = told.filter(({problems}) => problems.length > 0);
  const shown = [...wrong, ...told.filter(({problems}) => problems.length === 0)].slice(0, mostRows);
  const more = told.length - shown.length;
  const same = entries.filter(({kind}) => kind === 'same').length;
  return [
    ...shown.flatMap(({kind, at, before, after, problems}) => [
      `- ${kinds[kind]} (${at}): ${after}${kind === 'changed' ? `, before: ${before}` : ''}`,
      ...problemLines(problems),
    ]),
    ...(more > 0 ? [`... and ${more} more`] : []),
    ...(same > 0 ? [`${count(same, 'node')} in it ${same === 1 ? 'is' : 'are'} there already.`] : []),
  ];
}

function skippedLines({skipped}: FoundNodes): string[] {
  const shown = skipped.slice(0, mostRows);
  const more = skipped.length - shown.length;
  return [
    ...shown.map(({at, what, why}) => `Passed over ${at}: ${what}: ${why}.`),
    ...(more > 0 ? [`... and ${more} more`] : []),
  ];
}
