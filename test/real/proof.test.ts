import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeAll, expect, test} from 'vitest';
import type {PlannedConnection} from '../../src/pki/blueprint-types.ts';
import type {Verdict} from '../../src/pki/verdict.ts';
import {describeReal} from '../helpers/real.ts';
import {node, planWith} from '../helpers/plans.ts';
import {judged, World} from '../proof/world.ts';
import {makeAuthority} from '../x509/makers.ts';

/**
 * The proof foretells, from files alone, what a real etcd and a real etcdctl will do with them: whether they meet, which
 * of the two refuses, and in which words.
 */

const pki = 'nodes/cp-1/rootfs/etc/kubernetes/pki/etcd';
const year = 365 * 86_400_000;

const spoilings: Readonly<Record<string, (world: World) => unknown>> = {
  'nothing is spoiled': () => undefined,
  'etcd trusts another authority': (world) =>
    world.write(`${pki}/ca.crt`, world.authority('kubernetes-ca').certificate),
  'etcd trusts an authority of the same name': async (world) =>
    world.write(`${pki}/ca.crt`, (await makeAuthority({commonName: 'etcd-ca', now: world.now})).certificate),
  'the serving certificate has expired': (world) =>
    world.reissue('cp-1/etcd-server', {now: new Date(world.now.getTime() - 2 * year)}),
  'the client certificate has expired': (world) =>
    world.reissue('cp-1/etcd-healthcheck-client', {now: new Date(world.now.getTime() - 2 * year)}),
  'the client shows a certificate for servers only': (world) =>
    world.reissue('cp-1/etcd-healthcheck-client', {usages: ['server auth']}),
  'the client shows a certificate of another authority': (world) =>
    world.reissue('cp-1/etcd-healthcheck-client', {by: world.authority('kubernetes-ca')}),
  'the client certificate limits its use to nothing': (world) =>
    world.reissue('cp-1/etcd-healthcheck-client', {usages: []}),
  'the server shows a certificate for clients only': (world) =>
    world.reissue('cp-1/etcd-server', {usages: ['client auth']}),
  'the address is not among the SANs': (world) =>
    world.reissue('cp-1/etcd-server', {sans: [{type: 'ip', value: '10.0.0.11'}]}),
  'the server has no SAN': (world) => world.reissue('cp-1/etcd-server', {sans: []}),
  "the server's key is another's": (world) =>
    world.write(`${pki}/server.key`, world.read(`${pki}/healthcheck-client.key`)),
  "the client's key is another's": (world) =>
    world.write(`${pki}/healthcheck-client.key`, world.read(`${pki}/server.key`)),
};

describeReal('what the proof foretells of etcd and etcdctl', (programs) => {
  let sound: World;
  beforeAll(async () => {
    sound = await World.of(
      planWith({nodes: [node('cp-1', '10.0.0.11', 'control-plane')], keys: {algorithm: 'ECDSA-P256'}}),
    );
  });

  test.each(Object.entries(spoilings))('%s', async (_, spoil) => {
    const world = sound.copy();
    await spoil(world);
    // The trust of etcd and the file that etcdctl verifies with are one file in the plan, and two here.
    const blueprint = {...world.blueprint, connections: world.blueprint.connections.map(ofOwnTrust)};
    world.write('authority-of-etcdctl.crt', world.authority('etcd-ca').certificate, 0o644);
    const {verdict} = judged(await world.copy({blueprint}).prove(), 'etcdctl-to-etcd');
    const folder = await mkdtemp(join(tmpdir(), 'certwright-foretold-'));
    try {
      const happened = await runEtcd(world, folder, {
        etcd: programs.path('etcd'),
        etcdctl: programs.path('etcdctl'),
      });
      expect({met: happened.met, ...toldBy(verdict, happened)}).toEqual({
        met: verdict.kind === 'proved',
        ...foretold(verdict),
      });
    } finally {
      await rm(folder, {recursive: true, force: true});
    }
  });
});

function ofOwnTrust(connection: PlannedConnection): PlannedConnection {
  const {callerTrusts} = connection;
  if (connection.id !== 'etcdctl-to-etcd' || !('from' in callerTrusts)) return connection;
  return {...connection, callerTrusts: {...callerTrusts, from: {kind: 'file', path: 'authority-of-etcdctl.crt'}}};
}

interface Happened {
  readonly met: boolean;
  readonly etcd: string;
  readonly etcdctl: string;
}

