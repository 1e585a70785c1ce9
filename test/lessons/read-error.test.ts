import {describe, expect, test} from 'vitest';
import {errorRows} from '../../src/lessons/errors.ts';
import {readError} from '../../src/lessons/read-error.ts';
import {alone, inLogs, others} from './pasted-errors.ts';
import {wordings} from './wordings.ts';

describe('an error as people paste it', () => {
  test('there are more than forty, half of them with what surrounds them in logs', () => {
    expect(alone.length + inLogs.length).toBeGreaterThanOrEqual(40);
    expect(inLogs.length).toBeGreaterThanOrEqual(alone.length);
  });

  test.each([...alone, ...inLogs])('$from: $cause', ({cause, text}) => {
    expect(readError(text)?.row.id).toBe(cause);
  });

  test.each(inLogs)('$from: broken at eighty columns it is still $cause', ({cause, text}) => {
    const broken = text
      .split('\n')
      .flatMap((line) => line.match(/.{1,80}/g) ?? [])
      .join('\n');
    expect(readError(broken)?.row.id).toBe(cause);
  });

  test.each(wordings)('%s: %s', (cause, text) => {
    expect(readError(text)?.row.id).toBe(cause);
  });

  test.each(others)('%s is about something else', (_, text) => {
    expect(readError(text)).toBeUndefined();
  });
});

describe('the table of errors', () => {
  test.each(errorRows.map((row) => [row.id, row] as const))('%s is recognised by its own example', (id, {example}) => {
    expect(readError(example)?.row.id).toBe(id);
  });

  test('has each id once', () => {
    const ids = errorRows.map(({id}) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('who says an error', () => {
  const unknown = 'x509: certificate signed by unknown authority';
  const usage = 'x509: certificate specifies an incompatible key usage';
  const ended =
    'x509: certificate has expired or is not yet valid: current time 2026-11-24T08:00:00Z is after 2026-11-23T19:17:42Z';
  const namesake = `${unknown} (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "kubernetes")`;

  test.each([
    // Nothing around it tells.
    [unknown, 'either'],
    [`E1123 12:00:00 ${namesake}`, 'either'],
    [usage, 'either'],
    [ended, 'either'],
    [ended.replace('after', 'before'), 'either'],
    // Since Go 1.20 both ends begin like this.
    [`tls: failed to verify certificate: ${unknown}`, 'either'],
    [`Nov 24 08:00:00 cp-1 kubelet[812]: E1124 08:00:00.000000     812 x.go:1] ${usage}`, 'either'],
    // The caller.
    [`Unable to connect to the server: ${unknown}`, 'caller'],
    [`Unable to connect to the server: tls: failed to verify certificate: ${namesake}`, 'caller'],
    [`Get "https://10.0.0.11:6443/api": ${ended}`, 'caller'],
    [`error: Post \\"https://10.0.0.11:6443/api\\": tls: failed to verify certificate: ${usage}`, 'caller'],
    ['curl: (60) SSL certificate problem: unable to get local issuer certificate', 'caller'],
    [`transport: authentication handshake failed: tls: failed to verify certificate: ${unknown}`, 'caller'],
    ['x509: certificate is valid for 10.96.0.1, not 127.0.0.1', 'caller'],
    // The server.
    [`http: TLS handshake error from 10.0.0.5:51234: tls: failed to verify certificate: ${unknown}`, 'provider'],
    [`http: TLS handshake error from 10.0.0.5:51234: tls: failed to verify client certificate: ${usage}`, 'provider'],
    [`http: TLS handshake error from 10.0.0.5:51234: tls: client didn't provide a certificate`, 'provider'],
    [`rejected connection from "10.0.0.5:51234" (error "tls: failed to verify certificate: ${unknown}")`, 'etcd'],
    [`rejected connection from "10.0.0.5:51234" (error "${ended.replace('after', 'before')}")`, 'etcd'],
    [`"Unable to authenticate the request" err="${unknown}"`, 'apiserver'],
    [
      `Nov 24 08:00:00 cp-1 kubelet[812]: E1124 08:00:00.000000     812 server.go:307] "Unable to authenticate the request" err="${unknown}"`,
      'kubelet',
    ],
    // The other end.
    ['remote error: tls: bad certificate', 'far-end'],
    ['remote error: tls: certificate required', 'far-end'],
    ['http: TLS handshake error from 10.0.0.5:51234: remote error: tls: bad certificate', 'far-end'],
    // Nobody about a certificate.
    ['http: TLS handshake error from 10.0.0.5:51234: EOF', 'before-tls'],
    ['The connection to the server 10.0.0.11:6443 was refused - did you specify the right host or port?', 'before-tls'],
    ['Error: context deadline exceeded', 'in-vain'],
  ] as const)('%s: %s', (text, side) => {
    expect(readError(text)?.side).toBe(side);
  });
});

describe('what a text says of its own case', () => {
  function factsOf(text: string) {
    return (readError(text) ?? expect.fail('not recognised')).facts;
  }

  test('the serial number of a log is decimal, that of files is hex', () => {
    const text = inLogs.find(({cause}) => cause === 'client-expired')?.text ?? '';
    expect(factsOf(text).serial).toEqual({decimal: '3216278549870115342', hex: '2ca2844cefb77a0e'});
  });

  test('the names that the certificate has, and the one that it lacks', () => {
    expect(factsOf('x509: certificate is valid for 10.96.0.1, fd00::1, not 127.0.0.1"').names).toEqual({
      holds: ['10.96.0.1', 'fd00::1'],
      wanted: '127.0.0.1',
    });
  });

  test('the dates, and where the call went', () => {
    const text =
      'Get "https://[fd00::1]:6443/api": x509: certificate has expired or is not yet valid: current time 2026-11-24T08:00:00Z is after 2026-11-23T19:17:42Z';
    expect(factsOf(text)).toMatchObject({
      dates: {now: '2026-11-24T08:00:00Z', bound: '2026-11-23T19:17:42Z', is: 'after'},
      called: {host: 'fd00::1', port: 6443},
    });
  });

  test('the files, also where two are written as one', () => {
    const text = inLogs.find(({cause}) => cause === 'signing-file-has-two')?.text ?? '';
    expect(factsOf(text).paths).toEqual(['/etc/kubernetes/pki/ca.crt', '/etc/kubernetes/pki/ca.key']);
  });

  test('the program whose log it is', () => {
    const text = inLogs.find(({cause}) => cause === 'kubelet-client-expired')?.text ?? '';
    expect(factsOf(text).program).toBe('kubelet');
  });
});

test.each([
  [
    'x509: certificate has expired or is not yet valid: current time 2026-11-24T08:00:00Z is after 2026-11-23T19:17:42Z',
    'client-expired',
  ],
  ['x509: certificate specifies an incompatible key usage', 'client-wrong-usage'],
  ['x509: certificate signed by unknown authority', 'front-proxy-name'],
] as const)('with one CA, after a name that is not allowed, "%s" means %s', (last, cause) => {
  const list = `[x509: subject with cn=jane is not in the allowed list, verifying certificate SN=7, SKID=, AKID=0A:1B failed: ${last}]`;
  expect(readError(`"Unable to authenticate the request" err="${list}"`)?.row.id).toBe(cause);
});

test('of a list of clauses the last one is the truth, and what is quoted is that one', () => {
  const text = inLogs.find(({cause}) => cause === 'client-wrong-usage')?.text ?? '';
  const {clause} = readError(text) ?? expect.fail('not recognised');
  expect(clause).toContain('x509: certificate specifies an incompatible key usage');
  expect(clause).not.toContain('front-proxy-ca');
});
