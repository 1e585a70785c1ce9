import {afterEach, describe, expect, test} from 'vitest';
import {Failure} from '../../../src/base/failure.ts';
import type {ClusterPlan} from '../../../src/pki/plan.ts';
import {readHosts} from '../../../src/wizard/read-hosts.ts';
import {startedFrom} from '../../../src/wizard/wizard.ts';
import type {Size} from '../../../screens/layout.ts';
import {fakeWorld, highlyAvailablePlan, singlePlan, type FakeOptions} from '../../helpers/fake-services.ts';
import type {ShownApp} from '../../helpers/shown-app.tsx';
import {shapeFaults, showApp, sizes, small} from '../../helpers/shown-app.tsx';

let app: ShownApp;
afterEach(() => app.close());

async function atNodes(plan: ClusterPlan, size: Size, options: FakeOptions & {ascii?: boolean} = {}): Promise<void> {
  const {services} = fakeWorld(options);
  const wizard = startedFrom({kind: 'preset', name: 'kubeadm-ha'}, plan, services);
  app = await showApp({services, size, wizard, ...(options.ascii === undefined ? {} : {ascii: options.ascii})});
  for (let tries = 0; !app.frame().includes(options.ascii === true ? '> Nodes' : '› Nodes'); tries += 1) {
    if (tries > 20) throw new Error(`no way to the nodes\n${app.frame()}`);
    await app.press('enter');
  }
}

const nodesNow = (): readonly string[] =>
  app.engine
    .state()
    .wizard.plan.nodes.map(({name, addresses, roles}) => [name, addresses.join(), roles.join()].join(' '));

describe.each(sizes)('rows by keys at %s', (_, size) => {
  test('the footer tells the keys, and the help all of them', async () => {
    await atNodes(highlyAvailablePlan, size);
    expect(app.frame()).toMatch(/ae add, edit .*CEW role .*ci copy, import/);
    await app.press('?');
    expect(app.frame()).toContain('give the node the role control-plane, or take it');
    await app.press('pagedown', 'pagedown');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
  });

  test('a copy has the next free name and address, says so, and is one undo away', async () => {
    await atNodes(highlyAvailablePlan, size);
    await app.press('G', 'c', 'c');
    expect(nodesNow().slice(-2)).toEqual(['worker-3 10.0.0.23 worker', 'worker-4 10.0.0.24 worker']);
    expect(app.frame()).toMatch(/❯ worker-4 +10\.0\.0\.24 +worker/);
    expect(app.frame()).toContain('worker-4 is added with 10.0.0.24, which no other row has.');
    await app.press('u');
    expect(app.frame()).toContain('Taken back: the new row worker-4.');
    await app.press('u');
    expect(nodesNow()).toHaveLength(5);
  });

  test('a copy of the second row passes over the third', async () => {
    await atNodes(highlyAvailablePlan, size);
    await app.press('down', 'c');
    expect(nodesNow()[2]).toBe('cp-4 10.0.0.14 control-plane');
  });

  test('a row moves with its cursor, and not past the ends', async () => {
    await atNodes(highlyAvailablePlan, size);
    await app.press('J', 'J');
    expect(nodesNow().map((node) => node.split(' ')[0])).toEqual(['cp-2', 'cp-3', 'cp-1', 'worker-1', 'worker-2']);
    expect(app.frame()).toMatch(/❯ cp-1 /);
    await app.press('K', 'K', 'K', 'K');
    expect(nodesNow()[0]).toBe('cp-1 10.0.0.11 control-plane');
  });

  test('roles go on and off by their letters', async () => {
    await atNodes(highlyAvailablePlan, size);
    await app.press('W');
    expect(nodesNow()[0]).toBe('cp-1 10.0.0.11 control-plane,worker');
    await app.press('W', 'G', 'C', 'W');
    expect(nodesNow()[4]).toBe('worker-2 10.0.0.22 control-plane');
  });

  test('a role that does not fit is kept and marked, with the remedy, and one undo takes it back', async () => {
    await atNodes(highlyAvailablePlan, size);
    await app.press('G', 'E');
    expect(app.frame()).toMatch(/✗ Etcd is stacked|✗ etcd is stacked/);
    expect(app.frame()).toMatch(/Choose etcd: external/);
    expect(nodesNow()[4]).toBe('worker-2 10.0.0.22 worker');
    await app.press('u');
    expect(app.frame()).not.toContain('✗');
    expect(app.frame()).toMatch(/❯ worker-2 +10\.0\.0\.22 +worker\n/);
  });

  test('removed rows come back one after the other', async () => {
    await atNodes(highlyAvailablePlan, size);
    await app.press('G', 'd', 'd');
    expect(nodesNow()).toHaveLength(3);
    await app.press('u', 'u');
    expect(nodesNow().map((node) => node.split(' ')[0])).toEqual(['cp-1', 'cp-2', 'cp-3', 'worker-1', 'worker-2']);
    await app.press('u');
    expect(app.frame()).toContain('There is nothing to take back.');
  });
});

test('a copy without a free address near opens its editor, so that one is given', async () => {
  const nodes = Array.from({length: 254}, (_, index) => ({
    name: `n-${index + 1}`,
    addresses: [`10.0.0.${index + 1}`],
    roles: [index === 0 ? 'control-plane' : 'worker'] as const,
    sans: [],
  }));
  await atNodes({...singlePlan, nodes}, small);
  await app.press('c');
  expect(app.frame()).toMatch(/A new row/);
  expect(app.frame()).toContain('No free address is near 10.0.0.1: give one.');
  await app.press('enter');
  await app.type('10.0.1.1\r\r\r');
  expect(nodesNow()[1]).toBe('n-255 10.0.1.1 control-plane');
});

