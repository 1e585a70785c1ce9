import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {Secret} from '../../src/base/secret.ts';
import {goOn, setUp} from '../../src/journeys/set-up.ts';
import {ceremonyFor, signAll} from '../../src/journeys/sign.ts';
import type {ClusterPlan} from '../../src/pki/plan.ts';
import {planWith, type PlanChanges} from '../helpers/plans.ts';
import {everyEvent, runSetUp, setUpOptions} from '../helpers/set-up.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

const quick: PlanChanges = {keys: {algorithm: 'ECDSA-P256'}};

function openssl(...words: string[]): string {
  return execFileSync('openssl', words, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']});
}

/** An authority that OpenSSL made. It lives longer than what it signs for a plan, which is dated seconds later. */
function makeAuthority(
  folder: string,
  name: string,
  encryption: string[] = ['-nodes'],
): {certificate: string; key: string} {
  const [certificate, key] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)];
  openssl(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    ...encryption,
    '-keyout',
    key,
    '-out',
    certificate,
    '-days',
    '7300',
    '-subj',
    `/CN=${name}`,
    '-addext',
    'basicConstraints=critical,CA:TRUE',
    '-addext',
    'keyUsage=critical,keyCertSign,digitalSignature',
  );
  return {certificate, key};
}

function bringing(
  authority: string,
  brought: ClusterPlan['trust']['authorities'][string],
  changes: PlanChanges = {},
): ClusterPlan {
  return planWith({...quick, ...changes, trust: {...planWith(changes).trust, authorities: {[authority]: brought}}});
}

