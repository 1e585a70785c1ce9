import {describe, expect, test} from 'vitest';
import {back, enter} from '../helpers/line-person.ts';
import {folded, walk} from '../helpers/line-walk.ts';

describe('tables', () => {
  test('grow line by line; a wrong line is refused, the others of a paste are taken', async () => {
    const {shown, issued} = await walk({
      Nodes: [
        'worker-1 10.0.0.300 worker',
        'worker-1 10.0.0.21 worker\n\nworker-2 10.0.0.11 worker\nworker-3 10.0.0.23 wrker',
        'worker-4 10.0.0.24 worker; worker-5 10.0.0.25 worker',
        enter,
      ],
    });
    expect(shown).toContain('Not taken: "10.0.0.300" is not an IP address\n  write it like 10.0.0.11');
    expect(shown).toContain('worker-2 10.0.0.11 worker:\nNot taken: 10.0.0.11 is the address of "cp-1" too\n');
    expect(shown).toContain('worker-3 10.0.0.23');
    expect(shown).toContain('  did you mean worker?\n');
    expect(shown).toContain('\nLine 2 added.\n');
    expect(shown).toContain('Lines 3 to 4 added.\n');
    expect(issued[0]?.plan.nodes.map(({name}) => name)).toEqual(['cp-1', 'worker-1', 'worker-4', 'worker-5']);
  });

  test('are changed and shortened by number or name', async () => {
    const {shown, issued} = await walk(
      {
        Nodes: ['remove worker-2', 'edit 4', 'edit cp-2', 'remove 9', 'remove', 'list', 'done'],
        'Line 4': 'worker-9 10.0.0.29 worker - ',
        'Line 2': 'cp-2 10.0.0.11 control-plane\ncp-two 10.0.0.12 control-plane',
      },
      {start: {preset: 'kubeadm-ha'}},
    );
    expect(shown).toContain('Removed: worker-2 10.0.0.22 worker\n');
    expect(shown).toContain('No line 9: there are lines 1 to 4.');
    expect(shown).toContain('Say which line, such as edit 1; there are lines 1 to 4.');
    expect(shown).toContain('4) worker-9 10.0.0.29 worker\n');
    expect(issued[0]?.plan.nodes.map(({name}) => name)).toEqual(['cp-1', 'cp-two', 'cp-3', 'worker-9']);
  });

  test('are not left while something is wrong with the whole', async () => {
    const {shown, issued} = await walk({Nodes: ['remove 1', enter, 'cp-9 10.0.0.19 control-plane', enter]});
    expect(shown).toMatch(/There is no line yet\.\nNodes, a line or Enter when done: \nNot taken: .*node.*\n {2}\S/);
    expect(issued[0]?.plan.nodes.map(({name}) => name)).toEqual(['cp-9']);
  });

  test('left unfinished are as they were when they are asked again', async () => {
    const {shown, issued} = await walk({
      Nodes: ['worker-1 10.0.0.21 worker', back, enter],
      Authorities: [enter, enter],
    });
    expect(folded(shown)).toContain('Nodes: what you have changed is not in the plan yet');
    expect(shown).toContain('2) worker-1 10.0.0.21 worker\n');
    expect(issued[0]?.plan.nodes).toHaveLength(2);
  });

  test('of maps refuse a wrong line too', async () => {
    const {shown, issued} = await walk({
      'Change anything else?': ['trust.assign', 'enough'],
      'Other signers': ['etcd-per etcd-ca', 'kubelet-serving kubelet-serving-ca', enter],
    });
    expect(shown).toContain('Not taken: there is no certificate "etcd-per"\n  did you mean etcd-peer?');
    expect(issued[0]?.plan.trust.assign).toEqual({'kubelet-serving': 'kubelet-serving-ca'});
  });
});
