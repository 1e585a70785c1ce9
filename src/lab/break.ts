import type {
  Blueprint,
  PlannedCertificate,
  PlannedFile,
  PlannedKubeconfig,
  SubjectAlternativeName,
} from '../pki/blueprint-types.ts';
import type {Issued, IssuedAuthority, IssuedCertificate} from '../pki/issued.ts';
import type {AuthorityId} from '../pki/plan.ts';
import {issuerFrom, makeCertificate, type Issuer} from '../x509/certificate.ts';
import {generateKeys, publicKeyPem, readPrivateKey} from '../x509/keys.ts';
import {encodeName} from '../x509/names.ts';
import type {Break, Fault, Wrong} from './fault.ts';
import {certificateBroken, nameTakenOut, signingFile, trustBroken} from './places.ts';

/** A cluster's certificates, and what stands in its files. */
export interface Cluster {
  readonly blueprint: Blueprint;
  readonly issued: Issued;
  /** By the bundle's path: files that hold something else than the blueprint says. */
  readonly texts: ReadonlyMap<string, string>;
  /** When it was made. */
  readonly made: Date;
}

/**
 * The same cluster with the fault in it: certificates are issued anew by its own authorities, files hold other ones. The
 * cluster given stays as it is.
 */
export async function breakCluster(whole: Cluster, fault: Fault, now: Date): Promise<Cluster> {
  let broken = whole;
  for (const one of fault.breaks) broken = await withBreak(broken, one, fault, now);
  return broken;
}

async function withBreak(cluster: Cluster, one: Break, fault: Fault, now: Date): Promise<Cluster> {
  const {blueprint, issued} = cluster;
  switch (one.kind) {
    case 'certificate': {
      const planned = certificateBroken(one, blueprint);
      const old = issued.certificates.get(planned?.name ?? '');
      if (planned === undefined || old === undefined) throw new TypeError(`no certificate ${one.row} to break`);
      const spoiled = await spoil(old, one.as, {cluster, fault, now});
      return {
        ...cluster,
        issued: {...issued, certificates: new Map([...issued.certificates, [planned.name, spoiled]])},
      };
    }
    case 'trust': {
      const trust = trustBroken(one, blueprint);
      if (trust === undefined) throw new TypeError(`nothing verifies at ${one.connection}`);
      const {made, ids} = await strangersFor(trust.authorities, one.holds, cluster, now);
      return holding({...cluster, issued: withAuthorities(issued, made)}, trust.from.path, ids);
    }
    case 'service-account': {
      const path = blueprint.files.find(({content}) => content.kind === 'key-pair-public')?.path;
      if (path === undefined) throw new TypeError('no sa.pub to break');
      const {publicKey} = await generateKeys(blueprint.plan.keys.algorithm);
      return {...cluster, texts: new Map([...cluster.texts, [path, publicKeyPem(publicKey)]])};
    }
    case 'signing-file': {
      const file = signingFile(blueprint);
      if (file === undefined) throw new TypeError('nothing signs here');
      const {made, ids} = await strangersFor(file.authorities, 'a namesake', cluster, now);
      return holding({...cluster, issued: withAuthorities(issued, made)}, file.path, [...file.authorities, ...ids]);
    }
    case 'allowed-names':
      return {...cluster, blueprint: withoutAllowedNames(blueprint)};
    case 'one-authority':
      // Another plan, and so another cluster: `plansFor` says which.
      return cluster;
    default:
      return one satisfies never;
  }
}

interface Surroundings {
  readonly cluster: Cluster;
  readonly fault: Fault;
  readonly now: Date;
}

const hour = 3_600_000;
const day = 24 * hour;

async function spoil(old: IssuedCertificate, wrong: Wrong, around: Surroundings): Promise<IssuedCertificate> {
  const {planned} = old;
  const {cluster, fault, now} = around;
  switch (wrong.kind) {
    case 'expired':
      // It ended yesterday.
      return reissued(planned, around, {at: new Date(now.getTime() - planned.validity * hour - day)});
    case 'not-yet-valid':
      return reissued(planned, around, {at: new Date(now.getTime() + day)});
    case 'of-a-stranger':
      return reissued({...planned, chain: []}, around, {
        by: issuerOf(await makeAuthority('another-ca', cluster.blueprint, now)),
      });
    case 'without-name': {
      const name = nameTakenOut(planned, fault, cluster.blueprint);
      return reissued(planned, around, {sans: planned.sans.filter(({value}) => value !== name)});
    }
    case 'without-any-name':
      return reissued(planned, around, {sans: []});
    case 'for':
      return reissued(planned, around, {usages: wrong.usages});
    case 'swapped-key':
      return {...old, key: (await generateKeys(planned.algorithm)).privateKey};
    case 'without-intermediate':
      return {...old, planned: {...planned, chain: []}};
    default:
      return wrong satisfies never;
  }
}

