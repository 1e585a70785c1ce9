import {afterEach, describe, expect, test} from 'vitest';
import {Cancelled, Failure} from '../../../src/base/failure.ts';
import {Secret} from '../../../src/base/secret.ts';
import type {MadeToken, TokenEvent} from '../../../src/journeys/token.ts';
import {startedFrom} from '../../../src/wizard/wizard.ts';
import {fakeWorld, highlyAvailablePlan} from '../../helpers/fake-services.ts';
import {expectNoSecrets} from '../../helpers/no-secrets.ts';
import {shapeFaults, showApp, type ShownApp} from '../../helpers/shown-app.tsx';

const sizes = [
  ['80x24', {columns: 80, rows: 24}],
  ['120x40', {columns: 120, rows: 40}],
] as const;

let app: ShownApp;
afterEach(() => app.close());

/** At the page after the proof. */
async function toBootstrap(
  size: {readonly columns: number; readonly rows: number},
  createToken?: (signal: AbortSignal) => AsyncIterable<TokenEvent>,
): Promise<void> {
  const {services} = fakeWorld(createToken === undefined ? {} : {createToken});
  const wizard = startedFrom({kind: 'preset', name: 'kubeadm-ha'}, highlyAvailablePlan, services);
  app = await showApp({services, size, wizard});
  for (let page = 0; page < 8 && !app.frame().includes('› Preview'); page += 1) await app.press('pagedown');
  await app.press('n', 'enter');
  await app.waitFor('Proved');
  await app.press('n');
  expect(app.frame()).toContain('Let nodes in');
}

const command: TokenEvent = {
  kind: 'command-started',
  words: ['kubeadm', 'token', 'create', '--kubeconfig=/b/admin.conf'],
};
const token = new Secret('abcdef.0123456789abcdef');
const line = 'kubeadm join api.demo.test:6443 --token abcdef.0123456789abcdef --discovery-token-ca-cert-hash sha256:00';

function finished(changes: Partial<MadeToken> = {}): TokenEvent {
  const settings = {ttl: 24, description: '', groups: [], usages: []};
  const ends = new Date('2026-11-24T12:00:00Z');
  const made = {token, id: 'abcdef', settings, ends, joinCommand: new Secret(line), joined: undefined, checks: []};
  return {kind: 'finished', made: {...made, ...changes}};
}

async function* events(...told: readonly TokenEvent[]): AsyncGenerator<TokenEvent> {
  for (const event of told) yield await Promise.resolve(event);
}

describe.each(sizes)('the page after the proof at %s', (_, size) => {
  test('shows the command before it runs, and what a cluster from these files needs first', async () => {
    await toBootstrap(size);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    expect(app.frame()).toContain('❯ Now: a token by kubeadm');
    expect(app.frame()).toContain('kubeadm token create --ttl=24h');
    expect(app.frame()).toContain('--print-join-command');
    await app.press('down');
    expect(app.frame()).toContain('❯ Later: from the files');
    expect(app.frame()).toContain('bootstrap/rbac.yaml');
  });

  test('says of each node what to copy and what to run', async () => {
    await toBootstrap(size);
    await app.press('down', 'down');
    expect(app.frame()).toContain('❯ cp-2 joins');
    expect(app.frame()).toContain('-C ./demo-bundle/nodes/cp-2/rootfs');
    await app.press('G');
    expect(app.frame()).toContain('❯ worker-2 joins');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('pagedown');
    expect(app.frame()).toContain('ssh worker-2 kubeadm join');
  });

  test('masks the line to join with until a key shows it', async () => {
    const checked: TokenEvent = {
      kind: 'checked',
      check: {id: 'pin', isGood: true, says: 'the pin is right', fix: undefined},
    };
    await toBootstrap(size, () => events(command, {kind: 'token-created', id: 'abcdef'}, checked, finished()));
    await app.press('enter');
    await app.waitFor('made and checked');
    expect(app.frame()).toContain('abcdef.****************');
    expectNoSecrets(app.frame());
    await app.press('r');
    expect(app.frame()).toContain('abcdef.0123456789abcdef');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('down');
    await app.press('up');
    expectNoSecrets(app.frame());
  });

  test('an error keeps the page and says what to do; Enter tries again', async () => {
    let tries = 0;
    async function* failing(): AsyncGenerator<TokenEvent> {
      tries += 1;
      yield await Promise.resolve(command);
      throw new Failure('kubeadm-unreachable', 'kubeadm says: dial tcp: connection refused', {
        nextSteps: ['see that the API server runs'],
      });
    }
    await toBootstrap(size, failing);
    await app.press('enter');
    await app.waitFor('it could not be made');
    expect(app.frame()).toContain('connection refused');
    expect(app.frame()).toContain('See that the API server runs.');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('enter');
    await app.waitFor('it could not be made');
    expect(tries).toBe(2);
    await app.press('n');
    expect(app.frame()).toContain('What lies where');
  });
});

const small = sizes[0][1];

test('a token with which no node could join is said to be so, and no line is shown', async () => {
  const checks = [
    {id: 'signature', isGood: false, says: 'cluster-info is not signed', fix: 'start the signer'},
  ] as const;
  await toBootstrap(small, () => events(command, finished({joinCommand: undefined, checks})));
  await app.press('enter');
  await app.waitFor('no node could join with it');
  expect(app.frame()).toContain('cluster-info is not signed.');
  expect(app.frame()).toContain('Start the signer.');
  expect(app.frame()).not.toContain('kubeadm join api');
  expect(app.frame()).toContain('enter try again');
});

test('Esc stops a kubeadm that hangs, and nothing else', async () => {
  async function* hanging(signal: AbortSignal): AsyncGenerator<TokenEvent> {
    yield await Promise.resolve(command);
    await new Promise((resolve) => signal.addEventListener('abort', resolve, {once: true}));
    throw new Cancelled();
  }
  await toBootstrap(small, hanging);
  await app.press('enter');
  await app.waitFor('kubeadm runs');
  await app.press('n');
  expect(app.frame()).toContain('Let nodes in');
  await app.press('esc');
  await app.waitFor('the cluster runs, and kubeadm is here');
  expect(app.frame()).toContain('Let nodes in');
});
