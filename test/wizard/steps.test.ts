import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {emptyPlan, type ClusterPlan} from '../../src/pki/plan.ts';
import {accept, acceptLater} from '../../src/wizard/accept.ts';
import {checkPlan} from '../../src/wizard/check-plan.ts';
import {pageIds, type Step} from '../../src/wizard/step.ts';
import {stepById, stepOfPath, steps} from '../../src/wizard/steps.ts';
import {cutText, joinText} from '../../src/wizard/text-form.ts';
import {arbitraryPlan} from '../helpers/arbitrary-plan.ts';
import {planWith} from '../helpers/plans.ts';

function stepNamed(id: string): Step {
  const step = stepById(id);
  if (step === undefined) {
    throw new Error(`no step ${id}`);
  }
  return step;
}

/** Every leaf of the plan, by its path. */
function keysOf(value: unknown, path = ''): string[] {
  if (
    typeof value !== 'object' ||
    value === null ||
    Array.isArray(value) ||
    /^trust\.(authorities|assign)$/.test(path)
  ) {
    return [path];
  }
  return Object.entries(value).flatMap(([key, inside]) => keysOf(inside, path === '' ? key : `${path}.${key}`));
}

describe('the steps', () => {
  test('ask for every key of the plan, each once', () => {
    expect(steps.map((step) => step.id).toSorted()).toEqual(keysOf(emptyPlan).toSorted());
  });

  test('stand in the order of their pages', () => {
    const pages = steps.map((step) => pageIds.indexOf(step.page));
    expect(pages).toEqual(pages.toSorted((a, b) => a - b));
    expect(new Set(steps.map((step) => step.page))).toEqual(new Set(pageIds));
  });

  test.each(steps)('$id asks briefly and explains in whole sentences', (step) => {
    expect(step.ask).toMatch(/^[A-Za-z].{1,40}[^.?]$/);
    expect(step.help).toMatch(/^(?:[A-Z]|kubeadm).*\.$/s);
    const options = step.kind.kind === 'choice' || step.kind.kind === 'choices' ? step.kind.options : [];
    for (const option of options) {
      expect(option.help, option.value).toMatch(/^(?:[A-Z]|kubeadm|minikube).*\.$/s);
    }
  });

  test.each(steps)('$id shows the default as text that it reads back', (step) => {
    expect(step.parse(step.show(emptyPlan), planWith())).toMatchObject({ok: true});
  });

  test('take back as text whatever they show, of any plan', () => {
    fc.assert(
      fc.property(arbitraryPlan, (plan) => {
        const back = steps.reduce<ClusterPlan>((current, step) => {
          const parsed = step.parse(step.show(plan), current);
          expect(parsed, step.id).toMatchObject({ok: true});
          return parsed.plan;
        }, emptyPlan);
        expect(back).toEqual(plan);
      }),
      {numRuns: 100},
    );
  });

  test('take back as a plan-file value whatever they write, of any plan', () => {
    fc.assert(
      fc.property(arbitraryPlan, (plan) => {
        const back = steps.reduce((current, step) => acceptLater(step, step.write(plan), current).plan, emptyPlan);
        expect(back).toEqual(plan);
      }),
      {numRuns: 100},
    );
  });

  test('never throw at a text, and never at the plan that comes of it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...steps), fc.oneof(fc.string(), fc.string({unit: 'binary'})), (step, text) => {
        const parsed = accept(step, text, planWith());
        expect(Array.isArray(checkPlan(parsed.plan))).toBe(true);
        expect(parsed.ok || parsed.problems.length > 0).toBe(true);
      }),
      {numRuns: 150},
    );
  });

  test('are found by a path inside their value', () => {
    expect(stepOfPath('nodes[1].addresses[0]')?.id).toBe('nodes');
    expect(stepOfPath('trust.assign.kubelet-serving')?.id).toBe('trust.assign');
    expect(stepOfPath('trust.authorities.my.ca.key')?.id).toBe('trust.authorities');
    expect(stepOfPath('trust')).toBeUndefined();
    expect(stepOfPath('')).toBeUndefined();
  });
});