interface Otherwise {
  readonly at?: Date;
  readonly by?: Issuer;
  readonly sans?: readonly SubjectAlternativeName[];
  readonly usages?: PlannedCertificate['usages'];
}

async function reissued(
  planned: PlannedCertificate,
  {cluster, now}: Surroundings,
  {at = now, by, sans = planned.sans, usages = planned.usages}: Otherwise,
): Promise<IssuedCertificate> {
  const keys = await generateKeys(planned.algorithm);
  const {subject, validity} = planned;
  const {certificate, facts} = await makeCertificate(
    {subject: encodeName(subject), publicKey: keys.publicKey, isAuthority: false, usages, sans, validity},
    by ?? issuerOf(cluster.issued.authorities.get(planned.authority)),
    at,
  );
  return {planned, certificate, key: keys.privateKey, facts};
}

function issuerOf(authority: IssuedAuthority | undefined): Issuer {
  if (authority?.key === undefined) throw new TypeError('an authority of the lab has its key');
  return issuerFrom(authority.certificate, readPrivateKey(authority.key).signingKey);
}

/** What a file holds instead of these authorities. */
async function strangersFor(
  ids: readonly AuthorityId[],
  holds: 'a namesake' | 'a stranger' | 'the root alone',
  {blueprint}: Cluster,
  now: Date,
): Promise<{readonly made: readonly IssuedAuthority[]; readonly ids: readonly AuthorityId[]}> {
  const planned = blueprint.authorities.filter(({id}) => ids.includes(id));
  switch (holds) {
    case 'the root alone':
      return {made: [], ids: planned.filter(({signedBy}) => signedBy === undefined).map(({id}) => id)};
    case 'a stranger': {
      const made = await makeAuthority('another-ca', blueprint, now);
      return {made: [made], ids: [made.planned.id]};
    }
    case 'a namesake': {
      const made = await Promise.all(planned.map(({subject}) => makeAuthority(subject.commonName, blueprint, now)));
      return {made, ids: made.map((each) => each.planned.id)};
    }
    default:
      return holds satisfies never;
  }
}

/** An authority of this name that signed nothing here. */
async function makeAuthority(commonName: string, {plan, authorities}: Blueprint, now: Date): Promise<IssuedAuthority> {
  const [like] = authorities;
  if (like === undefined) throw new TypeError('a cluster without an authority');
  const subject = {commonName, organizations: []};
  const id = `not-of-this-cluster: ${commonName}`;
  const keys = await generateKeys(plan.keys.algorithm);
  const planned = {...like, id, subject, sans: [], signedBy: undefined};
  const {certificate, facts} = await makeCertificate(
    {
      subject: encodeName(subject),
      publicKey: keys.publicKey,
      isAuthority: true,
      usages: [],
      sans: [],
      validity: plan.validity.authorities,
    },
    {itself: keys.signingKey},
    now,
  );
  return {planned, certificate, key: keys.privateKey, facts};
}

function withAuthorities(issued: Issued, made: readonly IssuedAuthority[]): Issued {
  return {
    ...issued,
    authorities: new Map([...issued.authorities, ...made.map((each) => [each.planned.id, each] as const)]),
  };
}

/** The file, or the kubeconfig in it, holds these authorities. */
function holding(cluster: Cluster, path: string, ids: readonly AuthorityId[]): Cluster {
  const {blueprint} = cluster;
  const content = blueprint.files.find((file) => file.path === path)?.content;
  const kubeconfig = content?.kind === 'kubeconfig' ? content.kubeconfig : undefined;
  const file = (planned: PlannedFile): PlannedFile =>
    planned.path === path && planned.content.kind === 'authorities'
      ? {...planned, content: {kind: 'authorities', authorities: ids}}
      : planned;
  const config = (planned: PlannedKubeconfig): PlannedKubeconfig =>
    planned.name === kubeconfig ? {...planned, trusts: ids} : planned;
  return {
    ...cluster,
    blueprint: {...blueprint, files: blueprint.files.map(file), kubeconfigs: blueprint.kubeconfigs.map(config)},
  };
}

function withoutAllowedNames(blueprint: Blueprint): Blueprint {
  const first = blueprint.components.find(({component}) => component === 'kube-apiserver');
  return {
    ...blueprint,
    components: blueprint.components.map((each) =>
      each === first ? {...each, flags: each.flags.filter(({name}) => name !== '--requestheader-allowed-names')} : each,
    ),
  };
}
