import {warning, type Problem} from '../base/problem.ts';
import {redact} from '../base/redact.ts';
import {writeYaml} from '../kubeconfig/write-yaml.ts';
import type {FileContent, YamlMap} from '../pki/blueprint-types.ts';
import type {Bench} from './bench.ts';

/** Flags and documents, line by line. A person may have changed them on purpose, so a difference is a warning. */

/** Longer than any flag, shorter than what fills a screen. */
const longest = 200;

/** A component's flags, one `--name=value` a line, in any order. */
export function checkFlags(
  path: string,
  {node, component}: Extract<FileContent, {kind: 'flags'}>,
  text: string,
  {planned}: Bench,
): readonly Problem[] {
  const flags = planned.components.get(`${node}/${component}`)?.flags ?? [];
  const wanted = new Map(flags.map(({name, value}) => [`${name}=${value}`, name]));
  const lines = linesOf(text);
  const names = new Set(lines.map((line) => line.split('=', 1)[0]));
  const changed = lines.flatMap((line, index): Problem[] => {
    if (wanted.has(line)) return [];
    const name = line.split('=', 1)[0] ?? '';
    const instead = flags.filter((flag) => flag.name === name).map(({value}) => `${name}=${value}`);
    const plan = instead.length === 0 ? 'no such flag is planned' : `planned is ${instead.join(' and ')}`;
    return [atLine('flag-differs', path, index + 1, `${shown(line)}: ${plan}`)];
  });
  const missing = [...wanted].flatMap(([line, name]): Problem[] =>
    names.has(name) ? [] : [warning('flag-missing', path, `${path} lacks ${line}`, lookAgain)],
  );
  return [...changed, ...missing];
}

/** A YAML document as the plan would write it; the first line that differs is named. */
export function checkDocument(path: string, documents: readonly YamlMap[], text: string): readonly Problem[] {
  const wanted = linesOf(writeYaml(documents));
  const found = linesOf(text);
  const index = found.findIndex((line, at) => line !== wanted[at]);
  const first = index === -1 ? found.length : index;
  if (index === -1 && found.length === wanted.length) return [];
  const has = found[first] === undefined ? 'the end of the file' : shown(found[first]);
  const plan = wanted[first] === undefined ? 'the end of the file' : shown(wanted[first]);
  return [atLine('document-differs', path, first + 1, `${has}; planned is ${plan}`)];
}

const lookAgain = 'if it was changed on purpose, change the plan too; else issue the bundle anew';

function atLine(code: string, path: string, line: number, what: string): Problem {
  return {...warning(code, path, `line ${line} of ${path} is ${what}`, lookAgain), at: {path, line}};
}

function shown(line: string): string {
  const safe = redact(line);
  return JSON.stringify(safe.length > longest ? `${safe.slice(0, longest)}…` : safe);
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n');
}