describe('a plan becomes a proved bundle', () => {
  test('with every key, certificate and file told, and every connection judged', async () => {
    const directory = join(temporaryFolder(), 'demo');
    const events = await runSetUp(planWith(quick), directory, {proof: true});
    const [started] = events;
    if (started?.kind !== 'started') throw new Error('it begins otherwise');
    const told = (kind: string) => events.filter((event) => event.kind === kind).length;
    expect(told('key-made')).toBe(started.keys);
    expect(told('certificate-issued')).toBe(started.certificates);
    expect(told('file-written')).toBeGreaterThanOrEqual(started.files);
    expect(told('connection-judged')).toBe(started.blueprint.connections.length);
    expect(told('intrusion-judged')).toBe(started.blueprint.intrusions.length);
    const last = events.at(-1);
    if (last?.kind !== 'finished') throw new Error('it ends otherwise');
    expect(last.proof?.findings).toEqual([]);
    expect(last.proof?.state).toBe('ok');
  });

  test('and no secret is in an event', async () => {
    const directory = join(temporaryFolder(), 'demo');
    const text = JSON.stringify(await runSetUp(planWith(quick), directory, {proof: true}));
    expect(text).not.toContain('PRIVATE KEY');
    const token = readFileSync(join(directory, 'bootstrap/join-command'), 'utf8').match(/--token (\S+)/)?.[1] ?? '';
    expect(token).toMatch(/^[a-z0-9]{6}\.[a-z0-9]{16}$/);
    expect(text).not.toContain(token.split('.')[1]);
  });

  test('or, called off half-way, nothing at all', async () => {
    const folder = temporaryFolder();
    const stop = new AbortController();
    const events = setUp(planWith(quick), setUpOptions(join(folder, 'demo'), {signal: stop.signal}));
    await expect(async () => {
      for await (const event of events) if (event.kind === 'certificate-issued') stop.abort();
    }).rejects.toThrow('cancelled');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('or, when the plan is not right, one failure that names everything', async () => {
    const plan = planWith({cluster: {name: 'Not A Name', kubernetesVersion: '1.19'}});
    await expect(runSetUp(plan, join(temporaryFolder(), 'demo'))).rejects.toMatchObject({
      code: 'wrong-input',
      problems: expect.arrayContaining([
        expect.objectContaining({at: expect.objectContaining({path: 'cluster.name'})}),
        expect.objectContaining({at: expect.objectContaining({path: 'cluster.kubernetesVersion'})}),
      ]),
    });
  });
});

describe('an authority that is brought', () => {
  test('with its encrypted key signs what the plan gives it', async () => {
    const folder = temporaryFolder();
    const brought = makeAuthority(folder, 'company', ['-passout', 'pass:open sesame']);
    writeFileSync(join(folder, 'passphrase'), 'open sesame\n');
    const plan = bringing('kubernetes-ca', {...brought, passphrase: {file: join(folder, 'passphrase')}});
    const events = await runSetUp(plan, join(folder, 'demo'), {proof: true});
    expect(events.at(-1)).toMatchObject({kind: 'finished', proof: {state: 'ok'}});
    expect(readFileSync(join(folder, 'demo/authorities/kubernetes-ca.crt'), 'utf8')).toBe(
      readFileSync(brought.certificate, 'utf8'),
    );
    openssl(
      'verify',
      '-CAfile',
      brought.certificate,
      join(folder, 'demo/nodes/cp-1/rootfs/etc/kubernetes/pki/apiserver.crt'),
    );
  });

  test('with a passphrase that does not open it is refused by name, and nothing is written', async () => {
    const folder = temporaryFolder();
    const brought = makeAuthority(folder, 'company', ['-passout', 'pass:open sesame']);
    const plan = bringing('kubernetes-ca', {...brought, passphrase: {env: 'CA_PASSPHRASE'}});
    const passphrases = {environment: (name: string) => (name === 'CA_PASSPHRASE' ? 'close sesame' : undefined)};
    await expect(runSetUp(plan, join(folder, 'demo'), {passphrases})).rejects.toMatchObject({
      problems: [expect.objectContaining({code: 'passphrase-wrong', at: {path: 'trust.authorities.kubernetes-ca'}})],
    });
    expect(existsSync(join(folder, 'demo'))).toBe(false);
  });
});

describe('an authority whose key is elsewhere', () => {
  test('gets requests; once they are signed there, the run goes on to a proved bundle', async () => {
    const folder = temporaryFolder();
    const {certificate, key} = makeAuthority(folder, 'company');
    const plan = bringing('kubernetes-ca', {certificate}, {kubelets: {client: 'issued', serving: 'signed'}});
    const directory = join(folder, 'demo');

    const before = await runSetUp(plan, directory);
    expect(before.at(-1)).toMatchObject({kind: 'requests-written'});
    expect(existsSync(join(directory, 'bundle.json'))).toBe(false);

    const ceremony = ceremonyFor(directory, undefined);
    expect(ceremony.authority).toBe('kubernetes-ca');
    const signed: string[] = [];
    await signAll(directory, ceremony, {
      pair: {certificate: readFileSync(certificate, 'utf8'), key: new Secret(readFileSync(key, 'utf8'))},
      now: new Date(),
      onSigned: (name) => signed.push(name),
    });
    expect(signed).toEqual(ceremony.requests.map(({name}) => name));

    const after = await everyEvent(goOn(plan, setUpOptions(directory, {proof: true})));
    expect(after.at(-1)).toMatchObject({kind: 'finished', proof: {state: 'ok'}});
    expect(existsSync(join(directory, 'requests'))).toBe(false);
    expect(existsSync(join(directory, 'authorities/kubernetes-ca.key'))).toBe(false);
  });

  test('may sign with OpenSSL alone, because the requests ask for every usage and name', async () => {
    const folder = temporaryFolder();
    const {certificate, key} = makeAuthority(folder, 'company');
    const plan = bringing('etcd-ca', {certificate});
    const directory = join(folder, 'demo');
    await runSetUp(plan, directory);
    for (const {name} of ceremonyFor(directory, 'etcd-ca').requests) {
      const file = join(directory, 'requests', name);
      openssl(
        'x509',
        '-req',
        '-in',
        `${file}.csr`,
        '-CA',
        certificate,
        '-CAkey',
        key,
        '-CAcreateserial',
        '-days',
        '365',
        '-copy_extensions',
        'copy',
        '-out',
        `${file}.crt`,
      );
    }
    const after = await everyEvent(goOn(plan, setUpOptions(directory, {proof: true})));
    expect(after.at(-1)).toMatchObject({kind: 'finished', proof: {state: 'ok'}});
  });

  test('that signs another key’s request is caught, with every such certificate named', async () => {
    const folder = temporaryFolder();
    const {certificate, key} = makeAuthority(folder, 'company');
    const plan = bringing('front-proxy-ca', {certificate});
    const directory = join(folder, 'demo');
    await runSetUp(plan, directory);
    const file = join(directory, 'requests/cp-1/front-proxy-client');
    openssl(
      'req',
      '-new',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      join(folder, 'x.key'),
      '-out',
      `${folder}/x.csr`,
      '-subj',
      '/CN=front-proxy-client',
    );
    openssl(
      'x509',
      '-req',
      '-in',
      `${folder}/x.csr`,
      '-CA',
      certificate,
      '-CAkey',
      key,
      '-CAcreateserial',
      '-days',
      '365',
      '-out',
      `${file}.crt`,
    );
    await expect(everyEvent(goOn(plan, setUpOptions(directory)))).rejects.toMatchObject({
      code: 'wrong-input',
      problems: expect.arrayContaining([expect.objectContaining({code: 'key-does-not-match'})]),
    });
    expect(existsSync(join(directory, 'requests'))).toBe(true);
  });

  test('as an offline root signs the intermediates, and the rest is made here', async () => {
    const folder = temporaryFolder();
    const {certificate, key} = makeAuthority(folder, 'company-root');
    const plan = bringing('root-ca', {certificate}, {trust: {topology: 'intermediates'}});
    const directory = join(folder, 'demo');
    await runSetUp(plan, directory);
    const ceremony = ceremonyFor(directory, undefined);
    expect(ceremony.requests.map(({name}) => name)).toEqual(['kubernetes-ca', 'etcd-ca', 'front-proxy-ca']);
    await signAll(directory, ceremony, {
      pair: {certificate: readFileSync(certificate, 'utf8'), key: new Secret(readFileSync(key, 'utf8'))},
      now: new Date(),
      onSigned: () => undefined,
    });
    const after = await everyEvent(goOn(plan, setUpOptions(directory, {proof: true})));
    expect(after.at(-1)).toMatchObject({kind: 'finished', proof: {state: 'ok'}});
  });
});
