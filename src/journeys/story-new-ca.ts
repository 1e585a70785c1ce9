import {type Artefact, type ArtefactPart, check, fact} from '../lessons/artefact.ts';
import type {IssuedAuthority, IssuedCertificate} from '../pki/issued.ts';
import {issuerFrom, makeCertificate} from '../x509/certificate.ts';
import {inspectCertificate, spkiPin} from '../x509/inspect.ts';
import {generateKeys, openPrivateKey, readPrivateKey} from '../x509/keys.ts';
import {encodeName} from '../x509/names.ts';
import type {Pair, StoryCluster} from './story-cluster.ts';
import {nameText, saidRows} from './story-rows.ts';

/** What the story of a new CA shows: who accepts whom in each phase, with real handshakes. */

/** A CA of the same name with another key: what a rebuilt cluster, or a CA exchanged at once, leaves behind. */
export async function namesake(cluster: StoryCluster): Promise<Artefact> {
  const old = cluster.signerOf('apiserver');
  const fresh = await newAuthority(cluster, old);
  const shown = cluster.certificate('apiserver').certificate;
  return {
    parts: [
      {
        title: 'ca-old.crt',
        rows: [fact('subject', nameText(old.planned.subject)), fact('pin', spkiPin(old.certificate))],
      },
      {
        title: 'ca-new.crt',
        rows: [fact('subject', nameText(old.planned.subject)), fact('pin', spkiPin(fresh.certificate))],
      },
      {
        title: 'apiserver.crt',
        rows: [
          fact('signedBy', 'ca-old.crt'),
          fact('trusts', 'ca-new.crt'),
          ...cluster.checks({shown, trusts: fresh.certificate, usage: 'server auth', host: undefined}),
        ],
      },
    ],
  };
}

type Age = 'ca-old.crt' | 'ca-new.crt';

interface PhaseCall {
  /** By whom each certificate is signed, and what each end trusts. */
  readonly serving: Age;
  readonly client: Age;
  readonly serverTrusts: readonly Age[];
  readonly callerTrusts: readonly Age[];
}

const [old, fresh] = [['ca-old.crt'], ['ca-new.crt']] as const satisfies readonly (readonly Age[])[];
const both = ['ca-old.crt', 'ca-new.crt'] as const satisfies readonly Age[];

/** Every certificate is old; trust goes from one to both, end by end. */
export const phaseBoth = (cluster: StoryCluster): Promise<Artefact> =>
  phase(cluster, [
    {serving: 'ca-old.crt', client: 'ca-old.crt', serverTrusts: both, callerTrusts: old},
    {serving: 'ca-old.crt', client: 'ca-old.crt', serverTrusts: both, callerTrusts: both},
  ]);

/** Certificates become new one by one; the last call is of a node that was forgotten in the phase before. */
export const phaseIssue = (cluster: StoryCluster): Promise<Artefact> =>
  phase(cluster, [
    {serving: 'ca-new.crt', client: 'ca-old.crt', serverTrusts: both, callerTrusts: both},
    {serving: 'ca-new.crt', client: 'ca-new.crt', serverTrusts: both, callerTrusts: both},
    {serving: 'ca-new.crt', client: 'ca-old.crt', serverTrusts: both, callerTrusts: old},
  ]);

/** Trust is new alone; the last call is with a certificate that was forgotten in the phase before. */
export const phaseDrop = (cluster: StoryCluster): Promise<Artefact> =>
  phase(cluster, [
    {serving: 'ca-new.crt', client: 'ca-new.crt', serverTrusts: fresh, callerTrusts: fresh},
    {serving: 'ca-new.crt', client: 'ca-old.crt', serverTrusts: fresh, callerTrusts: both},
  ]);

