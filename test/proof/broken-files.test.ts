import {beforeAll, describe, expect, test} from 'vitest';
import {Failure} from '../../src/base/failure.ts';
import {planWith} from '../helpers/plans.ts';
import {findingsOf, idsOf, judged, World} from './world.ts';

describe('a file that is missing or broken makes its own connections fail, and no other', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.of(planWith({keys: {algorithm: 'ECDSA-P256'}, users: [{name: 'viewer', groups: []}]}));
  });

  test.each<[string, string, (text: string) => string | undefined, string[], RegExp, RegExp]>([
    [
      'a key that is gone',
      'nodes/cp-1/rootfs/etc/kubernetes/pki/apiserver-etcd-client.key',
      () => undefined,
      ['apiserver-to-etcd'],
      /^caller kube-apiserver: open \/etc\/kubernetes\/pki\/apiserver-etcd-client.key: no such file or directory$/,
      /^\/etc\/kubernetes\/pki\/apiserver-etcd-client.key is missing$/,
    ],
    [
      'a certificate that is cut off',
      'nodes/cp-1/rootfs/etc/kubernetes/pki/etcd/healthcheck-client.crt',
      (text) => text.slice(0, 200),
      ['etcdctl-to-etcd'],
      /^caller etcdctl: /,
      /holds no certificate that can be read$/,
    ],
    [
      'a certificate with rubbish in it',
      'nodes/cp-1/rootfs/etc/kubernetes/pki/etcd/healthcheck-client.crt',
      () => '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      ['etcdctl-to-etcd'],
      /^caller etcdctl: /,
      /holds no certificate that can be read$/,
    ],
    [
      'a key with rubbish in it',
      'nodes/cp-1/rootfs/etc/kubernetes/pki/front-proxy-client.key',
      () => '-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n',
      ['apiserver-to-aggregated-api'],
      /^caller kube-apiserver: tls: failed to parse private key$/,
      /front-proxy-client.key holds no private key that can be read$/,
    ],
    [
      'a trust file without a certificate',
      'nodes/cp-1/rootfs/etc/kubernetes/pki/front-proxy-ca.crt',
      () => '\n',
      ['apiserver-to-aggregated-api'],
      /^provider aggregated-api: no certificate in PEM is in it$/,
      /front-proxy-ca.crt holds no certificate that can be read, so there is nothing to verify with$/,
    ],
    [
      'a kubeconfig that is no YAML',
      'users/viewer.conf',
      () => 'clusters: [}',
      ['user-to-apiserver'],
      /^caller kubectl: invalid configuration: /,
      /^users\/viewer.conf: /,
    ],
    [
      'a kubeconfig without a current context',
      'users/viewer.conf',
      (text) => text.replace(/current-context: .*/, "current-context: ''"),
      ['user-to-apiserver'],
      /^caller kubectl: /,
      /names no current cluster$/,
    ],
  ])('%s', async (_, path, spoil, failing, said, why) => {
    const spoiled = world.copy();
    const text = spoil(spoiled.read(path));
    if (text === undefined) spoiled.remove(path);
    else spoiled.write(path, text);
    const proof = await spoiled.prove();
    expect(idsOf(proof, 'failed')).toEqual(failing);
    expect(judged(proof, failing[0] ?? '').verdict).toMatchObject({
      said: expect.stringMatching(said),
      why: expect.stringMatching(why),
    });
    expect(proof.findings.map(({at}) => at.path)).toContain(path);
    expect(proof.state).toBe('critical');
  });

  test('a file that may not be read', async () => {
    const path = 'nodes/cp-1/rootfs/etc/kubernetes/pki/apiserver-etcd-client.key';
    const {files} = world;
    const read = async (wanted: string) => {
      if (wanted === path) throw new Failure('not-permitted', `${path} may not be read`, {nextSteps: ['be root']});
      return files.read(wanted);
    };
    const proof = await world.prove({files: {...files, read}});
    expect(findingsOf(proof)).toEqual([`error file-unreadable ${path}`]);
    expect(idsOf(proof, 'failed')).toEqual(['apiserver-to-etcd']);
  });

  test('an empty folder fails in everything that is ours, and does not throw', async () => {
    const nothing = {list: () => [], mode: () => undefined, read: async () => undefined};
    const proof = await world.prove({files: nothing});
    expect(proof.findings).toHaveLength(world.blueprint.files.length);
    expect(idsOf(proof, 'proved')).toEqual([]);
    expect(proof.intrusions.every(({outcome}) => outcome === 'not-tried')).toBe(true);
    expect(proof.state).toBe('critical');
  });
});
