import {expect, test} from 'vitest';
import {tame} from '../../src/base/tame.ts';

test('words of somebody else move no cursor and stay on one line', () => {
  expect(tame('ok\u001b[2J\r\n\u202eli\u200bar \u2028é')).toBe('ok [2J li ar  é');
});
