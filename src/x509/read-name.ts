import type {Subject} from '../pki/blueprint-types.ts';
import {childAt, children, type Der, oidOf, textOf} from './der.ts';

export const organizationName = '2.5.4.10';
export const commonName = '2.5.4.3';

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

export interface ReadName extends Subject {
  /** Everything in it, in its own order: `O=system:nodes, CN=system:node:cp-1`. For eyes, not for comparing. */
  readonly text: string;
  /** The DER as it stands. To be copied, never written anew: verifiers compare names byte by byte. */
  readonly der: Buffer;
}

export function readName(name: Der): ReadName {
  const attributes = children(name).flatMap((set) =>
    children(set).map((pair) => ({type: oidOf(childAt(pair, 0)), text: textOf(childAt(pair, 1))})),
  );
  return {
    // Go takes the last one when there are several.
    commonName: attributes.findLast(({type}) => type === commonName)?.text ?? '',
    organizations: attributes.filter(({type}) => type === organizationName).map(({text}) => text),
    text: attributes.map(({type, text}) => `${shortNames[type] ?? type}=${escaped(text)}`).join(', '),
    der: name.whole,
  };
}

/** As RFC 4514 escapes, and control characters so that a name cannot drive a terminal. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\,+"<>;]/g, '\\$&')
    .replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, (letter) => `\\${letter.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
