import type {LearnServices} from '../../src/journeys/learn-services.ts';
import {explain} from '../../src/lessons/explain.ts';
import {lessonsIn} from '../../src/lessons/languages.ts';
import {fakeQuiz} from './fake-quiz.ts';

/** Learn on a machine that is no node. */
export function fakeLearn(language: LearnServices['language'] = 'en'): LearnServices {
  return {
    language,
    quiz: fakeQuiz({language}),
    explain: (text) => Promise.resolve(explain(text, lessonsIn(language))),
  };
}
