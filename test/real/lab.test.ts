import {existsSync, readdirSync} from 'node:fs';
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {expect, onTestFinished, test, vi} from 'vitest';
import {Lab} from '../../src/journeys/lab.ts';
import {isSaidIn} from '../../src/lab/component-words.ts';
import type {FaultId} from '../../src/lessons/faults.ts';
import type {ComponentWords, Experiment} from '../../src/pki/experiment.ts';
import {inspectCertificate} from '../../src/x509/inspect.ts';
import {runProgram} from '../../src/run/run-program.ts';
import {readPrivateKey} from '../../src/x509/keys.ts';
import {signServiceAccountToken} from '../../src/x509/service-account-token.ts';
import {fakeHost} from '../helpers/fake-host.ts';
import {knock} from '../helpers/intruder.ts';
import {Network, type Machine, type Running} from '../helpers/network.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {presetPlan} from '../helpers/presets.ts';
import {describeReal, type RealPrograms} from '../helpers/real.ts';
import {runCommand} from '../helpers/run-command.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {makeLeaf} from '../x509/makers.ts';
import {labRealTitle, labTitle} from './cases.ts';

/**
 * What the lab says that real components print, held against real ones: etcd, kube-apiserver, kube-controller-manager and
 * kubectl, started with the very files that the lab has broken. That with one authority a kubelet is let in by etcd is
 * seen in `etcd.test.ts`; that a server must send its intermediate, by kubectl here.
 */

const address = '10.0.0.11';
const pki = '/etc/kubernetes/pki';

describeReal(labTitle, (programs) => {
  test.concurrent.each<FaultId>([
    'etcd-server-expired',
    'etcd-client-expired',
    'unknown-etcd-ca',
    'unknown-client',
    'etcd-without-name',
    'client-for-servers-only',
    'client-swapped-key',
  ])('the API server and etcd say it of %s', {timeout: 170_000}, async (id) => {
    await using bed = await Bed.of(id, programs);
    const etcd = bed.start('etcd');
    await etcd.until('it serves', () => /serving (?:client|insecure)|ready to serve/.test(etcd.log) || undefined);
    const apiserver = bed.start('kube-apiserver');
    await expectWords(bed, {etcd, 'kube-apiserver': apiserver});
  });

  test.concurrent('etcd does not start with the key of another', {timeout: 170_000}, async () => {
    await using bed = await Bed.of('etcd-swapped-key', programs);
    await expectWords(bed, {etcd: bed.start('etcd')});
  });

  test.concurrent("etcd refuses its own gateway's certificate for servers only", {timeout: 170_000}, async () => {
    await using bed = await Bed.of('etcd-for-servers-only', programs);
    await expectWords(bed, {etcd: bed.start('etcd')});
  });

  test.concurrent('an API server does not start with the key of another', {timeout: 170_000}, async () => {
    await using bed = await Bed.of('apiserver-swapped-key', programs);
    bed.start('etcd');
    await expectWords(bed, {'kube-apiserver': bed.start('kube-apiserver')});
  });

  test.concurrent.each<[FaultId, string]>([
    ['admin-expired', 'admin'],
    ['apiserver-not-yet-valid', 'admin'],
    ['scheduler-not-yet-valid', 'scheduler'],
    ['old-kubeconfig', 'admin'],
    ['old-client-ca', 'scheduler'],
    ['apiserver-without-name', 'admin'],
    ['apiserver-without-san', 'admin'],
    ['server-for-clients-only', 'admin'],
    ['user-for-servers-only', 'admin'],
  ])('the API server and who calls it say it of %s', {timeout: 170_000}, async (id, kubeconfig) => {
    await using bed = await Bed.of(id, programs);
    bed.start('etcd');
    const apiserver = bed.start('kube-apiserver');
    await expectWords(bed, {'kube-apiserver': apiserver}, [`--kubeconfig=/etc/kubernetes/${kubeconfig}.conf`]);
  });

  test.concurrent('the API server is ready once it is mended', {timeout: 170_000}, async () => {
    await using bed = await Bed.of('etcd-client-expired', programs, {state: 'mended'});
    bed.start('etcd');
    expect(await bed.ready(bed.start('kube-apiserver'))).toBe(true);
  });

  test.concurrent('kubectl misses the intermediate', {timeout: 170_000}, async () => {
    await using bed = await Bed.of('intermediate-missing', programs, {preset: 'offline-root'});
    bed.start('etcd');
    const apiserver = bed.start('kube-apiserver');
    await expectWords(bed, {'kube-apiserver': apiserver}, ['--kubeconfig=/etc/kubernetes/admin.conf']);
  });

  test.concurrent('an API server with another sa.pub refuses tokens', {timeout: 170_000}, async () => {
    await using bed = await Bed.of('another-sa-pub', programs);
    bed.start('etcd');
    const apiserver = bed.start('kube-apiserver');
    const issuer = 'https://kubernetes.default.svc.cluster.local';
    const {signingKey} = readPrivateKey(await bed.read(`${pki}/sa.key`));
    const subject = 'system:serviceaccount:default:default';
    const token = signServiceAccountToken(
      {issuer, subject, audiences: [issuer], now: new Date(), lifetime: 3_600},
      signingKey,
    );
    await expectWords(bed, {'kube-apiserver': apiserver}, [
      '--kubeconfig=/dev/null',
      `--certificate-authority=${pki}/ca.crt`,
      `--token=${token.reveal()}`,
    ]);
  });

  test.concurrent('a controller manager ends with two certificates to sign with', {timeout: 170_000}, async () => {
    await using bed = await Bed.of('bundle-in-signing-file', programs);
    bed.start('etcd');
    await bed.ready(bed.start('kube-apiserver'));
    const manager = bed.start('kube-controller-manager');
    await expectWords(bed, {'kube-controller-manager': manager});
    await manager.until('it ends', () => manager.hasEnded || undefined);
  });

  test.concurrent.each<[FaultId, string, string]>([
    ['front-proxy-name', 'kubernetes-ca', 'front-proxy-client'],
    ['front-proxy-any-name', 'front-proxy-ca', 'aggregator'],
  ])('an API server believes the headers of %s', {timeout: 170_000}, async (id, authority, commonName) => {
    await using bed = await Bed.of(id, programs);
    bed.start('etcd');
    await bed.ready(bed.start('kube-apiserver'));
    const certificate = await bed.readBeside(`authorities/${authority}.crt`);
    const key = readPrivateKey(await bed.readBeside(`authorities/${authority}.key`));
    const leaf = await makeLeaf(
      {certificate, key, facts: inspectCertificate(certificate)},
      {commonName, now: new Date()},
    );
    const pair = await bed.write(commonName, leaf.certificate, leaf.key.privateKey.reveal());
    const headers = {'X-Remote-User': 'somebody', 'X-Remote-Group': 'system:masters'};
    const door = {host: address, port: 6443, path: '/api/v1/namespaces/kube-system/secrets'};
    expect(await knock(bed.machine, {...door, headers}, pair)).toMatch(/^200\n/);
    expect(await knock(bed.machine, door, pair)).not.toMatch(/^200\n/);
  });
});

