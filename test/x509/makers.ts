import type {KeyAlgorithm} from '../../src/pki/plan.ts';
import {type CertificateWish, issuerFrom, type MadeCertificate, makeCertificate} from '../../src/x509/certificate.ts';
import {generateKeys, type KeyPair} from '../../src/x509/keys.ts';
import {encodeName} from '../../src/x509/names.ts';

export const now = new Date('2026-11-23T19:17:42.678Z');

export type Made = MadeCertificate & {readonly key: KeyPair};
export type Wish = Partial<Omit<CertificateWish, 'subject' | 'publicKey'>> & {
  readonly commonName?: string;
  readonly organizations?: readonly string[];
  readonly algorithm?: KeyAlgorithm;
  readonly now?: Date;
  readonly signedBy?: {readonly certificate: string; readonly key: KeyPair};
};

/** An authority, self-signed unless `signedBy` says otherwise. P-256 and ten years if not asked otherwise. */
export function makeAuthority(wish: Wish = {}): Promise<Made> {
  return make({commonName: 'kubernetes', validity: 87_600, isAuthority: true, ...wish});
}

/** A client's certificate for a year, if not asked otherwise. */
export function makeLeaf(signedBy: Made, wish: Wish = {}): Promise<Made> {
  return make({commonName: 'kube-scheduler', usages: ['client auth'], signedBy, ...wish});
}

async function make(wish: Wish): Promise<Made> {
  const {commonName = '', organizations = [], algorithm = 'ECDSA-P256', signedBy, ...rest} = wish;
  const key = await generateKeys(algorithm);
  const made = await makeCertificate(
    {
      isAuthority: false,
      usages: [],
      sans: [],
      validity: 8760,
      ...rest,
      subject: encodeName({commonName, organizations}),
      publicKey: key.publicKey,
    },
    signedBy === undefined ? {itself: key.signingKey} : issuerFrom(signedBy.certificate, signedBy.key.signingKey),
    wish.now ?? now,
  );
  return {...made, key};
}
