import type {QuizServices} from '../../../src/journeys/quiz-services.ts';
import {createLatest} from '../../latest.ts';
import type {Worker, World} from '../room.ts';
import {createSaving} from '../saving.ts';
import type {QuizAsk, QuizTell} from './quiz-state.ts';

export function createQuizWorker(services: QuizServices, world: World<QuizTell>): Worker<QuizAsk> {
  const latest = createLatest<QuizTell>(world.tell, world.crashed);
  const {save, settle} = createSaving<Extract<QuizAsk, {kind: 'remember'}>>(
    ({question, isRight}) => services.remember(question, isRight),
    world,
  );
  return {
    perform: (ask) => {
      switch (ask.kind) {
        case 'open':
          void latest.ask(
            () => services.open(ask.wish),
            (opened) => ({kind: 'opened', opened}),
            (failure) => ({kind: 'failed', failure}),
          );
          return;
        case 'remember':
          save(ask);
          return;
        default:
          ask satisfies never;
      }
    },
    stop: async () => {
      latest.stop();
      await settle();
    },
  };
}
