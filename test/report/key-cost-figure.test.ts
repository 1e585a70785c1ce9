import {expect, test} from 'vitest';
import {figureText} from '../../src/report/figure-lines.ts';
import {keyCostFigure, keyCostSentence, keyTimeOf, spanOfTime} from '../../src/report/key-cost-figure.ts';
import type {KeyCost} from '../../src/x509/measure-keys.ts';

const cost: KeyCost = {algorithm: 'RSA-2048', keyMilliseconds: 87, signatureMilliseconds: 2, keys: 7};
const amounts = {keys: 36, certificates: 35, files: 121};

test('what is not measured yet says so, and what is measured is told for a key and for the plan', () => {
  const known = {costs: {'RSA-2048': cost}, parallel: 2};
  expect(figureText(keyCostFigure(known, amounts, 'RSA-2048', '~'))).toEqual([
    '             a key       a signature   this plan, 36 keys',
    'RSA-2048     87 ms       2 ms          about 1.6 s',
    'RSA-3072     measuring ~',
    'RSA-4096     measuring ~',
    'ECDSA-P256   measuring ~',
    'ECDSA-P384   measuring ~',
  ]);
  expect(keyTimeOf(known, 'RSA-2048', amounts)).toBe('about 1.6 s');
  expect(keyTimeOf(known, 'RSA-4096', amounts)).toBeUndefined();
  expect(keyCostSentence(cost, amounts, 2)).toBe(
    '36 keys of RSA-2048 take about 1.6 s on this machine: one takes 87 ms, measured now on 7; a signature 2 ms',
  );
});

test.each([
  [0.04, 'under 0.1 ms'],
  [0.456, '0.46 ms'],
  [86.6, '87 ms'],
  [408, '0.41 s'],
  [1640, '1.6 s'],
  [16_400, '16 s'],
  [600_000, '10 min'],
])('%f milliseconds are told without false precision', (milliseconds, told) => {
  expect(spanOfTime(milliseconds)).toBe(told);
});
