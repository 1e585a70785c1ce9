import type {Secret} from '../../src/base/secret.ts';
import type {TextFieldState} from './text-field-state.ts';
import {graphemesOf} from './text.ts';

/** Says that something is there, and not how long it is. */
const mask = '*'.repeat(12);

/** A secret as it is drawn: a row of stars unless a key has revealed it (`screens/reveal.ts`). */
export function secretText(secret: Secret, isRevealed: boolean): string {
  return isRevealed ? secret.reveal() : mask;
}

/** A secret that is being typed, as it is drawn: a star for each character, so that one sees that keys arrive. */
export function secretField(field: TextFieldState, isRevealed: boolean): TextFieldState {
  if (isRevealed) return field;
  const stars = (text: string): string => '*'.repeat(graphemesOf(text).length);
  return {text: stars(field.text), caret: stars(field.text.slice(0, field.caret)).length};
}
