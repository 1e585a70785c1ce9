import {X509Certificate} from 'node:crypto';
import {inspect} from 'node:util';
import {describe, expect, test} from 'vitest';
import {Cancelled, InputFailure} from '../../src/base/failure.ts';
import type {Blueprint} from '../../src/pki/blueprint-types.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import type {Issued} from '../../src/pki/issued.ts';
import {awaitsSignature, type BroughtPair, checkBrought, checkSigned, type SignedPair} from '../../src/x509/brought.ts';
import {checkIssued} from '../../src/x509/chain.ts';
import {type IssueEvent, issueBlueprint, requestsFor} from '../../src/x509/issue.ts';
import {inspectCertificate} from '../../src/x509/inspect.ts';
import {samePublicKey, readPrivateKey} from '../../src/x509/keys.ts';
import {signRequest} from '../../src/x509/request.ts';
import {openssl, tryOpenssl} from '../helpers/openssl.ts';
import {node, type PlanChanges, planWith} from '../helpers/plans.ts';
import {temporaryFiles} from '../helpers/temporary-folder.ts';
import {makeAuthority, now} from './makers.ts';

/** ECDSA, because a test has no time for RSA; every node's certificates are issued. */
function blueprintOf(changes: PlanChanges = {}): Blueprint {
  return makeBlueprint(
    planWith({keys: {algorithm: 'ECDSA-P256'}, kubelets: {client: 'issued', serving: 'signed'}, ...changes}),
  );
}

/** Every problem of everything that was issued. */
function problemsOf(blueprint: Blueprint, issued: Issued): unknown[] {
  const authorities = new Map([...issued.authorities].map(([id, {certificate}]) => [id, certificate]));
  const all = [...issued.authorities.values(), ...issued.certificates.values()];
  expect(all).toHaveLength(blueprint.authorities.length + blueprint.certificates.length);
  return all.flatMap(({planned, certificate, key}) => checkIssued(planned, certificate, {key, authorities, now}));
}

const seconds = String(Math.floor(now.getTime() / 1000));

describe('a blueprint', () => {
  test('is issued whole: every authority, certificate and key pair, in its order', async () => {
    const blueprint = blueprintOf({users: [{name: 'jane', groups: ['dev', 'ops']}]});
    const issued = await issueBlueprint(blueprint, {now});
    expect([...issued.authorities.keys()]).toEqual(blueprint.authorities.map(({id}) => id));
    expect([...issued.certificates.keys()]).toEqual(blueprint.certificates.map(({name}) => name));
    expect([...issued.keyPairs.keys()]).toEqual(['service-account']);
    expect(problemsOf(blueprint, issued)).toEqual([]);
  });

  test.each(['single-ca', 'three-cas', 'intermediates'] as const)(
    'with the topology %s is accepted by openssl, certificate by certificate',
    async (topology) => {
      const blueprint = blueprintOf({trust: {topology}, validity: {leaves: 300_000}});
      const issued = await issueBlueprint(blueprint, {now});
      const roots = [...issued.authorities.values()].filter(({planned}) => planned.signedBy === undefined);
      const between = [...issued.authorities.values()].filter(({planned}) => planned.signedBy !== undefined);
      const pems = (list: readonly {certificate: string}[]) => list.map(({certificate}) => certificate).join('');
      const leaves = [...issued.certificates.values()];
      const [anchors = '', untrusted = '', ...files] = temporaryFiles(
        pems(roots),
        pems(between),
        ...leaves.map(({certificate}) => certificate),
      );
      const helpers = between.length === 0 ? [] : ['-untrusted', untrusted];
      expect(topology === 'intermediates' ? between.length : 0).toBe(between.length);
      const verdict = tryOpenssl(
        ['verify', '-x509_strict', '-attime', seconds, '-CAfile', anchors, ...helpers].concat(files),
      );
      expect(verdict.said.trim().split('\n')).toEqual(files.map((file) => `${file}: OK`));
    },
  );

  test('with RSA-2048 and with ECDSA-P384 has keys and signatures of that kind', async () => {
    for (const [algorithm, signature] of [
      ['RSA-2048', 'sha256WithRSAEncryption'],
      ['ECDSA-P384', 'ecdsa-with-SHA384'],
    ] as const) {
      const blueprint = blueprintOf({keys: {algorithm}, trust: {topology: 'single-ca'}});
      const issued = await issueBlueprint({...blueprint, certificates: blueprint.certificates.slice(0, 2)}, {now});
      const [leaf] = issued.certificates.values();
      const read = inspectCertificate(leaf?.certificate ?? '');
      expect(read).toMatchObject({key: {name: algorithm}, signatureAlgorithm: signature});
      const pair = issued.keyPairs.get('service-account') ?? expect.fail('no service-account pair');
      expect(openssl(['pkey', '-pubout'], pair.privateKey.reveal())).toBe(pair.publicKey);
    }
  });

  test('has a key of its own for everything, and a serial number of its own', async () => {
    const issued = await issueBlueprint(blueprintOf(), {now});
    const all = [...issued.authorities.values(), ...issued.certificates.values()];
    expect(new Set(all.map(({key}) => key?.reveal())).size).toBe(all.length);
    expect(new Set(all.map(({facts}) => facts.serial)).size).toBe(all.length);
  });

  test('shows no key and no token when it is printed', async () => {
    const issued = await issueBlueprint(blueprintOf(), {now});
    const shown = inspect(issued, {depth: 9, maxArrayLength: 999}) + JSON.stringify([...issued.certificates]);
    expect(shown).toContain('BEGIN CERTIFICATE');
    expect(shown).not.toContain('PRIVATE KEY');
    expect(shown).not.toContain(issued.bootstrapToken?.reveal() ?? 'a token');
  });
});

