import {afterEach, describe, expect, test} from 'vitest';
import type {ClusterPlan} from '../../../src/pki/plan.ts';
import {startedFrom} from '../../../src/wizard/wizard.ts';
import type {FakeWorld} from '../../helpers/fake-services.ts';
import {fakeWorld, highlyAvailablePlan, singlePlan} from '../../helpers/fake-services.ts';
import type {ShownApp} from '../../helpers/shown-app.tsx';
import {shapeFaults, showApp, sizes, small} from '../../helpers/shown-app.tsx';
import type {Size} from '../../../screens/layout.ts';

let app: ShownApp;
afterEach(() => app.close());

async function begin(plan: ClusterPlan, size: Size, world: FakeWorld = fakeWorld()): Promise<ShownApp> {
  const wizard = startedFrom({kind: 'preset', name: 'kubeadm-single'}, plan, world.services);
  app = await showApp({services: world.services, size, wizard});
  return app;
}

/** Enter until the page is there. */
async function goTo(title: string): Promise<void> {
  for (let tries = 0; !app.frame().includes(`› ${title}`); tries += 1) {
    if (tries > 20) throw new Error(`no way to ${title}\n${app.frame()}`);
    await app.press('enter');
  }
}

/** Tab until the question has the focus. */
async function focus(question: string): Promise<void> {
  for (let tries = 0; !app.frame().includes(`▌ ${question}`); tries += 1) {
    if (tries > 12) throw new Error(`no question ${question}\n${app.frame()}`);
    await app.press('tab');
  }
}

const planNow = (): ClusterPlan => app.engine.state().wizard.plan;

