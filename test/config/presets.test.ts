import {mkdtempSync, readdirSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {parseDocument} from 'yaml';
import {z} from 'zod';
import {Failure, InputFailure} from '../../src/base/failure.ts';
import {readPlanFile, writePlanFile} from '../../src/config/plan-file.ts';
import {planSchema} from '../../src/config/plan-schema.ts';
import {defaultPreset, listPresets, readPreset, thisMachine} from '../../src/config/presets.ts';
import {readPlan} from '../../src/config/resolve-plan.ts';
import {filledWith} from '../../src/config/this-machine.ts';
import {writePlan} from '../../src/config/write-plan.ts';
import type {ClusterPlan} from '../../src/pki/plan.ts';
import {checkPlan} from '../../src/wizard/check-plan.ts';

function planOf(name: string): ClusterPlan {
  return readPlan(readPreset(name)).plan;
}

const presetNames = listPresets().map(({name}) => name);

describe('the presets', () => {
  test.each(presetNames)('%s has nothing wrong with it', (name) => {
    const {problems} = readPlan(readPreset(name));
    // minikube's three years are worth a word, nothing else is.
    expect(problems.map(({code, at}) => `${at.line} ${code}`)).toEqual(
      name === 'minikube' ? ['39 validity-longer-than-usual'] : [],
    );
  });

  test.each(presetNames)('%s is what the schema takes', (name) => {
    const schema = z.fromJSONSchema(planSchema());
    expect(schema.safeParse(parseDocument(readPreset(name).text).toJS())).toMatchObject({success: true});
  });

  test.each(presetNames)('%s keeps every letter when it is saved unchanged', (name) => {
    const {text, folder} = readPreset(name);
    expect(writePlan(planOf(name), {existing: text, folder})).toBe(text);
  });

  test.each(presetNames)('%s begins with its summary and says what to change first', (name) => {
    const {text} = readPreset(name);
    expect(text).toMatch(new RegExp(`^# ${name}: [a-z].{20,90}[^.]\\n#\\n`));
    expect(text).toMatch(/^# Change first: .*\.$/m);
    const lines = text.split('\n');
    expect(lines.filter((line) => line.includes('#')).length).toBeGreaterThan(12);
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
  });

  test('are exactly the files of their folder', () => {
    const files = readdirSync(new URL('../../presets/', import.meta.url));
    expect(files.toSorted()).toEqual(presetNames.map((name) => `${name}.yaml`).toSorted());
  });

  test('are what they are called', () => {
    expect(defaultPreset).toBe('kubeadm-single');
    expect(planOf('kubeadm-single')).toMatchObject({
      layout: 'kubeadm',
      etcd: 'stacked',
      trust: {topology: 'three-cas'},
      nodes: [{roles: ['control-plane']}],
    });
    expect(planOf('kubeadm-single').nodes).toHaveLength(1);
    expect(planOf('kubeadm-ha').nodes.map(({roles}) => roles[0])).toEqual([
      'control-plane',
      'control-plane',
      'control-plane',
      'worker',
      'worker',
    ]);
    expect(planOf('kubeadm-ha').cluster.controlPlaneEndpoint).toBe('api.demo.test:6443');
    expect(planOf('external-etcd')).toMatchObject({etcd: 'external'});
    expect(planOf('external-etcd').nodes.map(({roles}) => roles[0])).toEqual([
      'etcd',
      'etcd',
      'etcd',
      'control-plane',
      'control-plane',
    ]);
    expect(planOf('one-ca')).toMatchObject({layout: 'kubeadm', trust: {topology: 'single-ca'}});
    expect(planOf('offline-root')).toMatchObject({trust: {topology: 'intermediates'}, keys: {algorithm: 'ECDSA-P256'}});
    expect(planOf('the-hard-way')).toMatchObject({layout: 'the-hard-way', trust: {topology: 'single-ca'}});
    expect(planOf('minikube')).toMatchObject({
      layout: 'minikube',
      cluster: {kubernetesVersion: '1.36', controlPlaneEndpoint: 'control-plane.minikube.internal:8443'},
      nodes: [{name: 'minikube', addresses: ['192.168.49.2']}],
    });
  });

  test('are listed with a line each, the default first', () => {
    const [first, ...others] = listPresets();
    expect(first).toEqual({
      name: 'kubeadm-single',
      summary: "one control-plane node with its own etcd, three CAs, kubeadm's layout",
    });
    expect(others.filter(({summary}) => !/^\S.{20,}$/.test(summary))).toEqual([]);
  });

  test.each([
    ['kubeadm-hs', 'did you mean kubeadm-ha?'],
    ['the-hardway', 'did you mean the-hard-way?'],
    ['zzz', `choose one of ${presetNames.join(', ')}`],
    ['../package', `choose one of ${presetNames.join(', ')}`],
  ])('have none called %s', (name, fix) => {
    try {
      readPreset(name);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InputFailure);
      expect(error).toMatchObject({problems: [{code: 'unknown-preset', fix}]});
    }
  });

  test('that are missing from the installation are a failure with a way on', () => {
    expect(() => listPresets('/nowhere')).toThrow(Failure);
    expect(() => readPreset('one-ca', '/nowhere')).toThrow(/preset one-ca cannot be read/);
  });
});

describe('this machine', () => {
  const plan = planOf('kubeadm-single');
  const first = (name: string, ...addresses: string[]) => filledWith(plan, {name, addresses}).nodes[0];

  test('is the first control-plane node, by its name and its first reachable address', () => {
    const made = filledWith(planOf('kubeadm-ha'), {
      name: 'Rack_7.Demo.test',
      addresses: ['127.0.0.1', '192.0.2.7', '10.0.0.7'],
    });
    expect(made.nodes.slice(0, 2)).toEqual([
      {name: 'rack-7.demo.test', addresses: ['192.0.2.7'], roles: ['control-plane'], sans: []},
      {name: 'cp-2', addresses: ['10.0.0.12'], roles: ['control-plane'], sans: []},
    ]);
  });

  test.each([
    [['127.0.0.1', '::1', 'fe80::1%eth0', '169.254.3.4', '10.0.0.7'], ['10.0.0.7']],
    [['2001:db8::7', '10.0.0.7'], ['10.0.0.7']],
    // cni0 and a Service address of a cluster that runs here already.
    [['10.244.0.1', '10.96.0.1', '10.0.0.7'], ['10.0.0.7']],
    [['2001:DB8:0::7'], ['2001:db8::7']],
    [['127.0.0.1'], []],
    [[], []],
    [['no address'], []],
  ])('with the addresses %j has %j', (addresses, expected) => {
    expect(first('cp', ...addresses)?.addresses).toEqual(expected);
  });

  test('is the default preset when nothing else is said', () => {
    expect(thisMachine({name: 'Here', addresses: ['10.0.0.7']})).toEqual({
      ...plan,
      nodes: [{name: 'here', addresses: ['10.0.0.7'], roles: ['control-plane'], sans: []}],
    });
  });

  test('without IPv4 gets subnets of its own family', () => {
    const made = filledWith(plan, {name: 'six', addresses: ['2001:db8::7']});
    expect(made.network).toMatchObject({serviceSubnets: ['fd00:10:96::/112'], podSubnets: ['fd00:10:244::/56']});
    expect(checkPlan(made)).toEqual([]);
  });

  test('without an address is told to give one', () => {
    const made = filledWith(plan, {name: 'alone', addresses: []});
    expect(checkPlan(made).map(({code}) => code)).toEqual(['address-missing']);
  });

  test('without a name that can be one keeps the name of the plan', () => {
    expect(first('___', '10.0.0.7')?.name).toBe('cp-1');
  });
});

describe('a plan file on disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'certwright-plan-'));
  afterAll(() => rmSync(folder, {recursive: true, force: true}));

  test('is read with its folder, and called what it was called', () => {
    const path = join(folder, 'my plan.yaml');
    writePlanFile(path, 'planVersion: 1\n', 'my plan.yaml');
    expect(readPlanFile(path, 'my plan.yaml')).toEqual({text: 'planVersion: 1\n', source: 'my plan.yaml', folder});
    expect(statSync(path).mode & 0o777).toBe(0o644);
  });

  test('is never written over another', () => {
    const path = join(folder, 'there.yaml');
    writePlanFile(path, 'first');
    expect(() => writePlanFile(path, 'second', 'there.yaml')).toThrow(
      'the plan cannot be saved as there.yaml: it is there already',
    );
    expect(readPlanFile(path).text).toBe('first');
  });

  test.each([
    [join(folder, 'none.yaml'), 'there is no such file or folder'],
    [folder, 'it is a folder'],
    [join(folder, 'my plan.yaml', 'below'), 'a part of its path is no folder'],
  ])('that cannot be read is a failure that says why', (path, reason) => {
    expect(() => readPlanFile(path, 'p')).toThrow(`the plan file p cannot be read: ${reason}`);
  });
});
