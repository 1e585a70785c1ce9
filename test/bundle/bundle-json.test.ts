import {X509Certificate} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, describe, expect, test} from 'vitest';
import {certificatesIn} from '../../src/base/pem.ts';
import {makeBundleJson} from '../../src/bundle/make-bundle-json.ts';
import {readBundleJson} from '../../src/bundle/read-bundle-json.ts';
import {writeBundle} from '../../src/bundle/write-bundle.ts';
import type {BundleJson} from '../../src/bundle/bundle-json.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {node} from '../helpers/plans.ts';
import {make, variety, type Made} from './bundles.ts';

function problemsOf(text: string): readonly string[] {
  const read = readBundleJson(text);
  return read.ok ? [] : read.problems.map(({code, at, message}) => `${code} ${at.path}: ${message}`);
}

describe.each(variety)('bundle.json of %s', (_, changes) => {
  let made: Made;
  let json: BundleJson;
  beforeAll(async () => {
    made = await make(changes);
    json = makeBundleJson(made.blueprint, made.issued);
  });

  test('comes back as it was written', () => {
    expect(readBundleJson(JSON.stringify(json))).toEqual({
      ok: true,
      bundle: JSON.parse(JSON.stringify(json)) as unknown,
    });
  });

  test('names certificates, keys and files as they lie', async () => {
    const directory = join(temporaryFolder(), 'bundle');
    await writeBundle({...made, directory});
    const read = (path: string): string => readFileSync(join(directory, path), 'utf8');
    expect(JSON.parse(read('bundle.json'))).toEqual(JSON.parse(JSON.stringify(json)));
    const paths = new Set(made.blueprint.files.map(({path}) => path));

    expect(json.certificates.map(({name}) => name)).toEqual(made.blueprint.certificates.map(({name}) => name));
    for (const entry of [...json.certificates, ...json.authorities]) {
      const [first = ''] = entry.files;
      expect(entry.files.every((path) => paths.has(path))).toBe(true);
      const text = /conf(ig)?$/.test(first)
        ? Buffer.from(/client-certificate-data: (\S+)/.exec(read(first))?.[1] ?? '', 'base64').toString()
        : read(first);
      const certificate = new X509Certificate(certificatesIn(text)[0] ?? '');
      expect(certificate.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(entry.fingerprint);
      expect(BigInt(`0x${certificate.serialNumber}`)).toBe(BigInt(`0x${entry.serial}`));
      expect(certificate.validToDate).toEqual(new Date(entry.notAfter));
      expect(certificate.validFromDate).toEqual(new Date(entry.notBefore));
      expect(entry.notAfter).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(certificate.subject).toContain(`CN=${entry.subject.commonName}`);
      const issuer = json.authorities.find(({id}) => id === entry.issuer);
      const above = new X509Certificate(read(issuer?.files[0] ?? ''));
      expect(certificate.verify(above.publicKey)).toBe(true);
    }
    for (const kubeconfig of json.kubeconfigs) expect(kubeconfig.files).toHaveLength(1);
    for (const [name, components] of Object.entries(json.flags)) {
      for (const [component, flags] of Object.entries(components)) {
        expect(read(`nodes/${name}/flags/${component}.flags`)).toBe(`${flags.join('\n')}\n`);
      }
    }
    expect(json.connections).toHaveLength(made.blueprint.connections.length);
    for (const {callerTrusts, providerTrusts} of json.connections) {
      for (const trust of [callerTrusts, providerTrusts]) {
        if ('file' in trust) expect(paths).toContain(trust.file);
      }
    }
  });
});

describe('bundle.json', () => {
  test('has the product’s keys, in their order', async () => {
    const made = await make({nodes: [node('cp-1', ['10.0.0.11', 'fd00::11'], 'control-plane')]});
    const json = makeBundleJson(made.blueprint, made.issued);
    expect(Object.keys(json)).toEqual([
      'bundleVersion',
      'clusterName',
      'controlPlaneEndpoint',
      'kubernetesVersion',
      'nodes',
      'authorities',
      'certificates',
      'keyPairs',
      'kubeconfigs',
      'flags',
      'connections',
    ]);
    const {version} = made.blueprint;
    expect(json).toMatchObject({
      bundleVersion: 1,
      clusterName: 'demo',
      controlPlaneEndpoint: 'api.demo.test:6443',
      kubernetesVersion: `1.${version.minor}.${version.patch}`,
      nodes: [{name: 'cp-1', addresses: ['10.0.0.11', 'fd00::11'], roles: ['control-plane']}],
      keyPairs: [
        {id: 'service-account', algorithm: 'ECDSA-P256', fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/)},
      ],
    });
    const apiserver = json.certificates.find(({id}) => id === 'apiserver');
    expect(apiserver).toMatchObject({
      name: 'cp-1/apiserver',
      node: 'cp-1',
      subject: {commonName: 'kube-apiserver', organizations: []},
      issuer: 'kubernetes-ca',
      usages: ['server auth'],
      files: [
        'nodes/cp-1/rootfs/etc/kubernetes/pki/apiserver.crt',
        'nodes/cp-1/rootfs/etc/kubernetes/pki/apiserver.key',
      ],
    });
    expect(apiserver?.sans).toContainEqual({type: 'ip', value: '10.0.0.11', why: expect.any(String)});
    expect(json.certificates.find(({id}) => id.startsWith('admin'))?.files).toEqual([
      'nodes/cp-1/rootfs/etc/kubernetes/admin.conf',
    ]);
    expect(json.authorities.map(({id, issuer, brought}) => [id, issuer, brought])).toEqual([
      ['kubernetes-ca', 'kubernetes-ca', false],
      ['etcd-ca', 'etcd-ca', false],
      ['front-proxy-ca', 'front-proxy-ca', false],
    ]);
  });

  test('writes an IPv6 endpoint with brackets', async () => {
    const made = await make({
      cluster: {name: 'six', kubernetesVersion: '1.36', controlPlaneEndpoint: undefined},
      nodes: [node('cp-1', 'fd00::11', 'control-plane')],
    });
    expect(makeBundleJson(made.blueprint, made.issued).controlPlaneEndpoint).toBe('[fd00::11]:6443');
  });

  test('says which authority stands above an intermediate', async () => {
    const made = await make({trust: {topology: 'intermediates'}});
    const above = makeBundleJson(made.blueprint, made.issued).authorities.map(({id, issuer}) => `${id} by ${issuer}`);
    expect(above).toEqual([
      'root-ca by root-ca',
      'kubernetes-ca by root-ca',
      'etcd-ca by root-ca',
      'front-proxy-ca by root-ca',
    ]);
  });

  test('is refused with every problem and its place', async () => {
    const made = await make();
    const good = JSON.stringify(makeBundleJson(made.blueprint, made.issued));
    const broken = JSON.parse(good) as {
      nodes: {roles: string[]}[];
      certificates: {fingerprint: string; sans: {type: string}[]}[];
      clusterName?: string;
    };
    broken.nodes[0]?.roles.push('queen');
    const [first] = broken.certificates;
    if (first === undefined) expect.fail('no certificate');
    first.fingerprint = 'ABC';
    if (first.sans[0] !== undefined) first.sans[0].type = 'email';
    delete broken.clusterName;
    expect(problemsOf(JSON.stringify(broken)).map((problem) => problem.replace(/:.*/, ''))).toEqual([
      'not-a-bundle clusterName',
      'not-a-bundle nodes[0].roles[1]',
      'not-a-bundle certificates[0].sans[0].type',
      'not-a-bundle certificates[0].fingerprint',
    ]);
    expect(problemsOf('{')).toEqual(['not-a-bundle : bundle.json is not JSON']);
    expect(problemsOf('[]')).toHaveLength(1);
    expect(problemsOf(good.replace('"bundleVersion":1', '"bundleVersion":2'))).toEqual([
      'unknown-bundle-version bundleVersion: bundle.json has version 2, and this Certwright knows version 1',
    ]);
  });
});
