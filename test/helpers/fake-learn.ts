import type {LabServices} from '../../src/journeys/lab-services.ts';
import type {LearnServices} from '../../src/journeys/learn-services.ts';
import {explain} from '../../src/lessons/explain.ts';
import {lessonsIn} from '../../src/lessons/languages.ts';

/** Learn on a machine that is no node. */
export function fakeLearn(language: LearnServices['language'] = 'en', lab: Partial<LabServices> = {}): LearnServices {
  return {
    language,
    explain: (text) => Promise.resolve(explain(text, lessonsIn(language))),
    lab: {...emptyLab, ...lab},
  };
}

/** A lab in which nothing can be broken. */
const emptyLab: LabServices = {
  faults: () => Promise.resolve([]),
  findReal: () => Promise.resolve(undefined),
  open: () => Promise.reject(new TypeError('nothing is opened here')),
  hearReal: () => Promise.reject(new TypeError('nothing real is here')),
};
