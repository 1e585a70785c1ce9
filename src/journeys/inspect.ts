import {Failure} from '../base/failure.ts';
import {readEndpoint} from '../base/names.ts';
import {urlHost} from '../base/address.ts';
import {readKubeconfig} from '../kubeconfig/read-kubeconfig.ts';
import {embeddedMaterial} from '../node/holdings.ts';
import {readBytes} from '../node/read-file.ts';
import {servedAt} from '../proof/served.ts';
import type {Inspected, InspectedKubeconfig, Inspection} from '../report/inspection.ts';
import {shellWord} from '../report/same-command.ts';
import {readMaterial, requestOrKeyInDer} from '../x509/material.ts';

/** What to look at. */
export type InspectSource =
  | {readonly kind: 'file'; readonly path: string}
  | {readonly kind: 'input'; readonly bytes: Uint8Array}
  | {readonly kind: 'port'; readonly host: string; readonly port: number; readonly name: string | undefined};

/** `HOST:PORT`, `[v6]:PORT` → where that is; undefined = it names no port, so it is a file. */
export function portIn(text: string): {readonly host: string; readonly port: number} | undefined {
  if (text.includes('/')) return undefined;
  const read = readEndpoint(text);
  return read.ok && read.port !== undefined ? {host: read.host, port: read.port} : undefined;
}

/** @throws Failure when it cannot be read, or nothing of the kind is in it; Cancelled */
export async function inspect(source: InspectSource, signal?: AbortSignal): Promise<Inspection> {
  switch (source.kind) {
    case 'file':
      return inspectionOf({kind: 'file', path: source.path}, await readBytes(source.path, signal));
    case 'input':
      return inspectionOf({kind: 'input'}, source.bytes);
    case 'port': {
      const {host, port, name} = source;
      const {chain, protocol} = await servedAt({host, port, ...(name === undefined ? {} : {name})}, signal);
      return {
        from: {kind: 'port', host: urlHost(host), port, protocol},
        material: readMaterial(Buffer.from(chain)),
        kubeconfig: undefined,
      };
    }
    default:
      return source satisfies never;
  }
}

function inspectionOf(from: Inspected, bytes: Uint8Array): Inspection {
  const material = readMaterial(bytes);
  if (material.length > 0) return {from, material, kubeconfig: undefined};
  const other = requestOrKeyInDer(bytes);
  if (other !== undefined) return {from, material: [other], kubeconfig: undefined};
  const text = Buffer.from(bytes).toString('utf8');
  // Other YAML and JSON has no clusters; whatever else it is, the words of the YAML reader would not help.
  if (/^\s*("?clusters"?|"?kind"?:\s*"?Config"?)|[{,]\s*"clusters"/m.test(text)) {
    return {from, material, kubeconfig: kubeconfigOf(text)};
  }
  throw new Failure('nothing-to-inspect', `${placeOf(from)} holds no certificate, request, key or kubeconfig`, {
    nextSteps: [
      isKeyStore(bytes) && from.kind === 'file'
        ? `it looks like PKCS #12: openssl pkcs12 -nodes -in ${shellWord(from.path)} | certwright inspect -`
        : 'name a PEM or DER file, a kubeconfig, or HOST:PORT',
    ],
  });
}

/** PFX (RFC 7292): a sequence that begins with version 3. */
function isKeyStore(bytes: Uint8Array): boolean {
  return /^30(?:[0-7].|80|81..|82.{4}|83.{6})020103/.test(Buffer.from(bytes.subarray(0, 12)).toString('hex'));
}

function kubeconfigOf(text: string): InspectedKubeconfig {
  const {clusters, users, contexts, currentContext, problems} = readKubeconfig(text);
  return {
    clusters: clusters.map((cluster) => ({...cluster, material: embeddedMaterial(cluster.certificateAuthority)})),
    users: users.map((user) => ({...user, material: embeddedMaterial(user.certificate, user.key)})),
    contexts,
    currentContext,
    problems,
  };
}

function placeOf(from: Inspected): string {
  switch (from.kind) {
    case 'file':
      return from.path;
    case 'input':
      return 'standard input';
    case 'port':
      return `${from.host}:${from.port}`;
    default:
      return from satisfies never;
  }
}
