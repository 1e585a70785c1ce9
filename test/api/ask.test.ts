import {createServer} from 'node:net';
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import {describe, expect, onTestFinished, test} from 'vitest';
import {ask} from '../../src/api/ask.ts';
import {Secret} from '../../src/base/secret.ts';
import {Cancelled} from '../../src/base/failure.ts';
import {makeAuthority} from '../x509/makers.ts';
import {apiServer} from './asked.ts';

const ok = () => ({status: 200, body: 'ok'});

describe('a question', () => {
  test('is asked as who the certificate says, at an address that the certificate need not cover', async () => {
    const {question, asked} = await apiServer(ok);
    expect(await ask(question)).toEqual({status: 200, body: 'ok'});
    expect(asked).toMatchObject([{method: 'GET', path: '/readyz', caller: 'kubernetes-admin', body: ''}]);
  });

  test('with a token carries it, and no certificate', async () => {
    const {question, asked} = await apiServer(ok);
    await ask({...question, credential: {kind: 'token', token: new Secret('abcdef.0123456789abcdef')}});
    expect(asked[0]?.headers.authorization).toBe('Bearer abcdef.0123456789abcdef');
    expect(asked[0]?.caller).toBeUndefined();
  });

  test('with a body is posted as JSON', async () => {
    const {question, asked} = await apiServer(ok);
    await ask({...question, body: '{"kind":"x"}'});
    expect(asked).toMatchObject([
      {method: 'POST', body: '{"kind":"x"}', headers: {'content-type': 'application/json'}},
    ]);
  });

  test('is not asked where the certificate does not cover the name, or another authority signed it', async () => {
    const {question, asked} = await apiServer(ok);
    const other = await makeAuthority({now: new Date()});
    const wrong = [
      {...question, trust: {authorities: question.trust?.authorities ?? [], name: 'lb.demo.test'}},
      {...question, trust: {authorities: [other.certificate], name: 'api.demo.test'}},
    ];
    for (const each of wrong) await expect(ask(each)).rejects.toMatchObject({code: 'no-answer'});
    expect(asked).toEqual([]);
    // Who only looks verifies nothing.
    expect((await ask({...question, trust: undefined})).status).toBe(200);
  });

  test('that nobody hears says who did not answer', async () => {
    const {question} = await apiServer(ok);
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const {port} = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    await expect(ask({...question, port})).rejects.toThrow(`127.0.0.1:${port} does not answer: nobody listens there`);
  });

  test('that cannot even be put says so like any other, and nothing of the key or token', async () => {
    const {question, asked} = await apiServer(ok);
    const {credential} = (await apiServer(ok)).question;
    const other = credential?.kind === 'certificate' ? credential.key : expect.fail('no certificate');
    const own = question.credential?.kind === 'certificate' ? question.credential : expect.fail('no certificate');
    const wrong = [
      {...question, credential: {...own, key: other}},
      {...question, credential: {...own, key: new Secret('no key at all')}},
      {...question, credential: {kind: 'token' as const, token: new Secret('abcdef\n0123456789abcdef')}},
      {...question, port: 70_000},
    ];
    for (const each of wrong) {
      const failure: unknown = await ask(each).catch((error: unknown) => error);
      expect(failure).toMatchObject({code: 'no-answer'});
      expect(String(failure)).toContain('does not answer: it cannot be asked: ');
      expect(String(failure)).not.toMatch(/no key at all|abcdef/);
    }
    expect(asked).toEqual([]);
  });

  test('that TLS breaks off is told in one line', async () => {
    const {question} = await apiServer(ok);
    const plain = createServer((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    plain.listen(0, '127.0.0.1');
    await once(plain, 'listening');
    onTestFinished(() => void plain.close());
    const {port} = plain.address() as AddressInfo;
    const failure: unknown = await ask({...question, port}).catch((error: unknown) => error);
    expect(String(failure)).toMatch(/does not answer: [\w ]+$/);
  });

  test('can be called off', async () => {
    const {question} = await apiServer(ok);
    const mute = createServer(() => undefined);
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    onTestFinished(() => void mute.close());
    const calling = new AbortController();
    const {port} = mute.address() as AddressInfo;
    const answer = ask({...question, scheme: 'http', port, signal: calling.signal});
    calling.abort();
    await expect(answer).rejects.toBeInstanceOf(Cancelled);
  });
});
