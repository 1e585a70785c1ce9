import {once} from 'node:events';
import {createServer as createPlainServer, type AddressInfo, type Server} from 'node:net';
import {createServer, type TlsOptions} from 'node:tls';
import {describe, expect, onTestFinished, test} from 'vitest';
import {Cancelled} from '../../src/base/failure.ts';
import {certificatesIn} from '../../src/base/pem.ts';
import {servedAt} from '../../src/proof/served.ts';
import {makeAuthority, makeLeaf} from '../x509/makers.ts';

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function serving(options: TlsOptions = {}): Promise<{port: number; leaf: string; authority: string}> {
  const authority = await makeAuthority();
  const leaf = await makeLeaf(authority, {usages: ['server auth'], sans: [{type: 'ip', value: '127.0.0.1'}]});
  const server = createServer({
    cert: leaf.certificate + authority.certificate,
    key: leaf.key.privateKey.reveal(),
    ...options,
  });
  server.on('tlsClientError', () => undefined);
  return {port: await listening(server), leaf: leaf.certificate, authority: authority.certificate};
}

describe('what a port serves', () => {
  test('is the chain as it was sent, leaf first', async () => {
    const {port, leaf, authority} = await serving();
    const {chain, protocol} = await servedAt({host: '127.0.0.1', port});
    expect(certificatesIn(chain)).toEqual([leaf, authority]);
    expect(protocol).toBe('TLSv1.3');
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'is seen in %s also where callers must show a certificate',
    async (version) => {
      const {port, leaf} = await serving({
        requestCert: true,
        rejectUnauthorized: true,
        minVersion: version,
        maxVersion: version,
      });
      const {chain} = await servedAt({host: '127.0.0.1', port});
      expect(certificatesIn(chain)[0]).toBe(leaf);
    },
  );

  test('is asked for by the name that is given', async () => {
    const names: string[] = [];
    const {port} = await serving({
      SNICallback: (name, done) => {
        names.push(name);
        done(null);
      },
    });
    await servedAt({host: '127.0.0.1', port, name: 'api.demo.test'});
    await servedAt({host: '127.0.0.1', port});
    expect(names).toEqual(['api.demo.test']);
  });

  test('is nothing where nobody listens, or nobody speaks TLS', async () => {
    const plain = createPlainServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end('HTTP/1.0 400 Bad Request\r\n\r\n', () => socket.destroy()));
    });
    const port = await listening(plain);
    await expect(servedAt({host: '127.0.0.1', port})).rejects.toMatchObject({code: 'not-tls'});
    plain.close();
    await once(plain, 'close');
    await expect(servedAt({host: '127.0.0.1', port})).rejects.toMatchObject({code: 'connection-refused'});
    await expect(servedAt({host: 'no-such-host.invalid', port})).rejects.toMatchObject({code: 'host-unknown'});
  });

  test('is not waited for when it is called off', async () => {
    const port = await listening(createPlainServer(() => undefined));
    const stop = new AbortController();
    const served = servedAt({host: '127.0.0.1', port}, stop.signal);
    stop.abort();
    await expect(served).rejects.toBeInstanceOf(Cancelled);
    await expect(servedAt({host: '127.0.0.1', port}, stop.signal)).rejects.toBeInstanceOf(Cancelled);
  });
});
