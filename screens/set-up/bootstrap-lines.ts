import type {BootstrapTopic, Command} from '../../src/journeys/bootstrap-topics.ts';
import type {JoinCheck} from '../../src/kubeadm/judge-join.ts';
import {maskedToken} from '../../src/base/bootstrap-token.ts';
import {describeHours} from '../../src/base/duration.ts';
import {endText} from '../../src/report/token-text.ts';
import type {Layout} from '../layout.ts';
import {secretText} from '../parts/secret-text.ts';
import type {Line} from '../parts/text.ts';
import {blank, cell, line, paragraph, sentence, span} from '../parts/text.ts';
import type {AppState} from '../screen.ts';
import type {Glyphs, Role} from '../theme.ts';
import {commandText} from './done-lines.ts';

/** Rows above the list, and the rule below it. */
const aboveList = 2;
const mostRows = 6;

export function bootstrapListHeight({height}: Layout, topics: number): number {
  return Math.max(1, Math.min(topics, mostRows, height - aboveList - 6));
}

export function bootstrapDetailHeight(layout: Layout, topics: number): number {
  return Math.max(1, layout.height - aboveList - bootstrapListHeight(layout, topics) - 1);
}

export function bootstrapHead(width: number): readonly Line[] {
  return [
    line('Let nodes in', 'title'),
    ...paragraph('Now, later, or not at all: nothing runs by itself.', width, 'quiet').slice(0, 1),
  ];
}

/** The rows: what can be done, then each node that joins. */
export function bootstrapRow(
  state: AppState,
  topic: BootstrapTopic,
  isUnderCursor: boolean,
  width: number,
  glyphs: Glyphs,
): Line {
  const [title, note, as] = rowWords(state, topic);
  const titleWidth = Math.min(34, width - 4);
  return [
    span(isUnderCursor ? `${glyphs.pointer} ` : '  ', 'accent'),
    span(`${cell(title, titleWidth - 1, glyphs)} `, isUnderCursor ? 'accent' : 'plain'),
    span(cell(note, Math.max(0, width - 2 - titleWidth), glyphs).trimEnd(), as),
  ];
}

function rowWords(state: AppState, topic: BootstrapTopic): readonly [title: string, note: string, as: Role] {
  switch (topic.kind) {
    case 'now': {
      const {token} = state.views.bootstrap;
      const title = 'Now: a token by kubeadm';
      switch (token.kind) {
        case 'not-yet':
          return [title, 'the cluster runs, and kubeadm is here', 'quiet'];
        case 'running':
          return [title, token.stopping ? 'stopping' : 'kubeadm runs', 'accent'];
        case 'failed':
          return [title, 'it could not be made', 'bad'];
        case 'made':
          return token.made.joinCommand === undefined
            ? [title, 'made, but no node could join with it', 'warn']
            : [title, 'made and checked', 'good'];
        default:
          return token satisfies never;
      }
    }
    case 'later':
      return ['Later: from the files', 'everything lies in the bundle', 'quiet'];
    case 'node':
      return [`${topic.name} ${topic.joins ? 'joins' : 'starts'}`, 'what to copy, and what to run', 'quiet'];
    default:
      return topic satisfies never;
  }
}

/** What is said about the row under the cursor. */
export function bootstrapDetails(
  state: AppState,
  topics: readonly BootstrapTopic[],
  width: number,
  glyphs?: Glyphs,
): readonly Line[] {
  const topic = topics[state.views.bootstrap.list.cursor];
  switch (topic?.kind) {
    case undefined:
      return [];
    case 'now':
      return nowLines(state, topic, width, glyphs);
    case 'later':
      return laterLines(topic, width);
    case 'node':
      return [
        ...topic
          .steps()
          .flatMap(({what, commands, way}, index) => [
            ...paragraph(`${index + 1}. ${way === undefined ? '' : `${way}: `}${what}`, width, 'quiet'),
            ...commands.flatMap((command) => commandText(command.split(' '), width)),
          ]),
        blank,
        ...paragraph('The same at any time, with a fresh token if need be: certwright join.', width, 'quiet'),
      ];
    default:
      return topic satisfies never;
  }
}

