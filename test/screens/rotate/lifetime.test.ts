import {describe, expect, test} from 'vitest';
import {endWords, shareLeft} from '../../../screens/rotate/lifetime.ts';

const hour = 3600 * 1000;
const day = 24 * hour;
const now = new Date('2026-11-23T12:00:00Z');
const life = (begins: number, ends: number) => ({
  notBefore: new Date(now.getTime() + begins),
  notAfter: new Date(now.getTime() + ends),
});

describe('how long a certificate still holds', () => {
  test.each([
    [-3 * day, 'ended 3 days ago'],
    [-26 * hour, 'ended 26 hours ago'],
    [-1, 'ended 0 minutes ago'],
    [59_000, 'in 0 minutes'],
    [60_000, 'in 1 minute'],
    [12 * day, 'in 12 days'],
    [59 * day, 'in 59 days'],
    [310 * day, 'in 10 months'],
    [3300 * day, 'in 9 years'],
  ])('%i milliseconds from now are %s', (ends, words) => {
    expect(endWords(life(-400 * day, ends), now)).toBe(words);
  });

  test('one that is still to begin says when', () => {
    expect(endWords(life(2 * hour, 300 * day), now)).toBe('begins in 2 hours');
  });

  test('what is left is a share of its life, never less than nothing or more than all', () => {
    expect(shareLeft(life(-day, 3 * day), now)).toBe(0.75);
    expect(shareLeft(life(-2 * day, -day), now)).toBe(0);
    expect(shareLeft(life(day, 2 * day), now)).toBe(1);
    expect(shareLeft(life(-day, -day), now)).toBe(0);
  });
});
