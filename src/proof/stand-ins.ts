import {certificatesIn} from '../base/pem.ts';
import type {Subject, Usage} from '../pki/blueprint-types.ts';
import {issuerFrom, makeCertificate} from '../x509/certificate.ts';
import type {Node} from '../x509/forge.ts';
import {generateKeys, type KeyPair} from '../x509/keys.ts';
import {encodeName, nameFrom} from '../x509/names.ts';
import type {ShownFiles} from './ends.ts';
import {seeCertificate, type SeenCertificate} from './seen-certificate.ts';

/** Certificates that the proof makes for itself. They live in memory, for as long as it runs. */

/** Hours. */
const lifetime = 1;

/** In the place of a server's certificate that is not ours: it is presented, and nobody verifies it. */
export async function makeStandIn(now: Date): Promise<ShownFiles> {
  const subject = encodeName({commonName: 'stand-in', organizations: []});
  return selfSigned(subject, {isAuthority: false, usages: ['server auth']}, now);
}

/**
 * A client certificate with the subject asked for, signed by an authority that has the name of the trusted one and
 * another key. Whoever compares names lets it in; whoever checks the signature does not.
 */
export async function makeStranger(subject: Subject, trusted: SeenCertificate, now: Date): Promise<ShownFiles> {
  const authority = await selfSigned(nameFrom(trusted.subject.der), {isAuthority: true, usages: []}, now);
  const keys = await generateKeys('ECDSA-P256');
  const {certificate} = await makeCertificate(
    {
      subject: encodeName(subject),
      publicKey: keys.publicKey,
      isAuthority: false,
      usages: ['client auth'],
      sans: [],
      validity: lifetime,
    },
    issuerFrom(authority.certificate, authority.signingKey),
    now,
  );
  return shown(certificate, [authority.leaf], keys);
}

async function selfSigned(
  subject: Node,
  {isAuthority, usages}: {readonly isAuthority: boolean; readonly usages: readonly Usage[]},
  now: Date,
): Promise<ShownFiles & {readonly signingKey: KeyPair['signingKey']}> {
  const keys = await generateKeys('ECDSA-P256');
  const {certificate} = await makeCertificate(
    {subject, publicKey: keys.publicKey, isAuthority, usages, sans: [], validity: lifetime},
    {itself: keys.signingKey},
    now,
  );
  return {...shown(certificate, [], keys), signingKey: keys.signingKey};
}

/** The leaf with what it is sent along with, as a file would hold them. */
function shown(certificate: string, along: readonly SeenCertificate[], keys: KeyPair): ShownFiles {
  const [pem = certificate] = certificatesIn(certificate);
  return {
    kind: 'usable',
    leaf: seeCertificate(pem),
    along,
    certificate: [pem, ...along.map((each) => each.pem)].join(''),
    key: keys.privateKey,
    keyFits: true,
  };
}
