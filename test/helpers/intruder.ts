import {writeFile} from 'node:fs/promises';
import {certificatesIn} from '../../src/base/pem.ts';
import type {PlannedIntrusion, PresentedFrom} from '../../src/pki/blueprint-types.ts';
import {readKubeconfig} from '../../src/kubeconfig/read-kubeconfig.ts';
import {makeAuthority, makeLeaf} from '../x509/makers.ts';
import type {Bundle} from './bundle.ts';
import type {Machine} from './network.ts';

/** A client certificate and its key as files, wherever they came from. */
export interface Pair {
  readonly certificate: string;
  readonly key: string;
}

/** What knocks in this intrusion, as files beside the bundle; undefined = it shows nothing. */
export async function intruderPair(intrusion: PlannedIntrusion, bundle: Bundle): Promise<Pair | undefined> {
  const {shows} = intrusion;
  if ('nothing' in shows) return undefined;
  if ('stranger' in shows) {
    const [trusted] = intrusion.providerTrusts.authorities;
    const namesake = bundle.blueprint.authorities.find(({id}) => id === trusted);
    const authority = await makeAuthority({commonName: namesake?.subject.commonName ?? '', now: new Date()});
    const leaf = await makeLeaf(authority, {...shows.stranger, now: new Date()});
    return writePair(bundle, intrusion.id, leaf.certificate + authority.certificate, leaf.key.privateKey.reveal());
  }
  const chain = shows.withChain ? await chainAbove(bundle, shows.certificate) : [];
  return clientPair(bundle, shows.from, intrusion.id, chain);
}

/** A pair that says what this certificate of the bundle says, from an authority that has only its authority's name. */
export async function foreignPair(bundle: Bundle, certificate: string): Promise<Pair & {readonly authority: string}> {
  const {authorities, certificates} = bundle.blueprint;
  const like = certificates.find(({name}) => name === certificate);
  if (like === undefined) throw new Error(`the bundle has no certificate ${certificate}`);
  const namesake = authorities.find(({id}) => id === like.authority)?.subject.commonName ?? '';
  const now = new Date();
  const authority = await makeAuthority({commonName: namesake, now});
  const {subject, usages, sans} = like;
  const leaf = await makeLeaf(authority, {...subject, usages, sans, now});
  const name = `foreign-${certificate.replaceAll('/', '-')}`;
  const pair = await writePair(bundle, name, leaf.certificate, leaf.key.privateKey.reveal());
  await writeFile(bundle.beside(`${name}-ca.crt`), authority.certificate);
  return {...pair, authority: bundle.beside(`${name}-ca.crt`)};
}

/**
 * A client certificate of the bundle with what its holder could gather to send along.
 *
 * @param chain sent after the leaf instead of what its own file has there
 */
export async function clientPair(
  bundle: Bundle,
  from: PresentedFrom,
  name: string,
  chain: readonly string[],
): Promise<Pair> {
  const {certificates, key} = await presented(bundle, from);
  return writePair(bundle, name, [certificates[0], ...chain].join(''), key);
}

/** The certificates of every authority above, nearest first, the root at the end. */
export async function chainAbove(bundle: Bundle, certificate: string): Promise<string[]> {
  const {authorities, certificates} = bundle.blueprint;
  const chain: string[] = [];
  let above = certificates.find(({name}) => name === certificate)?.authority;
  while (above !== undefined) {
    chain.push(await bundle.read(`authorities/${above}.crt`));
    above = authorities.find(({id}) => id === above)?.signedBy;
  }
  return chain;
}

export interface Door {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks a server for a path without verifying it, and gives its status and answer, or how it broke the connection off. */
export async function knock(
  machine: Machine,
  {host, port, path, headers = {}}: Door,
  pair: Pair | undefined,
): Promise<string> {
  const options = JSON.stringify({host, port, path, headers, rejectUnauthorized: false});
  const files = pair === undefined ? [] : [pair.certificate, pair.key];
  const {stdout} = await machine.run(process.execPath, ['-e', knocking, options, ...files]);
  return stdout;
}

const knocking = `
  const [options, cert, key] = process.argv.slice(1);
  const {readFileSync} = require('node:fs');
  const pair = cert === undefined ? {} : {cert: readFileSync(cert), key: readFileSync(key)};
  require('node:https')
    .get({...JSON.parse(options), ...pair}, (answer) => {
      console.log(answer.statusCode);
      answer.pipe(process.stdout);
    })
    .on('error', ({message}) => console.log('broken off: ' + message));`;

async function presented(
  bundle: Bundle,
  from: PresentedFrom,
): Promise<{readonly certificates: readonly string[]; readonly key: string}> {
  if (from.kind === 'files') {
    return {certificates: certificatesIn(await bundle.read(from.certificate)), key: await bundle.read(from.key)};
  }
  const [user] = readKubeconfig(await bundle.read(from.path)).users;
  if (user?.certificate?.kind !== 'embedded' || user.key?.kind !== 'embedded') {
    throw new Error(`${from.path} embeds no client certificate`);
  }
  return {certificates: user.certificate.certificates, key: user.key.secret.reveal()};
}

async function writePair(bundle: Bundle, name: string, certificate: string, key: string): Promise<Pair> {
  const pair = {certificate: bundle.beside(`${name}.crt`), key: bundle.beside(`${name}.key`)};
  await writeFile(pair.certificate, certificate);
  await writeFile(pair.key, key, {mode: 0o600});
  return pair;
}
