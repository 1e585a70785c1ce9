import {useCursor} from 'ink';

/**
 * Puts the terminal's own cursor where the text goes in, so that it blinks as the terminal does and input methods
 * (Chinese, Japanese) open their window there. Without a place the cursor is hidden.
 *
 * @param place cell on screen, from 0
 */
export function Caret({place}: {readonly place: {readonly x: number; readonly y: number} | undefined}): null {
  const {setCursorPosition} = useCursor();
  setCursorPosition(place);
  return null;
}
