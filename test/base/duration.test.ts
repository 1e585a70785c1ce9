import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {describeHours, formatHours, parseHours} from '../../src/base/duration.ts';

describe('a length of time', () => {
  test.each([
    ['8760h', 8760],
    ['365d', 8760],
    ['1y', 8760],
    ['10y', 87_600],
    ['2w', 336],
    ['1h30m', 1.5],
    ['1.5h', 1.5],
    ['90m', 1.5],
    ['26280h0m0s', 26_280],
    ['1d12h', 36],
    ['0', 0],
    ['0h', 0],
  ])('%s is %d hours', (text, hours) => {
    expect(parseHours(text)).toBe(hours);
  });

  test.each([
    '',
    '8760',
    '1',
    '-1h',
    '+1h',
    '1 h',
    'h',
    '1x',
    '1H',
    '1mo',
    '1h ',
    '1.h',
    '.5h',
    '1e3h',
    '9999y',
    '1h'.repeat(40),
  ])('is not read from "%s"', (text) => {
    expect(parseHours(text)).toBeUndefined();
  });

  test('is read back from what it is written as, to the second', () => {
    fc.assert(
      fc.property(fc.integer({min: 0, max: 200 * 365 * 24 * 3600}), (seconds) => {
        const hours = seconds / 3600;
        expect(parseHours(formatHours(hours))).toBe(hours);
      }),
    );
  });

  test('never makes the reader throw', () => {
    fc.assert(
      fc.property(fc.string({unit: fc.constantFrom(...'0123456789.ywdhms- ')}), (text) => {
        const hours = parseHours(text);
        expect(hours === undefined || (Number.isFinite(hours) && hours >= 0)).toBe(true);
      }),
    );
  });

  test.each([
    [87_600, '10 years'],
    [8760, '1 year'],
    [2160, '90 days'],
    [36, '36 hours'],
    [1, '1 hour'],
    [1.5, '1h30m'],
    [0, 'no time'],
  ])('of %d hours is called %s', (hours, words) => {
    expect(describeHours(hours)).toBe(words);
  });
});