describe('the bootstrap token', () => {
  test('is new each time and of the form that Kubernetes reads', async () => {
    const blueprint = {...blueprintOf(), authorities: [], certificates: [], keyPairs: []};
    const tokens = new Set<string>();
    for (let count = 0; count < 50; count += 1) {
      const {bootstrapToken} = await issueBlueprint(blueprint, {now});
      tokens.add(bootstrapToken?.reveal() ?? '');
    }
    expect(tokens.size).toBe(50);
    for (const token of tokens) expect(token).toMatch(/^[a-z0-9]{6}\.[a-z0-9]{16}$/);
  });

  test('is not made when nothing would hold it', async () => {
    const empty = {authorities: [], certificates: [], keyPairs: [], kubeconfigs: [], files: []};
    expect((await issueBlueprint({...blueprintOf(), ...empty}, {now})).bootstrapToken).toBeUndefined();
  });
});

describe('what happens meanwhile', () => {
  test('is told: each key, then its certificate, authorities before what they sign', async () => {
    const blueprint = blueprintOf({trust: {topology: 'intermediates'}});
    const events: IssueEvent[] = [];
    const issued = await issueBlueprint(blueprint, {now, threads: 2, on: (event) => events.push(event)});
    const told = (kind: IssueEvent['kind']) => events.flatMap((event) => (event.kind === kind ? [event.name] : []));
    const names = [...issued.authorities.keys(), ...issued.certificates.keys()];
    expect(told('key-made').toSorted()).toEqual([...names, 'service-account'].toSorted());
    expect(told('certificate-issued').toSorted()).toEqual(names.toSorted());
    const at = (kind: IssueEvent['kind'], name: string) =>
      events.findIndex((event) => event.kind === kind && event.name === name);
    for (const name of names) expect(at('key-made', name)).toBeLessThan(at('certificate-issued', name));
    for (const {name, authority} of blueprint.certificates) {
      expect(at('certificate-issued', authority)).toBeLessThan(at('certificate-issued', name));
    }
    for (const event of events) {
      if (event.kind === 'certificate-issued') {
        const made = issued.authorities.get(event.name) ?? issued.certificates.get(event.name);
        expect(event.facts).toEqual(made?.facts);
      }
    }
  });

  test('the event loop goes round all the while: no round does more than a few things', async () => {
    const workers = Array.from({length: 40}, (_, index) => node(`w-${index}`, `10.0.1.${index}`, 'worker'));
    const blueprint = blueprintOf({nodes: [node('cp-1', '10.0.0.11', 'control-plane'), ...workers]});
    const toldInRound = [0];
    let isDone = false;
    const goRound = (): void => {
      toldInRound.push(0);
      if (!isDone) setImmediate(goRound);
    };
    setImmediate(goRound);
    const on = () => {
      toldInRound[toldInRound.length - 1] = (toldInRound.at(-1) ?? 0) + 1;
    };
    await issueBlueprint(blueprint, {now, threads: 1, on});
    isDone = true;
    expect(blueprint.certificates.length).toBeGreaterThan(80);
    // Keys in the making, and the signatures that those before them wait for.
    expect(Math.max(...toldInRound)).toBeLessThan(16);
  });

  test('it is called off at any event, and nothing more is told', async () => {
    const blueprint = blueprintOf();
    for (const after of [1, 2, 5, 12]) {
      const stop = new AbortController();
      let told = 0;
      const work = issueBlueprint(blueprint, {
        now,
        threads: 2,
        signal: stop.signal,
        on: () => {
          told += 1;
          if (told === after) stop.abort();
        },
      });
      await expect(work).rejects.toBeInstanceOf(Cancelled);
      // Those keys that were in the making are still being finished: they are not told.
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(told).toBe(after);
    }
  });

  test('a listener that fails fails it, once and with its own error', async () => {
    const work = issueBlueprint(blueprintOf(), {
      now,
      on: () => {
        throw new Error('the disk is full');
      },
    });
    await expect(work).rejects.toThrow('the disk is full');
  });
});