/** The reason without its clock: the two processes looked at theirs at other moments. */
function reasonIn(text: string): string {
  const [, reason = ''] = /((?:x509|tls): .*?)(?: \(OpenSSL|; (?:caller|provider) |$)/.exec(text) ?? [];
  return reason.replace(/^tls: failed to verify (?:client )?certificate: /, '').replace(/: current time .*/, '');
}

function foretold(verdict: Verdict): {readonly side?: string; readonly reason?: string} {
  return verdict.kind === 'failed' ? {side: verdict.side, reason: reasonIn(verdict.said)} : {};
}

/** What was foretold, if it stands in the words of the side that was to say it. */
function toldBy(verdict: Verdict, happened: Happened): {readonly side?: string; readonly reason?: string} {
  if (verdict.kind !== 'failed') return {};
  const reason = reasonIn(verdict.said);
  // Logs are JSON, where quotes are escaped.
  const said = (text: string) => text.replaceAll('\\', '').includes(reason);
  const words = verdict.side === 'caller' ? happened.etcdctl : happened.etcd;
  return {side: verdict.side, reason: said(words) ? reason : words};
}

async function runEtcd(
  world: World,
  folder: string,
  programs: {readonly etcd: string; readonly etcdctl: string},
): Promise<Happened> {
  const files = ['server.crt', 'server.key', 'ca.crt', 'healthcheck-client.crt', 'healthcheck-client.key'];
  for (const name of files) await writeFile(join(folder, name), world.read(`${pki}/${name}`), {mode: 0o600});
  await writeFile(join(folder, 'etcdctl-ca.crt'), world.read('authority-of-etcdctl.crt'));
  const [clientPort, peerPort] = await freePorts();
  const endpoint = `https://127.0.0.1:${clientPort}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  const etcd = spawn(
    programs.etcd,
    [
      '--name=cp-1',
      `--data-dir=${join(folder, 'data')}`,
      `--listen-client-urls=${endpoint}`,
      `--advertise-client-urls=${endpoint}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=cp-1=${peer}`,
      `--cert-file=${join(folder, 'server.crt')}`,
      `--key-file=${join(folder, 'server.key')}`,
      '--client-cert-auth=true',
      `--trusted-ca-file=${join(folder, 'ca.crt')}`,
    ],
    {stdio: ['ignore', 'pipe', 'pipe']},
  );
  const log = wordsOf(etcd);
  try {
    await log.until(/ready to serve client requests|serving client|private key does not match/);
    const etcdctl = spawn(
      programs.etcdctl,
      [
        `--endpoints=${endpoint}`,
        `--cacert=${join(folder, 'etcdctl-ca.crt')}`,
        `--cert=${join(folder, 'healthcheck-client.crt')}`,
        `--key=${join(folder, 'healthcheck-client.key')}`,
        // Without it etcdctl says of a server that it refuses no more than that its time is over.
        '--debug',
        '--dial-timeout=2s',
        '--command-timeout=2s',
        'get',
        'anything',
      ],
      {stdio: ['ignore', 'pipe', 'pipe'], env: {ETCDCTL_API: '3'}},
    );
    const words = wordsOf(etcdctl);
    const [code] = (await once(etcdctl, 'close')) as [number];
    return {met: code === 0, etcd: log.text(), etcdctl: words.text()};
  } finally {
    const ended = etcd.exitCode === null ? once(etcd, 'close') : undefined;
    etcd.kill('SIGKILL');
    await ended;
  }
}

/** Both streams of a program, as they come. */
function wordsOf(program: ChildProcess): {text(): string; until(pattern: RegExp): Promise<void>} {
  let said = '';
  const {promise: ended, resolve: end} = Promise.withResolvers<void>();
  const waiting: (() => void)[] = [];
  for (const stream of [program.stdout, program.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      for (const wake of waiting.splice(0)) wake();
    });
  }
  program.on('close', () => end());
  return {
    text: () => said,
    until: async (pattern) => {
      while (!pattern.test(said) && program.exitCode === null) {
        await Promise.race([ended, new Promise<void>((resolve) => waiting.push(resolve))]);
      }
    },
  };
}

async function freePorts(): Promise<readonly [number, number]> {
  const servers = [createServer(), createServer()];
  const ports = await Promise.all(
    servers.map(async (server) => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : 0;
    }),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return [ports[0] ?? 0, ports[1] ?? 0];
}
