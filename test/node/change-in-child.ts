import {applyChange} from '../../src/node/change/change.ts';
import type {FileWrite} from '../../src/node/change/stage.ts';
import {keepingUnder} from '../../src/node/change/journal.ts';

/** `apply ROOT` renews two pairs, takes a file away and swings a link: for tests that kill it. */
const [, , , root = ''] = process.argv;
const access = {mode: 0o600, owner: process.getuid?.() ?? 0, group: process.getgid?.() ?? 0};
const paths = ['/pki/a.key', '/pki/a.crt', '/pki/etcd/b.key', '/pki/etcd/b.crt', '/pki/old'];
const writes = paths.map((path): FileWrite => ({
  path,
  bytes: path === '/pki/old' ? undefined : Buffer.from(`new ${path}`),
  access,
}));
const link = {path: '/pki/current', bytes: undefined, link: '/pki/a.crt', access};
applyChange(keepingUnder(root), {what: 'renew a, b', writes: [...writes, link]}, new Date('2027-01-01T00:00:00Z'));