describe('an authority that is brought with its key', () => {
  const plan = (changes: PlanChanges = {}) =>
    blueprintOf({trust: {authorities: {'etcd-ca': {certificate: 'ca.crt', key: 'ca.key'}}}, ...changes});

  test('signs what is under it and is handed on as it is', async () => {
    const authority = await makeAuthority({commonName: 'acme etcd', organizations: ['Acme'], algorithm: 'RSA-2048'});
    const brought = new Map([
      ['etcd-ca', {certificate: `my authority\n${authority.certificate}`, key: authority.key.privateKey}],
    ]);
    const events: string[] = [];
    const blueprint = plan();
    const issued = await issueBlueprint(blueprint, {now, brought, on: ({name}) => events.push(name)});
    expect(issued.authorities.get('etcd-ca')?.certificate).toBe(authority.certificate);
    expect(issued.authorities.get('etcd-ca')?.facts).toEqual(authority.facts);
    expect(events).not.toContain('etcd-ca');
    expect(problemsOf(blueprint, issued)).toEqual([]);
    const server = issued.certificates.get('cp-1/etcd-server');
    expect(inspectCertificate(server?.certificate ?? '').issuer.text).toBe('O=Acme, CN=acme etcd');
  });

  test('that does not fit is refused with every problem at its plan key', async () => {
    const one = await makeAuthority({isAuthority: false});
    const other = await makeAuthority();
    const brought = new Map<string, BroughtPair>([
      ['etcd-ca', {certificate: one.certificate, key: other.key.privateKey}],
    ]);
    const failure = await issueBlueprint(plan(), {now, brought}).catch((error: unknown) => error);
    if (!(failure instanceof InputFailure)) return expect.fail('it was taken');
    expect(failure.problems.map(({code, at}) => `${at.path}: ${code}`)).toEqual([
      'trust.authorities.etcd-ca: key-does-not-match',
      'trust.authorities.etcd-ca: not-an-authority',
      'trust.authorities.etcd-ca: key-usage-missing',
    ]);
    return expect(checkBrought(plan(), {now})).toMatchObject([{code: 'authority-missing'}]);
  });
});

/** What `certwright sign` does on the other machine. */
async function signedElsewhere(
  blueprint: Blueprint,
  brought: ReadonlyMap<string, BroughtPair>,
  authority: Awaited<ReturnType<typeof makeAuthority>>,
): Promise<Map<string, SignedPair>> {
  const requests = await requestsFor(blueprint, {now, brought});
  const pairs = new Map<string, SignedPair>();
  for (const {name, planned, request, key} of requests) {
    const made = await signRequest(
      request,
      {certificate: authority.certificate, key: authority.key.privateKey},
      {now, validity: planned.validity, isAuthority: !('authority' in planned)},
    );
    pairs.set(name, {certificate: made.certificate, key});
  }
  return pairs;
}

