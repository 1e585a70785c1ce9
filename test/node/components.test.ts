import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {readCommandLine, splitUnitCommand} from '../../src/node/command-line.ts';
import {componentsOn} from '../../src/node/components.ts';
import {doorsOf} from '../../src/node/doors.ts';
import {openRoot} from '../../src/node/root.ts';
import {fixtureNode} from '../helpers/node-fixture.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

function nodeWith(files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  }
  return componentsOn(openRoot(folder), false);
}

describe('a command line', () => {
  test('is read as Go reads it: with and without =, one dash or two, several times, alone', () => {
    const {program, flags} = readCommandLine([
      '/usr/local/bin/etcd',
      '--name=a',
      '-data-dir',
      '/var/lib/etcd',
      '--client-cert-auth',
      '--service-account-key-file=/a',
      '--service-account-key-file',
      '/b',
      '--v',
      '-1',
      '--empty=',
    ]);
    expect(program).toBe('etcd');
    expect(Object.fromEntries(flags)).toEqual({
      '--name': ['a'],
      '--data-dir': ['/var/lib/etcd'],
      '--client-cert-auth': ['true'],
      '--service-account-key-file': ['/a', '/b'],
      '--v': ['-1'],
      '--empty': [''],
    });
  });

  test('of a unit is cut as systemd cuts it', () => {
    const environment = new Map([
      ['ARGS', '--a=1 --b="two words"'],
      ['ONE', 'x y'],
    ]);
    expect(splitUnitCommand(`-/usr/bin/kubelet $ARGS --c=\${ONE} "--d=e f" '--g=$h' $NONE`, environment)).toEqual([
      '/usr/bin/kubelet',
      '--a=1',
      '--b=two words',
      '--c=x y',
      '--d=e f',
      '--g=$h',
    ]);
  });
});

describe('components', () => {
  test('of a kubeadm node are its static pods and the kubelet that its configuration speaks of', () => {
    const found = componentsOn(openRoot(fixtureNode().root), false);
    expect(found.map(({component, from}) => [component, from.kind])).toEqual([
      ['etcd', 'static-pod'],
      ['kube-apiserver', 'static-pod'],
      ['kube-controller-manager', 'static-pod'],
      ['kube-scheduler', 'static-pod'],
      ['kubelet', 'configuration'],
    ]);
    expect(found.at(-1)?.settings.get('authentication.x509.clientCAFile')).toBe('/etc/kubernetes/pki/ca.crt');
  });

  test('of systemd have the flags that drop-ins and environment files leave', () => {
    const [kubelet, ...others] = nodeWith({
      '/usr/lib/systemd/system/kubelet.service': '[Unit]\nDescription=x\n[Service]\nExecStart=/usr/bin/kubelet\n',
      '/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf': [
        '[Service]',
        'Environment="KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/b.conf --kubeconfig=/k.conf"',
        'Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/other.yaml"',
        'EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env',
        'EnvironmentFile=-/etc/default/kubelet',
        'ExecStart=',
        'ExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS \\',
        '  $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS',
      ].join('\n'),
      '/var/lib/kubelet/kubeadm-flags.env': 'KUBELET_KUBEADM_ARGS="--hostname-override=cp-1 --v=2"\n',
      '/var/lib/kubelet/other.yaml':
        'kind: KubeletConfiguration\nstaticPodPath: /pods\nauthentication: {x509: {clientCAFile: /ca.crt}}\n',
      '/pods/etcd.yaml': 'kind: Pod\nspec:\n  containers:\n  - command: [etcd, --cert-file=/s.crt]\n',
      '/pods/.etcd.yaml.staged': 'kind: Pod\nspec:\n  containers:\n  - command: [etcd, --cert-file=/other.crt]\n',
    });
    expect(kubelet).toMatchObject({component: 'etcd', from: {kind: 'static-pod', path: '/pods/etcd.yaml'}});
    expect(others).toHaveLength(1);
    const [unit] = others;
    expect(unit).toMatchObject({component: 'kubelet', from: {path: '/usr/lib/systemd/system/kubelet.service'}});
    expect(Object.fromEntries(unit?.flags ?? [])).toEqual({
      '--bootstrap-kubeconfig': ['/b.conf'],
      '--kubeconfig': ['/k.conf'],
      '--config': ['/var/lib/kubelet/other.yaml'],
      '--hostname-override': ['cp-1'],
      '--v': ['2'],
    });
    expect(unit?.settings.get('authentication.x509.clientCAFile')).toBe('/ca.crt');
  });

  test('of a kubelet have the settings that its folder of configurations changes, the last by name', () => {
    const [kubelet] = nodeWith({
      '/etc/systemd/system/kubelet.service':
        '[Service]\nExecStart=/usr/bin/kubelet --config=/k.yaml --config-dir=/etc/kubelet.d\n',
      '/k.yaml': 'kind: KubeletConfiguration\ntlsCertFile: /a.crt\nport: 10250\n',
      '/etc/kubelet.d/10-a.conf': 'kind: KubeletConfiguration\ntlsCertFile: /b.crt\n',
      '/etc/kubelet.d/20-b.conf': 'kind: KubeletConfiguration\ntlsCertFile: /c.crt\n',
      '/etc/kubelet.d/30-c.yaml': 'kind: KubeletConfiguration\ntlsCertFile: /d.crt\n',
    });
    expect(Object.fromEntries(kubelet?.settings ?? [])).toMatchObject({tlsCertFile: '/c.crt', port: '10250'});
  });

  test('of containers name files by their own paths, which mounts lead to the node’s', () => {
    const [found] = nodeWith({
      '/etc/kubernetes/manifests/kube-apiserver.yaml': `
kind: Pod
spec:
  containers:
  - command: [kube-apiserver]
    args: [--tls-cert-file=/certs/apiserver.crt]
    volumeMounts:
    - {name: certs, mountPath: /certs/}
    - {name: deeper, mountPath: /certs/etcd}
  volumes:
  - {name: certs, hostPath: {path: /var/lib/minikube/certs}}
  - {name: deeper, hostPath: {path: /data/etcd-certs}}
`,
    });
    expect(found?.onNode('/certs/apiserver.crt')).toBe('/var/lib/minikube/certs/apiserver.crt');
    expect(found?.onNode('/certs/etcd/ca.crt')).toBe('/data/etcd-certs/ca.crt');
    expect(found?.onNode('/usr/share/ca.crt')).toBe('/usr/share/ca.crt');
  });

  test('are not what cannot be read: broken manifests, other programs, units that do not exist', () => {
    expect(
      nodeWith({
        '/etc/kubernetes/manifests/broken.yaml': 'kind: [Pod',
        '/etc/kubernetes/manifests/other.yaml': 'kind: Pod\nspec: {containers: [{command: [nginx]}]}\n',
        '/etc/kubernetes/manifests/odd.yaml': '- 1\n- 2\n',
        '/etc/systemd/system/web.service': '[Service]\nExecStart=/usr/bin/web --config=/x\n',
      }),
    ).toEqual([]);
  });
});

test('doors are where the flags say, each once, and plain HTTP is none', () => {
  const doors = doorsOf(componentsOn(openRoot(fixtureNode().root), false));
  expect(doors.map(({component, host, port}) => `${component} ${host}:${port}`)).toEqual([
    'etcd 127.0.0.1:2379',
    'etcd 10.0.0.11:2380',
    'kube-apiserver 127.0.0.1:6443',
    'kube-controller-manager 127.0.0.1:10257',
    'kube-scheduler 127.0.0.1:10259',
    'kubelet 127.0.0.1:10250',
  ]);
});
