import {describe, expect, test} from 'vitest';
import {problem} from '../../src/base/problem.ts';
import {examined} from '../helpers/examined.ts';
import {askerNames, enter} from '../helpers/line-person.ts';
import {folded, highlyAvailable, singlePlan, walk} from '../helpers/line-walk.ts';

const ha = {start: {preset: 'kubeadm-ha'}} as const;

describe.each(askerNames)('what an answer means, with %s', (name) => {
  test('the topology is told with the doors that each authority opens, and with what it costs', async () => {
    const {shown} = await walk({Authorities: 'single-ca'}, {name, ...ha});
    const words = folded(shown);
    expect(words).toContain('Who signs what, and which doors that opens');
    expect(words).toMatch(/kubernetes-ca:? opens the API server, the controller manager, kubelets/);
    expect(words).toMatch(/opens too etcd, etcd's members, the front-proxy door/);
    expect(words).toMatch(/This costs: one authority signs etcd's clients and the cluster's/);
  });

  test('options are compared as often as one likes, and then chosen', async () => {
    const {asked, shown, issued} = await walk(
      {Authorities: ['?compare', '?compare', 'intermediates']},
      {name, ...ha, columns: 100},
    );
    expect(asked.filter((ask) => ask === 'Authorities').length).toBe(3);
    expect(folded(shown)).toContain("A kubelet's or person's certificate at etcd");
    expect(folded(shown)).toContain('is let in');
    expect(issued[0]?.plan.trust.topology).toBe('intermediates');
  });

  test('the cost of keys is measured here, and told for this plan', async () => {
    const {shown} = await walk({'Key algorithm': ['?compare', 'RSA-4096']}, {name, ...ha});
    const words = folded(shown);
    expect(words).toContain('Measuring what keys of each kind cost on this machine');
    expect(words).toContain('Making the keys takes here');
    expect(words).toMatch(/36 keys of RSA-4096 take about 14 s on this machine: one takes 0\.8 s, measured now on 5/);
  });

  test('lifetimes are told as days of the calendar', async () => {
    const {services, shown} = await walk({'Certificates are valid for': '90d'}, {name});
    const end = new Date(services.now().getTime() + 90 * 86_400_000).toISOString().slice(0, 10);
    expect(folded(shown)).toContain(`Certificates issued today are good until ${end}.`);
  });

  test('names are offered before they are asked for, and all of them told after', async () => {
    const {shown} = await walk({'More names of the API server': 'localhost'}, {name, ...ha});
    const words = folded(shown);
    expect(words).toMatch(/Often needed too: localhost \(.*\); 127\.0\.0\.1 \(.*\); lb\.demo\.test \(/);
    expect(words).toContain('- localhost: asked for in the plan: sans.apiserver');
    expect(words).toContain("- cp-1: this node's name");
  });

  test('what groups may do is told before and after people are named', async () => {
    const {shown} = await walk({People: ['viewer read-only', enter]}, {name});
    const words = folded(shown);
    expect(words).toContain('- system:masters: may do everything, past RBAC');
    expect(words).toContain('- read-only: a group of your own: it may do nothing until a binding names it');
  });
});

test('the files of an authority are looked into as soon as they are named, and nothing that was typed is lost', async () => {
  const fault = problem('expired', 'trust.authorities.etcd-ca', 'etcd-ca ended on 2024-01-01', 'renew it');
  const {shown, issued} = await walk(
    {
      'Change anything else?': ['trust.authorities', 'enough'],
      'Authorities you bring': ['etcd-ca ca.crt ca.key', enter],
    },
    {world: {examineAuthority: (id) => Promise.resolve(examined(id, {problems: [fault]}))}},
  );
  const words = folded(shown);
  expect(words).toContain('etcd-ca: subject CN=etcd-ca of the company, signed by itself');
  expect(words).toContain('etcd-ca: key belongs to this certificate');
  expect(words).toContain('Not taken: etcd-ca ended on 2024-01-01');
  expect(issued[0]?.plan.trust.authorities).toEqual({'etcd-ca': {certificate: 'ca.crt', key: 'ca.key'}});
});

test('an authority that a plan file brings is looked into without a question', async () => {
  const plan = {...singlePlan, trust: {...singlePlan.trust, authorities: {'etcd-ca': {certificate: 'ca.crt'}}}};
  const reading = {ok: true, plan, given: ['trust.authorities']} as const;
  const {asked, shown} = await walk({}, {start: {plan: 'plan.yaml'}, world: {files: {'plan.yaml': reading}}});
  expect(asked).not.toContain('Authorities you bring, a line or Enter when done');
  expect(folded(shown)).toContain('etcd-ca: valid 2024-01-01 to 2034-01-01');
});

test('a screen reader gets sentences instead of columns', async () => {
  const {shown} = await walk({Layout: ['?compare', enter]}, ha);
  expect(folded(shown)).toMatch(/Certificates made now: - kubeadm: 35 - The hard way: 39 - minikube: 35/);
});

test('a change of layout is told in numbers', async () => {
  const {shown} = await walk({Layout: 'the-hard-way'}, ha);
  expect(folded(shown)).toContain('For this plan that is 39 certificates instead of 35, 113 files instead of 121');
  expect(highlyAvailable.layout).toBe('kubeadm');
});
