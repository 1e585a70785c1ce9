import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {hostFault, labelFault, nameFault, readEndpoint, sanFault, toName} from '../../src/base/names.ts';

const long = 'a'.repeat(64);

describe('a name', () => {
  test.each([
    'cp-1',
    '1',
    '42',
    'a.b.c',
    '10.0.0.11',
    'ip-10-0-0-1.eu-west-1.compute.internal',
    'xn--bcher-kva.test',
    'a'.repeat(63),
    `${'a.'.repeat(126)}a`,
  ])('%s is a good one', (text) => {
    expect(nameFault(text)).toBeUndefined();
  });

  test.each([
    ['', 'name-missing', 'give a name such as cp-1'],
    ['CP-1', 'name-has-upper-case', 'write cp-1'],
    ['cp_1', 'name-has-underscore', 'write cp-1'],
    ['CP_1', 'name-has-underscore', 'write cp-1'],
    ['cp-1.', 'name-ends-with-dot', 'write cp-1'],
    ['cp 1', 'not-a-name', 'write cp-1'],
    ['cp-1\n', 'not-a-name', 'write cp-1'],
    ['-cp', 'not-a-name', 'write cp'],
    ['cp-.test', 'not-a-name', 'write cp.test'],
    ['a..b', 'not-a-name', 'write a.b'],
    ['.a', 'not-a-name', 'write a'],
    ['bücher.test', 'not-a-name', 'write xn--bcher-kva.test'],
    ['a/b', 'not-a-name', 'write a-b'],
    ['../../etc', 'not-a-name', 'write etc'],
    ['日本', 'not-a-name', 'write xn--wgv71a'],
    ['***', 'not-a-name', 'use letters, digits, hyphens and dots'],
    [long, 'label-too-long', 'shorten that part'],
    [`${'a.'.repeat(127)}a`, 'name-too-long', 'shorten it'],
    ['10.0.0.256', 'looks-like-address', 'correct the address'],
    ['node.1', 'looks-like-address', 'correct the address'],
  ])('%j is refused as %s', (text, code, fix) => {
    expect(nameFault(text)).toMatchObject({code, fix});
  });

  test('may have no dot where it becomes a file name', () => {
    expect(labelFault('kubelet-serving-ca')).toBeUndefined();
    expect(labelFault('my.ca')).toMatchObject({code: 'name-has-dot', fix: 'write my-ca'});
    expect(labelFault('../ca')).toMatchObject({code: 'not-a-name'});
  });

  test('that is suggested is a good one, whatever was typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({unit: 'binary'}), fc.domain(), fc.webUrl()), (text) => {
        const suggested = toName(text);
        expect(suggested === undefined ? undefined : nameFault(suggested)).toBeUndefined();
      }),
    );
  });

  test('of a real domain is never refused', () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        expect(nameFault(domain.toLowerCase())).toBeUndefined();
      }),
    );
  });
});

describe('a SAN', () => {
  test.each(['lb.demo.test', '*.lb.demo.test', '*.test', 'localhost', '10.0.0.1', 'fd00::1', '::1'])(
    'can be %s',
    (text) => {
      expect(sanFault(text)).toBeUndefined();
    },
  );

  test.each([
    ['https://lb.demo.test:6443/api', 'name-is-url', 'write lb.demo.test'],
    ['HTTPS://[FD00::1]/', 'name-is-url', 'write fd00::1'],
    ['lb.demo.test:6443', 'name-has-port', 'write lb.demo.test'],
    ['10.0.0.1:6443', 'name-has-port', 'write 10.0.0.1'],
    ['[fd00::1]:6443', 'name-has-port', 'write fd00::1'],
    ['[fd00::1]', 'name-has-brackets', 'write fd00::1'],
    ['lb_1.demo.test', 'name-has-underscore', 'write lb-1.demo.test'],
    ['10.0.0.0/24', 'name-is-subnet', 'list each address'],
    ['lb.demo.test/path', 'not-a-name', 'write lb.demo.test'],
    ['10.0.0.256', 'looks-like-address', 'correct the address'],
    ['127.1', 'looks-like-address', 'correct the address'],
    ['2130706433', 'looks-like-address', 'correct the address'],
    ['fe80::1%eth0', 'address-has-zone', 'give an address without one'],
    ['1::2::3', 'not-an-address', 'correct the address'],
    ['lb.demo.test:https', 'name-has-port', 'write lb.demo.test'],
    ['*', 'bad-wildcard', 'write *.example.test'],
    ['*.', 'bad-wildcard', 'write *.example.test'],
    ['*.10.0.0.1', 'bad-wildcard', 'write *.example.test'],
    ['lb.*.test', 'bad-wildcard', 'write *.example.test'],
    ['l*.demo.test', 'bad-wildcard', 'write *.example.test'],
    ['*.*.test', 'bad-wildcard', 'write *.example.test'],
    ['', 'name-missing', 'give a name such as cp-1'],
  ])('cannot be %j: %s', (text, code, fix) => {
    expect(sanFault(text)).toMatchObject({code, fix});
  });

  test('may have a wildcard where a host that somebody dials may not', () => {
    expect(hostFault('*.lb.demo.test')).toMatchObject({code: 'not-a-name'});
  });
});

describe('an endpoint', () => {
  test.each([
    ['api.demo.test', 'api.demo.test', undefined],
    ['api.demo.test:6443', 'api.demo.test', 6443],
    ['10.0.0.10:443', '10.0.0.10', 443],
    ['fd00::1', 'fd00::1', undefined],
    ['[FD00:0::1]', 'fd00::1', undefined],
    ['[fd00::1]:6443', 'fd00::1', 6443],
    ['::1:6443', '::1:6443', undefined],
  ])('%s is host %s, port %s', (text, host, port) => {
    expect(readEndpoint(text)).toEqual({ok: true, host, port});
  });

  test.each([
    ['', 'name-missing'],
    ['https://api.demo.test:6443', 'name-is-url'],
    ['api.demo.test:6443/path', 'not-a-name'],
    ['api.demo.test:', 'bad-port'],
    ['api.demo.test:0', 'bad-port'],
    ['api.demo.test:65536', 'bad-port'],
    ['api.demo.test:06443', 'bad-port'],
    ['api.demo.test:https', 'bad-port'],
    [':6443', 'name-missing'],
    ['[10.0.0.1]:6443', 'not-an-address'],
    ['[api.demo.test]:6443', 'not-an-address'],
    ['[fd00::1]6443', 'not-an-address'],
    ['*.demo.test:6443', 'not-a-name'],
    ['10.0.0.256:6443', 'looks-like-address'],
    ['API.demo.test', 'name-has-upper-case'],
  ])('is not read from %j: %s', (text, code) => {
    expect(readEndpoint(text)).toMatchObject({ok: false, fault: {code}});
  });

  test('is read or refused, never thrown at', () => {
    const piece = fc.constantFrom('[', ']', ':', '::', '1', 'fd00', 'a', '.', '/', 'https://', '%', '-', '*', ' ');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((all) => all.join('')),
        ),
        (text) => {
          const read = readEndpoint(text);
          expect(read.ok || read.fault.message.length > 0).toBe(true);
        },
      ),
    );
  });
});
