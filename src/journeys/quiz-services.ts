import type {QuizProgress} from '../lessons/quiz/progress.ts';
import type {Question} from '../lessons/quiz/question.ts';
import type {QuizWish} from '../lessons/quiz/wish.ts';

/** What whoever asks the quiz needs of the world. */
export interface QuizServices {
  readonly open: (wish: QuizWish) => Promise<OpenedQuiz>;
  /** @returns why the answer could not be kept, a sentence; undefined = it is kept */
  readonly remember: (question: Question, isRight: boolean) => Promise<string | undefined>;
}

export interface OpenedQuiz {
  /** Everything that can be asked about the cluster of the wish. */
  readonly questions: readonly Question[];
  readonly progress: QuizProgress;
  /** Why former answers are not there, a sentence. */
  readonly trouble: string | undefined;
  /** Of the first round. */
  readonly seed: number;
}
