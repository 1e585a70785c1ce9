import {createPublicKey, X509Certificate} from 'node:crypto';
import {Failure} from '../base/failure.ts';
import {type PemBlock, pemBlocks} from '../base/pem.ts';
import {toPem} from './pem.ts';
import {type InspectedCertificate, readCertificate, type ReadCertificate} from './inspect.ts';
import {privateKeyFacts} from './key-facts.ts';
import {type KeyKind, kindOf, isEncrypted, publicKeyPin} from './keys.ts';
import {type ReadRequest, readRequest} from './read-request.ts';

/** One block of a file, in words; of a private key nothing but its kind and its public half. */
export type Material = {
  /** Hash of the public key as kubeadm pins it: what has the same belongs together. undefined = it is not known. */
  readonly pin: string | undefined;
} & (
  | {
      readonly kind: 'certificate';
      readonly certificate: InspectedCertificate;
      /** Which certificate of the same file signed it, by its place from 0; its own place where it signed itself. */
      readonly signedBy: number | undefined;
    }
  | {readonly kind: 'request'; readonly request: ReadRequest}
  | {readonly kind: 'private-key'; readonly key: KeyKind}
  | {readonly kind: 'encrypted-key'}
  | {readonly kind: 'public-key'; readonly key: KeyKind}
  /** `label` as it stands in the PEM text. */
  | {readonly kind: 'unreadable'; readonly label: string; readonly why: string}
);

/** Certificates by their PEM, so that one that lies in many files is taken apart once. */
export type KnownCertificates = Map<string, Known | Failure>;

interface Known extends ReadCertificate {
  readonly signsItself: boolean;
}

/**
 * Every block of a PEM text, or the one certificate of a DER file, in its order; nothing is judged, and a block that
 * cannot be read is one of them. Empty when there is no such thing in it.
 *
 * @param known what was taken apart before; grows
 */
export function readMaterial(bytes: Uint8Array, known: KnownCertificates = new Map()): readonly Material[] {
  const blocks = pemBlocks(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
  if (blocks.length === 0) return materialInDer(bytes);
  const read = blocks.map((block) => (block.label === 'CERTIFICATE' ? tryRead(block, known) : undefined));
  return blocks.map((block, index) => {
    const certificate = read[index];
    return certificate instanceof Failure || certificate === undefined
      ? materialOf(block, certificate)
      : certificateMaterial(certificate, read);
  });
}

/** DER begins with a SEQUENCE; whatever else the bytes are, it is not ours to guess. */
function materialInDer(bytes: Uint8Array): readonly Material[] {
  if (bytes[0] !== 0x30) return [];
  const read = tryRead({label: 'CERTIFICATE', text: toPem('CERTIFICATE', bytes)}, new Map());
  return read instanceof Failure ? [] : [certificateMaterial(read, [read])];
}

/**
 * The one request or key of a DER file, which nothing of Kubernetes reads and people have all the same. undefined = it is
 * neither.
 */
export function requestOrKeyInDer(bytes: Uint8Array): Material | undefined {
  if (bytes[0] !== 0x30) return undefined;
  return ['CERTIFICATE REQUEST', 'PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'PUBLIC KEY']
    .map((label) => materialOf({label, text: toPem(label, bytes)}, undefined))
    .find(({kind}) => kind !== 'unreadable');
}

function tryRead(block: PemBlock, known: KnownCertificates): Known | Failure {
  const before = known.get(block.text);
  if (before !== undefined) return before;
  let read: Known | Failure;
  try {
    const certificate = readCertificate(block);
    read = {...certificate, signsItself: isSignedBy(certificate.inspected, certificate.inspected)};
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    read = error;
  }
  known.set(block.text, read);
  return read;
}

function certificateMaterial(
  {inspected, pin, signsItself}: Known,
  all: readonly (Known | Failure | undefined)[],
): Material {
  const signer = all.findIndex((above) => {
    if (above === undefined || above instanceof Failure) return false;
    return above.inspected === inspected ? signsItself : isSignedBy(inspected, above.inspected);
  });
  return {kind: 'certificate', certificate: inspected, signedBy: signer === -1 ? undefined : signer, pin};
}

function isSignedBy(certificate: InspectedCertificate, authority: InspectedCertificate): boolean {
  if (!certificate.issuer.der.equals(authority.subject.der)) return false;
  try {
    const [below, above] = [new X509Certificate(certificate.pem), new X509Certificate(authority.pem)];
    return below.checkIssued(above) && below.verify(above.publicKey);
  } catch {
    // A key of a kind that OpenSSL does not know.
    return false;
  }
}

function materialOf(block: PemBlock, failure: Failure | undefined): Material {
  const {label, text} = block;
  if (failure !== undefined) return {kind: 'unreadable', label, why: failure.message, pin: undefined};
  try {
    if (label.endsWith('CERTIFICATE REQUEST')) {
      const request = readRequest(text);
      return {kind: 'request', request, pin: publicKeyPin(request.publicKey)};
    }
    if (label.endsWith('PRIVATE KEY')) {
      if (isEncrypted(text)) return {kind: 'encrypted-key', pin: undefined};
      return {kind: 'private-key', ...privateKeyFacts(block)};
    }
    if (label.endsWith('PUBLIC KEY')) {
      const key = createPublicKey(text);
      return {kind: 'public-key', key: kindOf(key), pin: publicKeyPin(key)};
    }
    return {kind: 'unreadable', label, why: 'Kubernetes has no use for such a block', pin: undefined};
  } catch (error) {
    // What OpenSSL says of a damaged key could quote it; a failure of ours does not.
    const why = error instanceof Failure ? error.message : 'it is damaged';
    return {kind: 'unreadable', label, why, pin: undefined};
  }
}
