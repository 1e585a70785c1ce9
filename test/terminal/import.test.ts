import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {builtProgram} from '../helpers/built.ts';
import {keys, Terminal} from '../helpers/terminal.ts';

const program = await builtProgram();
const pageDown = '\u001B[6~';

const kubeadm = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
bootstrapTokens: [{token: abcdef.0123456789abcdef}]
localAPIEndpoint: {advertiseAddress: 10.0.0.11}
nodeRegistration: {name: cp-1}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
clusterName: demo
kubernetesVersion: v1.36.2
controlPlaneEndpoint: api.demo.test:6443
`;
const machines = '127.0.0.1 localhost\n10.0.0.21 worker-1\nfd00::21 worker-1\n';

test('a kubeadm configuration and a hosts file become the plan of a cluster, each seen before it is taken', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'certwright-import-'));
  onTestFinished(() => rm(folder, {recursive: true}));
  await writeFile(join(folder, 'kubeadm.yaml'), kubeadm);
  await writeFile(join(folder, 'machines'), machines);
  const terminal = new Terminal(process.execPath, [program.main, 'setup', '--from-kubeadm', 'kubeadm.yaml'], {
    cwd: folder,
  });
  await terminal.shows('1 thing in kubeadm.yaml is not in the plan');
  expect(terminal.text).toMatch(/line 3 +The token itself is not taken/);
  terminal.press(keys.enter);
  await terminal.shows('▌ Cluster name');
  terminal.press(pageDown);
  await terminal.shows('❯ cp-1');
  terminal.press('i');
  await terminal.shows('File  /etc/hosts');
  terminal.press('\u0015', ...'machines');
  await terminal.shows('File  machines');
  terminal.press(keys.enter);
  await terminal.shows('1 new, 0 changed, 0 as they are');
  expect(terminal.text).toContain('+ worker-1 10.0.0.21,fd00::21 worker');
  terminal.press(keys.enter);
  await terminal.shows('1 added, 0 changed. u takes the import back.');
  terminal.press('u');
  await terminal.shows('Taken back: the import.');
  expect(terminal.text).not.toContain('worker-1');
  terminal.press('q');
  expect(await terminal.ended).toEqual({exitCode: 0, signal: 0});
  expect(terminal.bytes).not.toContain('0123456789abcdef');
});
