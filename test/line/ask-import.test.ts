import {describe, expect, test} from 'vitest';
import {Failure} from '../../src/base/failure.ts';
import {readHosts} from '../../src/wizard/read-hosts.ts';
import {askerNames, back, enter} from '../helpers/line-person.ts';
import {folded, walk} from '../helpers/line-walk.ts';

const found = readHosts('127.0.0.1 localhost\n10.0.0.11 cp-1\nfd00::12 cp-2\n10.0.0.23 worker-3 box.demo.test\n');
const names = (plan: {readonly nodes: readonly {readonly name: string}[]} | undefined) =>
  plan?.nodes.map(({name}) => name);

describe.each(askerNames)('an import with %s', (name) => {
  test('says what it would change, is taken as one, and taken back as one', async () => {
    const {shown, issued} = await walk(
      {
        Nodes: ['import', 'undo', 'import', enter],
        'Import nodes from': 'hosts',
        'Path of the hosts file': enter,
        'Roles of new nodes': 'by-name',
        'Take them (yes, no, or names to leave out)': enter,
      },
      {name, start: {preset: 'kubeadm-ha'}, world: {findNodes: () => Promise.resolve(found)}},
    );
    const text = folded(shown);
    expect(text).toContain('Passed over line 1: 127.0.0.1 localhost: it is this machine to itself.');
    expect(text).toContain('new (line 4): worker-3 10.0.0.23 worker box.demo.test');
    expect(text).toContain(
      'changed (line 3): cp-2 10.0.0.12,fd00::12 control-plane, before: cp-2 10.0.0.12 control-plane',
    );
    expect(text).toContain('1 node in it is there already.');
    expect(text).toContain('Taken back: the import.');
    expect(names(issued[0]?.plan)).toEqual(['cp-1', 'cp-2', 'cp-3', 'worker-1', 'worker-2', 'worker-3']);
  });
});

describe('an import', () => {
  test('with a wrong row takes nothing until that row is left out', async () => {
    const wrong = readHosts('10.0.0.41 node-4\n10.0.0.11 other\n');
    const {shown, issued} = await walk(
      {
        Nodes: ['import', enter],
        'Import nodes from': 'hosts',
        'Path of the hosts file': 'hosts.txt',
        'Roles of new nodes': 'worker',
        'Names to leave out (or no)': 'nobody\nother',
        'Take them (yes, no, or names to leave out)': 'yes',
      },
      {start: {preset: 'kubeadm-ha'}, world: {findNodes: () => Promise.resolve(wrong)}},
    );
    expect(shown).toContain('Not taken: 10.0.0.11 is the address of "cp-1" too');
    expect(shown).toContain('there is no nobody in it');
    expect(names(issued[0]?.plan)?.at(-1)).toBe('node-4');
    expect(names(issued[0]?.plan)).not.toContain('other');
  });

  test('that cannot be read says why, and the lines stay as they are', async () => {
    const failure = new Failure('program-missing', 'kubectl cannot be started', {nextSteps: ['install kubectl']});
    const {shown, issued} = await walk(
      {Nodes: ['import', enter], 'Import nodes from': 'kubectl'},
      {start: {preset: 'kubeadm-ha'}, world: {findNodes: () => Promise.reject(failure)}},
    );
    expect(shown).toContain('Not taken: kubectl cannot be started\n  install kubectl\n');
    expect(issued[0]?.plan.nodes).toHaveLength(5);
  });

  test('can be left at every question', async () => {
    const {issued} = await walk(
      {
        Nodes: ['import', 'import', 'import', 'import', enter],
        'Import nodes from': [back, 'hosts', 'hosts', 'hosts'],
        'Path of the hosts file': [back, enter, enter],
        'Roles of new nodes': [back, 'worker'],
        'Take them (yes, no, or names to leave out)': 'no',
      },
      {start: {preset: 'kubeadm-ha'}, world: {findNodes: () => Promise.resolve(found)}},
    );
    expect(issued[0]?.plan.nodes).toHaveLength(5);
  });
});

describe('lines', () => {
  test('are copied under the next free name and address, moved, and each change is taken back', async () => {
    const {shown, issued} = await walk(
      {
        Nodes: [
          'copy worker-2',
          'copy 1',
          'move worker-3 1',
          'undo',
          'remove 1',
          'undo',
          'undo',
          'undo',
          'undo',
          'copy 5',
          enter,
        ],
      },
      {start: {preset: 'kubeadm-ha'}},
    );
    expect(shown).toContain('Line 6 added: worker-3 10.0.0.23 worker');
    expect(shown).toContain('Line 2 added: cp-4 10.0.0.14 control-plane');
    expect(shown).toContain('1) worker-3 10.0.0.23 worker\n2) cp-1');
    expect(shown).toContain('Taken back: the move of worker-3.');
    expect(shown).toContain('Taken back: the new line cp-4.');
    expect(shown).toContain('There is nothing to take back.');
    expect(names(issued[0]?.plan)).toEqual(['cp-1', 'cp-2', 'cp-3', 'worker-1', 'worker-2', 'worker-3']);
  });

  test('of a map know neither copies nor imports: such words are lines', async () => {
    const {shown} = await walk({
      'Change anything else?': ['trust.assign', 'enough'],
      'Other signers': ['import', enter],
    });
    expect(shown).toContain('Not taken: ');
    expect(shown).not.toContain('Import nodes from');
  });
});
