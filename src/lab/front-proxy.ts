import type {Blueprint, PlannedIntrusion} from '../pki/blueprint-types.ts';
import type {Secret} from '../base/secret.ts';
import {rootfs} from '../pki/files.ts';
import {issuerFrom, makeCertificate} from '../x509/certificate.ts';
import {generateKeys, readPrivateKey} from '../x509/keys.ts';
import {encodeName} from '../x509/names.ts';
import type {Cluster} from './break.ts';
import type {Tries} from './fault.ts';

type FrontProxy = Extract<Tries, {kind: 'front-proxy'}>;

/** Somebody who would speak for others: what they show, and the door they show it at. */
export interface Pretender {
  readonly certificate: string;
  readonly key: Secret;
  readonly knocks: PlannedIntrusion;
}

/** Where the pretender's pair is read from: in no file of the cluster, for it is nobody's there. */
export const pretenderFiles = {certificate: 'pretender.crt', key: 'pretender.key'};

/** What the controller manager's signer, or a second proxy's operator, would sign: a client certificate of that name. */
export async function makePretender(tries: FrontProxy, {blueprint, issued}: Cluster, now: Date): Promise<Pretender> {
  const authority = issued.authorities.get(tries.signedBy);
  const knocks = frontProxyDoor(tries, blueprint);
  if (authority?.key === undefined || knocks === undefined) throw new TypeError('no front proxy in this cluster');
  const keys = await generateKeys('ECDSA-P256');
  const {certificate} = await makeCertificate(
    {
      subject: encodeName({commonName: tries.name, organizations: []}),
      publicKey: keys.publicKey,
      isAuthority: false,
      usages: ['client auth'],
      sans: [],
      validity: blueprint.plan.validity.leaves,
    },
    issuerFrom(authority.certificate, readPrivateKey(authority.key).signingKey),
    now,
  );
  return {certificate, key: keys.privateKey, knocks};
}

/** The first API server, as somebody comes to it who says that they are the front proxy. */
export function frontProxyDoor(tries: FrontProxy, blueprint: Blueprint): PlannedIntrusion | undefined {
  const server = blueprint.components.find(({component}) => component === 'kube-apiserver');
  const by = '--requestheader-client-ca-file';
  const file = server?.flags.find(({name}) => name === by)?.value;
  const call = blueprint.connections.find(
    ({provider, presents}) =>
      provider.component === 'kube-apiserver' && provider.node === server?.node && 'certificate' in presents,
  );
  if (server === undefined || file === undefined || call === undefined || !('certificate' in call.presents)) {
    return undefined;
  }
  return {
    id: 'front-proxy',
    provider: call.provider,
    host: call.host,
    port: call.port,
    presents: call.presents,
    providerTrusts: {authorities: [], by, from: {kind: 'file', path: rootfs(server.node, file)}},
    clientCertificate: 'requested',
    shows: {certificate: tries.name, from: {kind: 'files', ...pretenderFiles}, withChain: false},
    expected: 'refused',
    why: 'whoever is taken for the front proxy names any user in a header',
  };
}

/**
 * What the API server says of the name, once the certificate is accepted; undefined when it is believed.
 *
 * @param flags the API server's, a line each
 */
export function nameRefused(name: string, flags: string): string | undefined {
  const flag = /^--requestheader-allowed-names=(.*)$/m.exec(flags)?.[1] ?? '';
  const allowed = flag.split(',').filter((each) => each !== '');
  return allowed.length === 0 || allowed.includes(name)
    ? undefined
    : `x509: subject with cn=${name} is not in the allowed list`;
}
