import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {fromDer as readDer, oidOf, textOf} from '../../src/x509/der.ts';
import {bytesOf, childAt, children, fromDer, integer, nameString, octetString} from '../../src/x509/forge.ts';
import {oid, sequence, setOf, time, toDer} from '../../src/x509/forge.ts';

/** DER of an octet string by the rule of X.690, 8.1.3, written down a second time. */
function expected(content: Buffer): Buffer {
  const {length} = content;
  const minimal = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex');
  const header = length < 0x80 ? [4, length] : [4, 0x80 | minimal.length, ...minimal];
  return Buffer.concat([Buffer.from(header), content]);
}

describe('lengths', () => {
  test.each([0, 1, 127, 128, 255, 256, 257, 65_535])('%i bytes are framed with the shortest length', (length) => {
    const content = Buffer.alloc(length, 0xa5);
    expect(toDer(octetString(content)).equals(expected(content))).toBe(true);
  });

  test('any bytes come back as they were', () => {
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 1000}), (bytes) => {
        const der = toDer(sequence(octetString(bytes), octetString(bytes)));
        expect(bytesOf(childAt(fromDer(der), 1)).equals(Buffer.from(bytes))).toBe(true);
      }),
      {numRuns: 60},
    );
  });

  test('what is cut short, or longer than it says, is not read', () => {
    const der = toDer(sequence(octetString(Buffer.from('certificate')), integer(1)));
    for (let length = 0; length < der.length; length += 1) {
      expect(() => fromDer(der.subarray(0, length))).toThrow(/./);
    }
    expect(() => fromDer(Buffer.concat([der, Buffer.from([0])]))).toThrow(/remain/);
  });
});

describe('values', () => {
  test('object identifiers', () => {
    expect(toDer(oid('1.2.840.113549.1.1.11')).toString('hex')).toBe('06092a864886f70d01010b');
    expect(oidOf(readDer(toDer(oid('2.5.29.37.0'))))).toBe('2.5.29.37.0');
  });

  test.each([
    ['kube-apiserver', 0x13],
    ['system:node:cp-1', 0x13],
    ["a'()+,-./:=? Z9", 0x13],
    ['', 0x13],
    // Go writes these as UTF8String though the standard has room for `*` and `&` nowhere else.
    ['*.example', 0x0c],
    ['R&D', 0x0c],
    ['a@b', 0x0c],
    ['under_score', 0x0c],
    ['Zürich', 0x0c],
    ['集群', 0x0c],
  ])('%s is a string of the type that Go chooses', (text, tag) => {
    const der = toDer(nameString(text));
    expect(der[0]).toBe(tag);
    expect(textOf(readDer(der))).toBe(text);
  });

  test('a set is sorted by its encoding, whatever the order it was given in', () => {
    const parts = ['b', 'aa', 'a', 'c'].map((text) => nameString(text));
    const there = children(fromDer(toDer(setOf(...parts)))).map((part) => bytesOf(part).toString());
    expect(there).toEqual(['a', 'b', 'c', 'aa']);
    expect(toDer(setOf(...parts.toReversed()))).toEqual(toDer(setOf(...parts)));
  });

  test.each([
    ['1999-12-31T23:59:59Z', '170d3939313233313233353935395a'],
    ['2049-12-31T23:59:59Z', '170d3439313233313233353935395a'],
    ['2050-01-01T00:00:00Z', '180f32303530303130313030303030305a'],
    ['9999-12-31T23:59:59Z', '180f39393939313233313233353935395a'],
  ])('%s is UTCTime before 2050 and GeneralizedTime from then on', (date, hex) => {
    expect(toDer(time(new Date(date))).toString('hex')).toBe(hex);
  });
});
