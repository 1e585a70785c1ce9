import {describe, expect, test} from 'vitest';
import {rightsOf, rightsOfGroup, rightsOfUser} from '../../src/pki/identities.ts';
import {recognise} from '../../src/pki/recognise.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {presetNames, presetPlan} from '../helpers/presets.ts';

const ids = (commonName: string, usages: Parameters<typeof recognise>[1]): readonly string[] =>
  recognise({commonName}, usages).map(({id}) => id);

describe('a certificate is recognised', () => {
  test('by a name that only one row has', () => {
    expect(ids('kube-apiserver', ['server auth'])).toEqual(['apiserver']);
    expect(ids('kubernetes-admin', ['client auth'])).toEqual(['admin']);
  });

  test('by the pattern of its name', () => {
    expect(ids('system:node:worker-7.example.org', ['client auth'])).toEqual(['kubelet-client']);
    expect(ids('system:node:worker-7.example.org', ['server auth'])).toEqual(['kubelet-serving']);
  });

  test('as one of two where nothing but its place tells them apart', () => {
    expect(ids('etcd-1', ['client auth', 'server auth'])).toEqual(['etcd-server', 'etcd-peer']);
  });

  test('as a person where no component has that name', () => {
    expect(ids('alice', ['client auth'])).toEqual(['user']);
  });

  test('not by a name with other usages, nor by half a pattern', () => {
    expect(ids('kube-apiserver', ['client auth'])).toEqual(['user']);
    expect(ids('system:node:', ['client auth'])).toEqual(['user']);
    expect(ids('kube-apiserver', [])).toEqual([]);
  });

  test('in every preset: each is like its own row', () => {
    for (const name of presetNames) {
      for (const {id, subject, usages} of makeBlueprint(presetPlan(name)).certificates) {
        expect(ids(subject.commonName, usages), id).toContain(id);
      }
    }
  });
});

describe('names with a meaning of their own', () => {
  test('are told for the user and for each group', () => {
    expect(rightsOf({commonName: 'system:node:cp-1', organizations: ['system:nodes', 'team-a']})).toEqual([
      {name: 'system:node:cp-1', rights: 'the kubelet of that node, when the group is system:nodes'},
      {name: 'system:nodes', rights: rightsOfGroup('system:nodes')},
    ]);
    expect(rightsOfGroup('system:masters')).toMatch(/past RBAC.*cannot be revoked/);
  });

  test('are none where somebody has to bind a role first', () => {
    expect(rightsOfGroup('read-only')).toBeUndefined();
    expect(rightsOfGroup('system:mastersofnone')).toBeUndefined();
    expect(rightsOfUser('alice')).toBeUndefined();
  });
});
