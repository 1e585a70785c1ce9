import type {Blueprint} from '../../pki/blueprint-types.ts';
import type {Lessons} from '../lessons.ts';
import {authorityQuestions} from './authority-questions.ts';
import {connectionQuestions} from './connection-questions.ts';
import {errorQuestions} from './error-questions.ts';
import {flagQuestions} from './flag-questions.ts';
import {identityQuestions} from './identity-questions.ts';
import type {Question} from './question.ts';
import {restartQuestions} from './restart-questions.ts';

/** Everything that can be asked about a cluster, in one language, topic by topic. */
export function questionsAbout(blueprint: Blueprint, lessons: Lessons): readonly Question[] {
  return [
    ...flagQuestions(blueprint, lessons),
    ...connectionQuestions(blueprint, lessons),
    ...authorityQuestions(blueprint, lessons),
    ...identityQuestions(blueprint, lessons),
    ...restartQuestions(blueprint, lessons),
    ...errorQuestions(lessons),
  ];
}
