import {describe, expect, test} from 'vitest';
import {Secret} from '../../src/base/secret.ts';
import type {TokenEvent} from '../../src/journeys/token.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {back} from '../helpers/line-person.ts';
import {folded, walk} from '../helpers/line-walk.ts';

const line = 'kubeadm join 10.0.0.11:6443 --token abcdef.0123456789abcdef --discovery-token-ca-cert-hash sha256:00';

async function* made(joinCommand: Secret | undefined = new Secret(line)): AsyncGenerator<TokenEvent> {
  const token = new Secret('abcdef.0123456789abcdef');
  const check = {id: 'pin', isGood: true, says: 'the pin is right', fix: undefined} as const;
  yield await Promise.resolve({kind: 'command-started', words: ['kubeadm', 'token', 'create']} as const);
  yield {kind: 'token-created', id: 'abcdef'};
  yield {kind: 'checked', check};
  const settings = {ttl: 24, description: '', groups: [], usages: []};
  const ends = new Date('2026-11-24T12:00:00Z');
  yield {
    kind: 'finished',
    made: {token, id: 'abcdef', settings, ends, joinCommand, joined: undefined, checks: [check]},
  };
}

describe('letting nodes in, question by question', () => {
  test('later says what to apply, in which order, and what each node needs', async () => {
    const {shown, exitCode} = await walk({}, {start: {preset: 'kubeadm-ha'}});
    const words = folded(shown);
    const folder = 'demo-bundle/';
    expect(words).toMatch(
      new RegExp(
        `apply -f ${folder}bootstrap/rbac.yaml.*${folder}bootstrap/cluster-info.yaml.*${folder}bootstrap/token-secret.yaml`,
      ),
    );
    expect(words).toContain('kubectl --kubeconfig demo-bundle/nodes/cp-1/rootfs/etc/kubernetes/super-admin.conf');
    expect(words).toContain('upload-config kubeadm --config demo-bundle/nodes/cp-1/kubeadm-config.yaml');
    expect(words).toContain('cp-2 joins:');
    expect(words).toContain('ssh cp-2 kubeadm join --config /etc/kubernetes/kubeadm-config.yaml');
    expect(words).toContain('The other 3 join likewise');
    expect(words).not.toContain('cp-1 joins:');
    expect(exitCode).toBe(0);
  });

  test('now shows the command before it runs, tells what was checked, and the line only to whoever wants it', async () => {
    const hidden = await walk({'Bootstrap token': 'now', 'Run it now?': 'yes'}, {world: {createToken: () => made()}});
    expect(folded(hidden.shown)).toMatch(/kubeadm token create --ttl=24h .*--kubeconfig=.*ok: the pin is right/);
    expect(hidden.shown).toContain('abcdef.****************');
    expectNoSecrets(hidden.shown);
    const seen = await walk(
      {'Bootstrap token': 'now', 'Run it now?': 'yes', 'Show the line to join with?': 'yes'},
      {world: {createToken: () => made()}},
    );
    expect(seen.shown).toContain(line);
  });

  test('a kubeadm that is not there is said, and it is asked again', async () => {
    const {shown, asked, exitCode} = await walk({'Bootstrap token': ['now', 'not'], 'Run it now?': 'yes'});
    expect(shown).toContain('there is no kubeadm here that could make a token');
    expect(asked.filter((ask) => ask === 'Bootstrap token')).toHaveLength(2);
    expect(exitCode).toBe(0);
  });

  test('nothing runs before it is confirmed, and back leads to the proof', async () => {
    const {asked, shown} = await walk(
      {'Bootstrap token': [back, 'now', 'not'], 'Run it now?': 'no'},
      {
        world: {
          createToken: () => {
            throw new Error('it ran');
          },
        },
      },
    );
    expect(asked.filter((ask) => ask === 'Bootstrap token')).toHaveLength(3);
    expect(shown.match(/^Proof$/gm)).toHaveLength(2);
  });
});
