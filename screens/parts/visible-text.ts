import type {Glyphs} from '../theme.ts';
import {cut, drawable, widthOf} from './text.ts';
import type {TextFieldState} from './text-field-state.ts';

/** The part of a long text that is around the caret, and the caret's cell in it. */
export function visibleText(
  {text, caret}: TextFieldState,
  width: number,
  glyphs: Glyphs,
): {readonly text: string; readonly column: number} {
  const clean = drawable(text, glyphs);
  const before = widthOf(clean.slice(0, caret));
  if (widthOf(clean) < width) return {text: clean, column: before};
  let start = 0;
  while (widthOf(clean.slice(start, caret)) > width - 2) start += 1;
  const cutText = cut(clean.slice(start), width - 1);
  return {text: cutText, column: widthOf(clean.slice(start, caret))};
}
