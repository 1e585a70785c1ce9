import {describe, expect, test} from 'vitest';
import {nameFault} from '../../src/proof/go-names.ts';
import {inspectCertificate} from '../../src/x509/inspect.ts';
import {makeAuthority, makeLeaf} from '../x509/makers.ts';

const authority = await makeAuthority();

async function certificateFor(dns: readonly string[], ips: readonly string[] = [], commonName = 'server') {
  const sans = [
    ...dns.map((value) => ({type: 'dns', value}) as const),
    ...ips.map((value) => ({type: 'ip', value}) as const),
  ];
  return inspectCertificate((await makeLeaf(authority, {commonName, usages: ['server auth'], sans})).certificate);
}

describe('a certificate is for the host', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['api.demo.test', ['api.demo.test'], []],
    ['API.Demo.test', ['api.demo.test'], []],
    ['api.demo.test.', ['api.demo.test'], []],
    ['api.demo.test', ['*.demo.test'], []],
    ['with_underscore.test', ['with_underscore.test'], []],
    ['10.0.0.11', [], ['10.0.0.1', '10.0.0.11']],
    ['::1', [], ['::1']],
    ['fd00:0:0:0::1', [], ['fd00::1']],
    ['::ffff:10.0.0.11', [], ['10.0.0.11']],
  ])('%s, with names %j and addresses %j', async (host, dns, ips) => {
    expect(nameFault(await certificateFor(dns, ips), host)).toBeUndefined();
  });
});

describe('a certificate is not for the host', () => {
  test.each<[string, readonly string[], readonly string[], string]>([
    ['api.demo.test', ['other.demo.test', 'demo.test'], [], 'valid for other.demo.test, demo.test, not api.demo.test'],
    ['api.demo.test', ['*.test'], [], 'valid for *.test, not api.demo.test'],
    ['demo.test', ['*.demo.test'], [], 'valid for *.demo.test, not demo.test'],
    ['a.b.demo.test', ['*.demo.test'], [], 'valid for *.demo.test, not a.b.demo.test'],
    ['api.demo.test', ['a*.demo.test'], [], 'valid for a*.demo.test, not api.demo.test'],
    ['api', ['*'], [], 'valid for *, not api'],
    ['10.0.0.12', [], ['10.0.0.11'], 'valid for 10.0.0.11, not 10.0.0.12'],
  ])('%s, with names %j and addresses %j', async (host, dns, ips, words) => {
    expect(nameFault(await certificateFor(dns, ips), host)).toEqual({
      kind: 'wrong-name',
      words: `x509: certificate is ${words}`,
    });
  });

  test('an address that is written as a name does not count', async () => {
    expect(nameFault(await certificateFor(['10.0.0.11']), '10.0.0.11')).toEqual({
      kind: 'wrong-name',
      words: "x509: cannot validate certificate for 10.0.0.11 because it doesn't contain any IP SANs",
    });
  });

  test('a name looked for among addresses only is told that there are none', async () => {
    expect(nameFault(await certificateFor([], ['10.0.0.11']), 'api.demo.test')).toEqual({
      kind: 'wrong-name',
      words: 'x509: certificate is not valid for any names, but wanted to match api.demo.test',
    });
  });
});

describe('the common name', () => {
  test('does not count, though Node and OpenSSL would take it', async () => {
    const certificate = await certificateFor([], [], 'api.demo.test');
    expect(nameFault(certificate, 'api.demo.test')).toEqual({
      kind: 'no-names',
      words: 'x509: certificate relies on legacy Common Name field, use SANs instead',
    });
  });

  test('is not mentioned when there are SANs, or when it would not fit either', async () => {
    const withNames = await certificateFor(['other.test'], [], 'api.demo.test');
    expect(nameFault(withNames, 'api.demo.test')?.kind).toBe('wrong-name');
    expect(nameFault(await certificateFor([]), 'api.demo.test')?.kind).toBe('wrong-name');
  });
});
