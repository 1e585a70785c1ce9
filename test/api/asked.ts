import {once} from 'node:events';
import type {IncomingMessage} from 'node:http';
import {createServer, type Server} from 'node:https';
import type {AddressInfo} from 'node:net';
import type {TLSSocket} from 'node:tls';
import {onTestFinished} from 'vitest';
import type {Question} from '../../src/api/ask.ts';
import {makeAuthority, makeLeaf} from '../x509/makers.ts';

/** What a question looked like from the other side. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Common name of the certificate that was shown; undefined = none was. */
  readonly caller: string | undefined;
}

export type Reply = (asked: Asked) => {readonly status: number; readonly body: unknown};

/** A server as an API server is one: it verifies callers' certificates and answers in JSON. */
export async function apiServer(reply: Reply, names: readonly string[] = ['api.demo.test']) {
  // Both sides verify with the real clock.
  const now = new Date();
  const authority = await makeAuthority({now});
  const leaf = await makeLeaf(authority, {
    now,
    usages: ['server auth'],
    sans: names.map((value) => ({type: 'dns', value})),
  });
  const client = await makeLeaf(authority, {now, commonName: 'kubernetes-admin'});
  const asked: Asked[] = [];
  const server = createServer(
    {
      cert: leaf.certificate,
      key: leaf.key.privateKey.reveal(),
      ca: authority.certificate,
      requestCert: true,
      rejectUnauthorized: false,
    },
    (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        const certificate = (request.socket as TLSSocket).getPeerCertificate();
        const one: Asked = {
          method: request.method ?? '',
          path: request.url ?? '',
          headers: request.headers,
          body,
          caller: [certificate.subject?.CN ?? []].flat()[0],
        };
        asked.push(one);
        const {status, body: said} = reply(one);
        response.writeHead(status).end(typeof said === 'string' ? said : JSON.stringify(said));
      });
    },
  );
  const port = await listening(server);
  const question: Question = {
    scheme: 'https',
    host: '127.0.0.1',
    port,
    path: '/readyz',
    trust: {authorities: [authority.certificate], name: 'api.demo.test'},
    credential: {kind: 'certificate', certificate: client.certificate, key: client.key.privateKey},
  };
  return {question, asked};
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
