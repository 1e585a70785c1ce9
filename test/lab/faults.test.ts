import {describe, expect, test} from 'vitest';
import {widthOf} from '../../src/base/cells.ts';
import {languages} from '../../src/base/language.ts';
import {faultIds, type FaultId} from '../../src/lessons/faults.ts';
import {lessonsIn} from '../../src/lessons/languages.ts';
import {faultCalled, faults} from '../../src/lab/faults.ts';
import {componentWords} from '../../src/lab/component-words.ts';
import {plansFor} from '../../src/lab/places.ts';
import {canHappen, predictConnections, predictTokens} from '../../src/lab/predict.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import type {Blueprint} from '../../src/pki/blueprint-types.ts';
import {presetNames, presetPlan} from '../helpers/presets.ts';

function blueprintOf(preset: string): Blueprint {
  return makeBlueprint(plansFor(undefined, presetPlan(preset)).whole);
}

/** `caller: apiserver-to-etcd etcdctl-to-etcd; nobody: …`, the one asked about first. */
function told(id: FaultId, preset: string): string {
  const fault = faultCalled(id);
  const blueprint = blueprintOf(preset);
  const all = [...predictConnections(fault, blueprint), ...predictTokens(fault, blueprint)];
  return [...Map.groupBy(all, ({outcome}) => outcome)]
    .map(([outcome, these]) => `${outcome}: ${[...new Set(these.map(({connection}) => connection.id))].join(' ')}`)
    .join('; ');
}

const toApiserver =
  'admin-to-apiserver super-admin-to-apiserver controller-manager-to-apiserver scheduler-to-apiserver kubelet-to-apiserver kube-proxy-pod-to-apiserver pod-to-apiserver';

describe('the faults', () => {
  test('are one of each name, in the order of the names', () => {
    expect(faults.map(({id}) => id)).toEqual(faultIds);
  });

  test.each(languages)('are each explained in %s, with a title that fits beside the name in 80 columns', (language) => {
    for (const [id, lesson] of Object.entries(lessonsIn(language).faults)) {
      for (const text of Object.values(lesson)) expect(text, id).toMatch(/\S.{5}/);
      expect(lesson.title, id).not.toMatch(/[.。]$/);
      expect(widthOf(lesson.title), id).toBeLessThanOrEqual(55);
    }
  });

  test('can each happen to a cluster of some preset, and where they cannot there is a reason', () => {
    const cannot = presetNames.flatMap((preset) =>
      faults
        .filter((fault) => !canHappen(fault, makeBlueprint(plansFor(fault, presetPlan(preset)).broken)))
        .map(({id}) => `${preset}: ${id}`),
    );
    expect(cannot).toEqual([
      'kubeadm-single: intermediate-missing',
      'kubeadm-ha: intermediate-missing',
      'external-etcd: intermediate-missing',
      'one-ca: intermediate-missing',
      'one-ca: front-proxy-any-name',
      'the-hard-way: intermediate-missing',
      'the-hard-way: front-proxy-any-name',
      'minikube: intermediate-missing',
    ]);
  });
});

describe('the catalogue predicts', () => {
  test.each<[FaultId, string]>([
    ['etcd-server-expired', 'caller: apiserver-to-etcd etcdctl-to-etcd; provider: etcd-gateway-to-itself'],
    ['etcd-client-expired', 'provider: apiserver-to-etcd'],
    ['admin-expired', 'provider: admin-to-apiserver'],
    ['apiserver-not-yet-valid', `caller: ${toApiserver}`],
    ['scheduler-not-yet-valid', 'provider: scheduler-to-apiserver'],
    ['old-kubeconfig', 'caller: admin-to-apiserver'],
    [
      'old-client-ca',
      'provider: scheduler-to-apiserver admin-to-apiserver super-admin-to-apiserver controller-manager-to-apiserver kubelet-to-apiserver; caller: kube-proxy-pod-to-apiserver pod-to-apiserver apiserver-to-kubelet',
    ],
    // kubeadm's file for it is etcd's own as well.
    ['unknown-etcd-ca', 'caller: apiserver-to-etcd etcd-to-etcd etcdctl-to-etcd; provider: etcd-gateway-to-itself'],
    ['unknown-client', 'provider: apiserver-to-etcd'],
    ['etcd-without-name', 'caller: apiserver-to-etcd etcdctl-to-etcd; nobody: etcd-gateway-to-itself'],
    ['apiserver-without-name', `caller: ${toApiserver.replace(' pod-to-apiserver', '')}; nobody: pod-to-apiserver`],
    ['apiserver-without-san', `caller: pod-to-apiserver ${toApiserver.replace(' pod-to-apiserver', '')}`],
    ['server-for-clients-only', `caller: ${toApiserver}`],
    ['client-for-servers-only', 'provider: apiserver-to-etcd'],
    ['user-for-servers-only', 'provider: admin-to-apiserver'],
    ['etcd-for-servers-only', 'provider: etcd-gateway-to-itself; nobody: apiserver-to-etcd etcdctl-to-etcd'],
    ['etcd-swapped-key', 'does-not-start: apiserver-to-etcd etcdctl-to-etcd etcd-gateway-to-itself'],
    ['apiserver-swapped-key', `does-not-start: ${toApiserver}`],
    ['client-swapped-key', 'does-not-start: apiserver-to-etcd'],
    ['another-sa-pub', 'provider: pod-to-apiserver kube-proxy-pod-to-apiserver'],
  ])('%s with one node of kubeadm: %s', (id, expected) => {
    expect(told(id, 'kubeadm-single')).toBe(expected);
  });

  test('that without its intermediate a server is refused by who holds the root alone, and by nobody else', () => {
    expect(told('intermediate-missing', 'offline-root')).toMatch(/^caller: admin-to-apiserver; nobody: super-admin/);
  });

  test('that of several API servers only the one with another sa.pub refuses', () => {
    const fault = faultCalled('another-sa-pub');
    const refusing = predictTokens(fault, blueprintOf('kubeadm-ha')).filter(({outcome}) => outcome === 'provider');
    expect(new Set(refusing.map(({connection}) => connection.provider.node))).toEqual(new Set(['cp-1']));
  });

  test('a refusal with the words of a real component for every connection that fails, and none for one that works', () => {
    for (const preset of presetNames) {
      const blueprint = blueprintOf(preset);
      for (const fault of faults) {
        for (const prediction of [...predictConnections(fault, blueprint), ...predictTokens(fault, blueprint)]) {
          const words = componentWords(prediction);
          const place = `${preset} ${fault.id} ${prediction.connection.id}`;
          expect(words.length > 0, place).toBe(prediction.outcome !== 'nobody');
          const ends = [prediction.connection.caller.component, prediction.connection.provider.component];
          for (const {component} of words) expect(ends, place).toContain(component);
        }
      }
    }
  });
});
