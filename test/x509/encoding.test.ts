import {X509Certificate} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import type {PlannedAuthority, PlannedCertificate} from '../../src/pki/blueprint-types.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {emptyPlan} from '../../src/pki/plan.ts';
import {certificateBody} from '../../src/x509/certificate.ts';
import {toDer} from '../../src/x509/forge.ts';
import {inspectCertificate, publicKeyOf} from '../../src/x509/inspect.ts';
import {encodeName} from '../../src/x509/names.ts';
import {encodeAlgorithm} from '../../src/x509/sign.ts';
import {signatureAlgorithmOf} from '../../src/x509/signature.ts';
import {type KubeadmFixture, kubeadmFile} from '../helpers/kubeadm-fixture.ts';

/** The signed part of a certificate, cut out of its DER without any of the code that is tried here. */
function bodyOf(pem: string): Buffer {
  const der = new X509Certificate(pem).raw;
  const headerLength = (at: number) => ((der[at + 1] ?? 0) < 0x80 ? 2 : 2 + ((der[at + 1] ?? 0) & 0x7f));
  const start = headerLength(0);
  const header = headerLength(start);
  const length = header === 2 ? (der[start + 1] ?? 0) : Number(`0x${der.toString('hex', start + 2, start + header)}`);
  return der.subarray(start, start + header + length);
}

function embeddedCertificate(kubeconfig: string): string {
  const [, base64 = ''] = /client-certificate-data: (\S+)/.exec(kubeconfig) ?? [];
  return Buffer.from(base64, 'base64').toString();
}

const pki = '/etc/kubernetes/pki';
const authorityFiles = {'kubernetes-ca': 'ca', 'front-proxy-ca': 'front-proxy-ca', 'etcd-ca': 'etcd/ca'} as const;
const leafFiles = {
  apiserver: 'apiserver',
  'apiserver-kubelet-client': 'apiserver-kubelet-client',
  'apiserver-etcd-client': 'apiserver-etcd-client',
  'front-proxy-client': 'front-proxy-client',
  'etcd-server': 'etcd/server',
  'etcd-peer': 'etcd/peer',
  'etcd-healthcheck-client': 'etcd/healthcheck-client',
} as const;

describe('from the plan of the cluster that kubeadm made', () => {
  const blueprint = makeBlueprint({
    ...emptyPlan,
    cluster: {name: 'demo', kubernetesVersion: '1.36.2', controlPlaneEndpoint: 'api.demo.test:6443'},
    sans: {apiserver: ['api.demo.test', '10.0.0.10']},
    nodes: [{name: 'cp-1', addresses: ['10.0.0.11'], roles: ['control-plane'], sans: []}],
  });
  /** When kubeadm ran. */
  const now = new Date('2026-11-23T19:17:42Z');

  /** The body as we write it, with the two things in it that are chance: the key and the serial number. */
  function encoded(planned: PlannedAuthority | PlannedCertificate, made: string, authority: string): Buffer {
    const {publicKey} = new X509Certificate(made);
    const issuer = inspectCertificate(authority);
    const isAuthority = !('authority' in planned);
    return toDer(
      certificateBody({
        serial: Buffer.from(inspectCertificate(made).serial, 'hex'),
        algorithm: encodeAlgorithm(signatureAlgorithmOf(publicKeyOf(authority))),
        issuer: encodeName(issuer.subject),
        notBefore: new Date(now.getTime() - 300_000),
        notAfter: new Date(now.getTime() + planned.validity * 3_600_000),
        wish: {
          ...planned,
          subject: encodeName(planned.subject),
          publicKey,
          isAuthority,
          usages: isAuthority ? [] : planned.usages,
        },
        authorityKeyIdentifier: isAuthority ? undefined : Buffer.from(issuer.subjectKeyIdentifier ?? '', 'hex'),
      }),
    );
  }

  test.each(Object.entries(authorityFiles))('%s is the same to the byte', (id, file) => {
    const planned = blueprint.authorities.find((authority) => authority.id === id) ?? expect.fail('not planned');
    const made = kubeadmFile(`${pki}/${file}.crt`);
    expect(encoded(planned, made, made).toString('hex')).toBe(bodyOf(made).toString('hex'));
  });

  test.each(Object.entries(leafFiles))('%s is the same to the byte', (id, file) => {
    const planned = blueprint.certificates.find((one) => one.id === id) ?? expect.fail('not planned');
    const authority = kubeadmFile(`${pki}/${authorityFiles[planned.authority as keyof typeof authorityFiles]}.crt`);
    const made = kubeadmFile(`${pki}/${file}.crt`);
    expect(encoded(planned, made, authority).toString('hex')).toBe(bodyOf(made).toString('hex'));
  });

  test.each(['admin', 'super-admin', 'controller-manager', 'scheduler', 'kubelet'])(
    'the certificate in %s.conf is the same to the byte',
    (id) => {
      const config = blueprint.kubeconfigs.find((one) => one.id === id && one.node === 'cp-1');
      const name = config?.credential.kind === 'certificate' ? config.credential.certificate : '';
      const planned = blueprint.certificates.find((one) => one.name === name) ?? expect.fail('not planned');
      const made = embeddedCertificate(kubeadmFile(`/etc/kubernetes/${id}.conf`));
      expect(encoded(planned, made, kubeadmFile(`${pki}/ca.crt`)).toString('hex')).toBe(bodyOf(made).toString('hex'));
    },
  );
});

describe('read and written again', () => {
  const files = [...Object.values(authorityFiles), ...Object.values(leafFiles)];
  const cases = (['kubeadm-1.36', 'kubeadm-1.36-ipv6'] satisfies KubeadmFixture[]).flatMap((fixture) =>
    files.map((file) => [fixture, file] as const),
  );

  test.each(cases)('%s %s comes out the same to the byte', (fixture, file) => {
    const made = kubeadmFile(`${pki}/${file}.crt`, fixture);
    const read = inspectCertificate(made);
    const again = certificateBody({
      serial: Buffer.from(read.serial, 'hex'),
      algorithm: encodeAlgorithm(signatureAlgorithmOf(publicKeyOf(made))),
      issuer: encodeName(read.issuer),
      notBefore: read.notBefore,
      notAfter: read.notAfter,
      wish: {...read, subject: encodeName(read.subject), publicKey: publicKeyOf(made), validity: 0},
      authorityKeyIdentifier:
        read.authorityKeyIdentifier === undefined ? undefined : Buffer.from(read.authorityKeyIdentifier, 'hex'),
    });
    expect(toDer(again).toString('hex')).toBe(bodyOf(made).toString('hex'));
  });
});
