import {generateKeyPairSync, hash, X509Certificate} from 'node:crypto';
import fc from 'fast-check';
import {beforeAll, describe, expect, test} from 'vitest';
import {normalizeAddress} from '../../src/base/address.ts';
import {type KeyAlgorithm, keyAlgorithms} from '../../src/pki/plan.ts';
import {
  askedExtensions,
  encodePublicKey,
  issuerFrom,
  makeCertificate,
  randomSerial,
} from '../../src/x509/certificate.ts';
import {fromDer} from '../../src/x509/der.ts';
import {type NameOfSubject, readExtensions} from '../../src/x509/extensions.ts';
import {extensions, integer, toDer} from '../../src/x509/forge.ts';
import {inspectCertificate} from '../../src/x509/inspect.ts';
import {generateKeys, readPrivateKey} from '../../src/x509/keys.ts';
import {encodeName} from '../../src/x509/names.ts';
import {openssl, tryOpenssl} from '../helpers/openssl.ts';
import {temporaryFiles} from '../helpers/temporary-folder.ts';
import {type Made, makeAuthority, makeLeaf, now} from './makers.ts';

const seconds = String(Math.floor(now.getTime() / 1000));

/** OpenSSL's own judgement, strict about form, at the time of these tests. */
function verify(anchor: string, leaf: string, ...more: readonly string[]): {ok: boolean; said: string} {
  const [anchorFile = '', leafFile = ''] = temporaryFiles(anchor, leaf);
  return tryOpenssl(['verify', '-x509_strict', '-attime', seconds, ...more, '-CAfile', anchorFile, leafFile]);
}

const signatures: Readonly<Record<KeyAlgorithm, string>> = {
  'RSA-2048': 'sha256WithRSAEncryption',
  'RSA-3072': 'sha256WithRSAEncryption',
  'RSA-4096': 'sha256WithRSAEncryption',
  'ECDSA-P256': 'ecdsa-with-SHA256',
  'ECDSA-P384': 'ecdsa-with-SHA384',
};

const sans: NameOfSubject[] = [
  {type: 'dns', value: 'kubernetes.default.svc'},
  {type: 'ip', value: '10.96.0.1'},
  {type: 'ip', value: 'fd00:10:96::1'},
];

describe.each(keyAlgorithms)('with %s', (algorithm) => {
  let root: Made;
  let middle: Made;
  let leaf: Made;
  beforeAll(async () => {
    root = await makeAuthority({algorithm, commonName: 'root-ca'});
    middle = await makeAuthority({algorithm, signedBy: root, sans: [{type: 'dns', value: 'kubernetes'}]});
    leaf = await makeLeaf(middle, {algorithm, usages: ['server auth', 'client auth'], sans});
  });

  test('authority, intermediate and leaf are accepted by OpenSSL', () => {
    const [middleFile = ''] = temporaryFiles(middle.certificate);
    const judge = (...more: readonly string[]) =>
      verify(root.certificate, leaf.certificate, '-untrusted', middleFile, ...more);
    expect(verify(root.certificate, middle.certificate)).toMatchObject({ok: true});
    expect(judge('-purpose', 'sslserver', '-verify_ip', 'fd00:10:96::1')).toMatchObject({ok: true});
    expect(judge('-purpose', 'sslclient')).toMatchObject({ok: true});
    expect(judge('-verify_ip', 'fd00:10:96::2').said).toMatch(/IP address mismatch/);
  });

  test('authority, intermediate and leaf are accepted by Node.js', () => {
    const top = new X509Certificate(root.certificate);
    const between = new X509Certificate(middle.certificate);
    const bottom = new X509Certificate(leaf.certificate);
    expect(bottom.verify(between.publicKey)).toBe(true);
    expect(bottom.checkIssued(between)).toBe(true);
    expect(bottom.checkIP('fd00:10:96::1')).toBeDefined();
    expect(bottom.checkPrivateKey(leaf.key.signingKey)).toBe(true);
    expect(between.checkIssued(top)).toBe(true);
    expect(bottom.verify(top.publicKey)).toBe(false);
  });

  test('openssl shows what it shows of a certificate by kubeadm', () => {
    const text = openssl(['x509', '-noout', '-text'], leaf.certificate);
    expect(text.match(/Signature Algorithm: (\S+)/)?.[1]).toBe(signatures[algorithm]);
    const [, shown = ''] = /X509v3 extensions:\n([^]*?) {4}Signature Algorithm/.exec(text) ?? [];
    const identifier = inspectCertificate(middle.certificate).subjectKeyIdentifier ?? '';
    // Some versions of openssl write `keyid:` before it.
    expect(shown.replaceAll(/^ {8}|\s+$|keyid:/gm, '').split('\n')).toEqual([
      '    X509v3 Key Usage: critical',
      '        Digital Signature, Key Encipherment',
      '    X509v3 Extended Key Usage:',
      '        TLS Web Server Authentication, TLS Web Client Authentication',
      '    X509v3 Basic Constraints: critical',
      '        CA:FALSE',
      '    X509v3 Authority Key Identifier:',
      `        ${identifier.toUpperCase().replaceAll(/..(?=.)/g, '$&:')}`,
      '    X509v3 Subject Alternative Name:',
      '        DNS:kubernetes.default.svc, IP Address:10.96.0.1, IP Address:FD00:10:96:0:0:0:0:1',
    ]);
  });
});

