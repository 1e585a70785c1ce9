import {describe, expect, test} from 'vitest';
import {z} from 'zod';
import {planReference} from '../../src/config/plan-reference.ts';
import {planSchema, planSchemaText} from '../../src/config/plan-schema.ts';
import {steps} from '../../src/wizard/steps.ts';

// `vitest run test/config/plan-docs.test.ts -u` writes both files anew.
test('the schema in docs is the one that the steps make', async () => {
  await expect(planSchemaText()).toMatchFileSnapshot('../../docs/plan.schema.json');
});

test('the reference page in docs is the one that the steps make', async () => {
  await expect(planReference()).toMatchFileSnapshot('../../docs/plan.md');
});

describe('the schema', () => {
  const schema = z.fromJSONSchema(planSchema());

  test('takes a plan with every key', () => {
    expect(
      schema.safeParse({
        planVersion: 1,
        cluster: {name: 'demo', kubernetesVersion: '1.36.1', controlPlaneEndpoint: 'api.demo.test:6443'},
        layout: 'kubeadm',
        trust: {
          topology: 'three-cas',
          authorities: {'kubernetes-ca': {certificate: 'ca.crt', key: 'ca.key', passphrase: {env: 'P'}}},
          assign: {'kubelet-serving': 'kubelet-serving-ca'},
        },
        network: {serviceSubnets: ['10.96.0.0/12'], podSubnets: [], dnsDomain: 'cluster.local'},
        keys: {algorithm: 'ECDSA-P256'},
        validity: {authorities: '10y', leaves: '365d'},
        etcd: 'external',
        nodes: [{name: 'cp-1', addresses: ['10.0.0.11'], roles: ['control-plane'], sans: []}],
        sans: {apiserver: ['lb.demo.test']},
        kubelets: {client: 'issued', serving: 'signed'},
        users: [{name: 'viewer', groups: ['read-only']}, {name: 'other'}],
        bootstrap: {token: {ttl: 0, description: '', groups: ['system:bootstrappers:x'], usages: ['signing']}},
      }),
    ).toMatchObject({success: true});
  });

  test.each([
    [{}],
    [{planVersion: 2}],
    [{planVersion: 1, clusterr: {}}],
    [{planVersion: 1, cluster: {nmae: 'x'}}],
    [{planVersion: 1, cluster: {kubernetesVersion: 'latest'}}],
    [{planVersion: 1, layout: 'podman'}],
    [{planVersion: 1, nodes: [{name: 'x'}]}],
    [{planVersion: 1, nodes: [{name: 'x', addresses: [], roles: ['boss']}]}],
    [{planVersion: 1, nodes: [{name: 'x', addresses: [], roles: [], role: 'x'}]}],
    [{planVersion: 1, validity: {leaves: 'long'}}],
    [{planVersion: 1, validity: {leaves: 8760}}],
    [{planVersion: 1, trust: {authorities: {x: {certificate: 'a', passphrase: 'hunter2'}}}}],
    [{planVersion: 1, trust: {authorities: {x: {certificate: 'a', passphrase: {file: 'a', env: 'B'}}}}}],
    [{planVersion: 1, bootstrap: {token: {groups: ['system:masters']}}}],
  ])('refuses %j', (plan) => {
    expect(schema.safeParse(plan).success).toBe(false);
  });

  test('explains every key with the words that the wizard asks with', () => {
    const text = planSchemaText();
    for (const step of steps) {
      expect(text, step.id).toContain(JSON.stringify(step.help));
    }
  });
});
