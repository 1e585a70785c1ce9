import type {Subject} from '../pki/blueprint-types.ts';
import {
  childAt,
  children,
  fromDer,
  nameString,
  type Node,
  oid,
  oidOf,
  sequence,
  setOf,
  textOf,
  toDer,
} from './forge.ts';

const organizationName = '2.5.4.10';
const commonName = '2.5.4.3';

const shortNames: Readonly<Record<string, string>> = {
  [commonName]: 'CN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  [organizationName]: 'O',
  '2.5.4.11': 'OU',
  '2.5.4.17': 'POSTALCODE',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

/**
 * The distinguished name as Go writes it: all organizations in one set, then the common name. An empty common name is
 * left out.
 */
export function encodeName(subject: Subject): Node {
  const parts: Node[] = [];
  if (subject.organizations.length > 0) {
    parts.push(setOf(...subject.organizations.map((text) => attribute(organizationName, text))));
  }
  if (subject.commonName !== '') {
    parts.push(setOf(attribute(commonName, subject.commonName)));
  }
  return sequence(...parts);
}

function attribute(type: string, text: string): Node {
  return sequence(oid(type), nameString(text));
}

export interface ReadName extends Subject {
  /** Everything in it, in its own order: `O=system:nodes, CN=system:node:cp-1`. For eyes, not for comparing. */
  readonly text: string;
  /** The DER as it stands. To be copied, never written anew: verifiers compare names byte by byte. */
  readonly der: Buffer;
}

export function readName(node: Node): ReadName {
  const attributes = children(node).flatMap((set) =>
    children(set).map((pair) => ({type: oidOf(childAt(pair, 0)), text: textOf(childAt(pair, 1))})),
  );
  return {
    // Go takes the last one when there are several.
    commonName: attributes.findLast(({type}) => type === commonName)?.text ?? '',
    organizations: attributes.filter(({type}) => type === organizationName).map(({text}) => text),
    text: attributes.map(({type, text}) => `${shortNames[type] ?? type}=${escaped(text)}`).join(', '),
    der: toDer(node),
  };
}

/** The ASN.1 of a name that is copied from somewhere. */
export function nameFrom(der: Uint8Array): Node {
  return fromDer(der);
}

/** As RFC 4514 escapes, and control characters so that a name cannot drive a terminal. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\,+"<>;]/g, '\\$&')
    .replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, (letter) => `\\${letter.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
