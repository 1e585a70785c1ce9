import {expect, test} from 'vitest';
import {knownGroups, meaningOfGroup} from '../../src/pki/groups.ts';

test('system:masters is told as what it is: everything, for as long as the certificate lasts', () => {
  expect(meaningOfGroup('system:masters')).toMatchObject({kind: 'everything'});
  expect(meaningOfGroup('system:masters').text).toMatch(/past RBAC.*cannot be revoked/);
});

test('a group that nobody knows is one of your own, and needs a binding that names it', () => {
  expect(meaningOfGroup('read-only')).toEqual({
    kind: 'own',
    text: 'a group of your own: it may do nothing until a binding names it, such as kubectl create clusterrolebinding NAME --clusterrole=view --group=read-only',
  });
  expect(meaningOfGroup("it's").text).toContain(String.raw`--group='it'\''s'`);
});

test('names that belong to the cluster are reserved, also those that are not listed', () => {
  expect(meaningOfGroup('system:nodes').kind).toBe('reserved');
  expect(meaningOfGroup('system:serviceaccounts:kube-system').text).toContain('namespace');
  expect(meaningOfGroup('kubeadm:something').kind).toBe('reserved');
  expect(meaningOfGroup('constructor').kind).toBe('own');
});

test('every group that is offered for reading has a meaning of its own', () => {
  expect(knownGroups.filter((group) => meaningOfGroup(group).kind === 'own')).toEqual([]);
});
