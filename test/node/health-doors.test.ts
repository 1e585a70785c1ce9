import {expect, test} from 'vitest';
import {componentsOn} from '../../src/node/components.ts';
import type {FoundComponent} from '../../src/node/found-component.ts';
import {healthDoorOf} from '../../src/node/health-doors.ts';
import {openRoot} from '../../src/node/root.ts';
import {fixtureNode} from '../helpers/node-fixture.ts';

test('a node of kubeadm says that it is well where the kubelet’s probes ask', () => {
  const components = componentsOn(openRoot(fixtureNode().root), false);
  const doors = (['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet'] as const).map(
    (component) => {
      const door = healthDoorOf(component, components);
      return door && `${door.scheme}://${door.host}:${door.port}${door.path} ${door.asks}`;
    },
  );
  expect(doors).toEqual([
    'http://127.0.0.1:2381/health anybody',
    'https://127.0.0.1:6443/readyz administrator',
    'https://127.0.0.1:10257/healthz anybody',
    'https://127.0.0.1:10259/healthz anybody',
    'http://127.0.0.1:10248/healthz anybody',
  ]);
});

test.each([
  ['etcd', {'--listen-client-urls': 'https://10.0.0.11:2379'}, {}, 'https://10.0.0.11:2379/health etcd-client'],
  ['etcd', {'--listen-client-urls': 'http://[::1]:2379'}, {}, 'http://::1:2379/health anybody'],
  [
    'kube-apiserver',
    {'--secure-port': '8443', '--bind-address': '::'},
    {},
    'https://127.0.0.1:8443/readyz administrator',
  ],
  ['kubelet', {}, {healthzPort: '10300', healthzBindAddress: '0.0.0.0'}, 'http://127.0.0.1:10300/healthz anybody'],
  ['kubelet', {}, {healthzPort: '0'}, undefined],
  ['kube-proxy', {}, {}, 'http://127.0.0.1:10256/healthz anybody'],
  ['etcd', {'--listen-client-urls': 'https://etcd.demo.test'}, {}, 'https://etcd.demo.test:443/health etcd-client'],
  ['kube-proxy', {'--healthz-bind-address': '::1'}, {}, 'http://::1:10256/healthz anybody'],
  ['kube-proxy', {'--healthz-bind-address': '[::1]:9999'}, {}, 'http://::1:9999/healthz anybody'],
  ['kube-proxy', {'--healthz-bind-address': '10.0.0.11:9999'}, {}, 'http://10.0.0.11:9999/healthz anybody'],
] as const)('%s with %j and %j says it at %s', (component, flags, settings, expected) => {
  const found: FoundComponent = {
    component,
    from: {kind: 'process', pid: 1},
    flags: new Map(Object.entries(flags).map(([flag, value]) => [flag, [value]])),
    settings: new Map(Object.entries(settings)),
    onNode: (path) => path,
  };
  const door = healthDoorOf(component, [found]);
  expect(door && `${door.scheme}://${door.host}:${door.port}${door.path} ${door.asks}`).toBe(expected);
});
