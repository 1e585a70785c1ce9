import {z} from 'zod';
import {problem, type Problem} from '../base/problem.ts';
import {keyAlgorithms, nodeRoles} from '../pki/plan.ts';
import type {BundleJson} from './bundle-json.ts';

export type ReadBundleJson =
  | {readonly ok: true; readonly bundle: BundleJson}
  | {readonly ok: false; readonly problems: readonly Problem[]};

/** Reads `bundle.json`; all that is wrong is told at once, each with its path in the file. */
export function readBundleJson(text: string): ReadBundleJson {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return refused(problem('not-a-bundle', '', 'bundle.json is not JSON', 'issue the bundle again'));
  }
  const {data: version} = z.object({bundleVersion: z.number()}).safeParse(read);
  if (version !== undefined && version.bundleVersion !== 1) {
    const message = `bundle.json has version ${version.bundleVersion}, and this Certwright knows version 1`;
    return refused(problem('unknown-bundle-version', 'bundleVersion', message, 'use the Certwright that wrote it'));
  }
  const result = bundleJson.safeParse(read);
  if (result.success) return {ok: true, bundle: result.data};
  return refused(
    ...result.error.issues.map(({path, message}) =>
      problem('not-a-bundle', pathText(path), message, 'issue the bundle again'),
    ),
  );
}

function refused(...problems: readonly Problem[]): ReadBundleJson {
  return {ok: false, problems};
}

/** `certificates[3].sans[0].type` */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

const authority = z.string().min(1);
const path = z.string().min(1);
const node = z.string().nullable();
const subject = z.object({commonName: z.string(), organizations: z.array(z.string())});
const why = z.string();

const facts = {
  serial: z.string().regex(/^[0-9a-f]+$/, 'a serial is hex'),
  notBefore: z.iso.datetime({precision: 0}),
  notAfter: z.iso.datetime({precision: 0}),
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/, 'a fingerprint is SHA-256 in hex'),
};

const end = z.object({component: z.string(), node});
const trust = z.union([
  z.object({authorities: z.array(authority), by: z.string(), file: path}),
  z.object({notVerified: z.string()}),
]);

const bundleJson: z.ZodType<BundleJson> = z.object({
  bundleVersion: z.literal(1),
  clusterName: z.string(),
  controlPlaneEndpoint: z.string(),
  kubernetesVersion: z.string(),
  nodes: z.array(z.object({name: z.string(), addresses: z.array(z.string()), roles: z.array(z.enum(nodeRoles))})),
  authorities: z.array(
    z.object({
      id: authority,
      subject,
      issuer: authority.nullable(),
      brought: z.boolean(),
      ...facts,
      files: z.array(path),
    }),
  ),
  certificates: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      node,
      subject,
      issuer: authority,
      sans: z.array(z.object({type: z.enum(['dns', 'ip']), value: z.string(), why})),
      usages: z.array(z.enum(['server auth', 'client auth'])),
      ...facts,
      files: z.array(path),
    }),
  ),
  keyPairs: z.array(
    z.object({id: z.string(), algorithm: z.enum(keyAlgorithms), fingerprint: facts.fingerprint, files: z.array(path)}),
  ),
  kubeconfigs: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      node,
      server: z.string(),
      cluster: z.string(),
      user: z.string(),
      context: z.string(),
      trusts: z.array(authority),
      certificate: z.string().nullable(),
      files: z.array(path),
    }),
  ),
  flags: z.record(z.string(), z.record(z.string(), z.array(z.string()))),
  connections: z.array(
    z.object({
      id: z.string(),
      caller: end,
      provider: end,
      host: z.string(),
      port: z.int().min(1).max(65_535),
      presents: z.union([z.object({certificate: z.string()}), z.object({notOurs: z.string()})]),
      callerTrusts: trust,
      shows: z.union([
        z.object({certificate: z.string()}),
        z.object({token: z.string()}),
        z.object({none: z.string()}),
      ]),
      providerTrusts: trust,
      clientCertificate: z.enum(['demanded', 'requested', 'unused']),
      why,
    }),
  ),
});
