import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {listStart, moveInList, placeInList, scrollTo} from '../../../screens/parts/list-state.ts';

describe('a list with a window', () => {
  test('moves the window only when the cursor would leave it', () => {
    const list = {cursor: 3, top: 0};
    expect(moveInList(list, 'down', 10, 4)).toEqual({cursor: 4, top: 1});
    expect(moveInList({cursor: 4, top: 1}, 'up', 10, 4)).toEqual({cursor: 3, top: 1});
  });

  test('three moves in one go count three times', () => {
    const moved = [1, 2, 3].reduce((list) => moveInList(list, 'down', 10, 4), listStart);
    expect(moved.cursor).toBe(3);
  });

  test('stops at both ends', () => {
    expect(moveInList(listStart, 'up', 3, 5).cursor).toBe(0);
    expect(moveInList({cursor: 2, top: 0}, 'page-down', 3, 5).cursor).toBe(2);
    expect(moveInList(listStart, 'down', 0, 5)).toEqual(listStart);
  });

  test('the cursor is inside the window after any move, and the window inside the list', () => {
    const moves = fc.constantFrom('up', 'down', 'page-up', 'page-down', 'first', 'last');
    fc.assert(
      fc.property(fc.nat(50), fc.integer({min: 1, max: 20}), fc.array(moves), (count, height, steps) => {
        let list = listStart;
        for (const step of steps) {
          list = moveInList(list, step, count, height);
          expect(list.cursor).toBeGreaterThanOrEqual(list.top);
          expect(list.cursor).toBeLessThan(list.top + height);
          expect(list.top).toBeLessThanOrEqual(Math.max(0, count - height));
        }
      }),
    );
  });

  test('a window that has grown shows rows above rather than nothing below', () => {
    expect(placeInList({cursor: 9, top: 8}, 9, 10, 6)).toEqual({cursor: 9, top: 4});
  });

  test('text scrolls no further than its last line', () => {
    expect(scrollTo(0, 'down', 10, 4)).toBe(1);
    expect(scrollTo(5, 'last', 10, 4)).toBe(6);
    expect(scrollTo(99, 'up', 10, 4)).toBe(5);
    expect(scrollTo(0, 'down', 3, 4)).toBe(0);
  });
});
