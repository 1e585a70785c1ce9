import {createPublicKey, type KeyObject} from 'node:crypto';
import {Failure} from '../base/failure.ts';
import {pemBlocks} from '../base/pem.ts';
import {bytesOf, childAt, children, fromDer, oidOf} from './der.ts';
import {type ReadExtensions, readExtensions} from './extensions.ts';
import {type KeyKind, kindOf} from './keys.ts';
import {fromPem} from './pem.ts';
import {type ReadName, readName} from './read-name.ts';
import {isSignedBy} from './signature.ts';

export const extensionRequest = '1.2.840.113549.1.9.14';

/** What a request asks for, in words that compare. */
export interface ReadRequest extends ReadExtensions {
  readonly subject: ReadName;
  readonly publicKey: KeyObject;
  readonly key: KeyKind;
}

/**
 * Reads the first request of a PEM text and verifies that who made it holds the key.
 *
 * @param from where it comes from, in words for a message: a path
 * @throws Failure `request-unreadable`, `request-signature-wrong`
 */
export function readRequest(pem: string, from = 'the request'): ReadRequest {
  const block = pemBlocks(pem).find(({label}) => /^(NEW )?CERTIFICATE REQUEST$/.test(label));
  if (block === undefined) throw unreadable(`${from} holds no certificate signing request`);
  let request: ReadRequest;
  let isGenuine: boolean;
  try {
    [request, isGenuine] = read(fromPem(block));
  } catch (error) {
    throw unreadable(`${from} is damaged, or no certificate signing request`, error);
  }
  if (!isGenuine) {
    throw new Failure('request-signature-wrong', `${from} is not signed with its own key`, {
      nextSteps: ['make the request again: this one was changed, or its maker does not hold the key'],
    });
  }
  return request;
}

function read(der: Uint8Array): [request: ReadRequest, isGenuine: boolean] {
  const whole = fromDer(der);
  const body = childAt(whole, 0);
  const publicKey = createPublicKey({key: childAt(body, 2).whole, format: 'der', type: 'spki'});
  const attributes = children(body)[3];
  const asked = (attributes === undefined ? [] : children(attributes)).find(
    (attribute) => oidOf(childAt(attribute, 0)) === extensionRequest,
  );
  const algorithm = oidOf(childAt(childAt(whole, 1), 0));
  const signature = bytesOf(childAt(whole, 2)).subarray(1);
  return [
    {
      subject: readName(childAt(body, 1)),
      publicKey,
      key: kindOf(publicKey),
      ...readExtensions(asked === undefined ? undefined : childAt(childAt(asked, 1), 0)),
    },
    isSignedBy(publicKey, body.whole, algorithm, signature),
  ];
}

function unreadable(message: string, cause?: unknown): Failure {
  return new Failure('request-unreadable', message, {
    nextSteps: ['give a PEM file that holds `BEGIN CERTIFICATE REQUEST`; check it: openssl req -noout -text -in FILE'],
    cause,
  });
}
