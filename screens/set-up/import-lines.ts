import {count} from '../../src/report/words.ts';
import type {NodesSource} from '../../src/wizard/found-nodes.ts';
import {newRoles, newRolesWords, type ImportEntry, type NodesImport} from '../../src/wizard/import-nodes.ts';
import {placeInList} from '../parts/list-state.ts';
import type {Line} from '../parts/text.ts';
import {blank, line, pad, paragraph, shorten, span} from '../parts/text.ts';
import {visibleText} from '../parts/visible-text.ts';
import type {AppState} from '../screen.ts';
import {layoutAt} from '../screen.ts';
import type {Tools} from '../services.ts';
import type {Glyphs, Role} from '../theme.ts';
import type {Caret} from './field-lines.ts';
import type {ImportStage, ImportView} from './import-overlay.ts';
import {importOf} from './import-made.ts';
import {importRows, importSources, sourceKind} from './import-overlay.ts';
import {problemLines} from '../parts/problem-lines.ts';

interface ImportLines {
  readonly lines: readonly Line[];
  readonly caret?: Caret;
}

const sourceWords: Readonly<Record<NodesSource['kind'], readonly [title: string, what: string]>> = {
  hosts: ['A hosts file', 'lines as in /etc/hosts: an address, then names'],
  'node-list': ['A list of Nodes', 'what kubectl get nodes -o json has printed, in a file'],
  kubectl: ['kubectl, now', 'runs kubectl get nodes -o json with the kubeconfig it has'],
};

const label = 'File  ';

export function importLines(state: AppState, width: number, glyphs: Glyphs, tools: Tools): ImportLines {
  const {overlay} = state;
  if (overlay.kind !== 'import') return {lines: []};
  return overlay.stage.kind === 'found'
    ? {lines: foundLines(state, overlay, overlay.stage, width, glyphs, tools)}
    : askingLines(overlay, width, glyphs);
}

function askingLines(view: ImportView, width: number, glyphs: Glyphs): ImportLines {
  const {stage} = view;
  const rows = importSources.map((kind, index): Line => {
    const isHere = index === view.source;
    const [title, what] = sourceWords[kind];
    return [
      span(isHere ? `${glyphs.pointer} ` : '  ', 'accent'),
      span(pad(title, 17), isHere ? 'accent' : 'plain'),
      span(shorten(what, width - 19, glyphs), 'quiet'),
    ];
  });
  const above: readonly Line[] = [
    line('Import nodes', 'title'),
    ...paragraph('What would change is shown before anything does.', width, 'quiet'),
    blank,
    ...rows,
    blank,
  ];
  if (stage.kind === 'reading') {
    const what = stage.source.kind === 'kubectl' ? 'kubectl is asking the cluster' : `Reading ${stage.source.path}`;
    return {lines: [...above, line(what, 'quiet')]};
  }
  const failure = stage.kind === 'asking' ? stage.failure : undefined;
  const told = failure === undefined ? [] : paragraph(`${glyphs.wrong} ${failure}`, width, 'bad');
  if (sourceKind(view) === 'kubectl') return {lines: [...above, ...told]};
  const path = visibleText(view.path, width - label.length - 2, glyphs);
  return {
    lines: [...above, [span(`${glyphs.bar} `, 'accent'), span(label, 'accent'), span(path.text)], ...told],
    caret: {row: above.length, column: 2 + label.length + path.column},
  };
}

