import {describe, expect, test} from 'vitest';
import {inspectCertificate, publicKeyOf, spkiPin} from '../../src/x509/inspect.ts';
import {kubeadmFile} from '../helpers/kubeadm-fixture.ts';
import {openssl} from '../helpers/openssl.ts';
import {temporaryFiles} from '../helpers/temporary-folder.ts';
import {makeAuthority} from './makers.ts';

const apiserver = kubeadmFile('/etc/kubernetes/pki/apiserver.crt');
const authority = kubeadmFile('/etc/kubernetes/pki/ca.crt');

/** A self-signed certificate as openssl makes it from a configuration. */
function selfSigned(extensions: readonly string[], ...args: readonly string[]): string {
  const key = openssl(['genpkey', '-algorithm', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384']);
  const text = ['[req]', 'distinguished_name=name', 'x509_extensions=ext', '[name]', '[ext]', ...extensions];
  const [keyFile = '', configFile = ''] = temporaryFiles(key, text.join('\n'));
  return openssl(['req', '-x509', '-key', keyFile, '-config', configFile, '-subj', '/CN=x', ...args]);
}

describe('what a certificate says', () => {
  test('is read from a leaf that kubeadm made', () => {
    expect(inspectCertificate(apiserver)).toMatchObject({
      subject: {commonName: 'kube-apiserver', organizations: [], text: 'CN=kube-apiserver'},
      issuer: {commonName: 'kubernetes', text: 'CN=kubernetes'},
      serial: '0c034da21e407bca',
      hasPositiveSerial: true,
      notBefore: new Date('2026-11-23T19:12:42Z'),
      notAfter: new Date('2027-11-23T19:17:42Z'),
      isSelfIssued: false,
      key: {type: 'RSA', bits: 2048, name: 'RSA-2048'},
      signatureAlgorithm: 'sha256WithRSAEncryption',
      keyUsage: ['digitalSignature', 'keyEncipherment'],
      usages: ['server auth'],
      otherUsages: [],
      limitsUsages: true,
      isAuthority: false,
      pathLength: undefined,
      sans: [
        {type: 'dns', value: 'api.demo.test'},
        {type: 'dns', value: 'cp-1'},
        {type: 'dns', value: 'kubernetes'},
        {type: 'dns', value: 'kubernetes.default'},
        {type: 'dns', value: 'kubernetes.default.svc'},
        {type: 'dns', value: 'kubernetes.default.svc.cluster.local'},
        {type: 'ip', value: '10.96.0.1'},
        {type: 'ip', value: '10.0.0.11'},
        {type: 'ip', value: '10.0.0.10'},
      ],
      otherNames: [],
      subjectKeyIdentifier: undefined,
      authorityKeyIdentifier: '9028e964d2a78fbcdd247b301400e4e6276d6d6a',
      critical: ['2.5.29.15', '2.5.29.19'],
      unread: [],
    });
  });

  test('is read from an authority that kubeadm made', () => {
    expect(inspectCertificate(authority)).toMatchObject({
      isSelfIssued: true,
      isAuthority: true,
      pathLength: undefined,
      keyUsage: ['digitalSignature', 'keyEncipherment', 'keyCertSign'],
      limitsUsages: false,
      subjectKeyIdentifier: '9028e964d2a78fbcdd247b301400e4e6276d6d6a',
      authorityKeyIdentifier: undefined,
    });
  });

  test('is read from what others put into certificates', () => {
    const pem = selfSigned(
      [
        'basicConstraints=critical,CA:TRUE,pathlen:3',
        'keyUsage=keyCertSign,cRLSign,decipherOnly,keyAgreement',
        'extendedKeyUsage=codeSigning,clientAuth',
        'subjectAltName=URI:spiffe://x/y,email:a@b.test,DNS:UPPER.test,IP:::ffff:10.0.0.1,dirName:other',
        'nameConstraints=critical,permitted;DNS:.test',
        '[other]',
        'CN=someone',
      ],
      '-set_serial',
      '0x00ff01',
    );
    expect(inspectCertificate(pem)).toMatchObject({
      serial: 'ff01',
      hasPositiveSerial: true,
      pathLength: 3,
      keyUsage: ['keyAgreement', 'keyCertSign', 'cRLSign', 'decipherOnly'],
      usages: ['client auth'],
      otherUsages: ['1.3.6.1.5.5.7.3.3'],
      sans: [
        {type: 'dns', value: 'upper.test'},
        {type: 'ip', value: '10.0.0.1'},
      ],
      otherNames: ['URI:spiffe://x/y', 'email:a@b.test', '[4]'],
      critical: ['2.5.29.19', '2.5.29.30'],
      unread: ['2.5.29.30'],
      key: {name: 'ECDSA-P384'},
    });
  });

  test('is read from version 1, which has no extensions', () => {
    const [key = ''] = temporaryFiles(openssl(['genrsa', '2048']));
    const pem = openssl(['x509', '-req', '-signkey', key], openssl(['req', '-new', '-key', key, '-subj', '/CN=old']));
    expect(inspectCertificate(pem)).toMatchObject({
      subject: {commonName: 'old'},
      isAuthority: false,
      keyUsage: undefined,
      sans: [],
    });
  });

  test.each([
    ['-1', false, 'ff'],
    ['0', false, '00'],
    ['1', true, '01'],
  ])('a serial number of %s is positive: %s', (serial, isPositive, hex) => {
    const read = inspectCertificate(selfSigned([], '-set_serial', serial));
    expect(read).toMatchObject({hasPositiveSerial: isPositive, serial: hex});
  });
});

describe('a PEM text', () => {
  test('may hold words and several certificates; the first is read', () => {
    const bundle = `${openssl(['x509', '-text'], apiserver)}# next\n${authority}`;
    expect(inspectCertificate(bundle).pem).toBe(apiserver);
  });

  test.each([
    ['nothing', '', 'ca.crt holds no certificate'],
    ['a key', () => kubeadmFile('/etc/kubernetes/pki/sa.pub'), 'ca.crt holds no certificate, only PUBLIC KEY'],
    ['a damaged certificate', () => apiserver.replace('MII', 'AAA'), 'ca.crt is damaged, or no certificate'],
    ['half a certificate', () => apiserver.slice(0, 300), 'ca.crt holds no certificate'],
  ])('with %s is refused', (_, pem, message) => {
    const text = typeof pem === 'string' ? pem : pem();
    expect(() => inspectCertificate(text, 'ca.crt')).toThrow(
      expect.objectContaining({code: 'certificate-unreadable', message}),
    );
    expect(() => publicKeyOf(text)).toThrow(expect.objectContaining({code: 'certificate-unreadable'}));
  });
});

describe('the pin of an authority', () => {
  test('is what the pipeline of the documentation prints', async () => {
    for (const pem of [authority, (await makeAuthority()).certificate]) {
      const publicKey = openssl(['x509', '-pubkey', '-noout'], pem);
      const [file = ''] = temporaryFiles(publicKey);
      const [out = ''] = temporaryFiles('');
      openssl(['pkey', '-pubin', '-in', file, '-outform', 'der', '-out', out]);
      expect(spkiPin(pem)).toBe(`sha256:${openssl(['dgst', '-sha256', '-r', out]).slice(0, 64)}`);
    }
  });
});
