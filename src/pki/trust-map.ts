import type {Blueprint, ComponentId, PlannedFlag} from './blueprint-types.ts';
import type {TrustId} from './certificate.ts';
import type {Outline} from './outline.ts';
import type {AuthorityId} from './plan.ts';
import {trustRows} from './trusts.ts';

/** Who signs whom and who trusts whom, read off the blueprint: what a picture of a plan's trust is drawn from. */
export interface TrustMap {
  /** Each above before those it signs. */
  readonly authorities: readonly MappedAuthority[];
  /** In the order of the catalogue. */
  readonly verifiers: readonly Verifier[];
}

export interface MappedAuthority {
  readonly id: AuthorityId;
  readonly signedBy: AuthorityId | undefined;
  readonly origin: 'made' | 'brought' | 'elsewhere';
  /** Certificates it signs now, by id, and how many of each in the whole plan. */
  readonly signs: readonly {readonly id: string; readonly count: number}[];
  /** Whether the cluster signs with it later what kubelets and people ask for. */
  readonly signsLater: boolean;
  /** Whether a node holds its key. */
  readonly hasKeyOnNode: boolean;
}

/** A file that somebody is verified with. */
export interface Verifier {
  readonly id: TrustId;
  /** undefined = kubeconfigs, which embed it. */
  readonly component: ComponentId | undefined;
  /** The flag, setting or key that names the file. */
  readonly flag: string;
  /** Absolute path on a node; undefined where it is embedded. */
  readonly file: string | undefined;
  /** `clients`: whoever one of the authorities signed as a client is let in. */
  readonly verifies: 'clients' | 'servers';
  readonly authorities: readonly AuthorityId[];
  /** Whether clients that were signed for the API server get in here too, where they have no business. */
  readonly isTooWide: boolean;
  readonly why: string;
}

export function trustMapOf({blueprint, timesOf}: Outline): TrustMap {
  const signed = Map.groupBy(blueprint.certificates, ({authority}) => authority);
  const keysOnNodes = new Set(
    blueprint.files.flatMap(({node, content}) =>
      node !== undefined && content.kind === 'authority-key' ? [content.authority] : [],
    ),
  );
  return {
    authorities: blueprint.authorities.map(({id, signedBy, brought}) => ({
      id,
      signedBy,
      origin: brought === undefined ? 'made' : brought.key === undefined ? 'elsewhere' : 'brought',
      signs: [...Map.groupBy(signed.get(id) ?? [], (certificate) => certificate.id)].map(([row, alike]) => ({
        id: row,
        count: alike.reduce((sum, {node}) => sum + timesOf(node), 0),
      })),
      signsLater: signsLater(blueprint, id),
      hasKeyOnNode: keysOnNodes.has(id),
    })),
    verifiers: verifiersOf(blueprint),
  };
}

function signsLater({components}: Blueprint, id: AuthorityId): boolean {
  return components.some(({flags}) =>
    flags.some(({name, row, value}) => name.startsWith('--cluster-signing') && row === id && value !== ''),
  );
}

/** Doors that clients of the API server have no business at. */
const guarded: ReadonlySet<TrustId> = new Set([
  'etcd-clients',
  'etcd-peers',
  'apiserver-front-proxies',
  'controller-manager-front-proxies',
]);

function verifiersOf(blueprint: Blueprint): readonly Verifier[] {
  const found = trustRows.flatMap((row): readonly Omit<Verifier, 'isTooWide'>[] => {
    const {id, verifies, why} = row;
    if (row.component === undefined) {
      const [kubeconfig] = blueprint.kubeconfigs;
      return kubeconfig === undefined
        ? []
        : [
            {
              id,
              component: undefined,
              flag: 'certificate-authority-data',
              file: undefined,
              verifies,
              authorities: kubeconfig.trusts,
              why,
            },
          ];
    }
    const held = fileOf(blueprint, id);
    return held === undefined ? [] : [{id, ...held, verifies, why}];
  });
  const users = found.find(({id}) => id === 'apiserver-clients')?.authorities ?? [];
  return found.map((verifier) => ({
    ...verifier,
    isTooWide: guarded.has(verifier.id) && verifier.authorities.some((authority) => users.includes(authority)),
  }));
}

/** The file that a component's flag points at, and what is in it. */
function fileOf(
  {components, files}: Blueprint,
  id: TrustId,
): Pick<Verifier, 'component' | 'flag' | 'file' | 'authorities'> | undefined {
  for (const {component, node, flags, settings} of components) {
    const flag = [...flags, ...settings].find(({row}: PlannedFlag) => row === id);
    const file = flag === undefined ? undefined : files.find((one) => one.node === node && one.target === flag.value);
    if (flag !== undefined && file?.content.kind === 'authorities') {
      return {component, flag: flag.name, file: flag.value, authorities: file.content.authorities};
    }
  }
  return undefined;
}
