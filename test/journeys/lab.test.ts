import {subscribe, unsubscribe} from 'node:diagnostics_channel';
import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import type {Socket} from 'node:net';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {Cancelled, Failure} from '../../src/base/failure.ts';
import {filesAt} from '../../src/bundle/read-bundle.ts';
import {faultsOf, Lab} from '../../src/journeys/lab.ts';
import {faultCalled} from '../../src/lab/faults.ts';
import {plansFor} from '../../src/lab/places.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import type {EndWord, Experiment, Trial} from '../../src/pki/experiment.ts';
import {prove} from '../../src/proof/prove.ts';
import {tryOpenssl} from '../helpers/openssl.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {presetNames, presetPlan} from '../helpers/presets.ts';

function labOf(preset: string, signal?: AbortSignal): Lab {
  const lab = new Lab(presetPlan(preset), {now: () => new Date(), signal});
  onTestFinished(() => lab.close());
  return lab;
}

const cluster = (lab: Lab): string => join(lab.folder, 'cluster');

function callOf({id, caller, provider, host}: Pick<Trial, 'id' | 'caller' | 'provider' | 'host'>): string {
  return [id, caller.node, provider.node, host].join(' ');
}

function askedIn({trials}: Experiment): Trial {
  return trials[0] ?? expect.fail('nothing was tried');
}

function openssls(word: EndWord): string | undefined {
  return word.kind === 'refuses' || word.kind === 'does-not-start' ? word.openssl : undefined;
}

/** Elsewhere a fault of a connection is mended into the very same cluster, which is proved for the other faults. */
const mendsEach: readonly string[] = ['kubeadm-single', 'offline-root'];

describe.each(presetNames)('a cluster of %s', (preset) => {
  test(
    'is hit by every fault as the catalogue predicts, nowhere else, and is whole once it is mended',
    {timeout: 240_000},
    async () => {
      const lab = labOf(preset);
      const plan = presetPlan(preset);
      const possible = faultsOf(plan);
      expect(possible.length).toBeGreaterThan(20);
      for (const fault of possible) {
        const {asked, trials} = await lab.break(fault.id);
        const place = `${preset} ${fault.id}`;
        expect(trials.length, place).toBeGreaterThan(0);
        expect(
          trials.map((trial) => `${callOf(trial)}: ${trial.happened}`),
          place,
        ).toEqual(trials.map((trial) => `${callOf(trial)}: ${trial.predicted}`));
        expect(trials.filter(({isAsked}) => isAsked)).toHaveLength(1);
        expect(trials[0], place).toMatchObject(asked);
        for (const trial of trials) expectBothWords(trial, place);

        const blueprint = makeBlueprint(plansFor(fault, plan).broken);
        const {connections} = await prove({blueprint, files: filesAt(cluster(lab)), now: new Date()});
        const failed = connections.filter(({verdict}) => verdict.kind === 'failed');
        const told = trials.filter(({kind, happened}) => kind === 'connection' && happened !== 'nobody');
        expect(new Set(failed.map(({connection}) => callOf(connection))), place).toEqual(new Set(told.map(callOf)));

        if (!mendsEach.includes(preset) && fault.tries.kind === 'connections') continue;
        const mended = await lab.mend(fault.id);
        expect(mended.isWhole, place).toBe(true);
        expect(mended.trials, place).toHaveLength(trials.length);
        expect(mended.proof.connections.filter(({verdict}) => verdict.kind === 'failed')).toEqual([]);
      }
    },
  );
});

/** Who refuses has its own reason; who does not has none. */
function expectBothWords({kind, happened, said}: Trial, place: string): void {
  if (kind === 'connection') {
    const words = {caller: openssls(said.caller), provider: openssls(said.provider)};
    if (happened === 'nobody') expect(words, place).toEqual({caller: undefined, provider: undefined});
    else if (happened !== 'does-not-start') expect(words[happened], place).toMatch(/\w/);
    else expect(`${words.caller}${words.provider}`, place).toContain('key values mismatch');
    return;
  }
  const refuses = [said.caller, said.provider].some(
    (word) => word.kind === 'refuses' || word.kind === 'does-not-start',
  );
  expect(refuses, place).toBe(happened !== 'nobody');
}

