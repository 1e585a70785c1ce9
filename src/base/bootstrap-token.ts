import {Secret} from './secret.ts';

/**
 * A bootstrap token as Kubernetes has it: `abcdef.0123456789abcdef`. The six letters before the dot name it and may be
 * shown; the sixteen after it are the secret (k8s.io/cluster-bootstrap/token/api).
 */
export interface TokenHalves {
  readonly id: string;
  readonly secret: string;
}

const form = /^([a-z0-9]{6})\.([a-z0-9]{16})$/;

/** undefined when the text has another form; nothing of it is repeated then. */
export function readToken(text: string): Secret | undefined {
  return form.test(text) ? new Secret(text) : undefined;
}

/** @throws TypeError for a secret of another form, without showing it */
export function halvesOf(token: Secret): TokenHalves {
  const [, id, secret] = form.exec(token.reveal()) ?? [];
  if (id === undefined || secret === undefined) throw new TypeError('a bootstrap token of another form than kubeadm’s');
  return {id, secret};
}

export function isTokenId(text: string): boolean {
  return /^[a-z0-9]{6}$/.test(text);
}

/** `abcdef.****************`: which token it is, and no more. */
export function maskedToken(id: string): string {
  return `${id}.${'*'.repeat(16)}`;
}