describe('an authority whose key is elsewhere', () => {
  test('is asked for what is under it, and what comes back completes the set', async () => {
    const blueprint = blueprintOf({trust: {authorities: {'front-proxy-ca': {certificate: 'ca.crt'}}}});
    const authority = await makeAuthority({commonName: 'front-proxy-ca'});
    const brought = new Map([['front-proxy-ca', {certificate: authority.certificate, key: undefined}]]);
    expect(awaitsSignature(blueprint, brought)).toMatchObject([{name: 'cp-1/front-proxy-client'}]);

    await expect(issueBlueprint(blueprint, {now, brought})).rejects.toMatchObject({
      code: 'authority-key-missing',
      message: 'front-proxy-ca has yet to sign cp-1/front-proxy-client: its key is not here',
    });

    const events: IssueEvent[] = [];
    const [request] = await requestsFor(blueprint, {now, brought, on: (event) => events.push(event)});
    expect(events).toEqual([{kind: 'key-made', name: 'cp-1/front-proxy-client'}]);
    expect(request).toMatchObject({name: 'cp-1/front-proxy-client', authority: 'front-proxy-ca'});
    expect(tryOpenssl(['req', '-verify', '-noout'], request?.request).ok).toBe(true);

    const signed = await signedElsewhere(blueprint, brought, authority);
    const issued = await issueBlueprint(blueprint, {now, brought, signed});
    expect(problemsOf(blueprint, issued)).toEqual([]);
    expect(issued.authorities.get('front-proxy-ca')?.key).toBeUndefined();
    const leaf = issued.certificates.get('cp-1/front-proxy-client') ?? expect.fail('it is not there');
    expect(leaf.certificate).toBe(signed.get('cp-1/front-proxy-client')?.certificate);
    const {publicKey} = new X509Certificate(leaf.certificate);
    expect(samePublicKey(readPrivateKey(leaf.key).signingKey, publicKey)).toBe(true);
  });

  test('can be the root: the intermediates are asked for, and everything below is made here', async () => {
    const blueprint = blueprintOf({
      trust: {topology: 'intermediates', authorities: {'root-ca': {certificate: 'root.crt'}}},
    });
    const root = await makeAuthority({commonName: 'Acme Root', algorithm: 'RSA-2048'});
    const brought = new Map([['root-ca', {certificate: root.certificate, key: undefined}]]);
    const signed = await signedElsewhere(blueprint, brought, root);
    expect([...signed.keys()]).toEqual(['kubernetes-ca', 'etcd-ca', 'front-proxy-ca']);
    const issued = await issueBlueprint(blueprint, {now, brought, signed});
    expect(problemsOf(blueprint, issued)).toEqual([]);
    expect(inspectCertificate(issued.authorities.get('etcd-ca')?.certificate ?? '')).toMatchObject({
      isAuthority: true,
      subject: {commonName: 'etcd-ca'},
      issuer: {commonName: 'Acme Root'},
      sans: [{type: 'dns', value: 'etcd-ca'}],
    });
  });

  test('answers with openssl, which copies what was asked', async () => {
    const blueprint = blueprintOf({trust: {authorities: {'etcd-ca': {certificate: 'ca.crt'}}}});
    const authority = await makeAuthority({commonName: 'etcd-ca', now: new Date()});
    const brought = new Map([['etcd-ca', {certificate: authority.certificate, key: undefined}]]);
    const [ca = '', key = ''] = temporaryFiles(authority.certificate, authority.key.privateKey.reveal());
    const today = new Date();
    const requests = await requestsFor(blueprint, {now: today, brought});
    const by = ['-CA', ca, '-CAkey', key, '-CAcreateserial', '-days', '365', '-copy_extensions', 'copy'];
    const signed = new Map(
      requests.map((one) => [one.name, {certificate: openssl(['x509', '-req', ...by], one.request), key: one.key}]),
    );
    expect(signed.size).toBe(4);
    expect(await checkSigned(blueprint, {brought, signed, now: new Date()})).toEqual([]);
    await expect(issueBlueprint(blueprint, {now: new Date(), brought, signed})).resolves.toBeDefined();
  });

  test('that answers wrongly is told everything at once', async () => {
    const blueprint = blueprintOf({trust: {authorities: {'etcd-ca': {certificate: 'ca.crt'}}}});
    const authority = await makeAuthority({commonName: 'etcd-ca'});
    const brought = new Map([['etcd-ca', {certificate: authority.certificate, key: undefined}]]);
    const signed = await signedElsewhere(blueprint, brought, authority);
    // Two answers changed places.
    const server = signed.get('cp-1/etcd-server') ?? expect.fail('not asked');
    const client = signed.get('cp-1/apiserver-etcd-client') ?? expect.fail('not asked');
    signed.set('cp-1/etcd-server', {...server, certificate: client.certificate});
    signed.set('cp-1/apiserver-etcd-client', {...client, certificate: server.certificate});
    const failure = await issueBlueprint(blueprint, {now, brought, signed}).catch((error: unknown) => error);
    if (!(failure instanceof InputFailure)) return expect.fail('it was taken');
    return expect(failure.problems.map(({code, at}) => `${at.path}: ${code}`)).toEqual([
      'cp-1/apiserver-etcd-client: key-does-not-match',
      'cp-1/apiserver-etcd-client: subject-differs',
      'cp-1/etcd-server: key-does-not-match',
      'cp-1/etcd-server: subject-differs',
      'cp-1/etcd-server: usage-missing',
      'cp-1/etcd-server: name-missing',
    ]);
  });
});
