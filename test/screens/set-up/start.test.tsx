import {afterEach, describe, expect, test} from 'vitest';
import {warning} from '../../../src/base/problem.ts';
import type {PlanReading} from '../../../src/journeys/set-up-services.ts';
import {fakeWorld, highlyAvailablePlan} from '../../helpers/fake-services.ts';
import type {ShownApp} from '../../helpers/shown-app.tsx';
import {shapeFaults, showApp, sizes} from '../../helpers/shown-app.tsx';

let app: ShownApp;
afterEach(() => app.close());

describe.each(sizes)('the choice of what to start from at %s', (_, size) => {
  test('offers this machine, the presets and a plan file', async () => {
    app = await showApp({services: fakeWorld().services, size});
    await app.press('enter');
    const frame = app.frame();
    expect(shapeFaults(frame, size)).toEqual([]);
    expect(frame).toMatch(/❯ 1 This machine +cp-1, 192\.168\.1\.20/);
    expect(frame).toMatch(/3 kubeadm-ha +Three control-plane nodes/);
    expect(frame).toMatch(/5 A plan file/);
    expect(frame).toMatch(/6 From kubeadm/);
    expect(frame).toMatch(/step 1\/\d/);
  });

  test('this machine becomes the one node, with its name and address', async () => {
    app = await showApp({services: fakeWorld().services, size});
    await app.press('enter', 'enter');
    await app.waitFor('Cluster name');
    expect(app.engine.state().wizard.plan.nodes).toMatchObject([{name: 'cp-1', addresses: ['192.168.1.20']}]);
  });

  test('a digit jumps to a preset', async () => {
    app = await showApp({services: fakeWorld().services, size});
    await app.press('enter', '3');
    expect(app.frame()).toContain('❯ 3 kubeadm-ha');
    await app.press('enter');
    await app.waitFor('Cluster name');
    expect(app.engine.state().wizard.plan.nodes).toHaveLength(5);
  });

  test('a file that is not there is said under its path, and the path stays to be mended', async () => {
    app = await showApp({services: fakeWorld().services, size});
    await app.press('enter', '5');
    await app.type('plam.yaml');
    await app.press('enter');
    const frame = await app.waitFor('There is no file plam.yaml.');
    expect(frame).toContain('▌ Path  plam.yaml');
    expect(frame).toContain('Name one that exists.');
    for (let erased = 0; erased < 6; erased += 1) await app.press('backspace');
    expect(app.frame()).not.toContain('There is no file');
    await app.type('n.yaml\r');
    await app.waitFor('Cluster name');
    expect(app.engine.state().wizard.origin).toEqual({kind: 'file', path: 'plan.yaml'});
  });

  test('another origin names the answers that it would replace, and asks once more', async () => {
    app = await showApp({services: fakeWorld().services, size});
    await app.press('enter', 'enter');
    await app.waitFor('Cluster name');
    await app.press('ctrl-u');
    await app.type('prod\r');
    await app.press('esc');
    await app.press('2', 'enter');
    expect(app.frame()).toMatch(/▲ Starting here replaces your answers: Cluster name\./);
    expect(app.engine.state().wizard.plan.cluster.name).toBe('prod');
    await app.press('enter');
    await app.waitFor((frame) => frame.includes('Cluster name') && frame.includes('demo'));
    expect(app.engine.state().wizard.origin).toEqual({kind: 'preset', name: 'kubeadm-single'});
  });
});

test('q types into the path, and leaves from the other rows', async () => {
  app = await showApp({services: fakeWorld().services});
  await app.press('enter', '5', 'q');
  expect(app.frame()).toContain('▌ Path  q');
  await app.press('up', 'q');
  expect(await app.engine.ending).toEqual({kind: 'left', exitCode: 0});
});

const loss = (line: number) => ({
  ...warning('left-to-kubeadm', 'ClusterConfiguration.dns', `nothing depends on field ${line}`, 'keep it there'),
  at: {path: 'ClusterConfiguration.dns', line, column: 1, source: 'kubeadm.yaml'},
});
const reading: PlanReading = {ok: true, plan: highlyAvailablePlan, given: ['nodes'], losses: [loss(4), loss(9)]};

describe.each(sizes)('a kubeadm configuration at %s', (_, size) => {
  test('is read, and what no plan can say is seen before the first question', async () => {
    app = await showApp({services: fakeWorld({kubeadm: {'kubeadm.yaml': reading}}).services, size});
    await app.press('enter', '6');
    expect(app.frame()).toMatch(/❯ 6 From kubeadm/);
    await app.type('kubeadm.yaml\r');
    const frame = await app.waitFor('2 things in kubeadm.yaml are not in the plan');
    expect(frame).toMatch(/line 4 +Nothing depends on field 4\.\n.* +Keep it there\./);
    expect(shapeFaults(frame, size)).toEqual([]);
    await app.press('esc');
    expect(app.frame()).toContain('▌ Path  kubeadm.yaml');
    await app.press('enter');
    await app.waitFor('2 things');
    await app.press('enter');
    await app.waitFor('Cluster name');
    const {origin, sources, plan} = app.engine.state().wizard;
    expect(origin).toEqual({kind: 'kubeadm', path: 'kubeadm.yaml'});
    expect(sources['nodes']).toBe('file');
    expect(plan).toBe(highlyAvailablePlan);
  });

  test('with more losses than rows is scrolled', async () => {
    const losses = Array.from({length: 40}, (_, index) => loss(index + 1));
    app = await showApp({services: fakeWorld({kubeadm: {'k.yaml': {...reading, losses}}}).services, size});
    await app.press('enter', '6');
    await app.type('k.yaml\r');
    await app.waitFor('40 things in kubeadm.yaml');
    await app.press('G');
    expect(app.frame()).toContain('Nothing depends on field 40.');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
  });
});
