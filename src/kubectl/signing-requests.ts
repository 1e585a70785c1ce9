import {z} from 'zod';
import type {Usage} from '../pki/blueprint-types.ts';
import type {Kubectl} from './kubectl.ts';
import {isRefusal} from './refusal.ts';

/** A CertificateSigningRequest of the API, as far as it is used. */
export interface SigningRequest {
  readonly name: string;
  readonly signerName: string;
  /** Who made it, as the API server knows them: nobody can write these two. */
  readonly username: string;
  readonly groups: readonly string[];
  /** As the API spells them: `digital signature`. */
  readonly usages: readonly string[];
  /** PEM. */
  readonly request: string;
  readonly conditions: readonly RequestCondition[];
  /** PEM; undefined = not signed yet. */
  readonly certificate: string | undefined;
  /** As it came, with what tells that it is still the same one (uid, resourceVersion). */
  readonly object: Readonly<Record<string, unknown>>;
}

export interface RequestCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

export type RequestState = 'pending' | 'approved' | 'denied' | 'failed' | 'signed';

export function stateOf({conditions, certificate}: Pick<SigningRequest, 'conditions' | 'certificate'>): RequestState {
  const has = (type: string) => conditions.some((condition) => condition.type === type);
  if (has('Denied')) return 'denied';
  if (certificate !== undefined) return 'signed';
  if (has('Failed')) return 'failed';
  return has('Approved') ? 'approved' : 'pending';
}

/** `certificates.k8s.io/v1` by name, so that no other version is answered. */
const resource = 'certificatesigningrequests.v1.certificates.k8s.io';

/** Every request that the API has, in its order (by name). */
export async function listSigningRequests(kubectl: Kubectl): Promise<readonly SigningRequest[]> {
  return (await kubectl.read(requestList, ['get', resource, '--output=json'])).items;
}

/** undefined = there is none of this name. */
export async function findSigningRequest(kubectl: Kubectl, name: string): Promise<SigningRequest | undefined> {
  try {
    return await kubectl.read(signingRequest, ['get', resource, name, '--output=json']);
  } catch (error) {
    if (isRefusal(error, 'api-not-found')) return undefined;
    throw error;
  }
}

export interface NewSigningRequest {
  /** RFC 1123. */
  readonly name: string;
  /** PEM. */
  readonly request: string;
  readonly signerName: string;
  readonly usages: readonly Usage[];
  /** undefined = as long as the signer grants by itself; API servers before 1.22 know no other. */
  readonly expirationSeconds: number | undefined;
}

export async function createSigningRequest(kubectl: Kubectl, wish: NewSigningRequest): Promise<SigningRequest> {
  const {name, request, signerName, usages, expirationSeconds} = wish;
  const object = {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: {name},
    spec: {
      request: Buffer.from(request).toString('base64'),
      signerName,
      usages,
      ...(expirationSeconds === undefined ? {} : {expirationSeconds}),
    },
  };
  return kubectl.read(signingRequest, ['create', '--filename=-', '--output=json'], JSON.stringify(object));
}

/**
 * Approves exactly the request that was read: the API server refuses (`api-conflict`) when another one has taken its name,
 * or somebody else has decided, in the meantime. `kubectl certificate approve` reads it anew and would not notice.
 */
export async function approveSigningRequest(
  kubectl: Kubectl,
  {name, object}: SigningRequest,
  {message, now}: {readonly message: string; readonly now: Date},
): Promise<void> {
  const approved = {
    type: 'Approved',
    status: 'True',
    reason: 'CertwrightApprove',
    message,
    lastUpdateTime: now.toISOString().replace(/\.\d+Z$/, 'Z'),
  };
  const {status} = anyObject.parse(object);
  const changed = {...object, status: {...status, conditions: [...(status?.conditions ?? []), approved]}};
  const path = `/apis/certificates.k8s.io/v1/certificatesigningrequests/${encodeURIComponent(name)}/approval`;
  await kubectl.run(['replace', `--raw=${path}`, '--filename=-'], JSON.stringify(changed));
}

/** Whether it is there is the same: one that is gone is not missed. */
export async function deleteSigningRequest(kubectl: Kubectl, name: string): Promise<void> {
  await kubectl.run(['delete', resource, name, '--ignore-not-found', '--wait=false']);
}

const fromBase64 = z.base64().transform((text) => Buffer.from(text, 'base64').toString('utf8'));

const condition = z.object({
  type: z.string(),
  status: z.string().default('True'),
  reason: z.string().default(''),
  message: z.string().default(''),
});

const anyObject = z.looseObject({status: z.looseObject({conditions: z.array(z.unknown()).optional()}).optional()});

const fields = z
  .object({
    kind: z.literal('CertificateSigningRequest'),
    metadata: z.object({name: z.string().min(1), uid: z.string().min(1), resourceVersion: z.string().min(1)}),
    spec: z.object({
      signerName: z.string(),
      username: z.string().default(''),
      groups: z.array(z.string()).default([]),
      usages: z.array(z.string()).default([]),
      request: fromBase64,
    }),
    status: z
      .object({certificate: fromBase64.optional(), conditions: z.array(condition).default([])})
      .default({conditions: []}),
  })
  .transform(({metadata, spec, status}): Omit<SigningRequest, 'object'> => {
    const {signerName, username, groups, usages, request} = spec;
    const {conditions, certificate} = status;
    return {name: metadata.name, signerName, username, groups, usages, request, conditions, certificate};
  });

const signingRequest: z.ZodType<SigningRequest> = z
  .record(z.string(), z.unknown())
  .transform((object) => ({object, fields: object}))
  .pipe(z.object({object: z.record(z.string(), z.unknown()), fields}))
  .transform((read): SigningRequest => ({...read.fields, object: read.object}));

const requestList = z.object({kind: z.literal('List'), items: z.array(signingRequest)});
