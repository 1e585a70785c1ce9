import {describe, expect, test} from 'vitest';
import {duplicateRow, moveRow, nextAddress, nextName, toggleWord} from '../../src/wizard/change-records.ts';
import type {PlanValue, RecordColumn} from '../../src/wizard/step.ts';
import {steps} from '../../src/wizard/steps.ts';
import {cutText, isList, joinRecord} from '../../src/wizard/text-form.ts';

const kind = steps.find(({id}) => id === 'nodes')?.kind;
if (kind?.kind !== 'records') throw new TypeError('nodes are no table');
const {columns} = kind;

const rows = (...lines: readonly string[]): readonly PlanValue[] => {
  const value = cutText({kind: 'records', columns, example: ''}, lines.join('\n'));
  return isList(value) ? value : [];
};
const copied = (lines: readonly string[], index: number, reserved: readonly string[] = []) => {
  const {row, ...rest} = duplicateRow(columns, rows(...lines), index, reserved);
  return {...rest, line: joinRecord(columns, row)};
};

describe('a row like another one', () => {
  test('has the next free name and the next free address', () => {
    expect(copied(['worker-3 10.0.0.23 worker'], 0)).toEqual({
      line: 'worker-4 10.0.0.24 worker',
      name: 'worker-4',
      addresses: ['10.0.0.24'],
      without: [],
    });
  });

  test('passes over names and addresses that somebody has', () => {
    const lines = [
      'w-1 10.0.0.21,fd00::21 worker',
      'w-2 10.0.0.30 worker',
      'cp 10.0.0.22 control-plane',
      'x FD00:0::22 etcd',
    ];
    expect(copied(lines, 0).line).toBe('w-3 10.0.0.23,fd00::23 worker');
    expect(copied(lines, 0, ['10.0.0.23', 'api.demo.test']).line).toBe('w-3 10.0.0.24,fd00::23 worker');
  });

  test('two addresses of one row do not become the same', () => {
    expect(copied(['a-1 10.0.0.1,10.0.0.2 worker'], 0).line).toBe('a-2 10.0.0.3,10.0.0.4 worker');
  });

  test('has names of its own where they follow its name, and none that belong to another machine', () => {
    expect(copied(['cp-1 10.0.0.11 control-plane cp-1.demo.test,lb.demo.test,10.9.0.11'], 0).line).toBe(
      'cp-2 10.0.0.12 control-plane cp-2.demo.test,10.9.0.12',
    );
  });

  test('says which address it could not follow', () => {
    const all = Array.from({length: 254}, (_, index) => `n${index + 1} 10.0.0.${index + 1} worker`);
    expect(copied(all, 7)).toMatchObject({without: ['10.0.0.8'], addresses: [], line: 'n255 - worker'});
  });
});

test.each([
  ['worker-3', [], 'worker-4'],
  ['worker-3', ['worker-4', 'WORKER-5'.toLowerCase()], 'worker-6'],
  ['node-09', [], 'node-10'],
  ['node-099.rack-1', [], 'node-100.rack-1'],
  ['gateway', [], 'gateway-2'],
  ['gateway.demo1.test', ['gateway-2.demo1.test'], 'gateway-3.demo1.test'],
  ['rack1-node2a', [], 'rack1-node3a'],
])('after the name %s (beside %j) comes %s', (name, taken, expected) => {
  expect(nextName(name, new Set(taken))).toBe(expected);
});

test.each([
  ['10.0.0.11', [], '10.0.0.12'],
  ['10.0.0.254', [], '10.0.0.253'],
  ['10.0.0.253', ['10.0.0.254'], '10.0.0.252'],
  ['fd00::ff', ['fd00::100'], 'fd00::101'],
  ['2001:db8:1:2:a:b:c:fffe', [], '2001:db8:1:2:a:b:c:ffff'],
  ['not an address', [], undefined],
])('after the address %s (beside %j) comes %s', (address, taken, expected) => {
  expect(nextAddress(address, new Set(taken))).toBe(expected);
});

test('a row that moves leaves the others in their order, and stays inside', () => {
  expect(moveRow(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  const all = ['a', 'b'];
  expect(moveRow(all, 0, -1)).toBe(all);
  expect(moveRow(all, 1, 2)).toBe(all);
});

test('a role is given and taken, in the order of the column', () => {
  const roles = columns.find(({id}) => id === 'roles') as RecordColumn;
  const given = toggleWord(roles, {name: 'a', roles: ['worker']}, 'control-plane');
  expect(given).toEqual({name: 'a', roles: ['control-plane', 'worker']});
  expect(toggleWord(roles, given, 'worker')).toEqual({name: 'a', roles: ['control-plane']});
  expect(toggleWord(roles, {name: 'a', roles: ['wroker']}, 'etcd')).toEqual({name: 'a', roles: ['etcd', 'wroker']});
});
