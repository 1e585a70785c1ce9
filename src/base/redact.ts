/** What a secret looks like when it has slipped into a text: each pattern, and what is shown instead. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[private key]'],
  // PEM in base64, as kubeconfigs embed it: it may be a key.
  [/LS0tLS1CRUdJTi[A-Za-z0-9+/=]+/g, '[embedded PEM]'],
  [/\b[a-z0-9]{6}\.[a-z0-9]{16}\b/g, '[bootstrap token]'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, '[service account token]'],
];

/** Text of unknown origin (a stack, another program's words) without what must not be shown. */
export function redact(text: string): string {
  return secrets.reduce((shown, [pattern, instead]) => shown.replace(pattern, instead), text);
}