describe('the identifier of the authority', () => {
  async function signedBy(authority: Pick<Made, 'certificate' | 'key'>) {
    const key = await generateKeys('ECDSA-P256');
    return makeCertificate(
      {
        subject: encodeName({commonName: 'kubelet', organizations: []}),
        publicKey: key.publicKey,
        isAuthority: false,
        usages: ['client auth'],
        sans: [],
        validity: 1,
      },
      issuerFrom(authority.certificate, authority.key.signingKey),
      now,
    );
  }

  function broughtAuthority(...configuration: readonly string[]): Pick<Made, 'certificate' | 'key'> {
    const pem = openssl(['genpkey', '-algorithm', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']);
    const text = ['[req]', 'distinguished_name=name', 'x509_extensions=ext', '[name]', '[ext]', ...configuration];
    const [keyFile = '', configFile = ''] = temporaryFiles(pem, text.join('\n'));
    const args = [
      'req',
      '-x509',
      '-key',
      keyFile,
      '-config',
      configFile,
      '-subj',
      '/O=Acme/CN=brought',
      '-days',
      '9999',
    ];
    return {certificate: openssl(args), key: readPrivateKey(pem)};
  }

  test('is copied from an authority that computed it with SHA-1, as OpenSSL and older kubeadm do', async () => {
    const brought = broughtAuthority('basicConstraints=critical,CA:TRUE', 'subjectKeyIdentifier=hash');
    const leaf = await signedBy(brought);
    const {subjectKeyIdentifier} = inspectCertificate(brought.certificate);
    expect(subjectKeyIdentifier).toHaveLength(40);
    expect(inspectCertificate(leaf.certificate).authorityKeyIdentifier).toBe(subjectKeyIdentifier);
    expect(new X509Certificate(leaf.certificate).checkIssued(new X509Certificate(brought.certificate))).toBe(true);
    const later = String(Math.floor(Date.now() / 1000) + 60);
    const made = await makeLeaf({...brought, facts: leaf.facts}, {now: new Date()});
    const [anchor = '', file = ''] = temporaryFiles(brought.certificate, made.certificate);
    expect(tryOpenssl(['verify', '-attime', later, '-CAfile', anchor, file])).toMatchObject({ok: true});
  });

  test('is left out when the authority has none', async () => {
    const brought = broughtAuthority('basicConstraints=critical,CA:TRUE', 'subjectKeyIdentifier=none');
    const leaf = inspectCertificate((await signedBy(brought)).certificate);
    expect(inspectCertificate(brought.certificate).subjectKeyIdentifier).toBeUndefined();
    expect(leaf.authorityKeyIdentifier).toBeUndefined();
    expect(leaf.issuer.text).toBe('O=Acme, CN=brought');
  });

  test('of an authority made here is the start of a SHA-256 of the key bits', async () => {
    const {certificate, key} = await makeAuthority();
    // The last 65 bytes of a P-256 key's DER are the bits: 04, x and y.
    const point = key.publicKey.export({type: 'spki', format: 'der'}).subarray(-65);
    expect(inspectCertificate(certificate)).toMatchObject({
      subjectKeyIdentifier: hash('sha256', point).slice(0, 40),
      authorityKeyIdentifier: undefined,
    });
  });
});

describe('the public key', () => {
  test.each(['P-256', 'P-384', 'P-521'])('on %s is encoded as OpenSSL encodes it', (namedCurve) => {
    for (let count = 0; count < 20; count += 1) {
      const {publicKey} = generateKeyPairSync('ec', {namedCurve});
      expect(toDer(encodePublicKey(publicKey))).toEqual(publicKey.export({type: 'spki', format: 'der'}));
    }
  });

  test('of RSA is encoded as OpenSSL encodes it', () => {
    const {publicKey} = generateKeyPairSync('rsa', {modulusLength: 2048});
    expect(toDer(encodePublicKey(publicKey))).toEqual(publicKey.export({type: 'spki', format: 'der'}));
  });
});

describe('dates', () => {
  test('begin five minutes ago and end a period from now, in whole seconds', async () => {
    const {certificate, facts} = await makeAuthority({validity: 87_600});
    expect(facts).toMatchObject({
      notBefore: new Date('2026-11-23T19:12:42Z'),
      notAfter: new Date('2036-11-20T19:17:42Z'),
    });
    expect(inspectCertificate(certificate)).toMatchObject(facts);
  });

  test.each([
    ['2049-12-31T23:59:59Z', 'UTCTIME', '491231235959Z'],
    ['2050-01-01T00:00:00Z', 'GENERALIZEDTIME', '20500101000000Z'],
    ['2126-05-05T05:05:05Z', 'GENERALIZEDTIME', '21260505050505Z'],
  ])('that end at %s are %s', async (end, type, text) => {
    const validity = (Date.parse(end) - Date.parse('2026-11-23T19:17:42Z')) / 3_600_000;
    const authority = await makeAuthority({validity: 2_000_000});
    const leaf = await makeLeaf(authority, {validity});
    expect(openssl(['asn1parse'], leaf.certificate)).toMatch(new RegExp(`${type} +:${text}`));
    expect(leaf.facts.notAfter).toEqual(new Date(end));
    expect(inspectCertificate(leaf.certificate).notAfter).toEqual(new Date(end));
    expect(verify(authority.certificate, leaf.certificate)).toMatchObject({ok: true});
  });

  test.each([1e9, Number.MAX_VALUE, Number.NaN])('an end %d hours away is refused', async (validity) => {
    await expect(makeAuthority({validity})).rejects.toMatchObject({code: 'validity-too-long'});
  });
});

describe('serial numbers', () => {
  test('are positive, never zero, of 63 bits, and differ', () => {
    const seen = new Set<string>();
    for (let count = 0; count < 2000; count += 1) {
      const serial = randomSerial();
      const der = toDer(integer(serial));
      expect(der.subarray(0, 2)).toEqual(Buffer.from([2, 8]));
      expect(der.subarray(2)).toEqual(serial);
      expect(serial.readBigInt64BE() > 0n).toBe(true);
      seen.add(serial.toString('hex'));
    }
    expect(seen.size).toBe(2000);
  });

  test('are told as openssl tells them', async () => {
    const {certificate, facts} = await makeAuthority();
    expect(openssl(['x509', '-noout', '-serial'], certificate).trim().toLowerCase()).toBe(`serial=${facts.serial}`);
    const print = openssl(['x509', '-noout', '-fingerprint', '-sha256'], certificate).trim().toLowerCase();
    expect(print.replaceAll(/^.*=|:/g, '')).toBe(facts.fingerprint);
  });
});

describe('names', () => {
  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
  const dns = fc.array(label, {minLength: 1, maxLength: 4}).map((labels) => labels.join('.'));
  const address = fc.oneof(fc.ipV4(), fc.ipV6()).map((text) => normalizeAddress(text) ?? '127.0.0.1');
  const name: fc.Arbitrary<NameOfSubject> = fc.oneof(
    dns.map((value) => ({type: 'dns', value}) as const),
    dns.map((value) => ({type: 'dns', value: `*.${value}`}) as const),
    address.map((value) => ({type: 'ip', value}) as const),
  );

  test('any list of them is read back in its order', () => {
    const subject = encodeName({commonName: 'x', organizations: []});
    fc.assert(
      fc.property(fc.array(name, {maxLength: 40}), (names) => {
        const fields = askedExtensions({subject, isAuthority: false, usages: ['server auth'], sans: names});
        expect(readExtensions(fromDer(toDer(extensions(fields)))).sans).toEqual(names);
      }),
      {numRuns: 100},
    );
  });

  test('are critical when there is no subject', async () => {
    const authority = await makeAuthority();
    const bare = await makeLeaf(authority, {commonName: '', usages: ['server auth'], sans});
    expect(inspectCertificate(bare.certificate).critical).toContain('2.5.29.17');
    expect(verify(authority.certificate, bare.certificate)).toMatchObject({ok: true});
    const named = await makeLeaf(authority, {usages: ['server auth'], sans});
    expect(inspectCertificate(named.certificate).critical).toEqual(['2.5.29.15', '2.5.29.19']);
  });

  test.each([
    {type: 'dns', value: 'bücher.example'},
    {type: 'dns', value: 'two\nlines'},
    {type: 'ip', value: '10.0.0.999'},
    {type: 'ip', value: 'fe80::1%eth0'},
  ] as const)('$value never gets into one', async (san) => {
    const authority = await makeAuthority();
    await expect(makeLeaf(authority, {sans: [san]})).rejects.toThrow(/^not an? /);
  });
});
