const certificate = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** Every certificate of a PEM file in file order, each ending in one newline; text around them is left out. */
export function certificatesIn(pem: string): readonly string[] {
  return (pem.match(certificate) ?? []).map((each) => `${each.replaceAll('\r\n', '\n')}\n`);
}