const found = readHosts('127.0.0.1 localhost\n10.0.0.11 cp-1\nfd00::12 cp-2\n10.0.0.23 worker-3 box.demo.test\n');

describe.each(sizes)('an import at %s', (_, size) => {
  test('asks where from, shows what would change, is taken as one, and taken back as one', async () => {
    await atNodes(highlyAvailablePlan, size, {findNodes: () => Promise.resolve(found)});
    const before = nodesNow();
    await app.press('i');
    expect(app.frame()).toMatch(/❯ A hosts file/);
    expect(app.frame()).toContain('▌ File  /etc/hosts');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('enter');
    const frame = await app.waitFor('1 new, 1 changed, 1 as they are');
    expect(frame).toMatch(/= cp-1 10\.0\.0\.11 control-plane/);
    expect(frame).toMatch(/~ cp-2 10\.0\.0\.12,fd00::12 control-plane/);
    expect(frame).toMatch(/\+ worker-3 10\.0\.0\.23 worker box\.demo\.test/);
    expect(frame).toContain('Passed over line 1: 127.0.0.1 localhost: it is this machine to itself.');
    expect(shapeFaults(frame, size)).toEqual([]);
    expect(nodesNow()).toEqual(before);
    await app.press('enter');
    expect(app.frame()).toContain('1 added, 1 changed. u takes the import back.');
    expect(nodesNow().at(-1)).toBe('worker-3 10.0.0.23 worker');
    await app.press('u');
    expect(nodesNow()).toEqual(before);
  });

  test('names the row that is wrong; left out, the others can be taken', async () => {
    const wrong = readHosts('10.0.0.41 node-4\n10.0.0.11 other\n');
    await atNodes(highlyAvailablePlan, size, {findNodes: () => Promise.resolve(wrong)});
    await app.press('i', 'enter');
    await app.waitFor('1 wrong');
    expect(app.frame()).toMatch(/✗ .*10\.0\.0\.11 is the address of "cp-1" too/);
    expect(app.frame()).not.toContain('take them');
    await app.press('enter');
    expect(nodesNow()).toHaveLength(5);
    await app.press('down', 'space');
    expect(app.frame()).toContain('1 new, 0 changed, 0 as they are, 1 left out');
    await app.press('tab');
    expect(app.frame()).toMatch(/Roles of new nodes: worker/);
    await app.press('tab');
    expect(app.frame()).toContain('+ node-4 10.0.0.41 control-plane');
    await app.press('enter');
    expect(nodesNow().at(-1)).toBe('node-4 10.0.0.41 control-plane');
  });

  test('that cannot be read says why, and the path stays', async () => {
    const failure = new Failure('nodes-unreadable', 'hosts.txt cannot be read: there is no such file or folder', {
      nextSteps: ['check its path and who may read it'],
    });
    await atNodes(highlyAvailablePlan, size, {findNodes: () => Promise.reject(failure)});
    await app.press('i', 'ctrl-u');
    await app.type('hosts.txt\r');
    await app.waitFor('hosts.txt cannot be read');
    expect(app.frame()).toContain('▌ File  hosts.txt');
    await app.press('esc');
    expect(app.frame()).toMatch(/❯ cp-1/);
  });

  test('from kubectl needs no path, can be stopped, and what comes late is nothing', async () => {
    const answer = Promise.withResolvers<typeof found>();
    await atNodes(highlyAvailablePlan, size, {findNodes: () => answer.promise});
    await app.press('i', 'down');
    expect(app.frame()).toContain('▌ File  nodes.json');
    await app.press('down');
    expect(app.frame()).not.toContain('File  ');
    await app.press('enter');
    await app.waitFor('kubectl is asking the cluster');
    await app.press('esc');
    answer.resolve(found);
    await answer.promise;
    expect(await app.waitFor('❯ kubectl, now')).not.toContain('as they are');
  });
});

test('letters type into the path of an import, and a thousand nodes are a window of them', async () => {
  const many = readHosts(
    Array.from({length: 1000}, (_, index) => `10.1.${Math.floor(index / 250)}.${(index % 250) + 1} n${index}`).join(
      '\n',
    ),
  );
  await atNodes(highlyAvailablePlan, small, {findNodes: () => Promise.resolve(many)});
  await app.press('i', 'q');
  expect(app.frame()).toContain('/etc/hostsq');
  await app.press('enter');
  await app.waitFor('1000 new, 0 changed, 0 as they are');
  await app.press('G');
  expect(app.frame()).toMatch(/❯ \+ n999 /);
  expect(shapeFaults(app.frame(), small)).toEqual([]);
  await app.press('enter');
  expect(nodesNow()).toHaveLength(1005);
});

test('a file with no machine in it says so, and why every line was passed over', async () => {
  await atNodes(highlyAvailablePlan, small, {
    findNodes: () => Promise.resolve(readHosts('127.0.0.1 localhost\n0.0.0.0 ads')),
  });
  await app.press('i', 'enter');
  const frame = await app.waitFor('No machine is in it');
  expect(frame).toContain('Passed over line 1: 127.0.0.1 localhost: it is this machine to itself.');
  expect(frame).toContain('Passed over line 2: 0.0.0.0 ads: it is no machine: the name is blocked.');
  expect(frame).not.toContain('take them');
  expect(shapeFaults(frame, small)).toEqual([]);
});

test('an import is drawn in ASCII too', async () => {
  await atNodes(highlyAvailablePlan, small, {findNodes: () => Promise.resolve(found), ascii: true});
  await app.press('i', 'enter');
  const frame = await app.waitFor('1 new, 1 changed');
  expect(frame).toMatch(/^[\u0000-\u007e]*$/);
  expect(frame).toContain('> = cp-1 10.0.0.11');
});
