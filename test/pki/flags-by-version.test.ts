import {expect, test} from 'vitest';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import type {ComponentId} from '../../src/pki/blueprint-types.ts';
import {newestMinor, oldestMinor} from '../../src/pki/versions.ts';
import {node, planWith, type PlanChanges} from '../helpers/plans.ts';

/**
 * What changed from version to version, each with where it is told: a pull request of kubernetes/kubernetes (k/k) or
 * etcd-io/etcd, or the real program of 1.20.2. A minor alone means its latest patch.
 */

interface Fact {
  readonly component: ComponentId;
  /** A flag, or a setting of the component's configuration file. */
  readonly name: string;
  readonly value: string;
  /** Versions that have it; every minor that the catalogue knows and that is not named here has not. */
  readonly minors: readonly number[];
  readonly source: string;
  readonly plan?: PlanChanges;
}

const minors = (from: number, until = newestMinor) =>
  Array.from({length: until - from + 1}, (_, index) => from + index);

const dualStack: PlanChanges = {
  network: {
    serviceSubnets: ['10.96.0.0/16', 'fd00:10:96::/112'],
    podSubnets: ['10.244.0.0/16', 'fd00:10:244::/56'],
  },
  nodes: [
    node('cp-1', ['10.0.0.11', 'fd00::11'], 'control-plane'),
    node('worker-1', ['10.0.0.21', 'fd00::21'], 'worker'),
  ],
};
const gate = 'IPv6DualStack=true';
const gateSource = 'k/k #98969: the gate is on by default from 1.21';
const runtime = 'unix:///run/containerd/containerd.sock';

const facts: readonly Fact[] = [
  {
    component: 'kube-apiserver',
    name: '--insecure-port',
    value: '0',
    minors: minors(20, 21),
    source: 'k/k #102121: without effect from 1.20, no longer passed from 1.22, gone in 1.24',
  },
  {
    component: 'kube-controller-manager',
    name: '--port',
    value: '0',
    minors: minors(20, 22),
    source:
      'k/k #92720 sets it against plain HTTP; k/k #96216 makes it a no-op in 1.22, k/k #104157 no longer passes it',
  },
  {
    component: 'kube-scheduler',
    name: '--port',
    value: '0',
    minors: minors(20, 22),
    source: 'k/k #92720; still plain HTTP in 1.22: k/k #96345 and #105034 end it in 1.23',
  },
  {
    component: 'kube-apiserver',
    name: '--feature-gates',
    value: gate,
    minors: [20],
    source: gateSource,
    plan: dualStack,
  },
  {
    component: 'kube-controller-manager',
    name: '--feature-gates',
    value: gate,
    minors: [20],
    source: gateSource,
    plan: dualStack,
  },
  {
    component: 'kubelet',
    name: 'featureGates.IPv6DualStack',
    value: 'true',
    minors: [20],
    source: gateSource,
    plan: dualStack,
  },
  {
    component: 'kubelet',
    name: '--node-ip',
    value: '10.0.0.11,fd00::11',
    minors: minors(20),
    source: 'kubelet 1.20.2 --help: "IP address (or comma-separated dual-stack IP addresses) of the node"',
    plan: dualStack,
  },
  {
    component: 'etcd',
    name: '--experimental-initial-corrupt-check',
    value: 'true',
    minors: minors(22, 33),
    source: 'k/k #109074 in 1.24, #109075 in 1.23.7, #109076 in 1.22.10; until k/k #132838',
  },
  {
    component: 'etcd',
    name: '--experimental-watch-progress-notify-interval',
    value: '5s',
    minors: minors(25, 33),
    source: 'k/k #111383; until k/k #132838',
  },
  {
    component: 'etcd',
    name: '--feature-gates',
    value: 'InitialCorruptCheck=true',
    minors: minors(34),
    source: 'k/k #132838, for etcd 3.6 (etcd-io/etcd #18478)',
  },
  {
    component: 'etcd',
    name: '--watch-progress-notify-interval',
    value: '5s',
    minors: minors(34),
    source: 'k/k #132838, for etcd 3.6 (etcd-io/etcd #19248)',
  },
  {
    component: 'kubelet',
    name: '--container-runtime',
    value: 'remote',
    minors: minors(20, 25),
    source:
      'k/k #112000: "remote" is all there is once dockershim has gone in 1.24; kubelets from 1.27 do not know the flag',
  },
  {
    component: 'kubelet',
    name: '--container-runtime-endpoint',
    value: runtime,
    minors: minors(20, 26),
    source: 'k/k #112136: a setting from 1.27',
  },
  {
    component: 'kubelet',
    name: 'containerRuntimeEndpoint',
    value: runtime,
    minors: minors(27),
    source: 'k/k #112136; an unknown field before, which a kubelet refuses',
  },
  {
    component: 'kubelet',
    name: 'cgroupDriver',
    value: 'systemd',
    minors: minors(21),
    source: 'k/k #99471: kubeadm init sets it where nothing else is said',
  },
];

test.each(facts)('$component has $name in the versions that want it: $source', (fact) => {
  const had = minors(oldestMinor).flatMap((minor) => {
    const value = valueIn(`1.${minor}`, fact);
    return value === undefined ? [] : [{minor, value}];
  });
  expect(had).toEqual(fact.minors.map((minor) => ({minor, value: fact.value})));
});

test('patches of 1.22 and 1.23 from before the cherry-pick start etcd without the check', () => {
  const fact = {component: 'etcd', name: '--experimental-initial-corrupt-check'} as const;
  const patches = ['1.21.14', '1.22.9', '1.22.10', '1.22.17', '1.23.6', '1.23.7', '1.24.0'];
  expect(patches.map((version) => [version, valueIn(version, fact)])).toEqual([
    ['1.21.14', undefined],
    ['1.22.9', undefined],
    ['1.22.10', 'true'],
    ['1.22.17', 'true'],
    ['1.23.6', undefined],
    ['1.23.7', 'true'],
    ['1.24.0', 'true'],
  ]);
});

test('nothing else depends on the version', () => {
  const every = minors(oldestMinor).map((minor) => new Map(everyFlag(`1.${minor}`, dualStack)));
  const names = new Set(every.flatMap((flags) => [...flags.keys()]));
  const changing = [...names].filter((name) => new Set(every.map((flags) => flags.get(name))).size > 1);
  expect(changing.toSorted()).toEqual(
    [...new Set(facts.filter(({minors: had}) => had.length < every.length).map(keyOf))].toSorted(),
  );
});

function valueIn(version: string, {component, name, plan = {}}: Pick<Fact, 'component' | 'name' | 'plan'>) {
  return new Map(everyFlag(version, plan)).get(keyOf({component, name}));
}

/** Of the first node. */
function everyFlag(kubernetesVersion: string, changes: PlanChanges): (readonly [string, string])[] {
  const {components} = makeBlueprint(planWith({...changes, cluster: {kubernetesVersion}}));
  return components
    .filter((planned) => planned.node === 'cp-1')
    .flatMap(({component, flags, settings}) =>
      [...flags, ...settings].map(({name, value}) => [keyOf({component, name}), value] as const),
    );
}

function keyOf({component, name}: Pick<Fact, 'component' | 'name'>): string {
  return `${component} ${name}`;
}
