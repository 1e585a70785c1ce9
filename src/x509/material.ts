import {createPrivateKey, createPublicKey, type KeyObject} from 'node:crypto';
import {Failure} from '../base/failure.ts';
import {type PemBlock, pemBlocks} from '../base/pem.ts';
import {toPem} from './pem.ts';
import {type InspectedCertificate, type OpenCertificate, openCertificate} from './inspect.ts';
import {type KeyKind, kindOf, needsPassphrase, publicKeyPin} from './keys.ts';
import {type ReadRequest, readRequest} from './request.ts';

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

/**
 * Every block of a PEM text, or the one certificate of a DER file, in its order; nothing is judged, and a block that
 * cannot be read is one of them. Empty when there is no such thing in it.
 */
export function readMaterial(bytes: Uint8Array): readonly Material[] {
  const blocks = pemBlocks(Buffer.from(bytes).toString('utf8'));
  if (blocks.length === 0) return materialInDer(bytes);
  const opened = blocks.map((block) => (block.label === 'CERTIFICATE' ? tryOpen(block.text) : undefined));
  return blocks.map((block, index) => {
    const certificate = opened[index];
    return certificate instanceof Failure || certificate === undefined
      ? materialOf(block, certificate)
      : certificateMaterial(certificate, opened);
  });
}

/** DER begins with a SEQUENCE; whatever else the bytes are, it is not ours to guess. */
function materialInDer(bytes: Uint8Array): readonly Material[] {
  if (bytes[0] !== 0x30) return [];
  const opened = tryOpen(toPem('CERTIFICATE', bytes));
  return opened instanceof Failure ? [] : [certificateMaterial(opened, [opened])];
}

function tryOpen(pem: string): OpenCertificate | Failure {
  try {
    return openCertificate(pem);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

function certificateMaterial(
  {inspected, x509}: OpenCertificate,
  all: readonly (OpenCertificate | Failure | undefined)[],
): Material {
  const signer = all.findIndex((above) => {
    if (above === undefined || above instanceof Failure) return false;
    const key = publicKeyOf(above);
    return x509.checkIssued(above.x509) && key !== undefined && x509.verify(key);
  });
  const key = publicKeyOf({inspected, x509});
  return {
    kind: 'certificate',
    certificate: inspected,
    signedBy: signer === -1 ? undefined : signer,
    pin: key === undefined ? undefined : publicKeyPin(key),
  };
}

/** undefined = of a kind that OpenSSL does not know. */
function publicKeyOf({x509}: OpenCertificate): KeyObject | undefined {
  try {
    return x509.publicKey;
  } catch {
    return undefined;
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
      if (needsPassphrase(text)) return {kind: 'encrypted-key', pin: undefined};
      const key = createPrivateKey(text);
      return {kind: 'private-key', key: kindOf(key), pin: publicKeyPin(createPublicKey(key))};
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
