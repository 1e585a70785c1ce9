import {z} from 'zod';
import {problem, type Problem} from '../base/problem.ts';
import type {Subject, SubjectAlternativeName, Usage} from '../pki/blueprint-types.ts';
import type {AuthorityId} from '../pki/plan.ts';

/**
 * `requests/requests.json`: what is asked of authorities whose keys are elsewhere. It goes to whoever signs; no secret
 * is in it. Each request `NAME` has `requests/NAME.csr`, and its certificate is awaited as `requests/NAME.crt`.
 */
export interface RequestsJson {
  readonly requestsVersion: 1;
  /** `''` where files of a node do not say it. */
  readonly clusterName: string;
  /** Set when the requests are for certificates of this node that are renewed; left out when they are a bundle's. */
  readonly renewalOf?: string | undefined;
  readonly requests: readonly RequestEntry[];
}

export interface RequestEntry {
  /** An authority's id or a certificate's name: `kubernetes-ca`, `cp-1/apiserver`. */
  readonly name: string;
  /** Who has to sign it. */
  readonly authority: AuthorityId;
  /** It is to become an authority itself (CA:TRUE). */
  readonly isAuthority: boolean;
  readonly subject: Subject;
  readonly usages: readonly Usage[];
  readonly sans: readonly SubjectAlternativeName[];
  /** Hours. */
  readonly validity: number;
  readonly why: string;
  /** Of a renewal: where on the node its certificate lies. */
  readonly place?: RenewalPlace | undefined;
}

export interface RenewalPlace {
  /** What `certwright renew` calls it. */
  readonly item: string;
  /** Absolute on the node. */
  readonly path: string;
  /** The user of a kubeconfig whose credentials it is. */
  readonly user?: string | undefined;
}

export type ReadRequestsJson =
  | {readonly ok: true; readonly requests: RequestsJson}
  | {readonly ok: false; readonly problems: readonly Problem[]};

/** Reads it as it may have come back from another machine. */
export function readRequestsJson(text: string): ReadRequestsJson {
  const fix = 'take requests.json from the machine that made the requests';
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return {ok: false, problems: [problem('not-requests', '', 'requests.json is not JSON', fix)]};
  }
  const result = requestsJson.safeParse(read);
  if (result.success) return {ok: true, requests: result.data};
  return {
    ok: false,
    problems: result.error.issues.map(({path, message}) => problem('not-requests', path.join('.'), message, fix)),
  };
}

const requestsJson: z.ZodType<RequestsJson> = z.object({
  requestsVersion: z.literal(1),
  clusterName: z.string(),
  renewalOf: z.string().optional(),
  requests: z.array(
    z.object({
      name: z.string().min(1),
      authority: z.string().min(1),
      isAuthority: z.boolean(),
      subject: z.object({commonName: z.string(), organizations: z.array(z.string())}),
      usages: z.array(z.enum(['server auth', 'client auth'])),
      sans: z.array(z.object({type: z.enum(['dns', 'ip']), value: z.string(), why: z.string()})),
      validity: z.number().positive(),
      why: z.string(),
      place: z.object({item: z.string(), path: z.string(), user: z.string().optional()}).optional(),
    }),
  ),
});
