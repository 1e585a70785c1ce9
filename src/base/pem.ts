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

/** Every certificate of a PEM text in its order, each ending in one newline. */
export function certificatesIn(pem: string): readonly string[] {
  return pemBlocks(pem).flatMap(({label, text}) => (label === 'CERTIFICATE' ? [text] : []));
}
