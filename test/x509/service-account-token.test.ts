import {createVerify} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {generateKeys, publicKeyPem} from '../../src/x509/keys.ts';
import {isSignedByServiceAccountKey, signServiceAccountToken} from '../../src/x509/service-account-token.ts';
import {now} from './makers.ts';

const claims = {
  issuer: 'https://kubernetes.default.svc.cluster.local',
  subject: 'system:serviceaccount:default:default',
  audiences: ['https://kubernetes.default.svc.cluster.local'],
  now,
  lifetime: 3_600,
};

function partOf(token: string, index: number): unknown {
  return JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString('utf8'));
}

describe("a service account's token", () => {
  test.each([
    ['RSA-2048', 'RS256', 'sha256'],
    ['ECDSA-P256', 'ES256', 'sha256'],
    ['ECDSA-P384', 'ES384', 'sha384'],
  ] as const)('of %s is signed as %s, and holds for its own pair alone', async (algorithm, alg, digest) => {
    const [own, other] = await Promise.all([generateKeys(algorithm), generateKeys(algorithm)]);
    const token = signServiceAccountToken(claims, own.signingKey);
    expect(partOf(token.reveal(), 0)).toEqual({alg, kid: expect.stringMatching(/^[\w-]{43}$/)});
    expect(partOf(token.reveal(), 1)).toMatchObject({
      iss: claims.issuer,
      sub: claims.subject,
      exp: Math.floor(now.getTime() / 1_000) + 3_600,
    });
    expect(isSignedByServiceAccountKey(token, publicKeyPem(own.publicKey))).toBe(true);
    expect(isSignedByServiceAccountKey(token, publicKeyPem(other.publicKey))).toBe(false);
    const [header, body, signature = ''] = token.reveal().split('.');
    const verifier = createVerify(digest).update(`${header}.${body}`);
    const key = {key: own.publicKey, dsaEncoding: 'ieee-p1363'} as const;
    expect(verifier.verify(key, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  test('does not hold for a key of another kind', async () => {
    const [own, other] = await Promise.all([generateKeys('ECDSA-P256'), generateKeys('RSA-2048')]);
    const token = signServiceAccountToken(claims, own.signingKey);
    expect(isSignedByServiceAccountKey(token, publicKeyPem(other.publicKey))).toBe(false);
  });

  test('shows nothing of itself', async () => {
    const {signingKey} = await generateKeys('ECDSA-P256');
    expect(String(signServiceAccountToken(claims, signingKey))).toBe('[secret]');
  });
});
