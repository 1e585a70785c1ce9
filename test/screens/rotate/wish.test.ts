import {describe, expect, test} from 'vitest';
import {
  allOrNone,
  choiceStart,
  chosenNames,
  renewCommands,
  toggled,
  toggledName,
  wishedNames,
  wishOf,
  withName,
  type Choice,
} from '../../../screens/rotate/wish.ts';
import {madeUpNode} from '../../helpers/fake-rotate.ts';

const has = ['cp-1', '10.0.0.11'];

function named(choice: Choice, typed: string): Choice {
  const result = withName(choice, 'apiserver', has, typed);
  return 'choice' in result ? result.choice : expect.fail(result.fault);
}

describe('what is chosen', () => {
  test('is what needs it, until somebody says otherwise', () => {
    expect([...chosenNames(madeUpNode, choiceStart)]).toEqual(['apiserver', 'etcd-server']);
    const without = toggled(madeUpNode, choiceStart, 'apiserver');
    expect([...chosenNames(madeUpNode, without)]).toEqual(['etcd-server']);
    expect([...chosenNames(madeUpNode, {...without, names: undefined})]).toHaveLength(2);
  });

  test('never has what cannot be renewed', () => {
    const all = allOrNone(madeUpNode, choiceStart);
    expect(chosenNames(madeUpNode, all)).not.toContain('kubelet-client');
    expect(chosenNames(madeUpNode, {...all, names: new Set(['kubelet-client'])})).toEqual(new Set());
    expect(chosenNames(madeUpNode, allOrNone(madeUpNode, all))).toEqual(new Set());
  });
});

describe('names', () => {
  test('are added once, in the form that certificates have', () => {
    const choice = named(named(choiceStart, ' api.example.test '), 'fd00:0::1');
    expect(wishOf(madeUpNode, choice).sans).toEqual({apiserver: {add: ['api.example.test', 'fd00::1'], remove: []}});
    expect(withName(choice, 'apiserver', has, 'api.example.test')).toEqual({
      fault: 'api.example.test is added already',
    });
    expect(withName(choice, 'apiserver', has, 'cp-1')).toEqual({fault: 'cp-1 is among its names already'});
    expect(withName(choice, 'apiserver', has, 'a b')).toHaveProperty('fault');
  });

  test('that are taken away come back by the same key, and by being typed', () => {
    const [first = expect.fail()] = wishedNames(has, choiceStart, 'apiserver');
    const without = toggledName(choiceStart, 'apiserver', first);
    expect(wishedNames(has, without, 'apiserver')[0]).toEqual({value: 'cp-1', state: 'removed'});
    expect(toggledName(without, 'apiserver', {value: 'cp-1', state: 'removed'}).sans).toEqual({});
    expect(named(without, 'cp-1').sans).toEqual({});
  });

  test('of what is not chosen are no part of the wish', () => {
    const choice = toggled(madeUpNode, named(choiceStart, 'api.example.test'), 'apiserver');
    expect(wishOf(madeUpNode, choice).sans).toEqual({});
  });
});

describe('the same as commands', () => {
  const lines = (choice: Choice, restarts: 'all' | 'none' = 'all', root = '/'): readonly string[] =>
    renewCommands({root, view: madeUpNode}, choice, restarts).map((words) => words.join(' '));

  test('one is enough for all that is renewed alike', () => {
    expect(lines(choiceStart)).toEqual(['certwright renew apiserver etcd-server --yes --restart']);
    // Not --all: that leaves to the kubelet what is well, also where it was chosen.
    expect(lines(allOrNone(madeUpNode, choiceStart), 'none')).toEqual([
      'certwright renew admin.conf apiserver apiserver-etcd-client etcd-server --yes',
    ]);
  });

  test('each that gets names of its own is one more', () => {
    expect(lines(named(choiceStart, 'x.test'))).toEqual([
      'certwright renew etcd-server --yes --restart',
      'certwright renew apiserver --add-san x.test --yes --restart',
    ]);
  });

  test('what is not the default is said', () => {
    const choice: Choice = {...choiceStart, validity: '90d', keepsKeys: true};
    expect(lines(choice, 'none', '/mnt/a node')).toEqual([
      "certwright renew apiserver etcd-server --root '/mnt/a node' --validity 90d --same-key --yes",
    ]);
  });
});
