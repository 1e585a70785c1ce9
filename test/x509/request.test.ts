import {X509Certificate} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {Secret} from '../../src/base/secret.ts';
import {type KeyAlgorithm, keyAlgorithms} from '../../src/pki/plan.ts';
import {inspectCertificate} from '../../src/x509/inspect.ts';
import {generateKeys, readPrivateKey} from '../../src/x509/keys.ts';
import {pemBlocks} from '../../src/base/pem.ts';
import {fromPem, toPem} from '../../src/x509/pem.ts';
import {readRequest} from '../../src/x509/read-request.ts';
import {makeRequest, type RequestWish, signRequest, type Signing} from '../../src/x509/request.ts';
import {openssl, tryOpenssl} from '../helpers/openssl.ts';
import {temporaryFiles} from '../helpers/temporary-folder.ts';
import {type Made, makeAuthority, now} from './makers.ts';

const wish: RequestWish = {
  subject: {commonName: 'system:node:cp-1', organizations: ['system:nodes']},
  sans: [
    {type: 'dns', value: 'cp-1'},
    {type: 'ip', value: '2001:db8::11'},
  ],
  usages: ['server auth', 'client auth'],
  isAuthority: false,
};

async function request(changes: Partial<RequestWish> = {}, algorithm: KeyAlgorithm = 'ECDSA-P256'): Promise<string> {
  return makeRequest({...wish, ...changes}, await generateKeys(algorithm));
}

