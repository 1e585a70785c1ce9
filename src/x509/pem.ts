import type {PemBlock} from '../base/pem.ts';

/** PEM with lines of 64 letters and a line break at the end, as Go and OpenSSL write it. */
export function toPem(label: string, der: Uint8Array): string {
  const body = Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString('base64');
  return `-----BEGIN ${label}-----\n${body.replaceAll(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`;
}

/** The bytes of a block without headers. Letters that are no base64 are skipped, as PEM readers do. */
export function fromPem(pem: PemBlock): Buffer {
  return Buffer.from(pem.text.replaceAll(/-----[^-]*-----/g, ''), 'base64');
}
