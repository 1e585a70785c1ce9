import {expect, test} from 'vitest';
import type {FoundComponent} from '../../src/node/found-component.ts';
import {logCommand, unitOf} from '../../src/node/started-by.ts';

const etcd = (...from: readonly FoundComponent['from'][]): readonly FoundComponent[] =>
  from.map((each) => ({
    component: 'etcd',
    from: each,
    flags: new Map(),
    settings: new Map(),
    onNode: (path) => path,
  }));

test.each([
  [
    etcd({kind: 'static-pod', path: '/etc/kubernetes/manifests/etcd.yaml'}),
    'crictl logs $(crictl ps -aq --name etcd | head -1)',
  ],
  [
    etcd({kind: 'process', pid: 7}, {kind: 'unit', path: '/etc/systemd/system/etcd-member.service'}),
    'journalctl -u etcd-member -n 50',
  ],
  [etcd({kind: 'process', pid: 7}), 'journalctl -u etcd -n 50'],
] as const)('the words of etcd are where what starts it puts them', (components, command) => {
  expect(logCommand('etcd', components)).toBe(command);
});

test('a unit is told without its ending', () => {
  expect(unitOf('etcd', etcd({kind: 'unit', path: '/etc/systemd/system/etcd-member.service'}))).toBe('etcd-member');
});
