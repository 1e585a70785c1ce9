import {afterEach, describe, expect, test} from 'vitest';
import type {Size} from '../../../screens/layout.ts';
import type {Services} from '../../../screens/services.ts';
import {problem} from '../../../src/base/problem.ts';
import type {ClusterPlan} from '../../../src/pki/plan.ts';
import {startedFrom} from '../../../src/wizard/wizard.ts';
import {examined} from '../../helpers/examined.ts';
import {fakeWorld, highlyAvailablePlan, singlePlan} from '../../helpers/fake-services.ts';
import {madeUpCosts} from '../../helpers/key-costs.ts';
import {node} from '../../helpers/plans.ts';
import type {ShownApp} from '../../helpers/shown-app.tsx';
import {shapeFaults, showApp, sizes, small} from '../../helpers/shown-app.tsx';

let app: ShownApp;
afterEach(() => app.close());

interface Beginning {
  readonly size?: Size;
  readonly ascii?: boolean;
  readonly services?: Partial<Services>;
}

async function begin(plan: ClusterPlan, {size = small, ascii = false, services = {}}: Beginning = {}): Promise<void> {
  const world = {...fakeWorld().services, ...services};
  const wizard = startedFrom({kind: 'preset', name: 'kubeadm-single'}, plan, world);
  app = await showApp({services: world, size, wizard, ascii});
}

async function goTo(title: string): Promise<void> {
  for (let tries = 0; !app.frame().includes(`› ${title}`); tries += 1) {
    if (tries > 20) throw new Error(`no way to ${title}\n${app.frame()}`);
    await app.press('pagedown');
  }
}

async function focus(question: string): Promise<void> {
  for (let tries = 0; !app.frame().includes(`▌ ${question}`); tries += 1) {
    if (tries > 12) throw new Error(`no question ${question}\n${app.frame()}`);
    await app.press('tab');
  }
}

const planNow = (): ClusterPlan => app.engine.state().wizard.plan;

describe.each([...sizes, ['200x50', {columns: 200, rows: 50}] as const])('choosing at %s', (_, size) => {
  test('a marked option is held against the one under the cursor, until Esc', async () => {
    await begin(singlePlan, {size});
    await focus('Authorities');
    await app.press('c');
    expect(app.frame()).toContain('Three authorities is marked. Move to another option');
    await app.press('up');
    expect(app.frame()).toContain('Side by side, for this plan');
    expect(app.frame()).toMatch(/Three authorities +One authority/);
    expect(app.frame()).toMatch(/is refused +▲ is let in/);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('esc');
    expect(app.frame()).not.toContain('Side by side');
    expect(app.frame()).toContain('▌ Authorities');
    expect(planNow().trust.topology).toBe('three-cas');
  });

  test('what an answer means is read on the whole screen, and leads back to the question', async () => {
    await begin(highlyAvailablePlan, {size});
    await focus('Layout');
    await app.press('down', 'v');
    expect(app.frame()).toContain('Layout: The hard way');
    expect(app.frame()).toMatch(/kubeadm +The hard way/);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('G');
    expect(app.frame()).toContain('Replacing etcd-ca changes');
    expect(app.frame(), 'the heading of the columns stays').toMatch(/kubeadm +The hard way/);
    await app.press('esc');
    expect(app.frame()).toContain('▌ Layout');
    expect(app.frame()).toContain('❯ ○ The hard way');
  });

  test('keys are measured while one looks, and say so until they are', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await begin(singlePlan, {size, services: {keyCosts: madeUpCosts(() => held)}});
    await goTo('Keys');
    expect(app.frame()).toMatch(/measur/);
    await app.press('down');
    expect(app.frame(), 'keys are taken meanwhile').toContain('❯ ○ RSA-3072');
    release();
    await app.waitFor(/about 1\.6 s/);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
  });

  test('names that are often needed are picked, and appear among the names with their reason', async () => {
    await begin(highlyAvailablePlan, {size});
    await goTo('Network');
    await focus('Often needed too');
    await app.press('space', 'down', 'down', 'space');
    expect(planNow().sans.apiserver).toEqual(['localhost', 'lb.demo.test']);
    expect(app.frame()).toMatch(/lb\.demo\.test +asked for in the plan/);
    await app.press('space');
    expect(planNow().sans.apiserver).toEqual(['localhost']);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
  });

  test('people learn what a group gives before anybody has it', async () => {
    await begin(singlePlan, {size});
    await goTo('People');
    expect(app.frame()).toMatch(/system:masters +may do everything, past RBAC/);
    await app.press('a');
    await app.type('eve\r');
    await app.type('readers');
    expect(app.frame()).toMatch(/readers +a group of your own: it may do nothing until/);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
  });
});