function foundLines(
  state: AppState,
  view: ImportView,
  stage: Extract<ImportStage, {readonly kind: 'found'}>,
  width: number,
  glyphs: Glyphs,
  tools: Tools,
): readonly Line[] {
  const {found} = stage;
  if (found.problems.length > 0) {
    return [
      line('Nothing can be taken from it', 'title'),
      blank,
      ...problemLines(found.problems, width, 0, glyphs),
      blank,
      ...skippedLines(stage, width, glyphs, layoutAt(state).height - 10),
    ];
  }
  const made = importOf(state, tools);
  if (made === undefined) return [];
  if (made.entries.length === 0) {
    return [
      line('No machine is in it', 'title'),
      blank,
      ...skippedLines(stage, width, glyphs, layoutAt(state).height - 3),
    ];
  }
  const height = importRows(state);
  const {top, cursor} = placeInList(stage.list, stage.list.cursor, made.entries.length, height);
  const here = made.entries[cursor];
  const rows = made.entries
    .slice(top, top + height)
    .map((entry, index) => entryLine(entry, top + index === cursor, width, glyphs));
  const hidden = made.entries.length - top - rows.length;
  const position = [
    ...(top > 0 ? [`${glyphs.above} ${top} above`] : []),
    ...(hidden > 0 ? [`${glyphs.below} ${hidden} below`] : []),
  ].join('  ');
  const roles = newRoles[view.roles] ?? 'by-name';
  const lines = [
    line(summary(made), 'title'),
    [span('Roles of new nodes: ', 'quiet'), span(newRolesWords[roles]), span('  (unless the source says)', 'quiet')],
    ...rows,
    line(`  ${position}`, 'quiet'),
    ...(here === undefined ? [] : aboutLines(here, made, width, glyphs)),
  ];
  return [...lines, ...skippedLines(stage, width, glyphs, Math.max(2, layoutAt(state).height - lines.length - 1))];
}

/** `3 new, 1 changed, 2 as they are`. */
function summary({entries}: NodesImport): string {
  const of = (kind: ImportEntry['kind']): number => entries.filter((entry) => entry.kind === kind).length;
  const wrong = entries.filter(({problems}) => problems.length > 0).length;
  const parts = [
    `${of('added')} new`,
    `${of('changed')} changed`,
    `${of('same')} as they are`,
    ...(of('left-out') > 0 ? [`${of('left-out')} left out`] : []),
    ...(wrong > 0 ? [`${wrong} wrong`] : []),
  ];
  return parts.join(', ');
}

const marks: Readonly<Record<ImportEntry['kind'], readonly [mark: string, as: Role]>> = {
  added: ['+', 'good'],
  changed: ['~', 'warn'],
  same: ['=', 'quiet'],
  'left-out': ['-', 'quiet'],
};

function entryLine({kind, after, problems}: ImportEntry, isHere: boolean, width: number, glyphs: Glyphs): Line {
  const isWrong = problems.length > 0;
  const [mark, as] = marks[kind];
  return [
    span(isHere ? `${glyphs.pointer} ` : isWrong ? `${glyphs.wrong} ` : '  ', isHere ? 'accent' : 'bad'),
    span(`${mark} `, as),
    span(shorten(after, width - 4, glyphs), isWrong ? 'bad' : isHere ? 'accent' : kind === 'added' ? 'plain' : 'quiet'),
  ];
}

/** What is said about the row under the cursor, and what is wrong with the table as a whole. */
function aboutLines(entry: ImportEntry, made: NodesImport, width: number, glyphs: Glyphs): readonly Line[] {
  const wrong = entry.problems.length > 0 ? entry : made.entries.find(({problems}) => problems.length > 0);
  if (wrong !== undefined) {
    const which = wrong === entry ? 'Space leaves it out' : `Leave out ${wrong.name} with space`;
    return [
      ...problemLines(wrong.problems.slice(0, 1), width, 0, glyphs),
      line(`${which}; then the others can be taken.`, 'quiet'),
    ];
  }
  if (made.problems.length > 0) return problemLines(made.problems.slice(0, 1), width, 0, glyphs);
  return entry.kind === 'changed'
    ? [[span('before  ', 'quiet'), span(shorten(entry.before ?? '', width - 8, glyphs), 'quiet')]]
    : [[span(`${entry.name}: ${entry.at}`, 'quiet')]];
}

/** What was passed over, and why; in full where there is room, else how many. */
function skippedLines(
  {found: {skipped}}: Extract<ImportStage, {readonly kind: 'found'}>,
  width: number,
  glyphs: Glyphs,
  most: number,
): readonly Line[] {
  const shown = skipped.slice(0, skipped.length > most ? most - 1 : most);
  const more = skipped.length - shown.length;
  return [
    ...shown.map(({at, what, why}): Line => [
      span(shorten(`Passed over ${at}: ${what}: ${why}.`, width, glyphs), 'quiet'),
    ]),
    ...(more > 0
      ? [line(`Passed over ${count(more, shown.length === 0 ? 'line' : 'more line')} of this kind.`, 'quiet')]
      : []),
  ];
}
