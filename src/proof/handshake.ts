import type {Duplex} from 'node:stream';
import {createServer, connect, createSecureContext, type SecureContext, type TLSSocket} from 'node:tls';
import {normalizeAddress} from '../base/address.ts';
import {Cancelled} from '../base/failure.ts';
import type {Secret} from '../base/secret.ts';
import {certificatesIn} from '../base/pem.ts';
import {memoryPipe} from './memory-pipe.ts';
import {opensslWords} from './openssl-words.ts';

/**
 * One real TLS handshake between two ends in this process, in memory unless a wire is given, told as OpenSSL saw it at
 * both. What Go decides otherwise than OpenSSL (names, dates, CN without SAN) is not decided here.
 */

/** What an end shows: the text of the certificate file (leaf first, then what goes along) and of the key file. */
export interface Shown {
  readonly certificate: string;
  readonly key: Secret;
}

export interface ProviderEnd {
  readonly shows: Shown;
  /** PEM of every anchor that callers are verified with; undefined = with none. */
  readonly trusts: string | undefined;
  readonly clientCertificate: 'demanded' | 'requested' | 'unused';
}

export interface CallerEnd {
  readonly shows: Shown | undefined;
  /** PEM of every anchor that the provider is verified with; undefined = it is not verified. */
  readonly trusts: string | undefined;
  /** What it dials, no brackets: OpenSSL looks for it in the certificate that comes. Left out = names are not compared. */
  readonly dials?: string | undefined;
}

/** Makes the two ends of a wire, the provider's first. */
export type Wire = () => readonly [Duplex, Duplex] | Promise<readonly [Duplex, Duplex]>;

export type Side = 'caller' | 'provider';

export type Handshake =
  /** Both ends finished. Each says what it holds against the other's certificate; undefined = nothing. */
  | {readonly kind: 'met'; readonly callerSays: Complaint | undefined; readonly providerSays: Complaint | undefined}
  /** An end cannot load its own files, so the process would not start or not dial. */
  | {readonly kind: 'not-started'; readonly side: Side; readonly says: string}
  /** TLS itself ended it: the provider demands a certificate and is shown none, or the two speak no common TLS. */
  | {readonly kind: 'broken-off'; readonly by: Side; readonly callerSays: string; readonly providerSays: string};

export interface Complaint {
  /** OpenSSL's, as Node spells it: `CERT_HAS_EXPIRED`. */
  readonly code: string;
  /** OpenSSL's words: `certificate has expired`. */
  readonly words: string;
}

/** Under this name the provider is asked for, whatever the caller dials. */
const door = 'provider.invalid';
/** Both ends are in this process, so a handshake that is not over by then never will be. */
const patience = 20_000;

/** Makes the handshake. Leaves no socket, port or timer behind, however it ends. Throws `Cancelled` when aborted. */
export async function shakeHands(
  provider: ProviderEnd,
  caller: CallerEnd,
  signal?: AbortSignal,
  wire: Wire = memoryPipe,
): Promise<Handshake> {
  if (isCalledOff(signal)) throw new Cancelled();
  const providerContext = contextOf(provider.shows, provider.trusts);
  if ('says' in providerContext) return {kind: 'not-started', side: 'provider', says: providerContext.says};
  const callerContext = contextOf(caller.shows, caller.trusts);
  if ('says' in callerContext) return {kind: 'not-started', side: 'caller', says: callerContext.says};
  const streams = await wire();
  if (isCalledOff(signal)) {
    for (const stream of streams) stream.destroy();
    throw new Cancelled();
  }
  return meet(
    {context: providerContext, clientCertificate: provider.clientCertificate},
    {
      context: callerContext,
      shows: caller.shows !== undefined,
      verifies: caller.trusts !== undefined,
      dials: caller.dials,
    },
    streams,
    signal,
  );
}

