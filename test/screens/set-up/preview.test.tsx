import {afterEach, describe, expect, test} from 'vitest';
import type {ClusterPlan} from '../../../src/pki/plan.ts';
import {startedFrom} from '../../../src/wizard/wizard.ts';
import type {Size} from '../../../screens/layout.ts';
import {fakeWorld, highlyAvailablePlan, singlePlan} from '../../helpers/fake-services.ts';
import type {ShownApp} from '../../helpers/shown-app.tsx';
import {shapeFaults, showApp, sizes, small} from '../../helpers/shown-app.tsx';

let app: ShownApp;
afterEach(() => app.close());

async function preview(plan: ClusterPlan, size: Size): Promise<void> {
  const {services} = fakeWorld();
  app = await showApp({services, size, wizard: startedFrom({kind: 'preset', name: 'kubeadm-single'}, plan, services)});
  for (let page = 0; page < 8 && !app.frame().includes('› Preview'); page += 1) {
    // In a table longer than the screen the page keys scroll; Enter goes on.
    await app.press(app.frame().includes('› Nodes') ? 'enter' : 'pagedown');
  }
  expect(app.frame()).toContain('› Preview');
}

describe.each(sizes)('the preview at %s', (_, size) => {
  test('shows certificates by authority, with subject and usage, and the details of the one under the cursor', async () => {
    await preview(singlePlan, size);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    expect(app.frame()).toMatch(/❯ ▾ kubernetes-ca +authority/);
    expect(app.frame()).toMatch(/cp-1\/apiserver +kube-apiserver +server/);
    expect(app.frame()).toMatch(/Subject +CN=kubernetes/);
    await app.press('down');
    expect(app.frame()).toMatch(/Signed by +kubernetes-ca/);
    expect(app.frame()).toMatch(/Usages +server auth/);
    expect(app.frame()).toMatch(/valid 1 year/);
  });

  test('every name comes with its reason, and Enter gives them the whole screen', async () => {
    await preview(singlePlan, size);
    await app.press('down', 'enter');
    expect(app.frame()).toMatch(/10\.96\.0\.1 +the Service kubernetes/);
    await app.press('G');
    expect(app.frame()).toMatch(/0600 \/etc\/kubernetes\/pki\/apiserver\.key/);
    await app.press('esc');
    expect(app.frame()).toContain('❯1 Certificates');
  });

  test('t groups the certificates by node', async () => {
    await preview(highlyAvailablePlan, size);
    await app.press('t');
    expect(app.frame()).toMatch(/▾ cp-1 +control-plane +12 certificates/);
    await app.press('left');
    expect(app.frame()).toMatch(/▸ cp-2 +control-plane +10 certificates/);
    expect(app.frame()).toMatch(/worker-1 +worker +0 certificates/);
  });

  test('connections say who calls whom, what is shown, and what verifies it', async () => {
    await preview(singlePlan, size);
    await app.press('2');
    expect(app.frame()).toMatch(/apiserver → etcd +127\.0\.0\.1:2379 +mutual/);
    expect(app.frame()).toMatch(/Caller +shows cp-1\/apiserver-etcd-client/);
    expect(app.frame()).toMatch(/verified +with etcd-ca, by --trusted-ca-file/);
    await app.press('down', 'down', 'down');
    expect(app.frame()).toMatch(/verified +by nothing, because/);
  });

  test('flags stand under their component, with the reason for each', async () => {
    await preview(singlePlan, size);
    await app.press('3', 'down', 'right', 'down');
    expect(app.frame()).toMatch(/▾ etcd +\d+ flags/);
    expect(app.frame()).toMatch(/❯ +--advertise-client-urls/);
    expect(app.frame()).toMatch(/Of +etcd on cp-1/);
  });

  test('files have their modes, and the keys of authorities are told to stay away', async () => {
    await preview(singlePlan, size);
    await app.press('4');
    expect(app.frame()).toMatch(/kubernetes-ca\.key +0600/);
    expect(app.frame()).toContain('cold storage');
    await app.press('down', 'down');
    expect(app.frame()).toMatch(/Mode +0600: only its owner reads it/);
  });

  test('advice says what the plan costs and what to do', async () => {
    await preview(singlePlan, size);
    await app.press('5');
    expect(app.frame()).toContain('❯5 Advice');
    expect(app.frame()).toMatch(/Remedy +\S/);
  });
});

test('groups open and close, and the cursor goes to the group that was closed', async () => {
  await preview(singlePlan, small);
  await app.press('down', 'down', 'left');
  expect(app.frame()).toMatch(/❯ ▸ kubernetes-ca/);
  await app.press('right');
  expect(app.frame()).toMatch(/❯ ▾ kubernetes-ca/);
});

test('coming back shows the same row of the same view', async () => {
  await preview(singlePlan, small);
  await app.press('4', 'down', 'down', 'esc');
  expect(app.frame()).toContain('› People');
  await app.press('pagedown');
  expect(app.frame()).toContain('❯4 Files');
  expect(app.frame()).toMatch(/❯ +kubernetes-ca\.key/);
});

test('a plan of a thousand nodes is a window over its rows', async () => {
  const workers = Array.from({length: 1000}, (_, index) => ({
    name: `worker-${index}`,
    addresses: [`10.${1 + Math.floor(index / 250)}.0.${1 + (index % 250)}`],
    roles: ['worker'] as const,
    sans: [],
  }));
  const plan = {
    ...singlePlan,
    kubelets: {client: 'issued', serving: 'signed'} as const,
    nodes: [...singlePlan.nodes, ...workers],
  };
  await preview(plan, small);
  await app.press('t', 'G');
  const [, row, rows] = /── (\d+)\/(\d+) ──/.exec(app.frame()) ?? [];
  expect(Number(rows)).toBeGreaterThan(1000);
  expect(row).toBe(rows);
  expect(shapeFaults(app.frame(), small)).toEqual([]);
  await app.press('pageup', 'pageup', 'g');
  expect(app.frame()).toMatch(/❯ ▾ cp-1/);
});

test('a plan that cannot be issued says what is wrong and on which page', async () => {
  const {services} = fakeWorld();
  const begun = startedFrom({kind: 'machine'}, {...singlePlan, nodes: []}, services);
  const wizard = {...begun, place: {at: 'page', page: 'people'} as const};
  app = await showApp({services, wizard});
  await app.press('pagedown');
  expect(app.frame()).toContain('Not yet: the plan has errors');
  expect(app.frame()).toContain('Nodes: Nodes');
  await app.press('n');
  expect(app.frame()).toContain('› Preview');
  await app.press('esc');
  expect(app.frame()).toContain('› People');
});
