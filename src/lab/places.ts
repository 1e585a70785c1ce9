import type {Blueprint, PlannedCertificate, PlannedConnection, Trust} from '../pki/blueprint-types.ts';
import type {AuthorityId, ClusterPlan} from '../pki/plan.ts';
import type {Break, Fault} from './fault.ts';

/** Where in a cluster a fault strikes: the same place for whoever predicts and for whoever breaks. */

/** The certificate that is broken; undefined = this cluster has none of its row. */
export function certificateBroken(
  {row}: Extract<Break, {kind: 'certificate'}>,
  {certificates}: Blueprint,
): PlannedCertificate | undefined {
  return certificates.find(({id}) => id === row);
}

/** What is verified with in the first connection of that row. */
export function trustBroken(
  {connection: id, of}: Extract<Break, {kind: 'trust'}>,
  {connections}: Blueprint,
): Trust | undefined {
  const connection = connections.find((each) => each.id === id);
  const trust = of === 'caller' ? connection?.callerTrusts : connection?.providerTrusts;
  return trust !== undefined && 'from' in trust ? trust : undefined;
}

/** The name that is taken out of a certificate: the one which the connection asked about dials. */
export function nameTakenOut({name}: PlannedCertificate, {tries}: Fault, {connections}: Blueprint): string | undefined {
  if (tries.kind !== 'connections') return undefined;
  return connections.find(({id, presents}) => id === tries.asked && shows({presents}, name))?.host;
}

/** Whether this certificate is what the provider presents. */
export function shows({presents}: Pick<PlannedConnection, 'presents'>, certificate: string): boolean {
  return 'certificate' in presents && presents.certificate === certificate;
}

/** The file that the first controller manager signs with. */
export function signingFile(
  blueprint: Blueprint,
): {readonly node: string; readonly path: string; readonly authorities: readonly AuthorityId[]} | undefined {
  const manager = blueprint.components.find(({component}) => component === 'kube-controller-manager');
  const target = manager?.flags.find(({name}) => name === '--cluster-signing-cert-file')?.value;
  const file = blueprint.files.find((each) => each.node === manager?.node && each.target === target);
  return manager === undefined || file?.content.kind !== 'authorities'
    ? undefined
    : {node: manager.node, path: file.path, authorities: file.content.authorities};
}

/**
 * The plan as the lab makes it, whole and broken: with quick keys, and kubelets whose certificates are made here, so that
 * every connection can be tried. They differ for faults of the whole topology alone.
 */
export function plansFor(fault: Fault | undefined, plan: ClusterPlan): {whole: ClusterPlan; broken: ClusterPlan} {
  const ready: ClusterPlan = {
    ...plan,
    keys: {algorithm: 'ECDSA-P256'},
    kubelets: {client: 'issued', serving: 'signed'},
  };
  if (fault?.breaks.some(({kind}) => kind === 'one-authority') !== true) return {whole: ready, broken: ready};
  const {topology} = ready.trust;
  const whole = withTopology(ready, topology === 'single-ca' ? 'three-cas' : topology);
  return {whole, broken: withTopology(ready, 'single-ca')};
}

function withTopology(plan: ClusterPlan, topology: ClusterPlan['trust']['topology']): ClusterPlan {
  return {...plan, trust: {...plan.trust, topology}};
}