describe('what the ends say', () => {
  test.each([
    ['etcd-client-expired', 'sslclient', 'apiserver-etcd-client', 'etcd/ca'],
    ['client-for-servers-only', 'sslclient', 'apiserver-etcd-client', 'etcd/ca'],
    ['unknown-client', 'sslclient', 'apiserver-etcd-client', 'etcd/ca'],
    ['etcd-server-expired', 'sslserver', 'etcd/server', 'etcd/ca'],
    ['server-for-clients-only', 'sslserver', 'apiserver', 'ca'],
    ['apiserver-not-yet-valid', 'sslserver', 'apiserver', 'ca'],
  ] as const)(
    'of %s is what the program openssl says of the same files',
    async (id, purpose, certificate, authority) => {
      const lab = labOf('kubeadm-single');
      const asked = askedIn(await lab.break(id));
      const pki = join(cluster(lab), 'nodes/cp-1/rootfs/etc/kubernetes/pki');
      const words = ['verify', '-purpose', purpose, '-CAfile', join(pki, `${authority}.crt`)];
      const {said} = tryOpenssl([...words, join(pki, `${certificate}.crt`)]);
      const word = openssls(asked.said[asked.happened === 'caller' ? 'caller' : 'provider']);
      expect(said).toContain(word ?? 'no word');
    },
  );

  test('goes over TCP on loopback, a connection each', async () => {
    const lab = labOf('kubeadm-single');
    const dialled: number[] = [];
    const onSocket = (message: unknown): void => {
      const {socket} = message as {readonly socket: Socket};
      if (socket.localAddress === '127.0.0.1' && socket.localPort !== undefined) dialled.push(socket.localPort);
    };
    subscribe('net.server.socket', onSocket);
    onTestFinished(() => void unsubscribe('net.server.socket', onSocket));
    const {trials} = await lab.break('server-for-clients-only');
    expect(trials.length).toBeGreaterThan(5);
    expect(new Set(dialled).size).toBe(trials.length);
  });

  test('of a missing name is about the name, and Go says which names there are', async () => {
    const asked = askedIn(await labOf('kubeadm-single').break('etcd-without-name'));
    expect(asked.said).toEqual({
      caller: {
        kind: 'refuses',
        openssl: 'IP address mismatch',
        go: 'x509: certificate is valid for 10.0.0.11, ::1, not 127.0.0.1',
      },
      provider: {kind: 'accepts'},
    });
  });

  test('of a door that one authority opens is nothing, and of the same door afterwards a refusal', async () => {
    const lab = labOf('one-ca');
    expect(askedIn(await lab.break('one-ca-for-all'))).toMatchObject({
      caller: {component: 'kubelet'},
      happened: 'nobody',
      said: {provider: {kind: 'accepts'}},
    });
    const {trials} = await lab.mend('one-ca-for-all');
    expect(trials[0]).toMatchObject({
      happened: 'provider',
      said: {provider: {kind: 'refuses', go: 'x509: certificate signed by unknown authority'}},
    });
  });

  test('of a second front proxy, once there is a list of names, is that its name is not in it', async () => {
    const lab = labOf('kubeadm-single');
    const {changed} = await lab.break('front-proxy-any-name');
    expect(changed).toEqual(['nodes/cp-1/flags/kube-apiserver.flags']);
    const {trials} = await lab.mend('front-proxy-any-name');
    expect(trials[0]?.said.provider).toMatchObject({
      checked: {kind: 'words', words: 'x509: subject with cn=aggregator is not in the allowed list'},
    });
  });
});

describe('the throw-away cluster', () => {
  test('lies in a folder of its own, for this user alone, and is gone at the end', async () => {
    const lab = labOf('kubeadm-single');
    await lab.break('admin-expired');
    expect(statSync(lab.folder).mode & 0o777).toBe(0o700);
    const files = readdirSync(lab.folder, {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile());
    const secret = files
      .map(({parentPath, name}) => join(parentPath, name))
      .filter((path) => /PRIVATE KEY|key-data/.test(readFileSync(path, 'utf8')));
    expect(secret.length).toBeGreaterThan(10);
    for (const path of secret) expect(statSync(path).mode & 0o777, path).toBe(0o600);
    lab.close();
    expect(existsSync(lab.folder)).toBe(false);
  });

  test('changes only what the fault is about', async () => {
    const lab = labOf('kubeadm-ha');
    const {changed} = await lab.break('etcd-swapped-key');
    expect(changed).toEqual(['cp-1:/etc/kubernetes/pki/etcd/server.key']);
    expect((await lab.break('another-sa-pub')).changed).toEqual(['cp-1:/etc/kubernetes/pki/sa.pub']);
    expect((await lab.break('old-kubeconfig')).changed).toEqual(['cp-1:/etc/kubernetes/admin.conf']);
  });

  test('gives no secret away in what it tells', async () => {
    const lab = labOf('kubeadm-single');
    for (const {id} of faultsOf(presetPlan('kubeadm-single'))) expectNoSecrets(JSON.stringify(await lab.break(id)));
  });

  test('refuses a fault for which it has nothing', async () => {
    const refused = labOf('one-ca').break('intermediate-missing');
    await expect(refused).rejects.toThrow(Failure);
    await expect(refused).rejects.toMatchObject({code: 'cannot-happen'});
    expect(faultsOf(presetPlan('one-ca'))).not.toContain(faultCalled('intermediate-missing'));
  });

  test('can be called off', async () => {
    const abort = new AbortController();
    const lab = labOf('kubeadm-ha', abort.signal);
    const broken = lab.break('apiserver-not-yet-valid');
    abort.abort();
    await expect(broken).rejects.toThrow(Cancelled);
  });
});
