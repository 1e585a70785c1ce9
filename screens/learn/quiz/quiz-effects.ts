import type {QuizServices} from '../../../src/journeys/quiz-services.ts';
import {createLatest} from '../../latest.ts';
import type {Worker, World} from '../room.ts';
import type {QuizAsk, QuizTell} from './quiz-state.ts';

export function createQuizWorker(services: QuizServices, {tell, crashed}: World<QuizTell>): Worker<QuizAsk> {
  const latest = createLatest<QuizTell>(tell, crashed);
  let kept: Promise<void> = Promise.resolve();
  const keep = async (before: Promise<void>, {question, isRight}: Extract<QuizAsk, {kind: 'remember'}>) => {
    await before;
    try {
      const trouble = await services.remember(question, isRight);
      if (trouble !== undefined) tell({kind: 'not-kept', trouble});
    } catch (error) {
      crashed(error);
    }
  };
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
          kept = keep(kept, ask);
          return;
        default:
          ask satisfies never;
      }
    },
    stop: async () => {
      latest.stop();
      await kept;
    },
  };
}
