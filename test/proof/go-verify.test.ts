import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Usage} from '../../src/pki/blueprint-types.ts';
import {chainRefusal, leafRefusal, type Refusal} from '../../src/proof/go-verify.ts';
import {certificateReader, type SeenCertificate} from '../../src/proof/seen-certificate.ts';
import {issuerFrom, makeCertificate} from '../../src/x509/certificate.ts';
import {generateKeys} from '../../src/x509/keys.ts';
import {encodeName} from '../../src/x509/names.ts';
import {openssl} from '../helpers/openssl.ts';
import {makeAuthority, makeLeaf, type Made, now} from '../x509/makers.ts';

const read = certificateReader();

function seen(certificate: string | Made): SeenCertificate {
  const found = read(typeof certificate === 'string' ? certificate : certificate.certificate);
  const [first] = 'says' in found ? [] : found;
  if (first === undefined) throw new Error('no certificate');
  return first;
}

interface Case {
  readonly leaf: Made | string;
  readonly anchors: readonly (Made | string)[];
  readonly along?: readonly (Made | string)[];
  readonly usage?: Usage;
  readonly at?: Date;
}

/** The names of the chain, or the refusal. */
function verify({leaf, anchors, along = [], usage = 'client auth', at = now}: Case): readonly string[] | Refusal {
  const refusal = leafRefusal(seen(leaf), at);
  if (refusal !== undefined) return refusal;
  const found = chainRefusal(seen(leaf), {anchors: anchors.map(seen), along: along.map(seen), now: at}, usage);
  return 'refusal' in found ? found.refusal : found.chain.map(({subject}) => subject.commonName);
}

const day = 86_400_000;
const root = await makeAuthority({commonName: 'root'});
const middle = await makeAuthority({commonName: 'middle', signedBy: root});
const leaf = await makeLeaf(middle, {commonName: 'leaf'});

describe('a chain is found', () => {
  test('from an anchor that signed the leaf, be it an intermediate', () => {
    expect(verify({leaf, anchors: [middle]})).toEqual(['leaf', 'middle']);
  });

  test('through what is sent along', () => {
    expect(verify({leaf, anchors: [root], along: [middle]})).toEqual(['leaf', 'middle', 'root']);
  });

  test('with what is sent along in any order, and with strangers among it', async () => {
    const other = await makeAuthority({commonName: 'other'});
    const lower = await makeAuthority({commonName: 'lower', signedBy: middle});
    const low = await makeLeaf(lower, {commonName: 'low'});
    expect(verify({leaf: low, anchors: [other, root], along: [other, middle, lower]})).toEqual([
      'low',
      'lower',
      'middle',
      'root',
    ]);
  });

  test('from a namesake of the anchor that stands beside the right one', async () => {
    const namesake = await makeAuthority({commonName: 'root'});
    expect(verify({leaf, anchors: [namesake, root], along: [middle]})).toEqual(['leaf', 'middle', 'root']);
  });

  test('when the leaf itself is the anchor', () => {
    expect(verify({leaf, anchors: [leaf]})).toEqual(['leaf']);
  });

  test('when the authority calls its key otherwise than the leaf does, which OpenSSL refuses', async () => {
    const {keyIdentifier: _, ...issuer} = issuerFrom(root.certificate, root.key.signingKey);
    const recomputed = await makeCertificate(
      {
        subject: encodeName({commonName: 'recomputed', organizations: []}),
        publicKey: leaf.key.publicKey,
        isAuthority: false,
        usages: ['client auth'],
        sans: [],
        validity: 24,
      },
      {...issuer, keyIdentifier: Buffer.alloc(20, 7)},
      now,
    );
    expect(verify({leaf: recomputed.certificate, anchors: [root]})).toEqual(['recomputed', 'root']);
  });

  test('for any use when the certificate does not limit it', async () => {
    const free = await makeLeaf(root, {commonName: 'free', usages: []});
    expect(verify({leaf: free, anchors: [root], usage: 'server auth'})).toEqual(['free', 'root']);
  });
});

