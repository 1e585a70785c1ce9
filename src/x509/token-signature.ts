import {createHmac, timingSafeEqual} from 'node:crypto';
import {halvesOf} from '../base/bootstrap-token.ts';
import type {Secret} from '../base/secret.ts';

/**
 * A detached JWS (RFC 7515, appendix F) with a bootstrap token's secret half: the content is left out, because it stands
 * beside it. It does not give the token away. As in k8s.io/cluster-bootstrap/token/jws.
 */
export function signWithToken(content: string, token: Secret): string {
  const {id, secret} = halvesOf(token);
  const header = Buffer.from(`{"alg":"HS256","kid":"${id}"}`, 'utf8').toString('base64url');
  const payload = Buffer.from(content, 'utf8').toString('base64url');
  const signature = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url');
  return `${header}..${signature}`;
}

/** Whether the signature is this token's over this content. As kubeadm does it: made again, and compared whole. */
export function isSignedWithToken(content: string, signature: string, token: Secret): boolean {
  const [expected, given] = [Buffer.from(signWithToken(content, token)), Buffer.from(signature)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}