function byOpenssl(subject: string, ...extensions: readonly string[]): string {
  const key = openssl(['genpkey', '-algorithm', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']);
  const text = ['[req]', 'distinguished_name=name', 'req_extensions=ext', '[name]', '[ext]', ...extensions];
  const [keyFile = '', configFile = ''] = temporaryFiles(key, text.join('\n'));
  return openssl(['req', '-new', '-key', keyFile, '-config', configFile, '-subj', subject]);
}

function sign(pem: string, authority: Made, changes: Partial<Signing> = {}) {
  const {certificate, key} = authority;
  return signRequest(pem, {certificate, key: key.privateKey}, {now, validity: 8760, isAuthority: false, ...changes});
}

describe('a request', () => {
  test.each(keyAlgorithms.filter((algorithm) => !/RSA-[34]/.test(algorithm)))(
    'with %s is verified by openssl, which sees all that is asked',
    async (algorithm) => {
      const {ok, said} = tryOpenssl(['req', '-verify', '-noout', '-text'], await request({}, algorithm));
      expect(ok).toBe(true);
      expect(said).toMatch(/verify OK/);
      expect(said).toMatch(/Subject: O ?= ?system:nodes, CN ?= ?system:node:cp-1/);
      expect(said).toMatch(/Key Usage: critical\s+Digital Signature, Key Encipherment\n/);
      expect(said).toMatch(/Extended Key Usage: \n\s+TLS Web Server Authentication, TLS Web Client Authentication\n/);
      expect(said).toMatch(/Basic Constraints: critical\s+CA:FALSE\n/);
      expect(said).toMatch(/DNS:cp-1, IP Address:2001:DB8:0:0:0:0:0:11\n/);
    },
  );

  test('is read back as it was asked', async () => {
    const key = await generateKeys('ECDSA-P384');
    const read = readRequest(await makeRequest(wish, key));
    expect(read).toMatchObject({
      subject: wish.subject,
      sans: wish.sans,
      usages: wish.usages,
      isAuthority: false,
      keyUsage: ['digitalSignature', 'keyEncipherment'],
      key: {name: 'ECDSA-P384'},
    });
    expect(read.publicKey.equals(key.publicKey)).toBe(true);
    expect(readRequest(await request({isAuthority: true, usages: [], sans: []}))).toMatchObject({
      isAuthority: true,
      keyUsage: ['digitalSignature', 'keyEncipherment', 'keyCertSign'],
      limitsUsages: false,
      sans: [],
    });
  });

  test('that openssl made without extensions is read', () => {
    const [key = ''] = temporaryFiles(openssl(['genrsa', '2048']));
    const read = readRequest(openssl(['req', '-new', '-sha512', '-key', key, '-subj', '/CN=plain']));
    expect(read).toMatchObject({subject: {commonName: 'plain'}, usages: [], sans: [], keyUsage: undefined});
  });

  test('that was changed on the way is refused', async () => {
    const [block] = pemBlocks(await request());
    const der = fromPem(block ?? expect.fail('no request was made'));
    const at = der.indexOf('system:nodes');
    der.write('system:m', at);
    expect(() => readRequest(toPem('CERTIFICATE REQUEST', der), 'cp-1.csr')).toThrow(
      expect.objectContaining({code: 'request-signature-wrong', message: 'cp-1.csr is not signed with its own key'}),
    );
  });

  test.each([
    ['nothing', ''],
    ['a damaged request', '-----BEGIN CERTIFICATE REQUEST-----\nMIIBAAAA\n-----END CERTIFICATE REQUEST-----\n'],
  ])('%s is refused', (_, pem) => {
    expect(() => readRequest(pem)).toThrow(expect.objectContaining({code: 'request-unreadable'}));
  });
});

describe('signing a request', () => {
  test('makes the certificate that would have been made here', async () => {
    const authority = await makeAuthority();
    const {certificate, facts} = await sign(await request(), authority, {validity: 24});
    const read = inspectCertificate(certificate);
    expect(read).toMatchObject({
      subject: wish.subject,
      sans: wish.sans,
      usages: wish.usages,
      isAuthority: false,
      authorityKeyIdentifier: inspectCertificate(authority.certificate).subjectKeyIdentifier,
      notBefore: new Date('2026-11-23T19:12:42Z'),
      notAfter: new Date('2026-11-24T19:17:42Z'),
      fingerprint: facts.fingerprint,
    });
    expect(new X509Certificate(certificate).checkIssued(new X509Certificate(authority.certificate))).toBe(true);
  });

  test('makes an authority out of a request for one, when the signer says so', async () => {
    const root = await makeAuthority({commonName: 'root-ca', algorithm: 'RSA-2048'});
    const pem = await request({isAuthority: true, usages: [], subject: {commonName: 'kubernetes', organizations: []}});
    await expect(sign(pem, root)).rejects.toMatchObject({code: 'request-for-authority'});
    const made = inspectCertificate((await sign(pem, root, {isAuthority: true})).certificate);
    expect(made).toMatchObject({
      isAuthority: true,
      subject: {commonName: 'kubernetes'},
      signatureAlgorithm: 'sha256WithRSAEncryption',
    });
    expect(made.subjectKeyIdentifier).toHaveLength(40);
  });

  test('copies the subject to the byte and gives usages that were not asked, as kubeadm leaves them out', async () => {
    const pem = byOpenssl('/O=Zürich/CN=plain', 'subjectAltName=DNS:plain.test');
    const made = await sign(pem, await makeAuthority(), {usages: ['client auth']});
    const read = inspectCertificate(made.certificate);
    expect(read.subject.der).toEqual(readRequest(pem).subject.der);
    expect(read).toMatchObject({usages: ['client auth'], sans: [{type: 'dns', value: 'plain.test'}]});
  });

  test('refuses names and usages that would get lost', async () => {
    const authority = await makeAuthority();
    const names = sign(byOpenssl('/CN=x', 'subjectAltName=URI:spiffe://x,DNS:x'), authority);
    await expect(names).rejects.toMatchObject({
      code: 'request-not-understood',
      message: expect.stringContaining('spiffe'),
    });
    const usages = byOpenssl('/CN=x', 'extendedKeyUsage=codeSigning');
    await expect(sign(usages, authority)).rejects.toMatchObject({code: 'request-not-understood'});
    await expect(sign(usages, authority, {usages: ['client auth']})).resolves.toBeDefined();
  });

  test('refuses a weak key', async () => {
    const [key = ''] = temporaryFiles(openssl(['genrsa', '1024']));
    const pem = openssl(['req', '-new', '-key', key, '-subj', '/CN=weak']);
    await expect(sign(pem, await makeAuthority())).rejects.toMatchObject({
      code: 'key-weak',
      message: 'the request is for a key of kind RSA-1024',
    });
  });

  test('refuses an authority that verifiers would not take', async () => {
    const root = await makeAuthority();
    const leaf = await makeAuthority({isAuthority: false, signedBy: root});
    const expired = await makeAuthority({validity: 1});
    const pem = await request();
    await expect(sign(pem, leaf)).rejects.toMatchObject({code: 'authority-may-not-sign'});
    const later = new Date(now.getTime() + 3 * 3_600_000);
    await expect(sign(pem, expired, {now: later})).rejects.toMatchObject({code: 'authority-expired'});
    await expect(sign(pem, {...root, key: expired.key})).rejects.toMatchObject({code: 'key-does-not-match'});
  });

  test('refuses an intermediate under a root that allows none', async () => {
    const pem = openssl(['genpkey', '-algorithm', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']);
    const text =
      '[req]\ndistinguished_name=n\nx509_extensions=e\n[n]\n[e]\nbasicConstraints=critical,CA:TRUE,pathlen:0';
    const [key = '', config = ''] = temporaryFiles(pem, text);
    const certificate = openssl(['req', '-x509', '-key', key, '-config', config, '-subj', '/CN=root', '-days', '9999']);
    const pair = {certificate, key: readPrivateKey(new Secret(pem)).privateKey};
    const options = {now: new Date(), validity: 24};
    const asked = await request({isAuthority: true, usages: []});
    await expect(signRequest(asked, pair, {...options, isAuthority: true})).rejects.toMatchObject({
      code: 'authority-may-not-sign',
      message: 'the authority may not sign an authority: verifiers would refuse it',
    });
    await expect(signRequest(await request(), pair, {...options, isAuthority: false})).resolves.toBeDefined();
  });
});
