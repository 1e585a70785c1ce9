import {readCommandLine, splitUnitCommand, wordsOf} from './command-line.ts';
import {componentOf, type FoundComponent} from './found-component.ts';
import type {NodeRoot} from './root.ts';

/** Where systemd looks for units, the strongest first (systemd.unit(5)). */
const folders = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
];

/** Components that systemd starts, with what drop-ins and environment files change. */
export function units(root: NodeRoot): readonly FoundComponent[] {
  const names = new Set(folders.flatMap((folder) => root.list(folder).filter((name) => name.endsWith('.service'))));
  return [...names].toSorted().flatMap((name) => {
    const path = folders.map((folder) => `${folder}/${name}`).find((each) => root.read(each).ok);
    if (path === undefined) return [];
    const service = readUnit(root, name, path);
    return service.commands.flatMap((command): FoundComponent[] => {
      const {program, flags} = readCommandLine(splitUnitCommand(command, service.environment));
      const component = componentOf(program);
      return component === undefined
        ? []
        : [{component, from: {kind: 'unit', path}, flags, settings: new Map(), onNode: (each) => each}];
    });
  });
}

interface Service {
  readonly commands: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
}

/** The unit, then its drop-ins by name; of two of one name the stronger folder's counts. */
function readUnit(root: NodeRoot, name: string, path: string): Service {
  const dropIns = new Map<string, string>();
  for (const folder of folders.toReversed()) {
    for (const each of root.list(`${folder}/${name}.d`)) {
      if (each.endsWith('.conf')) dropIns.set(each, `${folder}/${name}.d/${each}`);
    }
  }
  const files = [path, ...[...dropIns].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, place]) => place)];
  let commands: string[] = [];
  const environment = new Map<string, string>();
  for (const [key, value] of files.flatMap((file) => assignmentsIn(textOf(root, file)))) {
    // An empty value takes back what stood before it.
    if (key === 'ExecStart') commands = value === '' ? [] : [...commands, value];
    if (key === 'Environment') for (const each of wordsOf(value)) put(environment, each);
    if (key === 'EnvironmentFile') {
      for (const [name, each] of environmentIn(root, [value.replace(/^-/, '')])) environment.set(name, each);
    }
  }
  return {commands, environment};
}

/** `Key=value` lines of the `[Service]` part, those that end in a backslash joined. */
function assignmentsIn(text: string): readonly (readonly [key: string, value: string])[] {
  const assignments: (readonly [string, string])[] = [];
  let part = '';
  for (const line of text.replaceAll(/\\\n\s*/g, ' ').split('\n')) {
    const heading = /^\s*\[(\w+)\]\s*$/.exec(line);
    if (heading !== null) part = heading[1] ?? '';
    const match = /^\s*([A-Za-z]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (part === 'Service' && match !== null) assignments.push([match[1] ?? '', match[2] ?? '']);
  }
  return assignments;
}

/** The variables of environment files, those of later ones instead of those of earlier ones (systemd.exec(5)). */
export function environmentIn(root: NodeRoot, paths: readonly string[]): ReadonlyMap<string, string> {
  const environment = new Map<string, string>();
  for (const line of paths.flatMap((path) => textOf(root, path).split('\n'))) {
    if (!/^\s*([#;]|$)/.test(line)) put(environment, wordsOf(line).join(' '));
  }
  return environment;
}

function put(environment: Map<string, string>, assignment: string): void {
  const match = /^([A-Za-z_]\w*)=([^]*)$/.exec(assignment);
  if (match !== null) environment.set(match[1] ?? '', match[2] ?? '');
}

function textOf(root: NodeRoot, path: string): string {
  const found = root.read(path);
  return found.ok ? found.bytes.toString('utf8') : '';
}
