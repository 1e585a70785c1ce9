import {type ClientRequest, request as plainly} from 'node:http';
import {request as withTls, type RequestOptions} from 'node:https';
import {checkServerIdentity} from 'node:tls';
import {isAddress, urlHost} from '../base/address.ts';
import {Cancelled, Failure} from '../base/failure.ts';
import type {Secret} from '../base/secret.ts';
import {tame} from '../base/tame.ts';

/** One question to a server of a node, and how either side knows the other. */
export interface Question {
  readonly scheme: 'https' | 'http';
  /** Where it is asked: no brackets. */
  readonly host: string;
  readonly port: number;
  /** `/readyz` */
  readonly path: string;
  /** JSON to post; left out = it is a GET. */
  readonly body?: string;
  /** undefined = nothing is verified: what answers is only looked at. */
  readonly trust?: Trust | undefined;
  /** undefined = asked by nobody in particular. */
  readonly credential?: Credential | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Trust {
  /** PEM, each on its own. */
  readonly authorities: readonly string[];
  /** Name or address that the certificate must cover: it need not be the one that is dialled. */
  readonly name: string;
}

export type Credential =
  | {readonly kind: 'certificate'; readonly certificate: string; readonly key: Secret}
  | {readonly kind: 'token'; readonly token: Secret};

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Of silence. */
const patience = 10_000;
const longest = 1_000_000;

/**
 * Asks once, on a connection of its own.
 *
 * @throws Failure `no-answer`, with why in its message; Cancelled
 */
export async function ask(question: Question): Promise<Answer> {
  const {scheme, body, signal} = question;
  const {promise, resolve, reject} = Promise.withResolvers<Answer>();
  let asked: ClientRequest;
  try {
    asked = scheme === 'https' ? withTls(secure(question)) : plainly(common(question));
  } catch (error) {
    // A key that is none or another's, a port that no computer has, a token of two lines: of what lies on the node.
    throw noAnswer(question, `it cannot be asked: ${wordsOf(error)}`);
  }
  asked.setTimeout(patience, () => asked.destroy(new Error('no word in ten seconds')));
  asked.on('response', (response) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (part: string) => {
      text += part;
      if (text.length > longest) asked.destroy(new Error('its answer has no end'));
    });
    response.on('end', () => resolve({status: response.statusCode ?? 0, body: text}));
    response.on('error', reject);
  });
  asked.on('error', reject);
  asked.end(body);
  try {
    return await promise;
  } catch (error) {
    if (signal?.aborted === true) throw new Cancelled();
    throw noAnswer(question, wordsOf(error));
  }
}

function noAnswer({host, port}: Question, why: string): Failure {
  return new Failure('no-answer', `${urlHost(host)}:${port} does not answer: ${why}`, {
    nextSteps: ['see whether the component runs, and what its log says'],
  });
}

function common({host, port, path, body, credential, signal}: Question): RequestOptions {
  return {
    host,
    port,
    path,
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json',
      host: `${urlHost(host)}:${port}`,
      ...(body === undefined ? {} : {'content-type': 'application/json', 'content-length': Buffer.byteLength(body)}),
      ...(credential?.kind === 'token' ? {authorization: `Bearer ${credential.token.reveal()}`} : {}),
    },
    // A connection of its own: another caller's may have been verified otherwise, or under another name.
    agent: false,
    ...(signal === undefined ? {} : {signal}),
  };
}

function secure(question: Question): RequestOptions {
  const {host, trust, credential} = question;
  const name = trust?.name ?? host;
  return {
    ...common(question),
    ...(isAddress(name) ? {} : {servername: name}),
    ca: [...(trust?.authorities ?? [])],
    rejectUnauthorized: trust !== undefined,
    checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
    // As Go does: an authority that is trusted need not be the root.
    allowPartialTrustChain: true,
    ...(credential?.kind === 'certificate' ? {cert: credential.certificate, key: credential.key.reveal()} : {}),
  };
}

/** Node.js and OpenSSL name the fault; neither says anything of a key. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return 'for no reason that it names';
  if ('code' in error && error.code === 'ECONNREFUSED') return 'nobody listens there';
  // Of OpenSSL's message the reason alone: around it stands where in its source that is, over two lines.
  return /\berror:[0-9A-F]+:[^:]*:[^:]*:([^:\n]+)/.exec(error.message)?.[1] ?? tame(error.message);
}

/** An answer as JSON; undefined when it is none. */
export function objectIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
