import {expect, test} from 'vitest';
import {recoveredText} from '../../src/report/recovered-text.ts';

test.each([
  ['finished', 'Finished: restart etcd. What was there is backup x.'],
  ['undone', 'Undone: restart etcd. Nothing had been changed yet.'],
  ['put-back', 'Put back: what "restart etcd" had taken out of the way.'],
] as const)('a change that was cut off and is %s is told as that', (how, text) => {
  expect(recoveredText({id: 'x', what: 'restart etcd', how})).toBe(text);
});
