import type {X509Certificate} from 'node:crypto';
import {Failure} from '../base/failure.ts';
import {certificatesIn} from '../base/pem.ts';
import {type InspectedCertificate, openCertificate} from '../x509/inspect.ts';

/** A certificate read once, and what its key is asked with. */
export interface SeenCertificate extends InspectedCertificate {
  readonly x509: X509Certificate;
}

/** @throws Failure `certificate-unreadable` */
export function seeCertificate(pem: string): SeenCertificate {
  const {inspected, x509} = openCertificate(pem);
  return {...inspected, x509};
}

/** Every certificate of a file in file order, or why the file cannot be used: its first word wins, as for Go. */
type SeenCertificates = readonly SeenCertificate[] | {readonly says: string};

/** Reads PEM texts; a certificate met in many files is taken apart once. */
export type ReadCertificates = (pem: string) => SeenCertificates;

/** Remembers authorities, which stand in every file; leaves stand in one or two, so a text is remembered as a whole. */
export function certificateReader(): ReadCertificates {
  const texts = new Map<string, SeenCertificates>();
  const single = new Map<string, SeenCertificate>();
  const read = (pem: string): SeenCertificate => {
    const known = single.get(pem);
    if (known !== undefined) return known;
    const seen = seeCertificate(pem);
    single.set(pem, seen);
    return seen;
  };
  return (pem) => {
    const known = texts.get(pem);
    if (known !== undefined) return known;
    const seen = readAll(pem, read);
    texts.set(pem, seen);
    return seen;
  };
}

function readAll(pem: string, read: (pem: string) => SeenCertificate): SeenCertificates {
  const parts = certificatesIn(pem);
  if (parts.length === 0) return {says: 'no certificate in PEM is in it'};
  try {
    return parts.map(read);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return {says: wordsOf(error.cause) ?? error.message};
  }
}

function wordsOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message;
}
