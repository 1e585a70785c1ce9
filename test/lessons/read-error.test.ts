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