async function phase(cluster: StoryCluster, calls: readonly PhaseCall[]): Promise<Artefact> {
  const before = cluster.signerOf('apiserver');
  const authorities = {'ca-old.crt': signer(before), 'ca-new.crt': await newAuthority(cluster, before)};
  const bundle = (ages: readonly Age[]): string => ages.map((age) => authorities[age].certificate).join('');
  const row = cluster.has('kubelet-to-apiserver') ? 'kubelet-client' : 'admin';
  const caller = row === 'admin' ? 'kubectl' : 'kubelet';
  const parts: ArtefactPart[] = [];
  for (const {serving, client, serverTrusts, callerTrusts} of calls) {
    const heard = await cluster.meet({
      serving: await issuedBy(cluster, cluster.certificate('apiserver'), authorities[serving]),
      client: await issuedBy(cluster, cluster.certificate(row), authorities[client]),
      serverTrusts: bundle(serverTrusts),
      callerTrusts: bundle(callerTrusts),
    });
    parts.push({
      title: `${caller} → kube-apiserver`,
      rows: [
        fact('serverShows', `apiserver.crt (${serving})`),
        fact('callerTrusts', callerTrusts.join(' + ')),
        fact('callerShows', `${row} (${client})`),
        fact('serverTrusts', serverTrusts.join(' + ')),
        ...saidRows(heard, {caller, provider: 'kube-apiserver'}),
      ],
    });
  }
  return {parts};
}

/** The CA's certificate anew with its own key: what was signed before is verified by either. */
export async function sameKey(cluster: StoryCluster): Promise<Artefact> {
  const before = cluster.signerOf('apiserver');
  const again = await authorityWith(cluster, before, readPrivateKey(keyOf(before)));
  const shown = cluster.certificate('apiserver').certificate;
  const pins = [spkiPin(before.certificate), spkiPin(again.certificate)];
  return {
    parts: [
      {
        title: 'ca.crt',
        rows: [
          fact(
            'serial',
            `${inspectCertificate(before.certificate).serial} → ${inspectCertificate(again.certificate).serial}`,
          ),
          fact('pin', pins[0] ?? ''),
          check('key', pins[0] === pins[1], 'ca.key'),
        ],
      },
      {
        title: 'apiserver.crt',
        rows: [
          fact('trusts', 'ca.crt'),
          ...cluster.checks({shown, trusts: again.certificate, usage: 'server auth', host: undefined}),
        ],
      },
    ],
  };
}

interface Signer {
  /** PEM. */
  readonly certificate: string;
  readonly key: ReturnType<typeof openPrivateKey>;
}

/** An authority that is to sign. */
export function signer(authority: IssuedAuthority): Signer {
  return {certificate: authority.certificate, key: openPrivateKey(keyOf(authority))};
}

function keyOf({planned, key}: IssuedAuthority) {
  if (key === undefined) throw new TypeError(`the key of ${planned.id} is not here`);
  return key;
}

async function newAuthority(cluster: StoryCluster, like: IssuedAuthority): Promise<Signer> {
  return authorityWith(cluster, like, await generateKeys('ECDSA-P256'));
}

async function authorityWith(
  {now}: StoryCluster,
  {planned}: IssuedAuthority,
  {publicKey, signingKey}: Awaited<ReturnType<typeof generateKeys>>,
): Promise<Signer> {
  const {subject, sans, validity} = planned;
  const {certificate} = await makeCertificate(
    {subject: encodeName(subject), publicKey, isAuthority: true, usages: [], sans, validity},
    {itself: signingKey},
    now,
  );
  return {certificate, key: signingKey};
}

/** The same certificate, signed by this CA. */
async function issuedBy({now}: StoryCluster, {planned}: IssuedCertificate, by: Signer): Promise<Pair> {
  const {subject, usages, sans, validity} = planned;
  const {publicKey, privateKey} = await generateKeys('ECDSA-P256');
  const {certificate} = await makeCertificate(
    {subject: encodeName(subject), publicKey, isAuthority: false, usages, sans, validity},
    issuerFrom(by.certificate, by.key),
    now,
  );
  return {certificate, key: privateKey};
}
