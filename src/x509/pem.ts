/** One block of a PEM text. */
export interface PemBlock {
  /** `CERTIFICATE`, `RSA PRIVATE KEY`, … */
  readonly label: string;
  /** The block alone, from its first dash to its last, with a line break at the end. */
  readonly text: string;
}

const block = /-----BEGIN ([A-Z0-9 ]+)-----[^]*?-----END \1-----/g;

/** The blocks of a PEM text in their order. What stands between them (openssl's `-text`, comments) is left out. */
export function pemBlocks(text: string): PemBlock[] {
  return [...text.matchAll(block)].map((match) => ({
    label: match[1] ?? '',
    text: `${match[0].replaceAll(/\r\n?/g, '\n')}\n`,
  }));
}

/** PEM with lines of 64 letters and a line break at the end, as Go and OpenSSL write it. */
export function toPem(label: string, der: Uint8Array): string {
  const body = Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString('base64');
  return `-----BEGIN ${label}-----\n${body.replaceAll(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`;
}

/** The bytes of a block without headers. Letters that are no base64 are skipped, as PEM readers do. */
export function fromPem(pem: PemBlock): Buffer {
  return Buffer.from(pem.text.replaceAll(/-----[^-]*-----/g, ''), 'base64');
}
