import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import {createServer} from 'node:tls';
import {expect, onTestFinished, test} from 'vitest';
import {whyNotWell} from '../../src/journeys/component-health.ts';
import {lookAtNode} from '../../src/node/inventory.ts';
import {openRoot} from '../../src/node/root.ts';
import {nodeIn} from '../helpers/node-fixture.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {makeAuthority, makeLeaf} from '../x509/makers.ts';

const never = new AbortController().signal;

/** A node where only etcd runs, by a unit, and lets nobody ask who has no certificate. */
function etcdNode(port: number) {
  const node = nodeIn(temporaryFolder());
  node.write(
    '/etc/systemd/system/etcd.service',
    `[Service]\nExecStart=/usr/local/bin/etcd --client-cert-auth --listen-client-urls https://127.0.0.1:${port}\n`,
  );
  const root = openRoot(node.root);
  return {root, found: lookAtNode(root, {isLive: false, homes: []})};
}

test('etcd alone on a node is well when it shows its certificate, for nobody there may ask it more', async () => {
  const now = new Date();
  const authority = await makeAuthority({now});
  const leaf = await makeLeaf(authority, {now, usages: ['server auth']});
  const server = createServer({
    cert: leaf.certificate,
    key: leaf.key.privateKey.reveal(),
    ca: authority.certificate,
    requestCert: true,
    rejectUnauthorized: true,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const {port} = server.address() as AddressInfo;
  expect(await whyNotWell(etcdNode(port), 'etcd', never)).toBe('');
  server.close();
  await once(server, 'close');
  expect(await whyNotWell(etcdNode(port), 'etcd', never)).toBe(`nobody listens on 127.0.0.1:${port}`);
});
