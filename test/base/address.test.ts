import {isIP} from 'node:net';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  addressIn,
  normalizeAddress,
  parseAddress,
  parseSubnet,
  sameAddress,
  subnetContains,
  subnetsOverlap,
  urlHost,
  type Address,
  type Subnet,
} from '../../src/base/address.ts';

function address(text: string): Address {
  const parsed = parseAddress(text);
  if (parsed === undefined) {
    throw new Error(`${text} is no address`);
  }
  return parsed;
}

function subnet(text: string): Subnet {
  const parsed = parseSubnet(text);
  if (parsed === undefined) {
    throw new Error(`${text} is no subnet`);
  }
  return parsed;
}

describe('an address', () => {
  test.each([
    ['10.0.0.11', '10.0.0.11'],
    ['FD00:0010::0001', 'fd00:10::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['::', '::'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::ffff:a00:1', '10.0.0.1'],
    ['64:ff9b::10.0.0.1', '64:ff9b::a00:1'],
  ])('%s is written %s', (text, normal) => {
    expect(normalizeAddress(text)).toBe(normal);
  });

  test.each([
    '',
    '127.1',
    '010.0.0.1',
    '0x7f.0.0.1',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '10.0.0.1 ',
    '10.0.0.1/8',
    'fe80::1%eth0',
    '[::1]',
    '1::2::3',
    ':::',
    '12345::',
    '::ffff:010.0.0.1',
    '::ffff:1.2.3',
    '1:2:3:4:5:6:7',
    '3232235777',
    'cp-1',
  ])('is not read from "%s"', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  test('is read from exactly the texts that Node calls one, zones left out', () => {
    const piece = fc.constantFrom(
      '0',
      '1',
      '10',
      '255',
      '256',
      '01',
      'ff',
      'ffff',
      '10000',
      ':',
      '::',
      '.',
      '/',
      '%',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.ipV4(),
          fc.ipV6(),
          fc.string(),
          fc.array(piece, {maxLength: 16}).map((all) => all.join('')),
        ),
        (text) => {
          expect(parseAddress(text) !== undefined).toBe(isIP(text) !== 0 && !text.includes('%'));
        },
      ),
    );
  });

  test('has one normal form, which is read back unchanged', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const parsed = address(text);
        expect(address(parsed.text)).toEqual(parsed);
      }),
    );
  });

  test.each([
    ['10.0.0.1', 'global'],
    ['203.0.113.9', 'global'],
    ['100.64.0.1', 'global'],
    ['fd00::1', 'global'],
    ['2001:db8::1', 'global'],
    ['127.0.0.1', 'loopback'],
    ['127.9.9.9', 'loopback'],
    ['::1', 'loopback'],
    ['0.0.0.0', 'unspecified'],
    ['::', 'unspecified'],
    ['224.0.0.1', 'multicast'],
    ['ff02::1', 'multicast'],
    ['169.254.1.1', 'link-local'],
    ['fe80::1', 'link-local'],
    ['255.255.255.255', 'broadcast'],
  ] as const)('%s is %s', (text, scope) => {
    expect(address(text).scope).toBe(scope);
  });

  test('is the same however it is spelled', () => {
    expect(sameAddress('FD00::0:1', 'fd00::1')).toBe(true);
    expect(sameAddress('10.0.0.1', '::ffff:10.0.0.1')).toBe(true);
    expect(sameAddress('10.0.0.1', '10.0.0.2')).toBe(false);
    expect(sameAddress('cp-1', 'cp-1')).toBe(false);
  });

  test('gets brackets in a URL when it is IPv6, and a name does not', () => {
    expect(urlHost('FD00::1')).toBe('[fd00::1]');
    expect(urlHost('10.0.0.1')).toBe('10.0.0.1');
    expect(urlHost('api.demo.test')).toBe('api.demo.test');
  });
});

describe('a subnet', () => {
  test.each([
    ['10.96.0.0/12', '10.96.0.0/12', 20],
    ['10.111.255.255/12', '10.96.0.0/12', 20],
    ['0.0.0.0/0', '0.0.0.0/0', 32],
    ['10.0.0.1/32', '10.0.0.1/32', 0],
    ['FD00:10:96::7/112', 'fd00:10:96::/112', 16],
    ['2001:db8:ffff::/33', '2001:db8:8000::/33', 95],
  ])('%s is written %s and has %i host bits', (text, normal, hostBits) => {
    expect(subnet(text)).toMatchObject({text: normal, hostBits});
  });

  test.each([
    '',
    '10.96.0.0',
    '10.96.0.0/',
    '10.96.0.0/33',
    '10.96.0.0/012',
    '10.96.0.0/-1',
    '10.96.0.0/1.5',
    '10.96.0.0/12/12',
    'fd00::/129',
    '::ffff:10.0.0.0/104',
    '10.96/12',
    '10.96.0.0/255.240.0.0',
  ])('is not read from "%s"', (text) => {
    expect(parseSubnet(text)).toBeUndefined();
  });

  test.each([
    ['10.96.0.0/12', 1, '10.96.0.1'],
    ['10.96.0.0/12', 10, '10.96.0.10'],
    ['10.96.0.0/12', 300, '10.96.1.44'],
    ['10.96.0.255/32', 0, '10.96.0.255'],
    ['fd00:10:96::/112', 1, 'fd00:10:96::1'],
    ['fd00::ff00/120', 255, 'fd00::ffff'],
    ['fd00::/8', 65_536, 'fd00::1:0'],
  ])('%s has address %i: %s', (text, offset, expected) => {
    expect(addressIn(subnet(text), offset)?.text).toBe(expected);
  });

  test('has no address beyond its last one', () => {
    expect(addressIn(subnet('10.0.0.0/30'), 3)?.text).toBe('10.0.0.3');
    expect(addressIn(subnet('10.0.0.0/30'), 4)).toBeUndefined();
    expect(addressIn(subnet('10.0.0.1/32'), 1)).toBeUndefined();
    expect(addressIn(subnet('10.0.0.0/8'), -1)).toBeUndefined();
  });

  test('contains every one of its addresses and not the one before it', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({min: 1, max: 32}), fc.nat(), (text, prefix, seed) => {
        const parsed = subnet(`${text}/${prefix}`);
        const inside = addressIn(parsed, seed % 2 ** parsed.hostBits);
        expect(inside !== undefined && subnetContains(parsed, inside)).toBe(true);
        expect(subnetContains(parsed, address(text))).toBe(true);
        const flipped = [...parsed.base.bytes];
        const last = Math.floor((prefix - 1) / 8);
        flipped[last] = (flipped[last] ?? 0) ^ (0x80 >> ((prefix - 1) % 8));
        expect(subnetContains(parsed, address(flipped.join('.')))).toBe(false);
      }),
    );
  });

  test('never contains an address of the other family', () => {
    expect(subnetContains(subnet('0.0.0.0/0'), address('::1'))).toBe(false);
    expect(subnetContains(subnet('::/0'), address('10.0.0.1'))).toBe(false);
  });

  test.each([
    ['10.96.0.0/12', '10.100.0.0/16', true],
    ['10.100.0.0/16', '10.96.0.0/12', true],
    ['10.96.0.0/12', '10.112.0.0/12', false],
    ['0.0.0.0/0', '10.0.0.0/8', true],
    ['fd00:10::/32', 'fd00:10:96::/112', true],
    ['fd00:10::/32', 'fd00:11::/32', false],
    ['10.0.0.0/8', 'fd00::/8', false],
  ])('%s and %s overlap: %s', (one, other, overlap) => {
    expect(subnetsOverlap(subnet(one), subnet(other))).toBe(overlap);
  });
});
