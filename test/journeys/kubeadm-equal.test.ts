import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {resolvePlan} from '../../src/config/resolve-plan.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import type {ClusterPlan} from '../../src/pki/plan.ts';
import {setUp} from '../../src/journeys/set-up.ts';
import {layKubeadmFixture, type KubeadmFixture} from '../helpers/kubeadm-fixture.ts';
import {node, planWith} from '../helpers/plans.ts';

/**
 * For the input that kubeadm 1.36.2 had, the bundle holds what kubeadm 1.36.2 wrote. Only keys, serials and dates
 * differ, and what `differences` says on purpose.
 */

interface Case {
  readonly fixture: KubeadmFixture;
  readonly plan: ClusterPlan;
  /** SANs that Certwright adds on purpose, by the certificate's path under the fixture's pki folder. */
  readonly addedSans: Readonly<Record<string, readonly string[]>>;
}

const cases: readonly Case[] = [
  {
    fixture: 'kubeadm-1.36',
    plan: planWith({
      cluster: {kubernetesVersion: '1.36.2'},
      nodes: [node('cp-1', '10.0.0.11', 'control-plane')],
      sans: {apiserver: ['api.demo.test', '10.0.0.10']},
    }),
    addedSans: {},
  },
  {
    fixture: 'kubeadm-1.36-ipv6',
    plan: planWith({
      cluster: {kubernetesVersion: '1.36.2', controlPlaneEndpoint: 'api.demo.example:6443'},
      network: {
        serviceSubnets: ['fd00:10:96::/112', '10.96.0.0/12'],
        podSubnets: ['fd00:10:244::/56', '10.244.0.0/16'],
      },
      nodes: [node('cp-1', '2001:db8::11', 'control-plane')],
      sans: {apiserver: ['203.0.113.5', '*.lb.example', 'api.alt.example']},
    }),
    // kubeadm covers the Service address of the first family only.
    addedSans: {'apiserver.crt': ['IP Address:10.96.0.1']},
  },
];

