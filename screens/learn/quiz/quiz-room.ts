import {withAnswer} from '../../../src/lessons/quiz/progress.ts';
import type {QuizTopic} from '../../../src/lessons/quiz/question.ts';
import {answerNow, askedNow, chooseQuestions, goOn, isRightNow, startRound} from '../../../src/lessons/quiz/round.ts';
import {wishIn} from '../../../src/lessons/quiz/wish.ts';
import type {ActionId, Hint} from '../../keys.ts';
import {isListMove, moveInList} from '../../parts/list-state.ts';
import {type ScrolledPart, scrolledLines, scrollHints, scrollText} from '../../parts/scroll.ts';
import {countingGlyphs} from '../../theme.ts';
import type {Around, Room, RoomTurn} from '../room.ts';
import {stay} from '../room.ts';
import {questionWord, quizLines, topicChoices} from './quiz-lines.ts';
import type {AskedPlace, QuizAsk, QuizTell, QuizView} from './quiz-state.ts';

type QuizTurn = RoomTurn<QuizView, QuizAsk>;

/** Topics with what is known of them, then question by question. */
export const quizRoom: Room<QuizView, QuizAsk, QuizTell> = {
  enter,
  crumbs: ({place}) => (place.at === 'asked' || place.at === 'over' ? [place.topic ?? 'everything'] : []),
  progress,
  hints: (view, around) => hints(view, around),
  isTyping: () => false,
  act,
  take,
  paint: (view, {layout, tools, glyphs}) => {
    const {width, height} = layout;
    const {head, lines, mark} = quizLines(view, {width, height, language: tools.language, glyphs});
    if (view.place.at === 'opening') return {lines: [], busy: [{text: 'Making the questions'}]};
    const isRead = view.place.at === 'asked' && view.place.round.given !== undefined;
    const room = height - head.length;
    const top = isRead ? view.place.top : Math.max(0, mark - room + 2);
    return {lines: [...head, ...scrolledLines(lines, top, room, glyphs)]};
  },
};

function enter(view: QuizView, given: string | undefined): QuizTurn {
  if (given === undefined && view.questions !== undefined) return stay(view);
  const wish = given === undefined ? view.wish : wishIn(given);
  return stay({...view, wish, left: new Map(), place: {at: 'opening'}}, {kind: 'open', wish});
}

function progress({place}: QuizView): string {
  return place.at === 'asked' ? questionWord(place.round) : '';
}

function hints(view: QuizView, around: Around): readonly Hint[] {
  const {place} = view;
  switch (place.at) {
    case 'opening':
    case 'failed':
      return [{action: 'back'}];
    case 'topics':
      return [
        {action: 'accept', label: 'choose'},
        {action: 'up', with: 'down', label: 'topic'},
        {action: 'digit', label: 'topic', keys: `1-${topicChoices.length}`, quiet: true},
        {action: 'first', with: 'last', quiet: true},
        {action: 'back'},
      ];
    case 'asked':
      return place.round.given === undefined
        ? [
            {action: 'accept', label: 'answer'},
            {action: 'up', with: 'down', label: 'choice'},
            {action: 'digit', label: 'choice', keys: `1-${askedNow(place.round)?.choices.length ?? 0}`, quiet: true},
            {action: 'first', with: 'last', quiet: true},
            {action: 'back', label: 'topics'},
          ]
        : [
            {action: 'accept', label: 'next'},
            {action: 'back', label: 'topics'},
            ...scrollHints(reasonRoom(view, around)),
          ];
    case 'over':
      return [
        {action: 'accept', label: 'another round'},
        {action: 'back', label: 'topics'},
      ];
    default:
      return place satisfies never;
  }
}

function take(view: QuizView, tell: QuizTell): QuizTurn {
  switch (tell.kind) {
    case 'opened': {
      if (view.place.at !== 'opening') return stay(view);
      const {opened} = tell;
      const ready: QuizView = {...view, ...opened, place: {at: 'topics'}};
      return stay(view.wish.topic === undefined ? ready : withRound(ready, view.wish.topic));
    }
    case 'failed':
      return stay(view.place.at === 'opening' ? {...view, place: {at: 'failed', failure: tell.failure}} : view);
    default:
      return tell satisfies never;
  }
}

