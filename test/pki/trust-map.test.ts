import {describe, expect, test} from 'vitest';
import {outlineOf} from '../../src/pki/outline.ts';
import type {ClusterPlan, TopologyId} from '../../src/pki/plan.ts';
import {trustMapOf, type TrustMap} from '../../src/pki/trust-map.ts';
import {externalEtcdNodes, haNodes, planWith} from '../helpers/plans.ts';

const mapOf = (topology: TopologyId, changes: Partial<ClusterPlan> = {}): TrustMap =>
  trustMapOf(outlineOf(planWith({nodes: haNodes, ...changes, trust: {...changes.trust, topology}})));

const held = ({verifiers}: TrustMap, id: string): readonly string[] | undefined =>
  verifiers.find((verifier) => verifier.id === id)?.authorities;

describe('the map of trust', () => {
  test('counts what an authority signs in the whole plan, not only for the examples', () => {
    const [authority] = mapOf('single-ca').authorities;
    expect(authority?.signs).toContainEqual({id: 'apiserver', count: 3});
    expect(authority?.signs).toContainEqual({id: 'super-admin', count: 1});
  });

  test('with one authority every door is too wide that clients have no business at', () => {
    const wide = mapOf('single-ca').verifiers.filter(({isTooWide}) => isTooWide);
    expect(wide.map(({id}) => id)).toEqual([
      'etcd-clients',
      'etcd-peers',
      'apiserver-front-proxies',
      'controller-manager-front-proxies',
    ]);
    expect(mapOf('three-cas').verifiers.some(({isTooWide}) => isTooWide)).toBe(false);
  });

  test('a certificate that trust.assign gives to another authority widens exactly the doors it is verified at', () => {
    const trust = {...planWith().trust, assign: {'front-proxy-client': 'kubernetes-ca'}};
    const wide = mapOf('three-cas', {trust}).verifiers.filter(({isTooWide}) => isTooWide);
    expect(wide.map(({id}) => id)).toEqual(['apiserver-front-proxies', 'controller-manager-front-proxies']);
  });

  test('under an offline root, files that verify clients hold the intermediate alone', () => {
    const map = mapOf('intermediates');
    expect(held(map, 'etcd-clients')).toEqual(['etcd-ca']);
    expect(held(map, 'etcd-servers')).toEqual(['etcd-ca', 'root-ca']);
    expect(held(map, 'kubeconfig-apiserver')).toEqual(['kubernetes-ca', 'root-ca']);
    expect(map.authorities.find(({id}) => id === 'root-ca')).toMatchObject({hasKeyOnNode: false, signs: []});
  });

  test('every file it names is a file of the blueprint with just these authorities in it', () => {
    for (const layout of ['kubeadm', 'the-hard-way', 'minikube'] as const) {
      const {blueprint, ...outline} = outlineOf(planWith({layout, etcd: 'external', nodes: externalEtcdNodes}));
      const named = trustMapOf({blueprint, ...outline}).verifiers.filter(({file}) => file !== undefined);
      expect(named.length).toBeGreaterThan(7);
      for (const {file, authorities} of named) {
        const contents = blueprint.files.filter(({target}) => target === file).map(({content}) => content);
        expect(contents).toContainEqual({kind: 'authorities', authorities});
      }
    }
  });

  test('an authority whose key stays elsewhere says so, and signs nothing later', () => {
    const trust = {...planWith().trust, authorities: {'kubernetes-ca': {certificate: 'ca.crt'}}};
    const [authority] = mapOf('three-cas', {trust}).authorities;
    expect(authority).toMatchObject({origin: 'elsewhere', hasKeyOnNode: false, signsLater: false});
  });
});