describe('no chain is found', () => {
  test('when the intermediate is neither sent along nor an anchor', () => {
    expect(verify({leaf, anchors: [root]})).toMatchObject({
      kind: 'unknown-authority',
      words: 'x509: certificate signed by unknown authority',
      about: {subject: {commonName: 'leaf'}},
    });
  });

  test.each([
    ['RSA-2048', 'RSA-2048', 'crypto/rsa: verification error'],
    ['ECDSA-P256', 'ECDSA-P384', 'x509: ECDSA verification failure'],
    [
      'RSA-2048',
      'ECDSA-P256',
      'x509: signature algorithm specifies an RSA public key, but have public key of type *ecdsa.PublicKey',
    ],
    [
      'ECDSA-P256',
      'RSA-2048',
      'x509: signature algorithm specifies an ECDSA public key, but have public key of type *rsa.PublicKey',
    ],
  ] as const)('when the anchor is a namesake: %s signed, %s is trusted', async (signs, trusted, because) => {
    const authority = await makeAuthority({algorithm: signs});
    const namesake = await makeAuthority({algorithm: trusted});
    expect(verify({leaf: await makeLeaf(authority), anchors: [namesake]})).toMatchObject({
      kind: 'unknown-authority',
      words: `x509: certificate signed by unknown authority (possibly because of ${JSON.stringify(because)} while trying to verify candidate authority certificate "kubernetes")`,
      namesake: {fingerprint: namesake.facts.fingerprint},
    });
  });

  test('when what signed it is no authority', async () => {
    const below = await makeLeaf(leaf, {commonName: 'below'});
    expect(verify({leaf: below, anchors: [root], along: [leaf, middle]})).toMatchObject({
      kind: 'unknown-authority',
      words: expect.stringContaining('parent certificate cannot sign this kind of certificate'),
    });
  });

  test('when a hundred namesakes have been tried, however right the next one is', async () => {
    const wish = {
      subject: encodeName({commonName: 'root', organizations: []}),
      isAuthority: true,
      usages: [],
      sans: [],
      validity: 24,
    };
    const namesakes = await Promise.all(
      Array.from({length: 101}, async () => {
        const {publicKey, signingKey} = await generateKeys('ECDSA-P256');
        return (await makeCertificate({...wish, publicKey}, {itself: signingKey}, now)).certificate;
      }),
    );
    expect(verify({leaf: middle, anchors: namesakes})).toMatchObject({
      words: 'x509: signature check attempts limit reached while verifying certificate chain',
    });
    // The one whose key identifier fits is tried first.
    expect(verify({leaf: middle, anchors: [...namesakes, root]})).toEqual(['middle', 'root']);
  });

  test('when authorities certify each other in a circle', async () => {
    const one = await makeAuthority({commonName: 'one'});
    const other = await makeAuthority({commonName: 'other', signedBy: one});
    const oneByOther = await makeCertificate(
      {
        subject: encodeName({commonName: 'one', organizations: []}),
        publicKey: one.key.publicKey,
        isAuthority: true,
        usages: [],
        sans: [],
        validity: 24,
      },
      issuerFrom(other.certificate, other.key.signingKey),
      now,
    );
    expect(verify({leaf: await makeLeaf(one), anchors: [root], along: [other, oneByOther.certificate]})).toMatchObject({
      kind: 'unknown-authority',
    });
  });
});

describe('dates are measured against the clock that is given', () => {
  const end = leaf.facts.notAfter;

  test('up to the last moment, and not after it', () => {
    expect(verify({leaf, anchors: [middle], at: end})).toEqual(['leaf', 'middle']);
    expect(verify({leaf, anchors: [middle], at: new Date(end.getTime() + 1)})).toMatchObject({
      kind: 'expired',
      words: `x509: certificate has expired or is not yet valid: current time ${rfc3339(end)} is after ${rfc3339(end)}`,
      about: {subject: {commonName: 'leaf'}},
    });
  });

  test('from the first moment, and not before it', () => {
    const begin = leaf.facts.notBefore;
    expect(verify({leaf, anchors: [middle], at: begin})).toEqual(['leaf', 'middle']);
    const early = new Date(begin.getTime() - 1000);
    expect(verify({leaf, anchors: [middle], at: early})).toMatchObject({
      kind: 'not-yet-valid',
      words: `x509: certificate has expired or is not yet valid: current time ${rfc3339(early)} is before ${rfc3339(begin)}`,
    });
  });

  test('of every authority above, the anchor too', async () => {
    const old = await makeAuthority({commonName: 'old', validity: 24, now: new Date(now.getTime() - 10 * day)});
    const young = await makeLeaf(old, {commonName: 'young'});
    expect(verify({leaf: young, anchors: [old]})).toMatchObject({
      kind: 'expired',
      about: {subject: {commonName: 'old'}},
    });
  });
});

