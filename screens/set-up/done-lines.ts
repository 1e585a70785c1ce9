import type {Blueprint} from '../../src/pki/blueprint-types.ts';
import {firstSteps} from '../../src/pki/first-steps.ts';
import {count} from '../../src/report/words.ts';
import type {Line} from '../parts/text.ts';
import {blank, line, paragraph, span, wrap} from '../parts/text.ts';
import type {AppState} from '../screen.ts';
import type {Role} from '../theme.ts';
import {bundlePlaces} from '../../src/report/bundle-places.ts';
import {sameCommand, shellWord} from '../../src/report/same-command.ts';
import type {Tools} from '../services.ts';
import type {Run} from './run-state.ts';
import {surprisingDoors, tallyOf} from './run-state.ts';

/** More folders than this are told by their number. */
const mostFolders = 12;

/**
 * The last screen, and with its colours taken off the text that is printed when the screen is left.
 *
 * @param commandWidth commands go on in the next line from there; to be copied they stay in one
 */
export function doneLines(
  state: AppState,
  tools: Pick<Tools, 'steps'>,
  width: number,
  commandWidth: number,
): readonly Line[] {
  const {run} = state;
  const blueprint = run?.blueprint;
  if (run === undefined || blueprint === undefined) return [line('Nothing was issued.', 'quiet')];
  const again = commandLines(state, run, tools, commandWidth);
  if (run.requests !== undefined) return [...requestLines(run, run.requests, width, commandWidth), ...again];
  return [
    ...resultLines(run, blueprint, width, commandWidth),
    ...placeLines(blueprint, width),
    ...again,
    ...nextLines(run, blueprint, commandWidth),
  ];
}

export function textOf(lines: readonly Line[]): string {
  return lines
    .map((spans) =>
      spans
        .map(({text}) => text)
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

function resultLines(run: Run, blueprint: Blueprint, width: number, pathWidth: number): readonly Line[] {
  const made = [
    count(blueprint.authorities.length, 'authority', 'authorities'),
    count(blueprint.certificates.length, 'certificate'),
    count(run.stages.files.total, 'file'),
  ].join(', ');
  const [proved, as] = proofWord(run);
  return [
    ...paragraph(`The bundle is in ${run.directory}`, pathWidth, 'title'),
    line(`${made}.`),
    ...paragraph(proved, width, as),
    blank,
  ];
}

function proofWord(run: Run): readonly [text: string, as: Role] {
  const {proved, byDesign, notProvable, failed} = tallyOf(run);
  const findings = run.proof?.findings.length ?? 0;
  if (run.proof === undefined)
    return ['It was not proved to the end; certwright verify does that at any time.', 'warn'];
  if (failed > 0 || run.proof.state === 'critical') {
    const what = [
      count(failed, 'connection'),
      count(surprisingDoors(run).length, 'door'),
      count(findings, 'finding'),
    ].join(', ');
    return [`Not everything is as it must be: ${what}.`, 'bad'];
  }
  const rest = [
    ...(byDesign === 0 ? [] : [`${byDesign} unverified by design`]),
    ...(notProvable === 0 ? [] : [`${notProvable} not provable from files`]),
  ];
  return [`${[`${count(proved, 'connection')} proved by real handshakes`, ...rest].join(', ')}.`, 'good'];
}

function placeLines(blueprint: Blueprint, width: number): readonly Line[] {
  const all = bundlePlaces(blueprint);
  const folders = all.filter(({path}) => path.endsWith('/'));
  const places =
    folders.length > mostFolders
      ? [
          ...folders.slice(0, mostFolders - 3),
          {path: 'others', what: `${folders.length - mostFolders + 3} folders more`},
          ...all.filter(({path}) => !path.endsWith('/')),
        ]
      : all;
  const column = Math.min(Math.max(...places.map(({path}) => path.length)) + 2, 30);
  return [
    line('What lies where', 'title'),
    ...places.flatMap(({path, what}) =>
      wrap(what, width - column - 2).map((part, row): Line => [
        span(`  ${(row === 0 ? path : '').padEnd(column)}`),
        span(part, 'quiet'),
      ]),
    ),
    blank,
  ];
}

function nextLines(run: Run, blueprint: Blueprint, width: number): readonly Line[] {
  const node = blueprint.nodes[0]?.name ?? 'NODE';
  const rootfs = shellWord(`${run.directory}/nodes/${node}/rootfs`);
  const pack = ['tar', '--owner=0', '--group=0', '-C', rootfs, '-c', '.', '|'];
  const unpack = ['ssh', shellWord(node), 'tar', '--no-overwrite-dir', '-C', '/', '-x'];
  return [
    line('Next', 'title'),
    ...command('Give a node its files:', [...pack, ...unpack], width),
    ...rightsLines(run, blueprint, width),
    ...shortCommand('Prove it again at any time:', ['certwright', 'verify', shellWord(run.directory)], width),
  ];
}

/** A cluster that starts from nothing but its files knows no bindings yet: until then admin.conf may do nothing. */
function rightsLines(run: Run, blueprint: Blueprint, width: number): readonly Line[] {
  const rights = firstSteps(blueprint).find(({id}) => id === 'rights');
  if (rights === undefined) return [];
  const words = rights.words.map((word) => shellWord(word.includes('/') ? `${run.directory}/${word}` : word));
  return command('Once its API server answers, give the identities their rights:', words, width);
}

function requestLines(run: Run, requests: readonly string[], width: number, commandWidth: number): readonly Line[] {
  const directory = shellWord(run.directory);
  return [
    ...paragraph(`${count(requests.length, 'request')} wait in ${run.directory}`, width, 'title'),
    ...paragraph('An authority that you brought has no key here, so it has to sign them where its key is.', width),
    blank,
    line('Next', 'title'),
    ...command('Where the key is:', ['certwright', 'sign', directory], commandWidth),
    ...command(
      'Back here, with the signed certificates:',
      ['certwright', 'issue', '--signed', directory],
      commandWidth,
    ),
    blank,
  ];
}

function commandLines(state: AppState, run: Run, tools: Pick<Tools, 'steps'>, width: number): readonly Line[] {
  const plan = state.wizard.prepared?.plan ?? state.wizard.plan;
  const same = sameCommand(state.wizard, plan, run.directory, `${run.directory}/plan.yaml`, tools);
  return same === undefined ? [] : [line('The same run as one command', 'title'), ...commandText(same, width), blank];
}

function command(what: string, words: readonly string[], width: number): readonly Line[] {
  return [line(`  ${what}`, 'quiet'), ...commandText(words, width)];
}

/** On one line with what it is for, where both fit: what stays in a small terminal is worth a line. */
function shortCommand(what: string, words: readonly string[], width: number): readonly Line[] {
  const text = words.join(' ');
  const fits = what.length + text.length + 3 <= Math.min(width, 79);
  return fits ? [[span(`  ${what} `, 'quiet'), span(text, 'key')]] : command(what, words, width);
}

/** Long commands go on in the next line as a shell reads them: between words, after a backslash. */
export function commandText(words: readonly string[], width: number): readonly Line[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 9 <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((text, index) => [
    span(index === 0 ? '  ' : '      '),
    span(index === lines.length - 1 ? text : `${text} \\`, 'key'),
  ]);
}