describe.each(cases)('$fixture', ({fixture, plan, addedSans}) => {
  const work = mkdtempSync(join(tmpdir(), 'certwright-equal-'));
  const theirs = join(work, 'kubeadm');
  const ours = join(work, 'demo/nodes/cp-1/rootfs');

  beforeAll(async () => {
    execFileSync('mkdir', [theirs]);
    layKubeadmFixture(theirs, fixture);
    const events = setUp(plan, {
      directory: join(work, 'demo'),
      planYaml: '',
      proof: false,
      tar: false,
      now: () => new Date('2026-11-23T19:17:42Z'),
      passphrases: {environment: () => undefined},
    });
    for await (const event of events)
      if (event.kind === 'requests-written') throw new Error('nothing is external here');
  }, 120_000);

  afterAll(() => rmSync(work, {recursive: true, force: true}));

  test('is what the plan out of its kubeadm-config.yaml leads to', () => {
    const text = readFileSync(join(theirs, 'etc/kubernetes/kubeadm-config.yaml'), 'utf8');
    const read = resolvePlan({kubeadm: {text, source: 'kubeadm-config.yaml', folder: theirs}});
    expect(read.problems).toEqual([]);
    expect(makeBlueprint(read.plan)).toEqual(makeBlueprint(plan));
  });

  const theirFiles = () => filesUnder(theirs).filter((path) => !/manifests\/|kubeadm-config|kubeadm-flags/.test(path));

  test('has the same files with the same modes', () => {
    const wanted =
      fixture === 'kubeadm-1.36' ? filesUnder(ours) : filesUnder(ours).filter((path) => path.includes('/pki/'));
    expect(wanted).toEqual(theirFiles());
    const modes = (root: string) =>
      Object.fromEntries(theirFiles().map((path) => [path, (statSync(join(root, path)).mode & 0o777).toString(8)]));
    expect(modes(ours)).toEqual(modes(theirs));
  });

  test('has the same certificates: subject, issuer, usages, criticality and SANs', () => {
    const certificates = theirFiles().filter((path) => path.endsWith('.crt'));
    expect(certificates.length).toBe(10);
    for (const path of certificates) {
      const added = addedSans[path.replace('etc/kubernetes/pki/', '')] ?? [];
      const expected = comparable(readFileSync(join(theirs, path)));
      expect(comparable(readFileSync(join(ours, path))), path).toEqual({
        ...expected,
        sans: [...expected.sans, ...added].toSorted(),
      });
    }
  });

  test('has the same flags', () => {
    const manifests = readdirSync(join(theirs, 'etc/kubernetes/manifests'));
    expect(manifests.length).toBeGreaterThanOrEqual(2);
    for (const manifest of manifests) {
      const component = manifest.replace('.yaml', '');
      const pod = parse(readFileSync(join(theirs, 'etc/kubernetes/manifests', manifest), 'utf8')) as {
        spec: {containers: {command: string[]}[]};
      };
      const [, ...flags] = pod.spec.containers[0]?.command ?? [];
      const written = readFileSync(join(work, `demo/nodes/cp-1/flags/${component}.flags`), 'utf8')
        .trim()
        .split('\n');
      expect(written, component).toEqual(flags);
    }
  });

  // The other fixture holds certificates and manifests alone.
  if (fixture !== 'kubeadm-1.36') return;

  test('has the same kubeconfigs, and the same certificates in them', () => {
    const kubeconfigs = theirFiles().filter((path) => path.endsWith('.conf'));
    expect(kubeconfigs).toHaveLength(5);
    for (const path of kubeconfigs) {
      const [mine, kubeadms] = [ours, theirs].map((root) => readFileSync(join(root, path), 'utf8'));
      const withoutData = (text = '') => text.replaceAll(/-data: .*/g, '-data: …');
      expect(withoutData(mine), path).toBe(withoutData(kubeadms));
      for (const field of ['certificate-authority-data', 'client-certificate-data']) {
        const decoded = (text = '') => Buffer.from(text.match(`${field}: (.*)`)?.[1] ?? '', 'base64');
        expect(comparable(decoded(mine)), `${path} ${field}`).toEqual(comparable(decoded(kubeadms)));
      }
    }
  });

  test('sets up the kubelet the same', () => {
    const config = (root: string) => flat(parse(readFileSync(join(root, 'var/lib/kubelet/config.yaml'), 'utf8')));
    const [mine, kubeadms] = [config(ours), config(theirs)];
    // kubeadm also writes fields that are at their zero value, and the default health port.
    const meaningful = Object.entries(kubeadms).filter(
      ([key, value]) => !/^(healthz|logging|memorySwap|crashLoop)/.test(key) && value !== '0s' && value !== 0,
    );
    expect(mine).toEqual(Object.fromEntries(meaningful));
  });
});

/** What must be equal, as OpenSSL reads it: everything but key, serial, dates, key identifiers and signature. */
function comparable(pem: Buffer): {text: string; sans: string[]} {
  const text = execFileSync(
    'openssl',
    ['x509', '-noout', '-text', '-certopt', 'no_serial,no_validity,no_pubkey,no_sigdump'],
    {input: pem, encoding: 'utf8'},
  );
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !/^([0-9A-F]{2}:){19}[0-9A-F]{2}$/.test(line));
  const sans = lines.find((line) => /^(DNS|IP Address):/.test(line));
  return {
    text: lines.filter((line) => line !== sans).join('\n'),
    sans: sans === undefined ? [] : sans.split(', ').map(shortAddress).toSorted(),
  };
}

/** OpenSSL writes ::1 as 0:0:0:0:0:0:0:1 in some versions; only IPv4 addresses are compared by their text. */
function shortAddress(san: string): string {
  return san.toUpperCase().startsWith('IP ADDRESS:') && san.includes(':', 11) ? san.toUpperCase() : san;
}

function filesUnder(root: string): string[] {
  return readdirSync(root, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .toSorted();
}

/** `{a: {b: 1}}` → `{'a.b': 1}`; empty maps vanish. */
function flat(value: unknown, prefix = ''): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {[prefix]: value};
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, inner]) => flat(inner, prefix === '' ? key : `${prefix}.${key}`)),
  ) as Record<string, unknown>;
}