/** One that was left goes on. */
function withRound(view: QuizView, topic: QuizTopic | undefined): QuizView {
  const {questions = [], progress: known, wish, seed} = view;
  const left = view.left.get(topic);
  if (left !== undefined) return {...view, left: without(view.left, topic), place: left};
  const round = startRound(chooseQuestions(questions, known, {topic, count: wish.count, seed}), seed);
  return {...view, seed: seed + 1, place: {at: 'asked', topic, round, cursor: 0, top: 0}};
}

function act(view: QuizView, action: ActionId, around: Around, key: string): QuizTurn {
  const {place} = view;
  switch (place.at) {
    case 'opening':
    case 'failed':
      return action === 'back' ? {view, isLeft: true} : stay(view);
    case 'topics':
      return actInTopics(view, action, key);
    case 'asked':
      if (action === 'back') {
        return stay({...view, left: new Map([...view.left, [place.topic, place]]), place: {at: 'topics'}});
      }
      return place.round.given === undefined
        ? actBefore(view, place, action, key)
        : actAfter(view, place, action, around);
    case 'over':
      if (action === 'back') return stay({...view, place: {at: 'topics'}});
      return stay(action === 'accept' ? withRound(view, place.topic) : view);
    default:
      return place satisfies never;
  }
}

function actInTopics(view: QuizView, action: ActionId, key: string): QuizTurn {
  const count = topicChoices.length;
  if (action === 'back') return {view, isLeft: true};
  if (isListMove(action)) {
    return stay({...view, menu: moveInList({cursor: view.menu, top: 0}, action, count, count).cursor});
  }
  const chosen = action === 'digit' ? Number(key) - 1 : view.menu;
  if (chosen < 0 || chosen >= count) return stay(view);
  if (action === 'digit') return stay({...view, menu: chosen});
  return stay(action === 'accept' ? withRound(view, topicChoices[chosen]) : view);
}

function actBefore(view: QuizView, place: AskedPlace, action: ActionId, key: string): QuizTurn {
  const count = askedNow(place.round)?.choices.length ?? 0;
  if (isListMove(action)) {
    const {cursor} = moveInList({cursor: place.cursor, top: 0}, action, count, count);
    return stay({...view, place: {...place, cursor}});
  }
  if (action === 'digit') {
    const cursor = Number(key) - 1;
    return stay(cursor >= 0 && cursor < count ? {...view, place: {...place, cursor}} : view);
  }
  return action === 'accept' ? answered(view, place, place.cursor) : stay(view);
}

function answered(view: QuizView, place: AskedPlace, choice: number): QuizTurn {
  const question = askedNow(place.round)?.question;
  const round = answerNow(place.round, choice);
  if (round === place.round || question === undefined) return stay(view);
  const isRight = isRightNow(round) === true;
  const told: AskedPlace = {...place, round, cursor: choice, top: 0};
  const next: QuizView = {...view, progress: withAnswer(view.progress, question, isRight), place: told};
  return stay(next, {kind: 'remember', question, isRight});
}

function actAfter(view: QuizView, place: AskedPlace, action: ActionId, around: Around): QuizTurn {
  if (isListMove(action)) {
    const {count, height} = reasonRoom(view, around);
    return stay({...view, place: {...place, top: scrollText(place.top, action, count, height)}});
  }
  if (action !== 'accept') return stay(view);
  const round = goOn(place.round);
  const {topic} = place;
  return stay({
    ...view,
    place: askedNow(round) === undefined ? {at: 'over', topic, round} : {at: 'asked', topic, round, cursor: 0, top: 0},
  });
}

/** Lines of what is told of an answer, and the rows that it has. */
function reasonRoom(view: QuizView, {layout, tools}: Around): ScrolledPart {
  const {width, height} = layout;
  const {head, lines} = quizLines(view, {width, height, language: tools.language, glyphs: countingGlyphs});
  return {count: lines.length, height: height - head.length};
}

function without(left: QuizView['left'], topic: QuizTopic | undefined): QuizView['left'] {
  return new Map([...left].filter(([each]) => each !== topic));
}