/** Asked anew each time: it changes while a wire is made. */
function isCalledOff(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function contextOf(shows: Shown | undefined, trusts: string | undefined): SecureContext | {readonly says: string} {
  try {
    // An empty list trusts nobody; left out, it would be Mozilla's list.
    const ca = trusts === undefined ? [] : [...certificatesIn(trusts)];
    // Go takes any certificate of the file as an anchor, OpenSSL only self-signed ones unless it is told.
    const trust = {ca, allowPartialTrustChain: true};
    if (shows === undefined) return createSecureContext(trust);
    const chain = certificatesIn(shows.certificate);
    // A leaf without a chain would make OpenSSL send along what it finds among its own anchors, which Go does not. With
    // anything for a chain it does not look, and a second copy of the leaf changes nothing for the other end.
    const cert = (chain.length === 1 ? [...chain, ...chain] : chain).join('');
    return createSecureContext({...trust, cert, key: shows.key.reveal()});
  } catch (error) {
    return {says: wordsOf(error)};
  }
}

/** What an end has said so far; undefined while it has said nothing. */
type Said = {readonly complaint: Complaint | undefined} | {readonly broke: string} | undefined;

function meet(
  provider: {readonly context: SecureContext; readonly clientCertificate: ProviderEnd['clientCertificate']},
  caller: {
    readonly context: SecureContext;
    readonly shows: boolean;
    readonly verifies: boolean;
    readonly dials: string | undefined;
  },
  [providerStream, callerStream]: readonly [Duplex, Duplex],
  signal: AbortSignal | undefined,
): Promise<Handshake> {
  return new Promise((resolve, reject) => {
    const asks = provider.clientCertificate !== 'unused';
    const server = createServer({
      ca: [],
      requestCert: asks,
      // Node answers a bad certificate with a bare reset, so it is let through and asked about. Of a missing one
      // OpenSSL itself says so, to both ends.
      rejectUnauthorized: provider.clientCertificate === 'demanded' && !caller.shows,
      // Node's own limit would end it with a timer of Node's; the one below ends it with an error.
      handshakeTimeout: 2 * patience,
    });
    // `createServer` drops `allowPartialTrustChain`; a context made apart keeps it and is chosen by name.
    server.addContext(door, provider.context);
    const client = connect({
      socket: callerStream,
      secureContext: caller.context,
      servername: door,
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });

    let callerSaid: Said;
    let providerSaid: Said;
    let brokenBy: Side | undefined;
    let accepted: TLSSocket | undefined;
    const settle = (outcome: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      for (const stream of [client, accepted, callerStream, providerStream]) stream?.destroy();
      outcome();
    };
    const hear = (side: Side, said: NonNullable<Said>): void => {
      if (side === 'caller') callerSaid = said;
      else providerSaid = said;
      if ('broke' in said) brokenBy ??= side;
      const outcome = outcomeOf(callerSaid, providerSaid, brokenBy);
      if (outcome !== undefined) settle(() => resolve(outcome));
    };
    const onAbort = (): void => settle(() => reject(new Cancelled()));
    const timer = setTimeout(() => {
      settle(() => reject(new Error('a TLS handshake between two ends of this process did not come to an end')));
    }, patience);
    signal?.addEventListener('abort', onAbort, {once: true});

    server.on('secureConnection', (socket: TLSSocket) => {
      accepted = socket;
      socket.on('error', () => undefined);
      hear('provider', {complaint: asks && caller.shows ? complaintOf(socket) : undefined});
    });
    server.on('tlsClientError', (error) => hear('provider', {broke: wordsOf(error)}));
    client.on('secureConnect', () => {
      hear('caller', {
        complaint: caller.verifies ? (complaintOf(client) ?? nameComplaint(client, caller.dials)) : undefined,
      });
    });
    client.on('error', (error) => hear('caller', {broke: wordsOf(error)}));
    client.on('close', () => hear('caller', {broke: 'the connection was closed'}));
    providerStream.on('error', () => undefined);
    callerStream.on('error', () => undefined);
    // That the other end has gone is noticed only by who reads.
    client.resume();
    server.emit('connection', providerStream);
  });
}

function outcomeOf(caller: Said, provider: Said, brokenBy: Side | undefined): Handshake | undefined {
  if (caller === undefined || provider === undefined) return undefined;
  if ('complaint' in caller && 'complaint' in provider) {
    return {kind: 'met', callerSays: caller.complaint, providerSays: provider.complaint};
  }
  // With TLS 1.3 a caller believes that it has finished while the provider's alert is still on its way to it.
  if ('complaint' in caller) return undefined;
  return {
    kind: 'broken-off',
    by: brokenBy ?? 'caller',
    callerSays: caller.broke,
    providerSays: 'broke' in provider ? provider.broke : 'nothing',
  };
}

function complaintOf(socket: TLSSocket): Complaint | undefined {
  // Typed as an Error, but it is OpenSSL's code as a string.
  const error: unknown = socket.authorizationError;
  if (error === undefined || error === null) return undefined;
  const code = typeof error === 'string' ? error : 'UNSPECIFIED';
  return {code, words: opensslWords(code)};
}

/** OpenSSL's own comparison, of the certificate that came over the wire; the common name never counts. */
function nameComplaint(socket: TLSSocket, dials: string | undefined): Complaint | undefined {
  const shown = dials === undefined ? undefined : socket.getPeerX509Certificate();
  if (dials === undefined || shown === undefined) return undefined;
  const isAddress = normalizeAddress(dials) !== undefined;
  const found = isAddress ? shown.checkIP(dials) : shown.checkHost(dials, {subject: 'never'});
  if (found !== undefined) return undefined;
  const code = isAddress ? 'IP_ADDRESS_MISMATCH' : 'HOSTNAME_MISMATCH';
  return {code, words: opensslWords(code)};
}

/** OpenSSL's reason where there is one: its whole error has addresses and source lines of OpenSSL in it. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message;
}
