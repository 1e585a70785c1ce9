import {createPrivateKey, createPublicKey, type KeyObject} from 'node:crypto';
import type {Secret} from '../base/secret.ts';
import type {
  Blueprint,
  PlannedAuthority,
  PlannedCertificate,
  PlannedComponent,
  PlannedFile,
  PlannedKubeconfig,
} from '../pki/blueprint-types.ts';
import type {AuthorityId} from '../pki/plan.ts';
import type {BundleView} from './bundle-view.ts';
import type {SeenCertificate} from './seen-certificate.ts';
import {inTurns} from './turns.ts';

/** What every file is held against: the blueprint by name, and what the files together say. */
export interface Bench {
  readonly blueprint: Blueprint;
  readonly view: BundleView;
  readonly now: Date;
  /** The authorities as this bundle has them; one that no file holds in a readable form is left out. */
  readonly authorities: ReadonlyMap<AuthorityId, SeenCertificate>;
  /** By planned name, those that lie in files of their own; unreadable ones are left out. */
  readonly certificates: ReadonlyMap<string, SeenCertificate>;
  /** The public half of the service-account pair; undefined when no file has it. */
  readonly keyPair: KeyObject | undefined;
  /** The first that a kubeconfig holds; undefined when none does. */
  readonly bootstrapToken: Secret | undefined;
  readonly planned: {
    readonly authorities: ReadonlyMap<AuthorityId, PlannedAuthority>;
    readonly certificates: ReadonlyMap<string, PlannedCertificate>;
    readonly kubeconfigs: ReadonlyMap<string, PlannedKubeconfig>;
    /** By `node/component`. */
    readonly components: ReadonlyMap<string, PlannedComponent>;
  };
}

/** Sets the bench: reads the files that others are held against, from wherever they are whole. */
export async function benchFor(
  blueprint: Blueprint,
  view: BundleView,
  {now, signal}: {readonly now: Date; readonly signal: AbortSignal | undefined},
): Promise<Bench> {
  // Some at once is quicker than one by one, and the screen has its turns; the view keeps what it has read.
  await inTurns(blueprint.files, (file) => takeApart(file, view), signal);
  return {
    blueprint,
    view,
    now,
    authorities: await authoritiesOf(blueprint, view),
    certificates: await certificatesOf(blueprint, view),
    keyPair: await keyPairOf(blueprint, view),
    bootstrapToken: await bootstrapTokenOf(blueprint, view),
    planned: {
      authorities: new Map(blueprint.authorities.map((each) => [each.id, each])),
      certificates: new Map(blueprint.certificates.map((each) => [each.name, each])),
      kubeconfigs: new Map(blueprint.kubeconfigs.map((each) => [each.name, each])),
      components: new Map(blueprint.components.map((each) => [`${each.node}/${each.component}`, each])),
    },
  };
}

async function takeApart({path, content}: PlannedFile, view: BundleView): Promise<void> {
  const file = await view.text(path);
  if (file.kind === 'text' && content.kind === 'certificate') view.certificates(file.text);
  if (content.kind === 'kubeconfig') await view.kubeconfig(path);
}

/** The first file that holds an authority tells what it is: `authorities/<id>.crt` comes first. */
async function authoritiesOf({files}: Blueprint, view: BundleView): Promise<Bench['authorities']> {
  const found = new Map<AuthorityId, SeenCertificate>();
  for (const {path, content} of files) {
    if (content.kind !== 'authorities' || content.authorities.every((id) => found.has(id))) continue;
    const file = await view.text(path);
    const seen = file.kind === 'text' ? view.certificates(file.text) : [];
    if ('says' in seen || seen.length !== content.authorities.length) continue;
    for (const [index, id] of content.authorities.entries()) {
      const certificate = seen[index];
      if (certificate !== undefined && !found.has(id)) found.set(id, certificate);
    }
  }
  return found;
}

async function certificatesOf({files}: Blueprint, view: BundleView): Promise<Bench['certificates']> {
  const found = new Map<string, SeenCertificate>();
  for (const {path, content} of files) {
    if (content.kind !== 'certificate') continue;
    const file = await view.text(path);
    const seen = file.kind === 'text' ? view.certificates(file.text) : [];
    const leaf = 'says' in seen ? undefined : seen[0];
    if (leaf !== undefined) found.set(content.certificate, leaf);
  }
  return found;
}

async function keyPairOf({files}: Blueprint, view: BundleView): Promise<KeyObject | undefined> {
  for (const {path, content} of files) {
    if (content.kind !== 'key-pair-private' && content.kind !== 'key-pair-public') continue;
    const file = await view.text(path);
    const key = file.kind === 'text' ? publicHalf(file.text) : undefined;
    if (key !== undefined) return key;
  }
  return undefined;
}

async function bootstrapTokenOf({files, kubeconfigs}: Blueprint, view: BundleView): Promise<Secret | undefined> {
  const withToken = new Set(
    kubeconfigs.flatMap(({name, credential}) => (credential.kind === 'bootstrap-token' ? name : [])),
  );
  for (const {path, content} of files) {
    if (content.kind !== 'kubeconfig' || !withToken.has(content.kubeconfig)) continue;
    const kubeconfig = await view.kubeconfig(path);
    if ('kind' in kubeconfig) continue;
    const context = kubeconfig.contexts.find(({name}) => name === kubeconfig.currentContext);
    const token = kubeconfig.users.find(({name}) => name === context?.user)?.token;
    if (token?.kind === 'embedded') return token.secret;
  }
  return undefined;
}

/** The public half of a key in PEM, private or public; undefined when it is none. */
export function publicHalf(pem: string): KeyObject | undefined {
  try {
    return pem.includes('PRIVATE KEY-----') ? createPublicKey(createPrivateKey(pem)) : createPublicKey(pem);
  } catch {
    return undefined;
  }
}
