import type {LearnServices} from '../../src/journeys/learn-services.ts';
import {createExplainWorker} from './explain/explain-effects.ts';
import {createLabWorker} from './lab/lab-effects.ts';
import type {LearnEffect, LearnEvent} from './learn-state.ts';
import {createMapWorker} from './map/map-effects.ts';
import {createQuizWorker} from './quiz/quiz-effects.ts';
import type {Worker, World} from './room.ts';
import {createStoriesWorker} from './stories/stories-effects.ts';

interface LearnWorld extends World<LearnEvent> {
  readonly services: LearnServices;
}

/** Does what the rooms ask of the world; each has a worker of its own. */
export function createLearnEffects({services, tell, ...world}: LearnWorld): Worker<LearnEffect> {
  const stories = createStoriesWorker(services, {tell: (told) => tell({room: 'stories', tell: told}), ...world});
  const lab = createLabWorker(services, {tell: (told) => tell({room: 'lab', tell: told}), ...world});
  const map = createMapWorker(services, {tell: (told) => tell({room: 'map', tell: told}), ...world});
  const quiz = createQuizWorker(services.quiz, {tell: (told) => tell({room: 'quiz', tell: told}), ...world});
  const explain = createExplainWorker(services, {tell: (told) => tell({room: 'explain', tell: told}), ...world});
  return {
    perform: (effect) => {
      switch (effect.room) {
        case 'stories':
          stories.perform(effect.ask);
          return;
        case 'map':
          map.perform(effect.ask);
          return;
        case 'quiz':
          quiz.perform(effect.ask);
          return;
        case 'explain':
          explain.perform(effect.ask);
          return;
        case 'lab':
          lab.perform(effect.ask);
          return;
        default:
          effect satisfies never;
      }
    },
    stop: async () => {
      await Promise.all([stories, map, lab, quiz, explain].map((worker) => worker.stop()));
    },
  };
}
