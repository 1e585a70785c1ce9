import type {
  ConnectionEnd,
  NotVerified,
  PlannedConnection,
  PlannedIntrusion,
  PresentedFrom,
  Trust,
} from './blueprint-types.ts';
import type {KubeconfigId, TrustId} from './certificate.ts';
import {certificateRows} from './certificates.ts';
import {connectionRows, type Call, type ConnectionRow} from './connections.ts';
import {rootfs} from './files.ts';
import {layouts} from './layouts.ts';
import type {PlanNode} from './plan.ts';
import {certificateName, type Survey} from './survey.ts';
import {intrusionRows, type IntrusionRow} from './intrusions.ts';
import {authorityOf} from './topology.ts';
import {trustRow} from './trusts.ts';

/** The connection rows, for this plan's nodes: each with the very files that both ends will use. */
export function planConnections(survey: Survey): readonly PlannedConnection[] {
  return connectionRows.flatMap((row) => {
    const shows = typeof row.shows === 'function' ? row.shows(survey.situation) : row.shows;
    const trusts = typeof row.callerTrusts === 'function' ? row.callerTrusts(survey.situation) : row.callerTrusts;
    return row.calls(survey.situation).map((call): PlannedConnection => ({
      id: row.id,
      caller: end(row.caller, call.caller),
      provider: end(row.provider, call.provider),
      host: call.host,
      port: call.port,
      presents:
        typeof shows === 'string' && call.provider !== undefined
          ? ownCertificate(survey, shows, call.provider)
          : {notOurs: typeof shows === 'string' ? 'it stands on no node of the plan' : shows.notOurs},
      callerTrusts: callerTrust(survey, row, call, trusts),
      credential: credential(survey, row, call),
      providerTrusts:
        typeof row.providerTrusts === 'string'
          ? fileTrust(survey, row.providerTrusts, call.provider ?? call.caller)
          : row.providerTrusts,
      clientCertificate: row.clientCertificate,
      why: row.why,
    }));
  });
}

function end(component: ConnectionEnd['component'], node: PlanNode | undefined): ConnectionEnd {
  return {component, node: node?.name};
}

function ownCertificate(survey: Survey, id: string, node: PlanNode): {certificate: string; from: PresentedFrom} {
  return {certificate: certificateName(id, {node: node.name}), from: certificateFiles(survey, id, node)};
}

function certificateFiles(survey: Survey, id: string, node: PlanNode): PresentedFrom {
  const layout = layouts[survey.situation.plan.layout];
  const row = certificateRows.find((each) => each.id === id);
  if (row?.stored.kind === 'kubeconfig') {
    return {kind: 'kubeconfig', path: kubeconfigPath(survey, row.stored.kubeconfig, node, undefined)};
  }
  const path = rootfs(node.name, layout.certificates[id] ?? '');
  return {kind: 'files', certificate: `${path}.crt`, key: `${path}.key`};
}

function kubeconfigPath(
  survey: Survey,
  id: KubeconfigId,
  node: PlanNode | undefined,
  user: string | undefined,
): string {
  if (id === 'user' || node === undefined) return `users/${user ?? ''}.conf`;
  return rootfs(node.name, layouts[survey.situation.plan.layout].kubeconfigs[id]);
}

function credential(survey: Survey, row: ConnectionRow, call: Call): PlannedConnection['credential'] {
  const shown = row.credential;
  if ('none' in shown) return {none: shown.none};
  if ('token' in shown) return {token: shown.token};
  if (call.user !== undefined) {
    const path = kubeconfigPath(survey, 'user', undefined, call.user);
    return {certificate: certificateName(shown.certificate, {user: call.user}), from: {kind: 'kubeconfig', path}};
  }
  return call.caller === undefined
    ? {none: 'the caller stands on no node of the plan'}
    : ownCertificate(survey, shown.certificate, call.caller);
}

function callerTrust(
  survey: Survey,
  row: ConnectionRow,
  call: Call,
  trusts: TrustId | NotVerified,
): Trust | NotVerified {
  if (typeof trusts !== 'string') return trusts;
  if (trusts !== 'kubeconfig-apiserver') {
    // What pods trust lies on control-plane nodes: the provider's, when the caller has no node.
    return fileTrust(survey, trusts, call.caller ?? call.provider);
  }
  const id = 'kubeconfig' in row.credential ? row.credential.kubeconfig : undefined;
  if (id === undefined) throw new TypeError(`connection ${row.id} trusts a kubeconfig but names none`);
  const path = kubeconfigPath(survey, id, call.caller, call.user);
  return {
    authorities: survey.trusted(trusts),
    by: `certificate-authority-data of ${path.slice(path.lastIndexOf('/') + 1)}`,
    from: {kind: 'kubeconfig', path},
  };
}

function fileTrust(survey: Survey, id: TrustId, node: PlanNode | undefined): Trust | NotVerified {
  if (node === undefined) return {notVerified: 'its file stands on no node of the plan'};
  return {
    authorities: survey.trusted(id),
    by: trustRow(id).flag ?? id,
    from: {kind: 'file', path: rootfs(node.name, survey.trustPath(id))},
  };
}

/** Attempts at doors that should be shut, each at one node: they are the same at every other. */
export function planIntrusions(survey: Survey): readonly PlannedIntrusion[] {
  return intrusionRows.flatMap((row) => {
    const planned = planIntrusion(survey, row);
    return planned === undefined ? [] : [planned];
  });
}

function planIntrusion(survey: Survey, row: IntrusionRow): PlannedIntrusion | undefined {
  const door = row.door(survey.situation);
  if (door === undefined) return undefined;
  const trusts = fileTrust(survey, row.trusts, door.node);
  if ('notVerified' in trusts) return undefined;
  const shown = row.shows(survey.situation);
  if (shown === undefined) return undefined;
  const base = {
    id: row.id,
    provider: end(row.provider, door.node),
    host: door.host,
    port: door.port,
    presents: ownCertificate(survey, row.presents, door.node),
    providerTrusts: trusts,
    clientCertificate: row.clientCertificate,
  };
  if (!('certificate' in shown)) {
    return {...base, shows: shown, expected: 'refused', why: row.refused};
  }
  const certificate = certificateRows.find(({id}) => id === shown.certificate);
  if (certificate === undefined) throw new TypeError(`intrusion ${row.id} shows no row: ${shown.certificate}`);
  const letIn =
    certificate.usages.includes('client auth') &&
    trusts.authorities.includes(authorityOf(survey.situation.plan, certificate));
  return {
    ...base,
    shows: {...ownCertificate(survey, shown.certificate, shown.node), withChain: true},
    expected: letIn ? 'let-in' : 'refused',
    why: letIn ? (typeof row.letIn === 'string' ? row.letIn : row.letIn(survey.situation)) : row.refused,
  };
}
