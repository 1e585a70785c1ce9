import {expect} from 'vitest';

/** Each is what a secret looks like; none may be in what is shown, logged, or written for everybody to read. */
const looks: Readonly<Record<string, RegExp>> = {
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  // `-----BEGIN RSA PRIVATE KEY-----` and its like in base64, at each of the three positions it can start at.
  'an embedded private key': /UFJJVkFURSBLRV|BSSVZBVEUgS0VZ|QUklWQVRFIEtFW/,
  'a bootstrap token': /\b[a-z0-9]{6}\.[a-z0-9]{16}\b/,
  'a service account token': /\beyJ[\w-]+\.[\w-]+\.[\w-]+/,
};

/** @param known secrets of this test that must not be there either, such as a passphrase */
export function expectNoSecrets(text: string, known: readonly string[] = []): void {
  for (const [name, look] of Object.entries(looks)) expect(text, `holds ${name}`).not.toMatch(look);
  for (const secret of known) expect(text, 'holds a secret of this test').not.toContain(secret);
}