describeReal(labRealTitle, (programs) => {
  const environment = {KUBE_BIN_DIR: programs.folder};
  const learn = (...words: readonly string[]) =>
    runCommand(['learn', 'lab', ...words, '--real', '--output=json'], {
      ...fakeHost({environment}),
      now: () => new Date(),
    });

  test.each([
    ['etcd-without-name', ['kube-apiserver', 'kube-apiserver', 'etcd']],
    ['user-for-servers-only', ['kube-apiserver', 'kubectl']],
    ['apiserver-without-san', ['kubectl']],
    ['etcd-swapped-key', ['etcd']],
  ])('shows what etcd and kube-apiserver log of %s', {timeout: 120_000}, async (fault, components) => {
    const {code, out, err} = await learn(fault);
    expect(code, err).toBe(0);
    const {real, mended} = JSON.parse(out) as {
      readonly real: readonly {readonly component: string; readonly words: string; readonly line: string | null}[];
      readonly mended: {readonly isWhole: boolean};
    };
    expect(real.map(({component}) => component)).toEqual(components);
    for (const {words, line} of real) expect(isSaidIn(words, line ?? 'nothing'), words).toBe(true);
    expect(mended.isWhole).toBe(true);
    expectNoSecrets(out);
  });

  test('leaves neither a folder nor a process when it is called off', {timeout: 60_000}, async () => {
    const folder = temporaryFolder();
    vi.stubEnv('TMPDIR', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    const abort = new AbortController();
    const host = {...fakeHost({environment, signal: abort.signal}), now: () => new Date()};
    const running = runCommand(['learn', 'lab', 'etcd-client-expired', '--real'], host);
    const hasData = () => readdirSync(folder).some((name) => existsSync(join(folder, name, 'etcd/member')));
    while (!hasData()) await setTimeout(20);
    abort.abort();
    expect((await running).code).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
    const {stdout} = await runProgram('ps', ['-eo', 'args']);
    expect(stdout.split('\n').filter((line) => line.includes(folder))).toEqual([]);
  });

  test('says of what these programs cannot show that it is so', async () => {
    const {code, err} = await learn('bundle-in-signing-file');
    expect(code).toBe(1);
    expect(err).toContain('run it without --real');
  });
});

/** A machine with the lab's broken files on it, at their real paths. */
class Bed implements AsyncDisposable {
  readonly experiment: Experiment;
  readonly machine: Machine;
  readonly #lab: Lab;
  readonly #network: Network;
  readonly #programs: RealPrograms;
  readonly #node = 'cp-1';

  private constructor(experiment: Experiment, lab: Lab, network: Network, machine: Machine, programs: RealPrograms) {
    this.experiment = experiment;
    this.machine = machine;
    this.#lab = lab;
    this.#network = network;
    this.#programs = programs;
  }

  static async of(
    id: FaultId,
    programs: RealPrograms,
    {
      preset = 'kubeadm-single',
      state = 'broken',
    }: {readonly preset?: string; readonly state?: 'broken' | 'mended'} = {},
  ): Promise<Bed> {
    const lab = new Lab(presetPlan(preset, 'cluster.kubernetesVersion=1.20'), {now: () => new Date()});
    const network = await Network.open();
    try {
      const experiment = await lab.break(id);
      if (state === 'mended') await lab.mend(id);
      const machine = await network.addMachine({
        name: 'cp-1',
        addresses: [address],
        rootfs: join(lab.folder, 'cluster/nodes/cp-1/rootfs'),
        hosts: {'cp-1': address, 'api.demo.test': address},
      });
      return new Bed(experiment, lab, network, machine, programs);
    } catch (error) {
      await network[Symbol.asyncDispose]();
      lab.close();
      throw error;
    }
  }

  start(component: string): Running {
    const flags = join(this.#lab.folder, `cluster/nodes/${this.#node}/flags/${component}.flags`);
    const words = ['-euc', 'exec "$0" $(cat "$1")', this.#programs.path(component), flags];
    return this.machine.start('sh', words, component);
  }

  async kubectl(...words: readonly string[]): Promise<string> {
    const home = {environment: {HOME: join(this.#lab.folder, 'home')}};
    const kubectl = this.#programs.path('kubectl');
    const {stdout, stderr} = await this.machine.attempt(kubectl, [...words, 'get', 'nodes'], home);
    return `${stdout}\n${stderr}`;
  }

  ready(apiserver: Running): Promise<true> {
    const words = ['--kubeconfig=/etc/kubernetes/admin.conf', 'get', '--raw', '/readyz'];
    return apiserver.until('/readyz says ok', async () => {
      const {stdout} = await this.machine.attempt(this.#programs.path('kubectl'), words);
      return stdout === 'ok' || undefined;
    });
  }

  read(target: string): Promise<string> {
    return this.readBeside(`nodes/${this.#node}/rootfs${target}`);
  }

  readBeside(path: string): Promise<string> {
    return readFile(join(this.#lab.folder, 'cluster', path), 'utf8');
  }

  async write(name: string, certificate: string, key: string) {
    const pair = {certificate: join(this.#lab.folder, `${name}.crt`), key: join(this.#lab.folder, `${name}.key`)};
    await writeFile(pair.certificate, certificate);
    await writeFile(pair.key, key, {mode: 0o600});
    return pair;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#network[Symbol.asyncDispose]();
    this.#lab.close();
  }
}

/**
 * Waits until each component has printed what the lab says of the connection that it asks about. Who does not run here is
 * played by kubectl with the same files.
 */
async function expectWords(
  bed: Bed,
  running: Readonly<Record<string, Running>>,
  asKubectl?: readonly string[],
): Promise<void> {
  const all = wordsOf(bed.experiment, asKubectl !== undefined);
  expect(all.length).toBeGreaterThan(0);
  const [first] = Object.values(running);
  for (const {component, words} of all) {
    const who = running[component];
    const waitsFor = who ?? first ?? expect.fail('nothing runs');
    const what = `${component}: ${words}`;
    let heard = '';
    await soundOut(waitsFor, what, async () => {
      if (asKubectl !== undefined) heard = await bed.kubectl(`--server=https://${serverOf(bed)}:6443`, ...asKubectl);
      const text = who?.log ?? heard;
      return text.split('\n').some((line) => isSaidIn(words, line)) || undefined;
    }).catch((error: unknown) => {
      throw new Error(`${what}\nkubectl: ${heard}`, {cause: error});
    });
  }
}

/** A component that has ended has said everything; one more look is enough. */
async function soundOut(running: Running, what: string, attempt: () => Promise<true | undefined>): Promise<void> {
  try {
    await running.until(what, attempt, 60_000);
  } catch (error) {
    if ((await attempt()) === undefined) throw error;
  }
}

/** What kubectl dials: as the connection that is asked about, so that names count. */
function serverOf({experiment}: Bed): string {
  const host = connectionOf(experiment, true)?.host ?? address;
  return host.startsWith('api.') ? host : address;
}

function wordsOf(experiment: Experiment, isKubectl: boolean): readonly ComponentWords[] {
  return connectionOf(experiment, isKubectl)?.components ?? [];
}

/** The one that is asked about; with kubectl the one that kubectl makes, where there is one. */
function connectionOf({trials}: Experiment, isKubectl: boolean) {
  const [asked] = trials;
  const own = trials.find(({id}) => id === 'admin-to-apiserver');
  return isKubectl && asked?.caller.component === 'pod' && asked.kind === 'connection' ? (own ?? asked) : asked;
}
