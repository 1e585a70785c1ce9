import type {Blueprint, ComponentId, FileContent} from '../../pki/blueprint-types.ts';
import type {AuthorityId} from '../../pki/plan.ts';

/** A file of keys or certificates on a node. */
export interface ClusterFile {
  /** Absolute, on the node. */
  readonly path: string;
  readonly content: KeyContent;
}

export type KeyContent = Extract<
  FileContent,
  {
    readonly kind:
      | 'certificate'
      | 'authorities'
      | 'certificate-key'
      | 'authority-key'
      | 'key-pair-private'
      | 'key-pair-public'
      | 'kubeconfig';
  }
>;

/** A flag or setting of a component with the file that it names, on the first node where it does. */
export interface NamedFile extends ClusterFile {
  readonly component: ComponentId;
  readonly node: string;
  readonly flag: string;
}

/** In the blueprint's order, each flag of a component once. */
export function namedFiles(blueprint: Blueprint): readonly NamedFile[] {
  const found = new Map<string, NamedFile>();
  for (const {component, node, flags, settings} of blueprint.components) {
    const here = new Map(filesOn(blueprint, node).map((file) => [file.path, file]));
    for (const {name: flag, value} of [...flags, ...settings]) {
      const file = here.get(value);
      const key = `${component} ${flag}`;
      if (file !== undefined && !found.has(key)) found.set(key, {...file, component, node, flag});
    }
  }
  return [...found.values()];
}

export function filesOn({files}: Blueprint, node: string | undefined): readonly ClusterFile[] {
  return files.flatMap((file) => {
    const {target, content} = file;
    return file.node === node && target !== undefined && isOfKeys(content) ? [{path: target, content}] : [];
  });
}

function isOfKeys(content: FileContent): content is KeyContent {
  switch (content.kind) {
    case 'certificate':
    case 'authorities':
    case 'certificate-key':
    case 'authority-key':
    case 'key-pair-private':
    case 'key-pair-public':
    case 'kubeconfig':
      return true;
    case 'flags':
    case 'yaml':
    case 'token-secret':
    case 'cluster-info':
    case 'join-command':
      return false;
    default:
      return content satisfies never;
  }
}

export function isSameKind(one: KeyContent, other: KeyContent): boolean {
  return formOf(one) === formOf(other);
}

function formOf({kind}: KeyContent): string {
  return kind === 'certificate-key' || kind === 'authority-key' || kind === 'key-pair-private' ? 'key' : kind;
}

/** Whether a component that is given the one could do as well with the other, so that it would be no wrong answer. */
export function couldReplace(one: KeyContent, other: KeyContent, blueprint: Blueprint): boolean {
  if (one.kind === 'authorities' && other.kind === 'authorities') {
    return areRelated(one.authorities, other.authorities, blueprint);
  }
  // What reads a public key takes the private one too, which holds it.
  if (isOfKeyPair(one) && isOfKeyPair(other)) return true;
  return JSON.stringify(one) === JSON.stringify(other);
}

function isOfKeyPair({kind}: KeyContent): boolean {
  return kind === 'key-pair-private' || kind === 'key-pair-public';
}

/** Whether one of these is one of those, or stands above or below one: the same chains may end at both. */
export function areRelated(
  these: readonly AuthorityId[],
  those: readonly AuthorityId[],
  blueprint: Blueprint,
): boolean {
  return these.some((one) =>
    those.some((other) => lineOf(one, blueprint).includes(other) || lineOf(other, blueprint).includes(one)),
  );
}

/** An authority and those above it. */
export function lineOf(id: AuthorityId, {authorities}: Blueprint): readonly AuthorityId[] {
  const line: AuthorityId[] = [];
  for (let at: AuthorityId | undefined = id; at !== undefined && !line.includes(at);) {
    const here: AuthorityId = at;
    line.push(here);
    at = authorities.find((authority) => authority.id === here)?.signedBy;
  }
  return line;
}
