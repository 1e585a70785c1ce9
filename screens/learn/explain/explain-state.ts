import type {Explained} from '../../../src/lessons/explain.ts';
import type {RunFailure} from '../../../src/wizard/wizard-state.ts';
import {textField, type TextFieldState} from '../../parts/text-field-state.ts';

/** A question, and what is known of it. */
export interface ExplainView {
  readonly field: TextFieldState;
  /** What was asked last; pasted text keeps its lines. */
  readonly asked: string | undefined;
  readonly answer: Answer;
  /** First visible line of the answer. */
  readonly top: number;
}

export type Answer =
  | {readonly kind: 'none'}
  | {readonly kind: 'looking'}
  | {readonly kind: 'explained'; readonly explained: Explained}
  | {readonly kind: 'failed'; readonly failure: RunFailure};

export type ExplainAsk = {readonly kind: 'explain'; readonly text: string} | {readonly kind: 'stop'};

export type ExplainTell =
  | {readonly kind: 'explained'; readonly explained: Explained}
  | {readonly kind: 'failed'; readonly failure: RunFailure};

export const explainStart: ExplainView = {field: textField(''), asked: undefined, answer: {kind: 'none'}, top: 0};
