import type {ReactElement} from 'react';
import type {Layout} from '../layout.ts';
import {Caret} from '../parts/caret.tsx';
import {Lines} from '../parts/lines.tsx';
import {placeInList} from '../parts/list-state.ts';
import type {Line} from '../parts/text.ts';
import {blank, line, pad, paragraph, shorten, span, widthOf} from '../parts/text.ts';
import type {AppState} from '../screen.ts';
import type {Tools} from '../services.ts';
import type {Glyphs} from '../theme.ts';
import {useTheme} from '../theme.ts';
import {scrolledLines} from '../parts/scroll.ts';
import {visibleText} from '../parts/visible-text.ts';
import {lossesOf, lossLines} from './loss-lines.ts';
import {problemLines} from '../parts/problem-lines.ts';
import type {StartOption} from './start-logic.ts';
import {hasPath, startListHeight, startOptions} from './start-logic.ts';

interface StartProps {
  readonly state: AppState;
  readonly layout: Layout;
  readonly tools: Tools;
}

const titleColumn = 18;

export function StartScreen({state, layout, tools}: StartProps): ReactElement {
  const {glyphs} = useTheme();
  if (lossesOf(state) !== undefined) {
    const lines = scrolledLines(lossLines(state, layout.width), state.views.start.top, layout.height, glyphs);
    return <Lines lines={lines} width={layout.width} height={layout.height} />;
  }
  const options = startOptions(tools);
  const height = startListHeight(state);
  const list = placeInList(state.views.start.list, state.views.start.list.cursor, options.length, height);
  const head: readonly Line[] = [
    [span('Start from', 'title'), span('  every answer can be changed later', 'quiet')],
    blank,
  ];
  const rows = options.slice(list.top, list.top + height).map((option, index) => {
    const at = list.top + index;
    return optionLine(option, at + 1, at === list.cursor, layout.width, glyphs, tools);
  });
  const under = options[list.cursor];
  const path = visibleText(state.views.start.path, layout.width - 10, glyphs);
  const field: readonly Line[] = hasPath(under)
    ? [[span(`${glyphs.bar} `, 'accent'), span('Path  ', 'accent'), span(path.text)]]
    : [];
  const about = under === undefined ? [] : aboutLines(under, layout.width, tools);
  const caretRow = head.length + rows.length + 1;
  return (
    <>
      <Lines
        lines={[...head, ...rows, blank, ...field, ...about, ...choiceLines(state, layout.width, glyphs)]}
        width={layout.width}
        height={layout.height}
      />
      <Caret place={hasPath(under) ? {x: layout.left + 8 + path.column, y: layout.top + caretRow} : undefined} />
    </>
  );
}

function optionLine(
  option: StartOption,
  digit: number,
  isHere: boolean,
  width: number,
  glyphs: Glyphs,
  tools: Tools,
): Line {
  const [title, what] = optionWords(option, tools);
  return [
    span(isHere ? `${glyphs.pointer} ` : '  ', 'accent'),
    span(digit < 10 ? `${digit} ` : '  ', 'quiet'),
    span(pad(title, titleColumn), isHere ? 'accent' : 'plain'),
    span(shorten(what, width - titleColumn - 4, glyphs), 'quiet'),
  ];
}

function optionWords(option: StartOption, {thisMachine}: Tools): readonly [title: string, what: string] {
  switch (option.kind) {
    case 'machine':
      return ['This machine', [thisMachine.name, ...thisMachine.addresses.slice(0, 2)].join(', ')];
    case 'preset':
      return [option.name, option.summary];
    case 'file':
      return ['A plan file', 'YAML, as certwright saves it'];
    case 'kubeadm':
      return ['From kubeadm', 'the configuration that kubeadm init and join get'];
    default:
      return option satisfies never;
  }
}

/** What starting from it means, in full. */
function aboutLines(option: StartOption, width: number, tools: Tools): readonly Line[] {
  switch (option.kind) {
    case 'machine': {
      const {addresses} = tools.thisMachine;
      const where =
        addresses.length === 0
          ? 'Its address could not be found; the next pages ask for it.'
          : 'Its name and address are filled in.';
      return paragraph(`One control-plane node, and it is this machine. ${where}`, width);
    }
    case 'preset':
      return widthOf(option.summary) > width - titleColumn - 4 ? paragraph(option.summary, width) : [];
    case 'file':
      return paragraph('Enter reads the file. What it leaves out has its default.', width, 'quiet');
    case 'kubeadm':
      return paragraph('Enter reads the file. What it says and a plan cannot is shown first.', width, 'quiet');
    default:
      return option satisfies never;
  }
}

function choiceLines(state: AppState, width: number, glyphs: Glyphs): readonly Line[] {
  const {place} = state.wizard;
  if (place.at !== 'start') return [];
  const {choice} = place;
  switch (choice.kind) {
    case 'open':
      return [];
    case 'with-losses':
      return [];
    case 'reading':
      return [line('Reading it', 'quiet')];
    case 'refused':
      return [blank, ...problemLines(choice.problems, width, 0, glyphs)];
    case 'would-replace':
      return [
        blank,
        ...paragraph(
          `${glyphs.warning} Starting here replaces your answers: ${choice.answers.join(', ')}.`,
          width,
          'warn',
        ),
        ...paragraph('Enter once more replaces them; Esc keeps them.', width),
      ];
    default:
      return choice satisfies never;
  }
}
