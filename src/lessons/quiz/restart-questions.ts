import type {Blueprint, ComponentId} from '../../pki/blueprint-types.ts';
import {componentRows} from '../../pki/components.ts';
import {fileUseOf} from '../../pki/file-flags.ts';
import {pickUpOf, type PickUp} from '../../pki/restarts.ts';
import {section, type Section} from '../explanation.ts';
import type {Lessons} from '../lessons.ts';
import {rowIdOf} from './calls.ts';
import {type KeyContent, type NamedFile, namedFiles} from './cluster-files.ts';
import {firstOfEach} from './connection-questions.ts';
import {type Choice, literally, question, type Question} from './question.ts';
import {flagName, flagWhy} from './why.ts';

/** What must be restarted when a file changes, and which files are read only at a start. */
export function restartQuestions(blueprint: Blueprint, lessons: Lessons): readonly Question[] {
  const readings = namedFiles(blueprint).flatMap((file): readonly Reading[] => {
    const pickUp = pickUpIn(file, blueprint);
    return pickUp === undefined ? [] : [{...file, pickUp}];
  });
  // One file may be named by several flags of several components of its node.
  const byFile = [...Map.groupBy(readings, ({node, path}) => `${node} ${path}`).values()];
  const first = firstOfEach(byFile, (users) => contentKey(users));
  return [
    ...first.flatMap((users) => restartsAfter(users, blueprint, lessons)),
    ...readings.flatMap((one) => readsOnce(one, readings, lessons)),
  ];
}

interface Reading extends NamedFile {
  readonly pickUp: PickUp;
}

function pickUpIn({component, flag}: NamedFile, {version}: Blueprint): PickUp | undefined {
  const use = fileUseOf(component, flag);
  return use === undefined ? undefined : pickUpOf(component, flag, use, version);
}

function contentKey(users: readonly Reading[]): string {
  const [first] = users;
  return first === undefined ? '' : `${first.component} ${first.flag} ${first.path}`;
}

/** Keys go with their certificates, and are not asked about. */
function restartsAfter(users: readonly Reading[], blueprint: Blueprint, lessons: Lessons): readonly Question[] {
  const [first] = users;
  if (first === undefined || first.content.kind === 'certificate-key' || first.content.kind === 'authority-key') {
    return [];
  }
  const {path, content} = first;
  const {quiz} = lessons;
  const all = unique(users.map(({component}) => component));
  const needed = unique(users.filter(({pickUp}) => pickUp === 'after a restart').map(({component}) => component));
  const decisive = users.find(({pickUp}) => pickUp === 'after a restart') ?? first;
  const choice = (components: readonly ComponentId[]): Choice =>
    components.length === 0 ? {key: 'nothing', text: quiz.choices.noRestart} : literally(components.join(', '));
  const others = componentRows.map(({id}) => id).filter((id) => !all.includes(id));
  const owner = ownerOf(content, blueprint);
  return question({
    id: `restarts/file/${first.component}/${first.flag}`,
    topic: 'restarts',
    ask: askAfter(path, owner, all, lessons),
    quotes: [],
    right: choice(needed),
    wrong:
      all.length === 1
        ? [[choice([])], others.map((one) => choice(inOrder([...all, one]))), others.map((one) => choice([one]))]
        : [[choice([]), ...all.map((one) => choice([one])), choice(all)], pairsOf(all).map(choice)],
    why: readingsOf(users, lessons),
    about: flagName(decisive.component, decisive.flag),
  });
}

/** Who reads a file that several read is told: nobody has to know it by heart. */
function askAfter(path: string, owner: string | undefined, all: readonly ComponentId[], {quiz}: Lessons): string {
  if (all.length > 1) return quiz.restartsAmong(path, owner, all);
  return owner === undefined ? quiz.restartsAfter(path) : quiz.restartsAfterOwner(path, owner);
}

function pairsOf(components: readonly ComponentId[]): readonly (readonly ComponentId[])[] {
  return components.flatMap((one, index) => components.slice(index + 1).map((other) => [one, other]));
}

function readsOnce(one: Reading, readings: readonly Reading[], lessons: Lessons): readonly Question[] {
  const {component, flag, pickUp, path} = one;
  if (pickUp === 'by itself') return [];
  const own = readings.filter((other) => other.component === component && other.pickUp === 'by itself');
  return question({
    id: `restarts/once/${component}/${flag}`,
    topic: 'restarts',
    ask: lessons.quiz.readsOnce(component),
    quotes: [],
    right: literally(flag),
    wrong: [own.filter((other) => other.path !== path).map((other) => literally(other.flag))],
    why: [...readingsOf([one], lessons), ...flagWhy(one, lessons).filter(({label}) => label === 'without')],
    about: flagName(component, flag),
  });
}

function readingsOf(readings: readonly Reading[], {quiz}: Lessons): readonly Section[] {
  const lines = readings.map(({component, flag, pickUp}) =>
    pickUp === 'by itself' ? quiz.readsAgain(component, flag) : quiz.readsAtStart(component, flag),
  );
  return section('reason', 'list', lines);
}

/** What is replaced, where that is more than one certificate's renewal. */
function ownerOf(content: KeyContent, blueprint: Blueprint): string | undefined {
  switch (content.kind) {
    case 'authorities':
      return content.authorities.join(', ');
    case 'key-pair-private':
    case 'key-pair-public':
      return content.keyPair;
    case 'certificate':
      return rowIdOf(content.certificate, blueprint);
    case 'certificate-key':
    case 'authority-key':
    case 'kubeconfig':
      return undefined;
    default:
      return content satisfies never;
  }
}

function unique(components: readonly ComponentId[]): readonly ComponentId[] {
  return inOrder([...new Set(components)]);
}

function inOrder(components: readonly ComponentId[]): readonly ComponentId[] {
  return componentRows.map(({id}) => id).filter((id) => components.includes(id));
}
