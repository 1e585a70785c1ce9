import {connect, type DetailedPeerCertificate, type TLSSocket} from 'node:tls';
import {isAddress, urlHost} from '../base/address.ts';
import {Cancelled, Failure} from '../base/failure.ts';

/** What a port shows to whoever connects. */
export interface Served {
  /** PEM of what the server sent, leaf first; not necessarily in an order that makes a chain. */
  readonly chain: string;
  /** `TLSv1.3`; undefined when the server broke off before it was settled. */
  readonly protocol: string | undefined;
}

export interface Door {
  /** DNS name or address, no brackets. */
  readonly host: string;
  readonly port: number;
  /** The name asked for (SNI); default: the host, where it is a name. */
  readonly name?: string;
}

/** A server that has not shown its certificate by then is not going to. */
const patience = 10_000;

/**
 * Connects, takes what the server shows, and leaves. Nothing is verified and no certificate is shown: a server that
 * demands one (etcd) sends its own first all the same.
 *
 * @throws Failure `no-answer`, `connection-refused`, `host-unknown`, `not-tls`; Cancelled
 */
export async function servedAt(door: Door, signal?: AbortSignal): Promise<Served> {
  if (signal?.aborted === true) throw new Cancelled();
  const name = door.name ?? (isAddress(door.host) ? undefined : door.host);
  const socket = connect({
    host: door.host,
    port: door.port,
    // It is looked at, not believed; an empty list keeps the system's authorities out of what is shown.
    rejectUnauthorized: false,
    ca: [],
    ...(name === undefined ? {} : {servername: name}),
  });
  const stop = (): void => void socket.destroy(new Cancelled());
  signal?.addEventListener('abort', stop, {once: true});
  const timer = setTimeout(() => socket.destroy(new Failure('no-answer', ...silence(door))), patience);
  try {
    return await firstWords(socket);
  } catch (error) {
    throw failureOf(error, door);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    socket.destroy();
  }
}

function firstWords(socket: TLSSocket): Promise<Served> {
  return new Promise((resolve, reject) => {
    socket.once('secureConnect', () => resolve({chain: chainOf(socket), protocol: socket.getProtocol() ?? undefined}));
    // Until TLS 1.2 a server that demands a certificate breaks off here; it has shown its own by then.
    socket.once('error', (error) => {
      const chain = chainOf(socket);
      if (chain === '') reject(error);
      else resolve({chain, protocol: undefined});
    });
    socket.once('close', () => reject(new Error('closed')));
  });
}

function chainOf(socket: TLSSocket): string {
  const certificates: string[] = [];
  const seen = new Set<string>();
  let next: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  // The last one names itself as its issuer.
  while (next?.raw !== undefined && !seen.has(next.fingerprint256)) {
    seen.add(next.fingerprint256);
    const body = next.raw.toString('base64').replaceAll(/.{64}(?=.)/g, '$&\n');
    certificates.push(`-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`);
    next = next.issuerCertificate;
  }
  return certificates.join('');
}

function failureOf(error: unknown, door: Door): unknown {
  if (error instanceof Failure || error instanceof Cancelled || !(error instanceof Error)) return error;
  const where = `${urlHost(door.host)}:${door.port}`;
  const code = 'code' in error ? String(error.code) : error.message;
  const said = (id: string, message: string, nextStep: string): Failure =>
    new Failure(id, message, {nextSteps: [nextStep], cause: error});
  switch (code) {
    case 'ECONNREFUSED':
      return said('connection-refused', `nobody listens on ${where}`, 'see whether the component runs: crictl ps -a');
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return said('host-unknown', `the name ${door.host} does not resolve here`, 'give its address instead');
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return new Failure('no-answer', ...silence(door));
    default:
      return said(
        'not-tls',
        `${where} shows no certificate: what answers there does not speak TLS, or breaks off (${code})`,
        'check the port: etcd 2379 and 2380, API server 6443, kubelet 10250, controller manager 10257, scheduler 10259',
      );
  }
}

function silence({host, port}: Door): [message: string, options: {nextSteps: [string]}] {
  return [`${urlHost(host)}:${port} does not answer`, {nextSteps: ['check the address, and firewalls on the way']}];
}
