import {join} from 'node:path';
import {Failure} from '../base/failure.ts';
import {warning, type Problem} from '../base/problem.ts';
import type {PlannedCertificate} from '../pki/blueprint-types.ts';
import {makeBlueprint} from '../pki/blueprint.ts';
import {authorityPath, layouts, type Layout} from '../pki/layouts.ts';
import {layoutIds, type PlanUser} from '../pki/plan.ts';
import {inspectCertificate, openCertificate} from '../x509/inspect.ts';
import {openAuthority, textAt, type KeyOpening, type ReadyAuthority} from './authority-key.ts';
import {textIn, type BundleAt} from './bundle-at.ts';
import {openKubeconfig, type ClusterDoor, type OpenedKubeconfig} from './cluster-door.ts';
import {algorithmLike, plannedFor} from './person.ts';

/** Everything that signing a person's certificate here needs. */
export interface UserSigner {
  readonly door: ClusterDoor;
  readonly authority: ReadyAuthority;
  /** What it shall be: algorithm, validity, and who must have signed it. */
  readonly planned: PlannedCertificate;
  /** PEM of the intermediates that go along with it; mostly none. */
  readonly chain: string;
  /** What is odd about where it comes from. */
  readonly warnings: readonly Problem[];
}

/**
 * From a bundle: what its blueprint would hold if the person stood in its plan.
 *
 * @throws Failure when the CA's key is not there or does not open
 */
export async function signerInBundle(at: BundleAt, person: PlanUser, opening: KeyOpening): Promise<UserSigner> {
  const {plan} = at.blueprint;
  const {certificates, kubeconfigs} = makeBlueprint({...plan, users: [person]});
  const planned = certificates.find(({id}) => id === 'user');
  const kubeconfig = kubeconfigs.find(({id}) => id === 'user');
  if (planned === undefined || kubeconfig === undefined) {
    throw new Failure('no-control-plane', `${at.shown} has no control-plane node, so there is no API server to call`, {
      nextSteps: ['name the bundle of a whole cluster'],
    });
  }
  const certificatesOf = async (ids: readonly string[]): Promise<string> =>
    (await Promise.all(ids.map((id) => textIn(at, `authorities/${id}.crt`)))).join('');
  const {authority} = planned;
  return {
    door: {
      clusterName: kubeconfig.clusterName,
      server: kubeconfig.server,
      certificateAuthority: await certificatesOf(kubeconfig.trusts),
      tlsServerName: undefined,
    },
    authority: await openAuthority(
      authority,
      await certificatesOf([authority]),
      join(at.bundle.directory, `authorities/${authority}.key`),
      opening,
    ),
    planned,
    chain: await certificatesOf(planned.chain),
    warnings: [],
  };
}

/**
 * From a control-plane node: the CA where its layout has it, the cluster as its admin kubeconfig has it.
 *
 * @param root the machine's `/`, or a folder that stands for it; absolute
 * @param kubeconfig absolute; undefined = the layout's own for administrators
 * @throws Failure when no layout has its CA there, and as for a bundle
 */
export async function signerOnNode(
  root: string,
  person: PlanUser,
  opening: KeyOpening,
  kubeconfig: string | undefined,
): Promise<UserSigner> {
  const {place, certificates, opened} = await findAuthority(root, kubeconfig);
  const authority = await openAuthority(`${place}.crt`, certificates, `${place}.key`, opening);
  const {key} = inspectCertificate(authority.certificate, authority.name);
  return {
    door: opened.door,
    authority,
    planned: plannedFor(person, authority.name, algorithmLike(key)),
    chain: '',
    warnings: signedTheAdmin(authority.certificate, opened)
      ? []
      : [
          warning(
            'authority-unsure',
            authority.name,
            'it did not sign the certificate of the admin kubeconfig, so the API server may trust another CA',
            "compare it with the API server's --client-ca-file",
          ),
        ],
  };
}

interface FoundAuthority {
  /** Path of the CA without its ending. */
  readonly place: string;
  readonly certificates: string;
  readonly opened: OpenedKubeconfig;
}

async function findAuthority(root: string, kubeconfig: string | undefined): Promise<FoundAuthority> {
  const looked: string[] = [];
  const found: FoundAuthority[] = [];
  for (const layout of layoutIds.map((id) => layouts[id])) {
    const place = join(root, authorityPath(layout, 'control-plane', 'kubernetes-ca'));
    const certificates = await textAt(`${place}.crt`);
    looked.push(`${place}.crt`);
    if (certificates === undefined) continue;
    const path = kubeconfig ?? (await adminKubeconfig(root, layout));
    found.push({place, certificates, opened: await openKubeconfig(path, root)});
  }
  // A machine may have had another cluster before: then the CA of its administrator is meant.
  const [first, ...others] = found;
  const chosen =
    others.length === 0 ? first : found.find(({certificates, opened}) => signedTheAdmin(certificates, opened));
  if (chosen !== undefined) return chosen;
  throw first === undefined
    ? new Failure('no-authority', `there is no cluster CA under ${root}: looked for ${looked.join(', ')}`, {
        nextSteps: [
          'run it on a control-plane node, or name its files: --root DIR',
          'or use a bundle (--bundle DIR), or have the cluster sign (--csr)',
        ],
      })
    : new Failure(
        'authority-unclear',
        `${found.map(({place}) => `${place}.crt`).join(' and ')} may both be the cluster CA`,
        {
          nextSteps: ['name the kubeconfig of the administrator whom the right one has signed: --kubeconfig FILE'],
        },
      );
}

async function adminKubeconfig(root: string, {kubeconfigs}: Layout): Promise<string> {
  const paths = [kubeconfigs.admin, kubeconfigs['super-admin']].map((path) => join(root, path));
  for (const path of paths) if ((await textAt(path)) !== undefined) return path;
  throw new Failure(
    'no-kubeconfig',
    `there is neither ${paths.join(' nor ')}: the cluster's address comes from there`,
    {
      nextSteps: ['name a kubeconfig of the cluster: --kubeconfig FILE'],
    },
  );
}

function signedTheAdmin(certificates: string, {user}: OpenedKubeconfig): boolean {
  const held = user?.certificate;
  // A certificate that is kept in a file, or a token: nothing to compare with.
  if (held?.kind !== 'embedded' || held.certificates[0] === undefined) return true;
  const {x509} = openCertificate(held.certificates[0], 'the admin kubeconfig');
  return x509.verify(openCertificate(certificates, 'the CA').x509.publicKey);
}