describe('use is limited', () => {
  test.each<[Usage, Usage]>([
    ['server auth', 'client auth'],
    ['client auth', 'server auth'],
  ])('to %s, and not for %s', async (allowed, wanted) => {
    const limited = await makeLeaf(root, {commonName: 'limited', usages: [allowed]});
    expect(verify({leaf: limited, anchors: [root], usage: allowed})).toEqual(['limited', 'root']);
    expect(verify({leaf: limited, anchors: [root], usage: wanted})).toMatchObject({
      kind: 'wrong-usage',
      words: 'x509: certificate specifies an incompatible key usage',
      about: {subject: {commonName: 'limited'}},
    });
  });

  test('by an authority for everything below it', async () => {
    const servers = await makeAuthority({commonName: 'servers', signedBy: root, usages: ['server auth']});
    const below = await makeLeaf(servers, {commonName: 'below', usages: ['server auth', 'client auth']});
    expect(verify({leaf: below, anchors: [root], along: [servers], usage: 'server auth'})).toHaveLength(3);
    expect(verify({leaf: below, anchors: [root], along: [servers]})).toMatchObject({
      kind: 'wrong-usage',
      about: {subject: {commonName: 'servers'}},
    });
  });
});

describe('certificates that openssl makes and Certwright does not', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'certwright-verify-'));
    writeFileSync(join(folder, 'root.crt'), root.certificate);
    writeFileSync(join(folder, 'root.key'), root.key.privateKey.reveal(), {mode: 0o600});
    writeFileSync(join(folder, 'leaf.key'), leaf.key.privateKey.reveal(), {mode: 0o600});
  });
  afterAll(() => rmSync(folder, {recursive: true, force: true}));

  function signedByOpenssl(extensions: readonly string[], ...options: readonly string[]): string {
    const at = (name: string) => join(folder, name);
    openssl(['req', '-new', '-key', at('leaf.key'), '-subj', '/CN=made', '-out', at('made.csr')]);
    writeFileSync(at('made.ext'), extensions.join('\n'));
    const signing = ['-CA', at('root.crt'), '-CAkey', at('root.key'), '-CAcreateserial', '-days', '30'];
    return openssl(['x509', '-req', '-in', at('made.csr'), ...signing, '-extfile', at('made.ext'), ...options]);
  }

  const soon = () => new Date(Date.now() + day);

  test('a path length is kept', async () => {
    const short = signedByOpenssl(['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=critical,keyCertSign']);
    const made = {certificate: short, key: leaf.key, facts: leaf.facts};
    const direct = await makeLeaf(made, {commonName: 'direct', now: new Date()});
    expect(verify({leaf: direct, anchors: [root], along: [short], at: soon()})).toEqual(['direct', 'made', 'root']);
    const lower = await makeAuthority({commonName: 'lower', signedBy: made, now: new Date()});
    const below = await makeLeaf(lower, {commonName: 'below', now: new Date()});
    expect(verify({leaf: below, anchors: [root], along: [short, lower], at: soon()})).toMatchObject({
      kind: 'path-too-long',
      about: {subject: {commonName: 'made'}},
    });
  });

  test('SHA-1 is refused below an anchor, though the signature is right', () => {
    const weak = signedByOpenssl(['basicConstraints=critical,CA:FALSE'], '-sha1');
    expect(verify({leaf: weak, anchors: [root], at: soon()})).toMatchObject({
      kind: 'unknown-authority',
      words: expect.stringContaining('insecure algorithm'),
    });
  });

  test('a critical extension that nobody knows is refused', () => {
    const strange = signedByOpenssl(['1.3.6.1.4.1.99999.1=critical,ASN1:UTF8String:hello']);
    expect(verify({leaf: strange, anchors: [root], at: soon()})).toMatchObject({
      kind: 'critical-extension',
      words: 'x509: unhandled critical extension',
    });
  });

  test('any extended key usage is every one', () => {
    const any = signedByOpenssl(['extendedKeyUsage=anyExtendedKeyUsage']);
    expect(verify({leaf: any, anchors: [root], at: soon()})).toEqual(['made', 'root']);
  });

  test('an authority that may not sign certificates signs none', async () => {
    const mute = signedByOpenssl(['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,digitalSignature']);
    const below = await makeLeaf({certificate: mute, key: leaf.key, facts: leaf.facts}, {now: new Date()});
    expect(verify({leaf: below, anchors: [root], along: [mute], at: soon()})).toMatchObject({
      kind: 'unknown-authority',
      words: expect.stringContaining('parent certificate cannot sign'),
    });
  });
});

function rfc3339(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}
