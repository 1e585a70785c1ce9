import {execFileSync, spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {Secret} from '../../src/base/secret.ts';
import {readKubeconfig} from '../../src/kubeconfig/read-kubeconfig.ts';
import {writeBundle} from '../../src/bundle/write-bundle.ts';
import {describeReal} from '../helpers/real.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {make, variety} from './bundles.ts';

describeReal('a bundle’s files, as kubectl and kubeadm read them', (programs) => {
  test.each(variety)('kubectl reads every kubeconfig of %s', async (_, changes) => {
    const made = await make(changes);
    const directory = join(temporaryFolder(), 'bundle');
    await writeBundle({...made, directory});
    const kubectl = programs.path('kubectl');
    // Of each kind one; those of other nodes differ in names only.
    const kinds = new Map(made.blueprint.kubeconfigs.map(({id, name}) => [id, name]));
    const files = made.blueprint.files.filter(
      ({content}) => content.kind === 'kubeconfig' && [...kinds.values()].includes(content.kubeconfig),
    );
    expect(files.length).toBe(kinds.size);
    for (const {path} of files) {
      const words = ['--kubeconfig', join(directory, path), 'config', 'view', '--raw', '-o', 'json'];
      const view = readKubeconfig(execFileSync(kubectl, words, {encoding: 'utf8'}));
      const ours = readKubeconfig(readFileSync(join(directory, path), 'utf8'));
      expect(view.problems).toEqual([]);
      expect(JSON.stringify({...view, users: view.users.map(withKey)})).toBe(
        JSON.stringify({...ours, users: ours.users.map(withKey)}),
      );
    }
  });

  test('kubeadm makes the same Secret and the same join command of the token', async () => {
    const made = await make();
    const token = 'abcdef.0123456789abcdef';
    const directory = join(temporaryFolder(), 'bundle');
    await writeBundle({...made, issued: {...made.issued, bootstrapToken: new Secret(token)}, directory});
    const settings = made.blueprint.plan.bootstrap.token;
    const {stdout, status, stderr} = spawnSync(
      programs.path('kubeadm'),
      [
        'token',
        'create',
        token,
        '--dry-run',
        '--print-join-command',
        `--kubeconfig=${join(directory, 'nodes/cp-1/rootfs/etc/kubernetes/admin.conf')}`,
        `--description=${settings.description}`,
        `--ttl=${settings.ttl}h`,
      ],
      {encoding: 'utf8'},
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const theirs = parse(/\tapiVersion: v1\n(?:\t.*\n)*/.exec(stdout)?.[0].replaceAll('\t', '') ?? '') as KubeadmSecret;
    const ours = parse(readFileSync(join(directory, 'bootstrap/token-secret.yaml'), 'utf8')) as KubeadmSecret;
    // Their clock is now, ours is the bundle's.
    const {expiration, ...others} = theirs.data;
    expect(Buffer.from(expiration ?? '', 'base64').toString()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(ours).toEqual({
      ...theirs,
      metadata: {name: theirs.metadata['name'], namespace: theirs.metadata['namespace']},
      data: {...others, expiration: ours.data['expiration']},
    });
    const command = stdout.split('\n').find((line) => line.startsWith('kubeadm join'));
    expect(readFileSync(join(directory, 'bootstrap/join-command'), 'utf8').trim()).toBe(
      command?.trim().replaceAll(/ +/g, ' '),
    );
  });
});

interface KubeadmSecret {
  readonly metadata: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, string>>;
}

/** Secrets hide themselves from JSON; here they are compared. */
function withKey(user: ReturnType<typeof readKubeconfig>['users'][number]): unknown {
  const shown = (secret: typeof user.key): unknown => (secret?.kind === 'embedded' ? secret.secret.reveal() : secret);
  return {...user, key: shown(user.key), token: shown(user.token)};
}
