import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {indexBlueprint} from '../../src/report/blueprint-index.ts';
import {componentForm, formsOf} from '../../src/report/component-forms.ts';
import {presetPlan} from '../helpers/presets.ts';
import {describeReal} from '../helpers/real.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

/** The command of the one container in a manifest. */
function command(manifest: string): unknown {
  const pod = parse(manifest) as {readonly spec: {readonly containers: readonly [{readonly command: unknown}]}};
  return pod.spec.containers[0].command;
}

describeReal('static pods as kubeadm 1.20 writes them', (programs) => {
  const index = indexBlueprint(makeBlueprint(presetPlan('kubeadm-single', 'cluster.kubernetesVersion=1.20')));
  const pods = index.of.components.filter((one) => formsOf(index, one).includes('static-pod'));

  /** @returns the folder with the manifests that kubeadm has written */
  function manifests(root: string, ...words: readonly string[]): string {
    const config = componentForm(index, pods[0] ?? expect.fail('no pod'), 'kubeadm');
    writeFileSync(join(root, 'kubeadm.yaml'), config.text);
    mkdirSync(join(root, 'tmp'));
    for (const phase of [
      ['control-plane', 'all'],
      ['etcd', 'local'],
    ]) {
      const all = ['init', 'phase', ...phase, '--rootfs', root, '--config', '/kubeadm.yaml', ...words];
      execFileSync(programs.path('kubeadm'), all, {stdio: 'pipe'});
    }
    return join(root, 'etc/kubernetes/manifests');
  }

  test('have the same arguments, in the same order', () => {
    const folder = manifests(temporaryFolder());
    expect(pods).toHaveLength(4);
    for (const pod of pods) {
      const theirs = readFileSync(join(folder, `${pod.component}.yaml`), 'utf8');
      expect(command(componentForm(index, pod, 'static-pod').text)).toEqual(command(theirs));
    }
  });

  test('are taken as patches: the arguments are ours, and image and volumes are those of kubeadm', () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'patches'));
    for (const pod of pods) {
      const {text} = componentForm(index, pod, 'static-pod');
      const changed = text.replace(/^( +- --.*\n)+/m, '$&    - --v=7\n');
      writeFileSync(join(root, `patches/${pod.component}+strategic.yaml`), changed);
    }
    const folder = manifests(root, '--experimental-patches', '/patches');
    for (const pod of pods) {
      const theirs = readFileSync(join(folder, `${pod.component}.yaml`), 'utf8');
      expect(command(theirs)).toContain('--v=7');
      expect(theirs).toMatch(/image: .*\n/);
      expect(theirs).toContain('hostPath:');
      expect(componentForm(index, pod, 'static-pod').why).toContain('--experimental-patches');
    }
  });
});
