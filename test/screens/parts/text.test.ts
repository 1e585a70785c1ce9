import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Span} from '../../../screens/parts/text.ts';
import {fitLine, lineWidth, pad, shorten, widthOf, wrap} from '../../../screens/parts/text.ts';
import {makeTheme} from '../../../screens/theme.ts';

const {glyphs} = makeTheme({ascii: false, color: false});

describe('text on a line', () => {
  test('Chinese and Japanese take two cells a character, combining marks none', () => {
    expect(widthOf('集群')).toBe(4);
    expect(widthOf('e\u0301')).toBe(1);
  });

  test('what is too long ends in an ellipsis and fits exactly', () => {
    expect(shorten('kubernetes', 6, glyphs)).toBe('kuber…');
    expect(widthOf(shorten('集群集群', 6, glyphs))).toBeLessThanOrEqual(6);
  });

  test('control characters and escape sequences never reach the terminal', () => {
    const drawn = fitLine([{text: 'a\u001b[31mb\nc\u0007'}], 40, glyphs);
    expect(drawn.map(({text}) => text).join('')).toBe('a [31mb c ');
  });

  test('whatever a line holds, it fits', () => {
    fc.assert(
      fc.property(fc.array(fc.string({unit: 'grapheme'})), fc.integer({min: 1, max: 60}), (texts, width) => {
        const spans: readonly Span[] = texts.map((text) => ({text}));
        expect(lineWidth(fitLine(spans, width, glyphs))).toBeLessThanOrEqual(width);
      }),
    );
  });

  test('wrapping loses no word and keeps every line within the width', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/)), fc.integer({min: 12, max: 40}), (words, width) => {
        const lines = wrap(words.join(' '), width);
        expect(lines.join(' ').split(' ').filter(Boolean)).toEqual(words);
        expect(lines.every((one) => one.length <= width)).toBe(true);
      }),
    );
  });

  test('a word that is wider than the line is broken, not lost', () => {
    expect(wrap('see abcdefghij now', 4)).toEqual(['see', 'abcd', 'efgh', 'ij', 'now']);
  });

  test('cells are padded to their width', () => {
    expect(pad('集', 4)).toBe('集  ');
  });
});
