import {spawnSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {isCollection, parse, parseAllDocuments, parseDocument} from 'yaml';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import type {PlannedComponent} from '../../src/pki/blueprint-types.ts';
import {indexBlueprint} from '../../src/report/blueprint-index.ts';
import {componentForm, formsOf, type FormId} from '../../src/report/component-forms.ts';
import {systemdWord} from '../../src/report/systemd-unit.ts';
import {kubeadmFile} from '../helpers/kubeadm-fixture.ts';
import {externalEtcdNodes, node, planWith, type PlanChanges} from '../helpers/plans.ts';
import {presetNames, presetPlan} from '../helpers/presets.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

/** On most machines, and where it is not, its test is reported as skipped. */
const systemdAnalyze: string = 'systemd-analyze';

function indexOf(changes: PlanChanges = {}) {
  return indexBlueprint(makeBlueprint(planWith(changes)));
}

type Index = ReturnType<typeof indexOf>;

function component(index: Index, id: string): PlannedComponent {
  const found = index.components.get(id);
  if (found === undefined) throw new Error(`no component ${id}`);
  return found;
}

function textOf(index: Index, id: string, form: FormId): string {
  return componentForm(index, component(index, id), form).text;
}

/** The plan that the fixture's `kubeadm-config.yaml` is about. */
const fixture = indexOf({
  cluster: {name: 'demo', kubernetesVersion: '1.36.2', controlPlaneEndpoint: 'api.demo.test:6443'},
  nodes: [node('cp-1', '10.0.0.11', 'control-plane')],
});

describe('which forms there are', () => {
  test('with kubeadm the control plane runs as static pods, and the kubelet from its configuration', () => {
    expect(formsOf(fixture, component(fixture, 'cp-1/etcd'))).toEqual(['static-pod', 'kubeadm', 'flags']);
    expect(formsOf(fixture, component(fixture, 'cp-1/kubelet'))).toEqual(['configuration', 'kubeadm', 'flags', 'unit']);
  });

  test('by hand everything is a unit, and nothing a pod', () => {
    const index = indexBlueprint(makeBlueprint(presetPlan('the-hard-way')));
    const forms = new Set(index.of.components.flatMap((one) => formsOf(index, one)));
    expect([...forms].toSorted()).toEqual(['configuration', 'flags', 'unit']);
    expect(index.of.components.every((one) => formsOf(index, one)[0] === 'unit')).toBe(true);
  });

  test('an etcd node without a kubelet has nobody to run pods, and kubeadm does not make its etcd', () => {
    const index = indexOf({etcd: 'external', nodes: externalEtcdNodes});
    expect(formsOf(index, component(index, 'etcd-1/etcd'))).toEqual(['unit', 'flags']);
    expect(formsOf(index, component(index, 'cp-2/kube-scheduler'))).toEqual(['static-pod', 'kubeadm', 'flags']);
  });

  test.each(presetNames)('every form of every component of %s can be written, and holds no placeholder', (name) => {
    const index = indexBlueprint(makeBlueprint(presetPlan(name)));
    for (const one of index.of.components) {
      for (const id of formsOf(index, one)) {
        const form = componentForm(index, one, id);
        expect(form.text.endsWith('\n')).toBe(true);
        expect(form.text).not.toMatch(/undefined|\[object/);
        if (form.lies === 'bundle') {
          expect(index.of.files.flatMap(({path, target}) => [path, target])).toContain(form.path);
        }
      }
    }
  });
});

describe('as kubeadm 1.36.2 wrote them', () => {
  test.each(['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'])(
    'the static pod of %s has the same arguments',
    (id) => {
      const theirs: unknown = parse(kubeadmFile(`/etc/kubernetes/manifests/${id}.yaml`));
      const ours = parseDocument(textOf(fixture, `cp-1/${id}`, 'static-pod'));
      const command: unknown = ours.getIn(['spec', 'containers', 0, 'command']);
      expect(theirs).toMatchObject({
        metadata: {name: id, namespace: 'kube-system'},
        spec: {containers: [{name: id, command: isCollection(command) ? command.toJSON() : command}]},
      });
    },
  );

  test('each setting of the KubeletConfiguration has the value that it has there', () => {
    const ours: unknown = parse(textOf(fixture, 'cp-1/kubelet', 'configuration'));
    const theirs: unknown = parse(kubeadmFile('/var/lib/kubelet/config.yaml'));
    expect(ours).toHaveProperty('staticPodPath');
    expect(theirs).toMatchObject(ours as object);
  });

  test('the kubeadm config is the file of the bundle', () => {
    const kinds = parseAllDocuments(textOf(fixture, 'cp-1/kube-apiserver', 'kubeadm')).map((one) => one.get('kind'));
    expect(kinds).toEqual(['InitConfiguration', 'ClusterConfiguration', 'KubeletConfiguration']);
  });
});

describe('systemd units', () => {
  const byHand = indexBlueprint(makeBlueprint(presetPlan('the-hard-way')));

  test('hold each flag on a line of its own', () => {
    const apiserver = byHand.of.components.find((one) => one.component === 'kube-apiserver');
    expect(apiserver).toBeDefined();
    if (apiserver === undefined) return;
    const {text, path} = componentForm(byHand, apiserver, 'unit');
    expect(path).toBe('/etc/systemd/system/kube-apiserver.service');
    expect(text).toContain('ExecStart=/usr/local/bin/kube-apiserver \\\n  --advertise-address=');
    for (const {name, value} of apiserver.flags) expect(text).toContain(`\n  ${name}=${value}`);
  });

  test('words are written so that systemd reads them back as they are', () => {
    expect(systemdWord('--controllers=*,bootstrapsigner')).toBe('--controllers=*,bootstrapsigner');
    expect(systemdWord('--a=50%')).toBe('--a=50%%');
    expect(systemdWord('--a=$HOME')).toBe('--a=$$HOME');
    expect(systemdWord('--a=x y')).toBe('"--a=x y"');
    expect(systemdWord(String.raw`--a=\"`)).toBe(String.raw`"--a=\\\""`);
  });

  test.skipIf(spawnSync(systemdAnalyze, ['--version']).status !== 0)('systemd-analyze has nothing to say', () => {
    const folder = temporaryFolder();
    const program = join(folder, 'program');
    writeFileSync(program, '#!/bin/sh\n', {mode: 0o755});
    const units = join(folder, 'units');
    mkdirSync(units);
    // What ours wait for, as a machine with a network and a container runtime has it.
    writeFileSync(join(units, 'containerd.service'), `[Service]\nExecStart=${program}\n`);
    const paths = new Set<string>();
    for (const one of byHand.of.components) {
      const path = join(units, `${one.component}.service`);
      paths.add(path);
      writeFileSync(path, componentForm(byHand, one, 'unit').text.replaceAll('/usr/local/bin/', `${program} `));
    }
    expect(paths.size).toBe(6);
    const {status, stdout, stderr} = spawnSync(systemdAnalyze, ['verify', '--man=no', ...paths], {
      encoding: 'utf8',
      env: {...process.env, SYSTEMD_UNIT_PATH: `${units}:`},
    });
    // What it says of this machine's own units is not about ours.
    const lines = `${stdout}${stderr}`.split('\n').filter((line) => line.includes(folder));
    expect({status, lines}).toEqual({status: 0, lines: []});
  });
});
