import {withAnswer} from '../../../src/lessons/quiz/progress.ts';
import type {QuizTopic} from '../../../src/lessons/quiz/question.ts';
import {answerNow, askedNow, chooseQuestions, goOn, isRightNow, startRound} from '../../../src/lessons/quiz/round.ts';
import {wishIn} from '../../../src/lessons/quiz/wish.ts';
import type {ActionId, Hint} from '../../keys.ts';
import {isListMove, moveInList} from '../../parts/list-state.ts';
import {scrolledLines, scrollText} from '../../parts/scroll.ts';
import {countingGlyphs} from '../../theme.ts';
import type {Around, Room, RoomTurn} from '../room.ts';
import {stay} from '../room.ts';
import {quizLines, topicChoices} from './quiz-lines.ts';
import type {AskedPlace, QuizAsk, QuizTell, QuizView} from './quiz-state.ts';

type QuizTurn = RoomTurn<QuizView, QuizAsk>;

/** Topics with what is known of them, then question by question; a digit answers at once. */
export const quizRoom: Room<QuizView, QuizAsk, QuizTell> = {
  enter,
  crumbs: ({place}) => (place.at === 'asked' || place.at === 'over' ? [place.topic ?? 'everything'] : []),
  progress,
  hints,
  isTyping: () => false,
  act,
  take,
  paint: (view, {layout, tools, glyphs}) => {
    const {width, height} = layout;
    const {lines, mark} = quizLines(view, {width, language: tools.language, glyphs});
    const isRead = view.place.at === 'asked' && view.place.round.given !== undefined;
    const top = isRead && view.place.at === 'asked' ? view.place.top : Math.max(0, mark.to - height + 2);
    const isOpening = view.place.at === 'opening';
    return {
      lines: scrolledLines(lines, top, isOpening ? height - 1 : height, glyphs),
      busy: isOpening ? [{text: 'Making the questions'}] : undefined,
    };
  },
};

function enter(view: QuizView, given: string | undefined): QuizTurn {
  if (given === undefined && view.questions !== undefined) return stay(view);
  const wish = given === undefined ? view.wish : wishIn(given);
  return stay({...view, wish, place: {at: 'opening'}}, {kind: 'open', wish});
}

function progress({place}: QuizView): string {
  if (place.at !== 'asked') return '';
  const {pass, at, asked} = place.round;
  return `${pass === 1 ? 'question' : 'once more'} ${at + 1}/${asked.length}`;
}

function hints({place}: QuizView): readonly Hint[] {
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
            {action: 'digit', label: 'answer', keys: `1-${askedNow(place.round)?.choices.length ?? 0}`, quiet: true},
            {action: 'first', with: 'last', quiet: true},
            {action: 'back', label: 'topics'},
          ]
        : [
            {action: 'accept', label: 'next'},
            {action: 'up', with: 'down', label: 'scroll'},
            {action: 'page-up', with: 'page-down', quiet: true},
            {action: 'first', with: 'last', quiet: true},
            {action: 'back', label: 'topics'},
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
    case 'not-kept':
      return stay({...view, trouble: tell.trouble});
    default:
      return tell satisfies never;
  }
}

function withRound(view: QuizView, topic: QuizTopic | undefined): QuizView {
  const {questions = [], progress: known, wish, seed} = view;
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
      if (action === 'back') return stay({...view, place: {at: 'topics'}});
      return place.round.given === undefined
        ? actBefore(view, place, action, around, key)
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
  if ((action !== 'digit' && action !== 'accept') || chosen < 0 || chosen >= count) return stay(view);
  return stay(withRound({...view, menu: chosen}, topicChoices[chosen]));
}

function actBefore(view: QuizView, place: AskedPlace, action: ActionId, around: Around, key: string): QuizTurn {
  const count = askedNow(place.round)?.choices.length ?? 0;
  if (isListMove(action)) {
    const {cursor} = moveInList({cursor: place.cursor, top: 0}, action, count, count);
    return stay({...view, place: {...place, cursor}});
  }
  if (action === 'accept') return answered(view, place, place.cursor, around);
  return action === 'digit' ? answered(view, place, Number(key) - 1, around) : stay(view);
}

function answered(view: QuizView, place: AskedPlace, choice: number, around: Around): QuizTurn {
  const question = askedNow(place.round)?.question;
  const round = answerNow(place.round, choice);
  if (round === place.round || question === undefined) return stay(view);
  const isRight = isRightNow(round) === true;
  const told: AskedPlace = {...place, round, cursor: choice};
  const next: QuizView = {...view, progress: withAnswer(view.progress, question, isRight), place: told};
  const {lines, mark} = counted(next, around);
  // As much of the reason as there is room for, but the verdict stays in sight.
  const lowest = Math.max(0, lines.length - around.layout.height + 1);
  const top = lines.length <= around.layout.height ? 0 : Math.min(mark.from, lowest);
  return stay({...next, place: {...told, top}}, {kind: 'remember', question, isRight});
}

function actAfter(view: QuizView, place: AskedPlace, action: ActionId, around: Around): QuizTurn {
  if (isListMove(action)) {
    const {lines} = counted(view, around);
    return stay({...view, place: {...place, top: scrollText(place.top, action, lines.length, around.layout.height)}});
  }
  if (action !== 'accept') return stay(view);
  const round = goOn(place.round);
  const {topic} = place;
  return stay({
    ...view,
    place: askedNow(round) === undefined ? {at: 'over', topic, round} : {at: 'asked', topic, round, cursor: 0, top: 0},
  });
}

function counted(view: QuizView, {layout, tools}: Around) {
  return quizLines(view, {width: layout.width, language: tools.language, glyphs: countingGlyphs});
}