describe.each(sizes)('the pages of questions at %s', (_, size) => {
  test('every page fits, says where one is, and names its keys', async () => {
    await begin(singlePlan, size);
    for (const title of [
      'Cluster and trust',
      'Nodes',
      'Network and names',
      'Keys and validity',
      'People and joining',
    ]) {
      await goTo(title);
      expect(shapeFaults(app.frame(), size)).toEqual([]);
      expect(app.frame()).toMatch(/step \d\/10/);
      expect(app.frame()).toMatch(/enter/);
      expect(app.frame()).toMatch(/esc back|\? help|ctrl-g help/);
    }
  });

  test('the topology shows who signs what for the option under the cursor, and what it costs', async () => {
    await begin(singlePlan, size);
    await focus('Authorities');
    expect(app.frame()).toMatch(/opens +etcd, etcd's members/);
    await app.press('up');
    expect(app.frame()).toMatch(/opens too +etcd, etcd's members, the front-proxy door/);
    expect(app.frame()).not.toContain('front-proxy-ca');
    await app.press('down', 'down');
    expect(app.frame()).toMatch(/root-ca +offline/);
    expect(app.frame()).toContain('├─ kubernetes-ca');
    expect(planNow().trust.topology).toBe('three-cas');
    await app.press('space');
    expect(planNow().trust.topology).toBe('intermediates');
    expect(app.frame()).toContain('❯ ● Offline root');
  });

  test('an error stands under its field with a remedy, and what was typed stays', async () => {
    await begin(singlePlan, size);
    await goTo('Network');
    await app.press('ctrl-u');
    await app.type('10.96.0.0/40');
    await app.press('down');
    await app.press('enter', 'enter', 'enter');
    expect(app.frame()).toContain('› Network');
    expect(app.frame()).toMatch(/▌ Service subnets +10\.96\.0\.0\/40/);
    expect(app.frame()).toMatch(/✗ .*10\.96\.0\.0\/40/);
    expect(planNow().network.serviceSubnets).toEqual(['10.96.0.0/12']);
    await app.press('backspace', 'backspace');
    await app.type('16');
    expect(app.frame()).not.toContain('✗');
    await app.press('enter');
    expect(planNow().network.serviceSubnets).toEqual(['10.96.0.0/16']);
  });

  test('going back and forth loses no answer, not even half a one', async () => {
    await begin(singlePlan, size);
    await goTo('Network');
    await focus('Control-plane endpoint');
    await app.type('https://nowhere');
    await app.press('esc');
    expect(app.frame()).toContain('› Nodes');
    await app.press('enter');
    await focus('Control-plane endpoint');
    expect(app.frame()).toContain('https://nowhere');
  });

  test('the names of the API server follow what is typed', async () => {
    await begin(singlePlan, size);
    await goTo('Network');
    await focus('Control-plane endpoint');
    await app.type('api.demo.test');
    expect(app.frame()).toMatch(/api\.demo\.test +the control-plane endpoint/);
  });

  test('the keys page tells the dates that the lifetimes lead to', async () => {
    await begin(singlePlan, size);
    await goTo('Keys');
    expect(app.frame()).toMatch(/Certificates are valid for +8760h +until 2027-11-23/);
  });

  test('a change that voids other answers names them', async () => {
    const world = fakeWorld();
    await begin({...highlyAvailablePlan, bootstrap: {token: {...singlePlan.bootstrap.token, ttl: 48}}}, size, world);
    await goTo('Nodes');
    await focus('▸');
    await app.press('space');
    await focus("Kubelets' client");
    await app.press('down', 'space');
    expect(app.frame()).toMatch(/▲ Out of force because of Kubelets' client certificates: Bootstrap token/);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    expect(planNow().bootstrap.token.ttl).toBe(48);
  });
});

describe.each(sizes)('the table of nodes at %s', (_, size) => {
  test('shows every node, and what the one under the cursor gets', async () => {
    await begin(highlyAvailablePlan, size);
    await goTo('Nodes');
    expect(app.frame()).toMatch(/NAME +ADDRESSES +ROLES/);
    expect(app.frame()).toMatch(/❯ cp-1 +10\.0\.0\.11 +control-plane/);
    expect(app.frame()).toContain('cp-1 gets');
    await app.press('G');
    expect(app.frame()).toMatch(/❯ worker-2 +10\.0\.0\.22 +worker/);
    expect(app.frame()).toContain('no certificate: its kubelet asks the cluster for one');
  });

  test('a node is added by its fields, and its role by keys', async () => {
    await begin(singlePlan, size);
    await goTo('Nodes');
    await app.press('a');
    await app.type('worker-1\r');
    await app.type('10.0.0.21, fd00::21\r');
    await app.press('right', 'right', 'space', 'enter', 'enter');
    expect(planNow().nodes[1]).toEqual({
      name: 'worker-1',
      addresses: ['10.0.0.21', 'fd00::21'],
      roles: ['worker'],
      sans: [],
    });
    expect(app.frame()).toMatch(/worker-1 +10\.0\.0\.21, fd00::21 +worker/);
  });

  test('a wrong cell keeps the editor open, with what is wrong under it', async () => {
    await begin(singlePlan, size);
    await goTo('Nodes');
    await app.press('e', 'tab', 'ctrl-u');
    await app.type('10.0.0.300\r\r\r');
    expect(app.frame()).toMatch(/❯ Addresses +10\.0\.0\.300/);
    expect(app.frame()).toMatch(/✗ .*10\.0\.0\.300/);
    expect(planNow().nodes[0]?.addresses).toEqual(['10.0.0.11']);
    await app.press('esc');
    expect(app.frame()).toMatch(/❯ cp-1 +10\.0\.0\.11/);
  });

  test('a removed node comes back with u', async () => {
    await begin(highlyAvailablePlan, size);
    await goTo('Nodes');
    await app.press('down', 'd');
    expect(planNow().nodes.map(({name}) => name)).not.toContain('cp-2');
    expect(app.frame()).toContain('cp-2 is removed. u brings it back.');
    await app.press('u');
    expect(planNow().nodes.map(({name}) => name)).toEqual(['cp-1', 'cp-2', 'cp-3', 'worker-1', 'worker-2']);
  });

  test('two hundred pasted lines become rows', async () => {
    await begin(singlePlan, size);
    await goTo('Nodes');
    const lines = Array.from({length: 200}, (_, index) => `node-${index} 10.1.0.${index + 1} worker`);
    await app.paste(`${lines.join('\r\n')}\r\n`);
    expect(planNow().nodes).toHaveLength(201);
    expect(app.frame()).toContain('200 rows added.');
    expect(app.frame()).toMatch(/↑ \d+ above/);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
  });

  test('a pasted line that is wrong is marked among all of them, and none is lost', async () => {
    await begin(singlePlan, size);
    await goTo('Nodes');
    await app.paste('worker-1 10.0.0.21 worker\nworker-2 10.0.0.22 wroker\n');
    expect(app.frame()).toMatch(/✗ 3 worker-2 10\.0\.0\.22 wroker/);
    expect(app.frame()).toContain('Did you mean worker?');
    expect(planNow().nodes).toHaveLength(1);
    await app.press('esc', 'p');
    expect(app.frame()).toContain('worker-2 10.0.0.22 wroker');
    for (let erased = 0; erased < 6; erased += 1) await app.press('backspace');
    await app.type('worker');
    await app.press('tab');
    expect(planNow().nodes.map(({name}) => name)).toEqual(['cp-1', 'worker-1', 'worker-2']);
  });

  test('an empty table says what to do, and does not let one pass', async () => {
    await begin({...singlePlan, nodes: []}, size);
    await goTo('Nodes');
    expect(app.frame()).toContain('Nothing here yet.');
    await app.press('enter');
    expect(app.frame()).toContain('› Nodes');
    expect(app.frame()).toMatch(/✗ /);
  });
});

describe('questions that are rarely needed', () => {
  test('are folded away until they are asked for', async () => {
    await begin(singlePlan, small);
    await goTo('Network');
    expect(app.frame()).not.toContain('DNS domain');
    await focus('▸');
    await app.press('space');
    expect(app.frame()).toMatch(/▌ DNS domain +cluster\.local/);
  });

  test('show at once where the plan answers them otherwise than by default', async () => {
    await begin({...singlePlan, network: {...singlePlan.network, dnsDomain: 'demo.test'}}, small);
    await goTo('Network');
    expect(app.frame()).toMatch(/DNS domain +demo\.test/);
  });
});

test('control characters in a paste are not drawn', async () => {
  await begin(singlePlan, small);
  await app.press('ctrl-u');
  await app.paste('pr\u001b]0;x\u0007od');
  expect(app.frame()).toMatch(/Cluster name +pr\]0;xod/);
});

test('the plan can be saved from any page', async () => {
  const world = fakeWorld();
  await begin(singlePlan, small, world);
  await app.press('ctrl-s');
  expect(app.frame()).toContain('./demo-plan.yaml');
  await app.press('enter');
  await app.waitFor('The plan is saved as ./demo-plan.yaml.');
  expect(world.saved.get('./demo-plan.yaml')).toBe(planNow());
});

test('a passphrase that is typed where its place belongs is not drawn', async () => {
  await begin(singlePlan, small);
  await focus('▸');
  await app.press('space', 'a');
  await app.type('etcd-ca\rca.crt\rca.key\rhunter2');
  expect(app.frame()).toMatch(/❯ Passphrase +\*{7}\n/);
  await app.press('enter');
  expect(app.frame()).toMatch(/✗ /);
  expect(app.written()).not.toContain('hunter2');
  await app.press('ctrl-u');
  await app.type('env:CA_PASSPHRASE');
  expect(app.frame()).toContain('env:CA_PASSPHRASE');
});
