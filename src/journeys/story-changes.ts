import {type Artefact, type ArtefactPart, check, fact} from '../lessons/artefact.ts';
import type {ComponentId} from '../pki/blueprint-types.ts';
import {fileUseOf} from '../pki/file-flags.ts';
import type {IssuedAuthority, IssuedCertificate} from '../pki/issued.ts';
import {pickUpOf} from '../pki/restarts.ts';
import {issuerFrom, makeCertificate} from '../x509/certificate.ts';
import {inspectCertificate, spkiPin} from '../x509/inspect.ts';
import {generateKeys, openPrivateKey, readPrivateKey} from '../x509/keys.ts';
import {encodeName} from '../x509/names.ts';
import {renewCertificate} from '../x509/renew.ts';
import {restartsOf} from './restart-order.ts';
import {day, isFileOf, nameText, type Pair, placeOf, saidRows, type StoryCluster} from './story-cluster.ts';

/** What the stories of change show: a renewal, and a CA that gives way to another. */

/** The API server's certificate as it was issued eleven months ago, and renewed now. */
async function renewal(cluster: StoryCluster): Promise<{readonly old: Pair; readonly renewed: Pair}> {
  const {planned, certificate} = cluster.certificate('apiserver');
  const authority = signer(cluster.signerOf('apiserver'));
  const then = new Date(cluster.now.getTime() - 335 * 86_400_000);
  const wish = {validity: planned.validity, key: undefined};
  const from = 'apiserver.crt';
  const old = await renewCertificate(inspectCertificate(certificate), authority, wish, {now: then, from});
  const renewed = await renewCertificate(inspectCertificate(old.certificate), authority, wish, {
    now: cluster.now,
    from,
  });
  const along = planned.chain.map((id) => cluster.authority(id).certificate).join('');
  return {
    old: {certificate: old.certificate + along, key: old.key.privateKey},
    renewed: {certificate: renewed.certificate + along, key: renewed.key.privateKey},
  };
}

export async function renewed(cluster: StoryCluster): Promise<Artefact> {
  const made = await renewal(cluster);
  const [old, fresh] = [inspectCertificate(made.old.certificate), inspectCertificate(made.renewed.certificate)];
  const title = placeOf(cluster.file(isFileOf(cluster.certificate('apiserver').planned)));
  const facts = ([old, fresh] as const).map((each) => [
    fact('subject', nameText(each.subject)),
    fact('issuer', nameText(each.issuer)),
    fact('names', each.sans.map(({value}) => value).join(', ')),
    fact('usage', each.usages.join(', ')),
    fact('valid', `${day(each.notBefore)} - ${day(each.notAfter)}`),
    fact('key', `${spkiPin(each.pem).slice(0, 23)}…`),
    fact('serial', each.serial),
  ]);
  const [before = [], after = []] = facts;
  const pairs = before.map((row, index) => ({row, now: after[index]}));
  const isSame = ({row, now}: (typeof pairs)[number]): boolean => JSON.stringify(row) === JSON.stringify(now);
  return {
    parts: [
      {label: 'same', title, rows: pairs.filter(isSame).map(({row}) => row)},
      {
        label: 'changed',
        title,
        rows: pairs.filter((pair) => !isSame(pair)).flatMap(({row, now}) => [row, ...(now ? [now] : [])]),
      },
    ],
  };
}

/** Callers meet the renewed certificate with the CA file that they have had all the time. */
export async function renewedCall(cluster: StoryCluster): Promise<Artefact> {
  const {renewed: serving} = await renewal(cluster);
  const connection = cluster.connection('admin-to-apiserver');
  const heard = await cluster.meet({
    serving,
    client: cluster.shown(cluster.certificate('admin')),
    serverTrusts: cluster.anchors(connection.providerTrusts),
    callerTrusts: cluster.anchors(connection.callerTrusts),
  });
  const rows = saidRows(heard, {caller: 'kubectl', provider: 'kube-apiserver'});
  return {parts: [{title: 'kubectl → kube-apiserver', rows}]};
}

/** Which renewed files a process takes by itself, and which it does not read again. */
export function whoReloads({blueprint}: StoryCluster): Artefact {
  const seen = new Set<ComponentId>();
  const waiting = new Set<ComponentId>();
  const parts: ArtefactPart[] = [];
  for (const {component, flags, settings} of blueprint.components) {
    if (seen.has(component)) continue;
    seen.add(component);
    const renewedFiles = [...flags, ...settings].flatMap(({name}) => {
      const use = fileUseOf(component, name);
      const isRenewed = use !== undefined && ['certificate', 'kubeconfig', 'named-by-kubeconfig'].includes(use.holds);
      return isRenewed ? [{name, pickUp: pickUpOf(component, name, use)}] : [];
    });
    if (renewedFiles.some(({pickUp}) => pickUp === 'after a restart')) waiting.add(component);
    const rows = renewedFiles.map(({name, pickUp}) => fact(pickUp === 'by itself' ? 'byItself' : 'afterRestart', name));
    if (rows.length > 0) parts.push({title: component, rows});
  }
  const order = restartsOf(waiting, []).map(({component}) => component);
  return {parts: [...parts, {label: 'order', title: order.join(' → '), rows: []}]};
}

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
        title: 'apiserver.crt (ca-old.crt) ← ca-new.crt',
        rows: cluster.checks({shown, trusts: fresh.certificate, usage: 'server auth', host: undefined}),
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
          check('key', pins[0] === pins[1], nameText(before.planned.subject)),
        ],
      },
      {
        title: 'apiserver.crt ← ca.crt',
        rows: cluster.checks({shown, trusts: again.certificate, usage: 'server auth', host: undefined}),
      },
    ],
  };
}

interface Signer {
  /** PEM. */
  readonly certificate: string;
  readonly key: ReturnType<typeof openPrivateKey>;
}

function signer(authority: IssuedAuthority): Signer {
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