function nowLines(
  state: AppState,
  topic: Extract<BootstrapTopic, {kind: 'now'}>,
  width: number,
  glyphs: Glyphs | undefined,
): readonly Line[] {
  const {token} = state.views.bootstrap;
  switch (token.kind) {
    case 'not-yet':
      return [
        ...paragraph('Enter runs this, and checks the line to join with before it is shown:', width),
        ...commandText(topic.command, width),
        blank,
        ...paragraph('A cluster that was started from these files needs this first, once:', width, 'quiet'),
        ...commandsOf(topic.before, width),
      ];
    case 'running':
      return [
        line('Running', 'quiet'),
        ...commandText(token.command, width),
        blank,
        ...checkedLines(token.checks, width, glyphs),
      ];
    case 'failed':
      return [
        ...paragraph(`${glyphs?.wrong ?? ''} ${sentence(token.failure.message)}`, width, 'bad'),
        ...token.failure.nextSteps.flatMap((step) => paragraph(sentence(step), width, 'plain', 2)),
        ...checkedLines(token.checks, width, glyphs),
        blank,
        ...paragraph('Enter tries again:', width, 'quiet'),
        ...commandText(topic.command, width),
        blank,
        ...paragraph('A cluster that was started from these files needs this first, once:', width, 'quiet'),
        ...commandsOf(topic.before, width),
      ];
    case 'made': {
      const {made} = token;
      const end = `${maskedToken(made.id)} ${endText(made.ends)}.`;
      if (made.joinCommand === undefined) {
        return [
          ...paragraph(`The token ${end} No line to join with is handed out:`, width, 'warn'),
          ...checkedLines(made.checks, width, glyphs),
        ];
      }
      const shown = secretText(made.joinCommand, state.isRevealed);
      return [
        ...paragraph(`The token ${end}`, width, 'good'),
        line('The line to join with, for every worker:', 'quiet'),
        ...(state.isRevealed ? commandText(shown.split(' '), width) : [line(`  ${shown}`, 'key')]),
        blank,
        ...checkedLines(made.checks, width, glyphs),
      ];
    }
    default:
      return token satisfies never;
  }
}

function laterLines({steps, hours}: Extract<BootstrapTopic, {kind: 'later'}>, width: number): readonly Line[] {
  const life =
    hours === 0
      ? 'It never ends.'
      : `It is good for ${describeHours(hours)} from now; certwright token create makes another.`;
  return [
    ...paragraph('Once the first API server answers (after kubeadm init only the token is missing):', width),
    ...commandsOf(
      steps.filter(({byKubeadm}) => !byKubeadm),
      width,
    ),
    ...paragraph(`A bootstrap token lies in the bundle. ${life}`, width, 'quiet'),
    ...(steps.some(({byKubeadm}) => byKubeadm)
      ? [
          blank,
          ...commandsOf(
            steps.filter(({byKubeadm}) => byKubeadm),
            width,
          ),
        ]
      : []),
  ];
}

function commandsOf(commands: readonly Command[], width: number): readonly Line[] {
  return commands.flatMap(({what, words}) => [
    ...paragraph(`${sentence(what).replace(/\.$/, '')}:`, width, 'quiet', 2),
    ...commandText(words, width),
  ]);
}

function checkedLines(checks: readonly JoinCheck[], width: number, glyphs: Glyphs | undefined): readonly Line[] {
  return checks.flatMap(({isGood, says, fix}) => [
    ...paragraph(`${(isGood ? glyphs?.done : glyphs?.wrong) ?? ''} ${sentence(says)}`, width, isGood ? 'good' : 'bad'),
    ...(fix === undefined ? [] : paragraph(sentence(fix), width, 'plain', 2)),
  ]);
}
