import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  bytesOf,
  childAt,
  children,
  framed,
  fromDer,
  oidOf,
  requireWellFormed,
  textOf,
  timeOf,
} from '../../src/x509/der.ts';
import {integer, octetString, oid, sequence, setOf, time, toDer} from '../../src/x509/forge.ts';

const hex = (text: string) => fromDer(Buffer.from(text, 'hex'));

describe('what forge writes', () => {
  test('is read back to the byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 1000}), (bytes) => {
        const der = toDer(sequence(octetString(bytes), setOf(octetString(bytes))));
        const read = fromDer(der);
        expect(bytesOf(childAt(read, 0)).equals(Buffer.from(bytes))).toBe(true);
        expect(children(childAt(read, 1))[0]?.whole).toEqual(childAt(read, 0).whole);
        expect(framed(0x04, bytes)).toEqual(childAt(read, 0).whole);
      }),
      {numRuns: 60},
    );
  });

  test.each(['1.2.840.113549.1.1.11', '2.5.29.37.0', '0.9.2342.19200300.100.1.25', '2.999.1', '1.3.101.112'])(
    'is the object identifier %s',
    (dotted) => {
      expect(oidOf(fromDer(toDer(oid(dotted))))).toBe(dotted);
    },
  );

  test.each(['1999-12-31T23:59:59Z', '2049-12-31T23:59:59Z', '2050-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])(
    'is the moment %s',
    (moment) => {
      expect(timeOf(fromDer(toDer(time(new Date(moment)))))).toEqual(new Date(moment));
    },
  );
});

describe('what is not DER is not read', () => {
  test('cut short anywhere, or longer than it says', () => {
    const der = toDer(sequence(octetString(Buffer.from('certificate')), integer(1)));
    for (let length = 0; length < der.length; length += 1) {
      expect(() => fromDer(der.subarray(0, length))).toThrow('a length is wrong');
    }
    expect(() => fromDer(Buffer.concat([der, Buffer.from([0])]))).toThrow('remain');
  });

  test.each([
    ['a length without an end', '30800000'],
    ['a length in more bytes than it needs', '04810101'],
    ['a length with a zero in front', '0482000101'],
    ['a tag of several bytes', '1f8101'],
  ])('%s', (_, text) => {
    expect(() => hex(text)).toThrow('a length is wrong');
  });

  test('something deep inside that says more than there is', () => {
    const whole = hex('3006300404050000');
    expect(() => requireWellFormed(whole)).toThrow('a length is wrong');
  });

  test.each(['170d3939313333313233353935395a', '170b393931323331323335395a', '0c0d3939313233313233353935395a'])(
    '%s as a moment',
    (text) => {
      expect(() => timeOf(hex(text))).toThrow('no time');
    },
  );

  test.each(['0600', '060180', '0401aa'])('%s as an object identifier', (text) => {
    expect(() => oidOf(hex(text))).toThrow('no object identifier');
  });
});

test('texts of names are read by their types', () => {
  expect(textOf(hex('0c03c3bc78'))).toBe('üx');
  expect(textOf(hex('1402fc78'))).toBe('üx');
  expect(textOf(hex('1e0400fc0078'))).toBe('üx');
});
