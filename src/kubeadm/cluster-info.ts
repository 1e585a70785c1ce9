import {request} from 'node:https';
import {z} from 'zod';
import {isAddress, urlHost} from '../base/address.ts';
import {Cancelled, Failure} from '../base/failure.ts';

/** The ConfigMap that a joining node reads before it trusts anything. */
export interface ClusterInfo {
  /** Text, as it was signed. */
  readonly kubeconfig: string;
  /** Token id → detached JWS. */
  readonly signatures: ReadonlyMap<string, string>;
}

export interface ClusterInfoRequest {
  /** `https://host:port` */
  readonly server: string;
  /** PEM; undefined = nothing is verified, as in kubeadm's first look: what comes is believed only once its signature is. */
  readonly authorities: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Asks as a node without any credential does. */
export type ReadClusterInfo = (request: ClusterInfoRequest) => Promise<ClusterInfo>;

const path = '/api/v1/namespaces/kube-public/configmaps/cluster-info';
/** Of silence. */
const patience = 10_000;
const longest = 1_000_000;

/**
 * @throws Failure `no-answer`, `certificate-not-trusted`, `cluster-info-hidden` (anonymous callers may not read it),
 * `cluster-info-missing`, `cluster-info-unexpected`; Cancelled
 */
export const readClusterInfo: ReadClusterInfo = async ({server, authorities, signal}) => {
  const {hostname, port} = new URL(server);
  const host = hostname.replace(/^\[|\]$/g, '');
  const {status, body} = await get({host, port: port === '' ? 443 : Number(port), authorities, signal});
  if (status === 404) {
    throw new Failure('cluster-info-missing', 'the cluster has no ConfigMap cluster-info in kube-public', {
      nextSteps: ['apply bootstrap/cluster-info.yaml of the bundle, or run: kubeadm init phase bootstrap-token'],
    });
  }
  if (status === 401 || status === 403) {
    throw new Failure('cluster-info-hidden', `cluster-info is not to be read without a credential (HTTP ${status})`, {
      nextSteps: [
        'apply bootstrap/cluster-info.yaml of the bundle: its Role and RoleBinding let anybody read it; the API server must not have --anonymous-auth=false',
      ],
    });
  }
  const read = status === 200 ? configMap.safeParse(parsed(body)) : undefined;
  if (read?.data === undefined) {
    throw new Failure('cluster-info-unexpected', `${server} answers, but not as an API server does (HTTP ${status})`, {
      nextSteps: ['see that the address leads to the API server, and not to a proxy or another service'],
    });
  }
  const {kubeconfig, ...others} = read.data.data;
  const signatures = Object.entries(others).flatMap(([key, value]): [string, string][] =>
    key.startsWith(signaturePrefix) ? [[key.slice(signaturePrefix.length), value]] : [],
  );
  return {kubeconfig, signatures: new Map(signatures)};
};

const signaturePrefix = 'jws-kubeconfig-';

const configMap = z.object({
  kind: z.literal('ConfigMap'),
  data: z.object({kubeconfig: z.string()}).catchall(z.string()),
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Door {
  readonly host: string;
  readonly port: number;
  readonly authorities: readonly string[] | undefined;
  readonly signal: AbortSignal | undefined;
}

function get({host, port, authorities, signal}: Door): Promise<{readonly status: number; readonly body: string}> {
  const {promise, resolve, reject} = Promise.withResolvers<{status: number; body: string}>();
  const asked = request({
    host,
    port,
    path,
    headers: {accept: 'application/json', host: `${urlHost(host)}:${port}`},
    ...(isAddress(host) ? {} : {servername: host}),
    // A connection of its own: no other caller's, which may have been verified otherwise.
    agent: false,
    ca: [...(authorities ?? [])],
    rejectUnauthorized: authorities !== undefined,
    // As Go does: an authority that is trusted need not be the root.
    allowPartialTrustChain: true,
    ...(signal === undefined ? {} : {signal}),
  });
  asked.setTimeout(patience, () => asked.destroy(new Error('timeout')));
  asked.on('response', (response) => {
    let body = '';
    response.setEncoding('utf8');
    response.on('data', (text: string) => {
      body += text;
      if (body.length > longest) asked.destroy(new Error('endless'));
    });
    response.on('end', () => resolve({status: response.statusCode ?? 0, body}));
    response.on('error', reject);
  });
  asked.on('error', reject);
  asked.end();
  return promise.catch((error: unknown) => {
    throw signal?.aborted === true ? new Cancelled() : unanswered(error, `${urlHost(host)}:${port}`);
  });
}

/** What OpenSSL or Node.js says of a certificate that it does not take. */
const notTrusted =
  /^(?:ERR_TLS_CERT_ALTNAME_INVALID|CERT_\w+|UNABLE_TO_\w+|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|INVALID_\w+|HOSTNAME_MISMATCH)$/;

function unanswered(error: unknown, where: string): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (notTrusted.test(code)) {
    return new Failure(
      'certificate-not-trusted',
      `${where} serves a certificate that the cluster's authority does not vouch for (${code})`,
      {
        nextSteps: [`see what it serves: certwright inspect ${where}`],
      },
    );
  }
  const reason =
    code === '' ? (error instanceof Error && error.message === 'timeout' ? 'no word in ten seconds' : 'no TLS') : code;
  return new Failure('no-answer', `${where} does not answer (${reason})`, {
    nextSteps: ['see that the API server runs, and that its address and port can be reached from the joining node too'],
  });
}
