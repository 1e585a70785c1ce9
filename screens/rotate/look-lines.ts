import type {Line} from '../parts/text.ts';
import {blank, line, paragraph, sentence, span} from '../parts/text.ts';
import type {Layout} from '../layout.ts';
import {visibleText} from '../parts/visible-text.ts';
import {failureLines} from '../parts/failure-lines.ts';
import type {Glyphs} from '../theme.ts';
import type {Painted} from '../parts/page.tsx';
import type {PlaceAt} from './rotate-place.ts';
import type {RotateState} from './rotate-state.ts';

/** What is being looked at; a spinner stands before it. */
export function lookingLine({root}: RotateState): Line {
  return line(root === '/' ? 'Looking at this machine' : `Looking at the files in ${root}`, 'title');
}

export function lookingLines(width: number): readonly Line[] {
  return [
    blank,
    ...paragraph('Certificates, kubeconfigs, settings, and what the ports show. Nothing is changed.', width, 'quiet'),
  ];
}

const label = 'Folder  ';

/** Where the files of a node are, and why the last folder would not do. */
export function folderLines({field, failure}: PlaceAt<'folder'>, {width}: Layout, glyphs: Glyphs): Painted {
  const shown = visibleText(field, width - label.length - 3, glyphs);
  const head: readonly Line[] = [
    line('Whose certificates?', 'title'),
    ...paragraph(
      '/ is this machine. A folder that holds a node’s etc/ and var/ stands for that node: its files can be looked at and renewed, and nothing is restarted.',
      width,
      'quiet',
    ),
    blank,
  ];
  return {
    lines: [
      ...head,
      [span(`${glyphs.bar} `, 'accent'), span(label, 'accent'), span(shown.text)],
      blank,
      ...(failure === undefined ? [] : failureLines(failure, width, glyphs)),
    ],
    caret: {row: head.length, column: 2 + label.length + shown.column},
  };
}

export function interruptedLines(
  {node}: RotateState,
  {isRecovering, failure}: PlaceAt<'interrupted'>,
  width: number,
  glyphs: Glyphs,
): readonly Line[] {
  const what = node?.view.interrupted ?? '';
  return [
    blank,
    ...paragraph(sentence(`an earlier run was about to ${what}`), width),
    ...paragraph(
      'It is finished if all its new files are ready, and undone otherwise: the node is wholly new or wholly old then. Until that is done nothing else is changed here.',
      width,
      'quiet',
    ),
    blank,
    ...(isRecovering ? [] : paragraph('Enter finishes or undoes it.', width, 'accent')),
    ...(failure === undefined ? [] : [blank, ...failureLines(failure, width, glyphs)]),
  ];
}
