import {createHash, createPublicKey, X509Certificate} from 'node:crypto';
import {urlHost} from '../base/address.ts';
import type {
  Blueprint,
  ConnectionEnd,
  NotVerified,
  PlannedConnection,
  PlannedFile,
  Subject,
  Trust,
} from '../pki/blueprint-types.ts';
import {flagLines} from '../pki/flags.ts';
import type {CertificateFacts, Issued, IssuedAuthority} from '../pki/issued.ts';
import {rfc3339} from './bootstrap-documents.ts';
import type {
  AuthorityEntry,
  BundleJson,
  CertificateEntry,
  ConnectionEntry,
  EndEntry,
  KeyPairEntry,
  KubeconfigEntry,
  TrustEntry,
} from './bundle-json.ts';

/** The index of what was issued. Lists keep the blueprint's order. */
export function makeBundleJson(blueprint: Blueprint, issued: Issued): BundleJson {
  const {endpoint, version, plan} = blueprint;
  const files = filesByHolding(blueprint.files);
  const kubeconfigs = Map.groupBy(blueprint.kubeconfigs, ({credential}) =>
    credential.kind === 'certificate' ? credential.certificate : undefined,
  );
  return {
    bundleVersion: 1,
    clusterName: plan.cluster.name,
    controlPlaneEndpoint: `${urlHost(endpoint.host)}:${endpoint.port}`,
    kubernetesVersion: `1.${version.minor}.${version.patch}`,
    nodes: blueprint.nodes.map(({name, addresses, roles}) => ({name, addresses, roles})),
    authorities: [...issued.authorities.values()].map((authority) => authorityEntry(authority, issued, files)),
    certificates: [...issued.certificates.values()].map(({planned, facts}): CertificateEntry => ({
      id: planned.id,
      name: planned.name,
      node: planned.node ?? null,
      subject: planned.subject,
      issuer: planned.authority,
      sans: planned.sans,
      usages: planned.usages,
      ...factsEntry(facts),
      files: [
        ...files(`certificate ${planned.name}`),
        ...files(`certificate-key ${planned.name}`),
        ...(kubeconfigs.get(planned.name) ?? []).flatMap(({name}) => files(`kubeconfig ${name}`)),
      ],
    })),
    keyPairs: blueprint.keyPairs.map(({id, algorithm}): KeyPairEntry => ({
      id,
      algorithm,
      fingerprint: publicKeyFingerprint(issued.keyPairs.get(id)?.publicKey ?? ''),
      files: [...files(`key-pair-private ${id}`), ...files(`key-pair-public ${id}`)],
    })),
    kubeconfigs: blueprint.kubeconfigs.map((planned): KubeconfigEntry => ({
      id: planned.id,
      name: planned.name,
      node: planned.node ?? null,
      server: planned.server,
      cluster: planned.clusterName,
      user: planned.user,
      context: planned.contextName,
      trusts: planned.trusts,
      certificate: planned.credential.kind === 'certificate' ? planned.credential.certificate : null,
      files: files(`kubeconfig ${planned.name}`),
    })),
    flags: flagsByNode(blueprint),
    connections: blueprint.connections.map(connectionEntry),
  };
}

/** What a file holds → the paths of such files. */
type FilesHolding = (what: string) => readonly string[];

function filesByHolding(files: readonly PlannedFile[]): FilesHolding {
  const paths = new Map<string, string[]>();
  for (const {path, content} of files) {
    for (const what of holdings(content)) {
      const there = paths.get(what);
      if (there === undefined) paths.set(what, [path]);
      else there.push(path);
    }
  }
  return (what) => paths.get(what) ?? [];
}

function holdings(content: PlannedFile['content']): readonly string[] {
  switch (content.kind) {
    case 'certificate':
    case 'certificate-key':
      return [`${content.kind} ${content.certificate}`];
    case 'authorities':
      return content.authorities.map((id) => `authority ${id}`);
    case 'authority-key':
      return [`authority-key ${content.authority}`];
    case 'key-pair-private':
    case 'key-pair-public':
      return [`${content.kind} ${content.keyPair}`];
    case 'kubeconfig':
      return [`kubeconfig ${content.kubeconfig}`];
    case 'flags':
    case 'yaml':
    case 'token-secret':
    case 'cluster-info':
    case 'join-command':
      return [];
    default:
      return content satisfies never;
  }
}

function authorityEntry(
  {planned, certificate, facts}: IssuedAuthority,
  issued: Issued,
  files: FilesHolding,
): AuthorityEntry {
  const {id, signedBy, brought} = planned;
  const read = new X509Certificate(certificate);
  const outside = read.issuer === read.subject ? id : null;
  return {
    id,
    subject: brought === undefined ? planned.subject : subjectOf(read),
    issuer: signedBy !== undefined && issued.authorities.has(signedBy) ? signedBy : outside,
    brought: brought !== undefined,
    ...factsEntry(facts),
    files: [...files(`authority ${id}`), ...files(`authority-key ${id}`)],
  };
}

/** Node's typing calls each part text; a part that is there twice is a list. */
function subjectOf(certificate: X509Certificate): Subject {
  const parts: Readonly<Record<string, unknown>> = {...certificate.toLegacyObject().subject};
  const texts = (part: unknown): string[] => [part].flat().filter((each) => typeof each === 'string');
  return {commonName: texts(parts['CN'])[0] ?? '', organizations: texts(parts['O'])};
}

function factsEntry({serial, notBefore, notAfter, fingerprint}: CertificateFacts) {
  return {serial, notBefore: rfc3339(notBefore), notAfter: rfc3339(notAfter), fingerprint};
}

function publicKeyFingerprint(pem: string): string {
  return createHash('sha256')
    .update(createPublicKey(pem).export({type: 'spki', format: 'der'}))
    .digest('hex');
}

function flagsByNode({components}: Blueprint): BundleJson['flags'] {
  const byNode = Map.groupBy(components, ({node}) => node);
  return Object.fromEntries(
    [...byNode].map(([node, onNode]) => [
      node,
      Object.fromEntries(onNode.map(({component, flags}) => [component, flagLines(flags)])),
    ]),
  );
}

function connectionEntry(connection: PlannedConnection): ConnectionEntry {
  const {presents, credential} = connection;
  return {
    id: connection.id,
    caller: endEntry(connection.caller),
    provider: endEntry(connection.provider),
    host: connection.host,
    port: connection.port,
    presents: 'certificate' in presents ? {certificate: presents.certificate} : presents,
    callerTrusts: trustEntry(connection.callerTrusts),
    shows: 'certificate' in credential ? {certificate: credential.certificate} : credential,
    providerTrusts: trustEntry(connection.providerTrusts),
    clientCertificate: connection.clientCertificate,
    why: connection.why,
  };
}

function endEntry({component, node}: ConnectionEnd): EndEntry {
  return {component, node: node ?? null};
}

function trustEntry(trust: Trust | NotVerified): TrustEntry {
  return 'notVerified' in trust ? trust : {authorities: trust.authorities, by: trust.by, file: trust.from.path};
}
