import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {Cancelled, Failure} from '../../src/base/failure.ts';
import {Secret} from '../../src/base/secret.ts';
import type {Admin} from '../../src/journeys/admin.ts';
import {createToken, type TokenEvent, type TokenRequest} from '../../src/journeys/token.ts';
import {emptyPlan} from '../../src/pki/plan.ts';
import {fakeKubeadm} from '../kubeadm/fake-kubeadm.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

const admin: Admin = {kubeconfig: '/admin.conf', server: 'https://10.0.0.11:6443', onDisk: []};
const token = new Secret('abcdef.0123456789abcdef');
const settings = {...emptyPlan.bootstrap.token, ttl: 0, description: 'for: "worker 9"'};
const request: TokenRequest = {admin, at: undefined, settings, given: token, join: 'no'};

/** A kubeadm that keeps the file that it is given, with its mode, and then does `then`. */
function keeping(then: string) {
  const kept = join(temporaryFolder(), 'kept');
  const fake = fakeKubeadm(`
    if [ "$1" = version ]; then echo v1.36.2; exit; fi
    for word; do case $word in --config=*) file=\${word#--config=};; esac; done
    stat -c '%a %n' "$file" >'${kept}'; cat "$file" >>'${kept}'
    ${then}`);
  const read = () => {
    const [first = '', ...lines] = readFileSync(kept, 'utf8').split('\n');
    const [mode = '', path = ''] = first.split(' ');
    return {mode, path, text: lines.join('\n')};
  };
  return {...fake, kept: read, isKept: () => existsSync(kept)};
}

async function all(events: AsyncIterable<TokenEvent>): Promise<readonly TokenEvent[]> {
  const seen: TokenEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

const now = () => new Date('2026-11-24T12:00:00Z');

describe('a token that somebody brings', () => {
  test('is in a file of this user alone while kubeadm runs, and in no word', async () => {
    const fake = keeping(`echo '${token.reveal()}'`);
    const seen = await all(createToken(request, {now, runProgram: fake.runProgram}));
    expect(seen.map(({kind}) => kind)).toEqual(['command-started', 'token-created', 'finished']);
    expectNoSecrets(JSON.stringify(seen) + fake.calls().join('\n'));
    const {mode, path, text} = fake.kept();
    expect(mode).toBe('600');
    expect(existsSync(path)).toBe(false);
    expect(text).toContain('apiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfiguration\n');
    expect(text).toContain(`token: ${token.reveal()}\n  ttl: 0s\n  description: "for: \\"worker 9\\""\n`);
    // Else kubeadm would ask the internet which version is the newest.
    expect(text).toContain('kubernetesVersion: v1.36.2');
  });

  test('is gone from the disk when kubeadm says no, with the token in its words', async () => {
    const fake = keeping(`echo "token ${token.reveal()} is bad" >&2; exit 1`);
    const error = await all(createToken(request, {now, runProgram: fake.runProgram})).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({code: 'kubeadm-refused', message: 'kubeadm says: token [secret] is bad'});
    expect(existsSync(fake.kept().path)).toBe(false);
  });

  test('is gone from the disk when somebody stops a kubeadm that hangs', async () => {
    const stop = new AbortController();
    const fake = keeping('sleep 600');
    const run = all(createToken(request, {now, runProgram: fake.runProgram, signal: stop.signal}));
    run.catch(() => undefined);
    await expect.poll(fake.isKept, {timeout: 20_000}).toBe(true);
    stop.abort();
    await expect(run).rejects.toBeInstanceOf(Cancelled);
    expect(existsSync(fake.kept().path)).toBe(false);
  });
});

describe('what comes of it', () => {
  const line = `kubeadm join 10.0.0.11:6443 --token ${token.reveal()} --discovery-token-ca-cert-hash sha256:${'a'.repeat(64)}`;
  const list = JSON.stringify({kind: 'BootstrapToken', token: token.reveal(), usages: ['signing', 'authentication']});
  const answering = fakeKubeadmThat(`case "$*" in *list*) echo '${list}' ;; *) echo '${line}' ;; esac`);

  function fakeKubeadmThat(script: string) {
    return () => fakeKubeadm(script);
  }

  test('a line that was judged bad is not handed out, though the token is there', async () => {
    const noAnswer = new Failure('no-answer', 'nobody answers', {nextSteps: ['wake them']});
    const world = {now, runProgram: answering().runProgram, readClusterInfo: () => Promise.reject(noAnswer)};
    const seen = await all(createToken({...request, given: undefined, join: 'worker'}, world));
    const last = seen.at(-1);
    expect(last).toMatchObject({kind: 'finished', made: {id: 'abcdef', joinCommand: undefined, joined: undefined}});
    expect(seen.filter(({kind}) => kind === 'checked')).toHaveLength(3);
    expectNoSecrets(JSON.stringify(seen));
  });

  test('a kubeconfig that leads to this machine alone is refused before anything runs', async () => {
    const fake = answering();
    const local = {
      ...request,
      given: undefined,
      join: 'worker' as const,
      admin: {...admin, server: 'https://[::1]:6443'},
    };
    await expect(all(createToken(local, {now, runProgram: fake.runProgram}))).rejects.toMatchObject({
      problems: [{code: 'local-address'}],
    });
    expect(fake.calls()).toEqual([]);
  });

  test('a kubeadm that was ended may have made it all the same', async () => {
    const timedOut = new Failure('program-timed-out', 'too slow', {nextSteps: ['wait']});
    const world = {now, runProgram: () => Promise.reject(timedOut)};
    await expect(all(createToken({...request, given: undefined}, world))).rejects.toMatchObject({
      code: 'program-timed-out',
      message: 'kubeadm did not end within 45 s, and was ended; the token may have been made all the same',
      nextSteps: expect.arrayContaining(['see whether there is a new one: certwright token list']),
    });
  });
});