describe('an answer as text', () => {
  test.each([
    ['cluster.name', ' demo ', 'demo'],
    ['cluster.kubernetesVersion', 'v1.36.2', '1.36.2'],
    ['cluster.controlPlaneEndpoint', '', ''],
    ['network.serviceSubnets', '10.96.0.0/12 fd00:0010:96::/112', '10.96.0.0/12, fd00:10:96::/112'],
    ['network.podSubnets', '', ''],
    ['sans.apiserver', 'lb.demo.test,FD00::1;localhost', 'lb.demo.test, fd00::1, localhost'],
    ['validity.leaves', '1y', '8760h'],
    ['bootstrap.token.ttl', '0', '0'],
    ['bootstrap.token.usages', 'authentication,signing', 'signing, authentication'],
    ['nodes', 'cp-1 10.0.0.11,FD00::11 worker,control-plane', 'cp-1 10.0.0.11,fd00::11 control-plane,worker'],
    [
      'nodes',
      'a 10.0.0.1 control-plane; b 10.0.0.2 worker b.test\n\n',
      'a 10.0.0.1 control-plane\nb 10.0.0.2 worker b.test',
    ],
    ['nodes', 'cp-1 - control-plane', 'cp-1 - control-plane'],
    ['users', 'viewer "Dev Team",ops', 'viewer "Dev Team",ops'],
    ['trust.authorities', 'etcd-ca "/My CAs/ca.crt" - ', 'etcd-ca "/My CAs/ca.crt"'],
    ['trust.authorities', 'etcd-ca /ca.crt /ca.key env:PASS', 'etcd-ca /ca.crt /ca.key env:PASS'],
    ['trust.assign', 'kubelet-serving kubelet-serving-ca', 'kubelet-serving kubelet-serving-ca'],
    ['kubelets.client', '', ''],
  ])('of %s: %j is read as %j', (id, typed, shown) => {
    const step = stepNamed(id);
    const parsed = step.parse(typed, planWith());
    expect(parsed).toMatchObject({ok: true});
    expect(step.show(parsed.plan)).toBe(shown);
  });

  test.each([
    ['cluster.name', '', 'value-missing', 'cluster.name', 'give one, or leave the key out to get the default'],
    ['keys.algorithm', 'RSA2048', 'unknown-choice', 'keys.algorithm', 'did you mean RSA-2048?'],
    ['layout', 'podman', 'unknown-choice', 'layout', 'choose one of kubeadm, the-hard-way, minikube'],
    ['validity.leaves', '8760', 'not-a-duration', 'validity.leaves', 'write 8760h for hours or 8760d for days'],
    ['validity.leaves', 'long', 'not-a-duration', 'validity.leaves', 'write it like 8760h, 365d or 1y'],
    ['nodes', 'cp-1 10.0.0.11 control-plain', 'unknown-choice', 'nodes[0].roles[0]', 'did you mean control-plane?'],
    [
      'nodes',
      'cp-1 10.0.0.11 worker a.test more',
      'unknown-key',
      'nodes[0].more',
      'use one of name, addresses, roles, sans, or remove it',
    ],
    ['users', '- ops', 'value-missing', 'users[0].name', 'give one, or leave the key out to get the default'],
    ['bootstrap.token.usages', 'singing', 'unknown-choice', 'bootstrap.token.usages[0]', 'did you mean signing?'],
    ['trust.assign', 'a b\na c', 'duplicate-key', 'trust.assign', 'keep one of them'],
    [
      'trust.authorities',
      'etcd-ca',
      'value-missing',
      'trust.authorities.etcd-ca.certificate',
      'give one, or leave the key out to get the default',
    ],
    [
      'trust.authorities',
      'etcd-ca a b hunter2',
      'passphrase-in-plan',
      'trust.authorities.etcd-ca.passphrase',
      'write {file: PATH} or {env: NAME}, or leave it out to be asked',
    ],
  ])('of %s: %j is refused as %s', (id, typed, code, path, fix) => {
    const parsed = stepNamed(id).parse(typed, planWith());
    expect(parsed).toMatchObject({ok: false, problems: [{code, at: {path}, fix}]});
  });

  test('is refused when it is good in form and wrong in this plan', () => {
    const pods = stepNamed('network.podSubnets');
    expect(pods.parse('10.100.0.0/16', planWith())).toMatchObject({ok: true});
    expect(accept(pods, '10.100.0.0/16', planWith())).toMatchObject({ok: false, problems: [{code: 'subnets-overlap'}]});
  });

  test('is taken when the plan has only warnings about it', () => {
    const accepted = accept(stepNamed('users'), 'root system:masters', planWith());
    expect(accepted).toMatchObject({ok: true, plan: {users: [{name: 'root', groups: ['system:masters']}]}});
  });

  test('keeps what could be read beside what could not', () => {
    const parsed = stepNamed('nodes').parse('cp-1 10.0.0.11 control-plane,boss\nw-1 10.0.0.21 worker', emptyPlan);
    expect(parsed.ok).toBe(false);
    expect(parsed.plan.nodes.map(({name, roles}) => [name, roles])).toEqual([
      ['cp-1', ['control-plane']],
      ['w-1', ['worker']],
    ]);
  });

  test('of a passphrase is never repeated', () => {
    const parsed = stepNamed('trust.authorities').parse('etcd-ca a b hunter2', planWith());
    expect(JSON.stringify(parsed)).not.toContain('hunter2');
  });
});

describe('the text form', () => {
  const kind = stepNamed('nodes').kind;

  test('gives back every record it was made from, whatever is in its cells', () => {
    const cell = fc.string({unit: fc.constantFrom(' ', ',', ';', '"', '\\', '-', 'a', '\n', 'é')});
    const record = fc.record({
      name: cell,
      addresses: fc.array(cell, {minLength: 1}),
      roles: fc.array(cell, {minLength: 1}),
      sans: fc.array(cell, {minLength: 1}),
    });
    fc.assert(
      fc.property(fc.array(record), (records) => {
        expect(cutText(kind, joinText(kind, records))).toEqual(records);
      }),
    );
  });

  test('of a list gives back every item', () => {
    fc.assert(
      fc.property(fc.array(fc.string({unit: fc.constantFrom(' ', ',', ';', '"', '\\', '-', 'a', '\n')})), (items) => {
        expect(cutText({kind: 'list'}, joinText({kind: 'list'}, items))).toEqual(items);
      }),
    );
  });
});
