import type {ComponentId} from '../../src/pki/blueprint-types.ts';
import type {Restart} from '../../src/pki/rotation.ts';
import {kubeletDifferenceOf} from '../../src/report/kubelet-text.ts';
import {differenceOf} from '../../src/report/renewal-text.ts';
import {factLines} from '../parts/facts.ts';
import type {Line} from '../parts/text.ts';
import {blank, line, paragraph, sentence} from '../parts/text.ts';
import {commandText} from '../set-up/done-lines.ts';
import {chosenRestarts, differenceRows, goWords, nameOfDifference, type DifferenceRow} from './difference-rows.ts';
import type {Difference, RotateState} from './rotate-state.ts';
import {renewCommands} from './wish.ts';

/** What one has to know before the rest: a few lines have to do under the list. */
const briefOrder = ['node', 'ends', 'key', 'names', 'then', 'removes', 'writes', 'serial', 'signer'];

function briefFirst(facts: ReturnType<typeof differenceOf>): ReturnType<typeof differenceOf> {
  return facts.toSorted(([one], [other]) => briefOrder.indexOf(one) - briefOrder.indexOf(other));
}

/** What there is to say about a row: a few lines of it under the list, all of it on the whole screen. */
export function rowDetails(
  row: DifferenceRow | undefined,
  rotate: RotateState,
  difference: Difference,
  width: number,
): readonly Line[] {
  if (row === undefined || row.isHeading) return [];
  switch (row.kind) {
    case 'renewed':
      return factLines(
        briefFirst(differenceOf(row.renewal)).map(([label, text]) => ({label, text})),
        width,
      );
    case 'kubelet':
      return factLines(
        briefFirst(kubeletDifferenceOf(row.change)).map(([label, text]) => ({label, text})),
        width,
      );
    case 'note':
      return row.lines.flatMap((text) => paragraph(sentence(text), width));
    case 'blocked':
      return [
        ...paragraph(row.blocked.path, width),
        ...paragraph(sentence(row.blocked.why), width),
        ...paragraph(sentence(row.blocked.wayOn), width, 'plain', 2),
      ];
    case 'restart':
      return restartLines(row.restart, rotate, difference, width);
    case 'go':
      return goLines(rotate, difference, width);
    default:
      return row satisfies never;
  }
}

function restartLines(
  {component}: Restart,
  {node, choice}: RotateState,
  difference: Difference,
  width: number,
): readonly Line[] {
  const read = difference.shown.renewed.filter(({restarts}) => restarts.includes(component)).map(({name}) => name);
  const isChosen =
    node !== undefined && chosenRestarts(difference, node.view, choice).some((one) => one.component === component);
  return [
    ...paragraph(`${component} reads ${read.join(', ')} when it starts, and only then.`, width),
    ...paragraph(
      isChosen
        ? 'It is stopped, started and waited for before the next one is touched.'
        : 'It goes on with the old files until somebody restarts it; the result tells how.',
      width,
      'quiet',
    ),
    ...consequenceOf(component, width),
  ];
}

/** What is missing while it is away. */
function consequenceOf(component: ComponentId, width: number): readonly Line[] {
  const words: Readonly<Record<ComponentId, string>> = {
    etcd: 'While it is away this node’s API server cannot write; with three members the others go on.',
    'kube-apiserver': 'While it is away kubectl and the kubelets get no answer from this node; what runs goes on.',
    'kube-controller-manager': 'While it is away nothing is reconciled by this node’s; what runs goes on.',
    'kube-scheduler': 'While it is away this node’s schedules nothing; what runs goes on.',
    kubelet: 'While it is away nothing new starts on this node; containers go on.',
    'kube-proxy': 'While it is away rules of Services do not change; connections go on.',
  };
  return paragraph(words[component], width, 'quiet');
}

function goLines({node, choice}: RotateState, difference: Difference, width: number): readonly Line[] {
  if (node === undefined) return [];
  const chosen = chosenRestarts(difference, node.view, choice).length;
  const isAll = chosen > 0 && chosen === difference.restarts.length;
  return [
    ...failureSteps(difference, width),
    ...paragraph(
      'Enter backs up what is there, writes the new files beside it, checks them and moves them into place: all or none.',
      width,
    ),
    line('The same without a screen:', 'quiet'),
    ...renewCommands(node, choice, isAll ? 'all' : 'none').flatMap((words) => commandText(words, width)),
  ];
}

function failureSteps({failure}: Difference, width: number): readonly Line[] {
  return failure === undefined ? [] : failure.nextSteps.flatMap((step) => paragraph(sentence(step), width, 'bad'));
}

/** The row under the cursor on the whole screen. */
export function openedLines(rotate: RotateState, difference: Difference, width: number): readonly Line[] {
  const {node, differenceList: list} = rotate;
  const row = node === undefined ? undefined : differenceRows(difference, node.view)[list.cursor];
  if (row === undefined || row.isHeading) return [];
  const title =
    row.kind === 'go' && node !== undefined ? goWords(difference, node.view, rotate.choice) : nameOfDifference(row);
  return [...paragraph(title, width, 'title'), blank, ...rowDetails(row, rotate, difference, width)];
}