test('in a text field a letter types, and Ctrl-O shows all names', async () => {
  await begin(highlyAvailablePlan);
  await goTo('Network');
  await focus('More names');
  await app.type('v');
  expect(app.frame()).toMatch(/▌ More names of the API server +v$/m);
  await app.press('ctrl-o');
  expect(app.frame()).toMatch(/cp-1 +this node's name/);
  await app.press('esc');
  expect(app.frame()).toMatch(/▌ More names of the API server +v$/m);
});

test('names that come from the question with the focus stand first', async () => {
  await begin(highlyAvailablePlan);
  await goTo('Network');
  expect(app.frame()).toMatch(/Names in the API server certificate\n +10\.96\.0\.1 +the Service kubernetes/);
  await app.press('ctrl-u');
  await app.type('10.64.0.0/16');
  expect(app.frame()).toMatch(/Names in the API server certificate\n +10\.64\.0\.1 +the Service kubernetes/);
});

test('a lifetime is told as a day while it is typed', async () => {
  await begin(singlePlan);
  await goTo('Keys');
  await focus('Certificates are valid');
  await app.press('ctrl-u');
  await app.type('90d');
  expect(app.frame()).toContain('Issued today, they are good until 2027-02-21.');
  expect(app.frame()).toMatch(/Authorities are valid for +87600h +until 2036-11-20/);
  await app.type('x');
  expect(app.frame()).not.toContain('Issued today, they are');
});

test('leaving the page of keys ends the measuring', async () => {
  const signals: AbortSignal[] = [];
  const never = new Promise<never>(() => undefined);
  const keyCosts: Services['keyCosts'] = {
    parallel: 2,
    known: () => undefined,
    measure: (_, signal) => {
      signals.push(signal);
      return never;
    },
  };
  await begin(singlePlan, {services: {keyCosts}});
  await goTo('Keys');
  expect(signals.map(({aborted}) => aborted)).toEqual([false]);
  await app.press('esc');
  expect(signals.map(({aborted}) => aborted)).toEqual([true]);
});

describe('authorities that are brought', () => {
  const asked: string[] = [];
  const examineAuthority: Services['examineAuthority'] = (id, plan) => {
    asked.push(plan.trust.authorities[id]?.certificate ?? '');
    return Promise.resolve(
      examined(id, {
        problems: [problem('expired', `trust.authorities.${id}`, `${id} ended on 2024-01-01`, 'renew it')],
      }),
    );
  };
  afterEach(() => {
    asked.length = 0;
  });

  async function typeRow(): Promise<void> {
    await begin(singlePlan, {services: {examineAuthority}});
    await focus('▸');
    await app.press('space');
    await focus('Authorities you bring');
    await app.press('a');
    await app.type('etcd-ca\r');
    await app.type('company.crt');
  }

  test('a path is looked into when typing pauses, not with every letter, and what is found stands under it', async () => {
    await typeRow();
    await app.waitFor('What is in the files of etcd-ca');
    expect(asked).toEqual(['company.crt']);
    expect(app.frame()).toMatch(/Subject +CN=etcd-ca of the company, signed by itself/);
    expect(app.frame()).toMatch(/✗ etcd-ca ended on 2024-01-01\.\n +▌ +Renew it\./);
    expect(app.frame(), 'what was typed stays').toMatch(/Certificate +company\.crt/);
  });

  test('what is wrong with it is still told when the focus is elsewhere, and on coming back', async () => {
    await typeRow();
    await app.waitFor('What is in the files of etcd-ca');
    await app.press('enter', 'enter', 'enter');
    expect(planNow().trust.authorities).toEqual({'etcd-ca': {certificate: 'company.crt'}});
    await app.press('tab');
    expect(app.frame()).toMatch(/✗ etcd-ca ended on 2024-01-01/);
    await app.press('pagedown', 'esc');
    expect(app.frame()).toMatch(/✗ etcd-ca ended on 2024-01-01/);
  });
});

test('every figure has an ASCII twin', async () => {
  await begin(highlyAvailablePlan, {ascii: true});
  for (let tabs = 0; tabs < 4; tabs += 1) await app.press('tab');
  expect(app.frame()).toContain('Who signs what');
  await app.press('down', 'v');
  expect(app.frame()).toContain('|- etcd-ca');
  await app.press('c', '1');
  expect(app.frame()).toMatch(/Offline root, three intermediates +One authority/);
  expect(app.frame()).toMatch(/^[\x20-\x7e\n]*$/);
});

test('with a thousand nodes an option is tried once, however often the cursor passes it', async () => {
  const workers = Array.from({length: 997}, (_, index) =>
    node(`worker-${index}`, `10.1.${Math.floor(index / 250)}.${(index % 250) + 1}`, 'worker'),
  );
  const {accept, ...services} = fakeWorld().services;
  const tried: string[] = [];
  const counting: Services['accept'] = (step, raw, plan) => {
    if (step.id === 'trust.topology') tried.push(raw);
    return accept(step, raw, plan);
  };
  await begin(
    {...highlyAvailablePlan, nodes: [...highlyAvailablePlan.nodes.slice(0, 3), ...workers]},
    {services: {...services, accept: counting}},
  );
  await focus('Authorities');
  await app.press('c', 'up', 'down', 'down', 'up', 'up', 'down');
  expect(tried.toSorted()).toEqual(['intermediates', 'single-ca', 'three-cas']);
});
