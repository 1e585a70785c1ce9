import type {Subject} from '../pki/blueprint-types.ts';
import {fromDer, nameString, type Node, oid, sequence, setOf} from './forge.ts';
import {commonName, organizationName} from './read-name.ts';

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

/** The ASN.1 of a name that is copied from somewhere. */
export function nameFrom(der: Uint8Array): Node {
  return fromDer(der);
}
