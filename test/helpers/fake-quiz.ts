import {quizQuestions} from '../../src/journeys/quiz.ts';
import type {QuizServices} from '../../src/journeys/quiz-services.ts';
import type {Language} from '../../src/base/language.ts';
import type {QuizProgress} from '../../src/lessons/quiz/progress.ts';
import {presetPlan} from './presets.ts';

interface FakeQuiz {
  readonly language?: Language;
  readonly progress?: QuizProgress;
  /** Of what lies on the disk already. */
  readonly trouble?: string;
  /** Why no answer can be kept. */
  readonly notKept?: string;
  /** Told of each answer: `flags/file/etcd/--cert-file right`. */
  readonly kept?: (answer: string) => void;
}

/** A quiz about the default preset that begins with seed 1, unless the wish has another, and keeps nothing. */
export function fakeQuiz({language = 'en', progress = new Map(), trouble, notKept, kept}: FakeQuiz = {}): QuizServices {
  return {
    open: ({preset = 'kubeadm-single', seed = 1}) =>
      Promise.resolve({questions: quizQuestions(presetPlan(preset), language), progress, trouble, seed}),
    remember: ({id}, isRight) => {
      kept?.(`${id} ${isRight ? 'right' : 'wrong'}`);
      return Promise.resolve(notKept);
    },
  };
}
