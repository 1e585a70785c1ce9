import {afterEach, describe, expect, test} from 'vitest';
import {Failure, InputFailure} from '../../../src/base/failure.ts';
import {problem} from '../../../src/base/problem.ts';
import {Secret} from '../../../src/base/secret.ts';
import type {SetUpEvent} from '../../../src/journeys/set-up-events.ts';
import type {ClusterPlan} from '../../../src/pki/plan.ts';
import {startedFrom} from '../../../src/wizard/wizard.ts';
import type {Size} from '../../../screens/layout.ts';
import type {Services} from '../../../screens/services.ts';
import {summaryOf} from '../../../screens/summary.ts';
import type {FakeOptions, FakeWorld} from '../../helpers/fake-services.ts';
import {eventsFor, fakeWorld, singlePlan} from '../../helpers/fake-services.ts';
import type {ShownApp} from '../../helpers/shown-app.tsx';
import {shapeFaults, showApp, sizes, small} from '../../helpers/shown-app.tsx';

let app: ShownApp;
afterEach(() => app.close());

async function show(services: Services, size: Size, plan: ClusterPlan = singlePlan): Promise<void> {
  app = await showApp({services, size, wizard: startedFrom({kind: 'preset', name: 'kubeadm-single'}, plan, services)});
  for (let page = 0; page < 8 && !app.frame().includes('› Preview'); page += 1) await app.press('pagedown');
  await app.press('n');
  expect(app.frame()).toContain('▌ Folder');
}

async function toTarget(options: FakeOptions, size: Size): Promise<FakeWorld> {
  const world = fakeWorld(options);
  await show(world.services, size);
  return world;
}

const eventCount = (plan: ClusterPlan): number => eventsFor(plan, 'x').length;
const untilPlaced = (plan: ClusterPlan): number => eventsFor(plan, 'x').findIndex(({kind}) => kind === 'bundle-placed');

describe.each(sizes)('issuing at %s', (_, size) => {
  test('asks for the folder, and says what it will hold', async () => {
    await toTarget({}, size);
    expect(app.frame()).toMatch(/▌ Folder {2}\.\/demo-bundle/);
    expect(app.frame()).toMatch(/12 +certificates/);
    expect(app.frame()).toMatch(/16 +private keys, RSA-2048/);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
  });

  test('counts keys, certificates and files as they come', async () => {
    const world = await toTarget({isHeld: true}, size);
    await app.press('enter');
    expect(app.frame()).toContain('Issuing into ./demo-bundle');
    world.release(5);
    await app.waitFor(/keys .* 4\/16/);
    expect(app.frame()).toMatch(/certificates .* 0\/15/);
    expect(app.frame()).toContain('key of cp-1/apiserver');
    world.release(12);
    await app.waitFor(/keys .* 16\/16/);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
  });

  test('a failure asks for the folder again, with the remedy, and keeps what was typed', async () => {
    const failure = new Failure('folder-not-empty', './demo-bundle is not empty', {
      nextSteps: ['name a folder that is not there yet'],
    });
    await toTarget({failure}, size);
    await app.type('-2\r');
    await app.waitFor('is not empty');
    expect(app.frame()).toMatch(/▌ Folder {2}\.\/demo-bundle-2/);
    expect(app.frame()).toMatch(/✗ .*is not empty\./);
    expect(app.frame()).toContain('Name a folder that is not there yet.');
    await app.type('3');
    expect(app.frame()).not.toContain('is not empty');
  });

  test('every problem of what was brought is named', async () => {
    const problems = [
      problem('expired', 'trust.authorities.etcd-ca', 'ca.crt has ended', 'bring one that is still good'),
    ];
    await toTarget({failure: new InputFailure('an authority cannot be used', problems)}, size);
    await app.press('enter');
    await app.waitFor('Bring one that is still good.');
    expect(app.frame()).toMatch(/✗ .*ca\.crt has ended\./);
  });

  test('Esc stops it, and then the folder is asked for again', async () => {
    const world = await toTarget({isHeld: true}, size);
    await app.press('enter');
    world.release(3);
    await app.waitFor(/keys .* 2\/16/);
    await app.press('esc');
    await app.waitFor('Stopped. Nothing is left behind.');
    expect(app.frame()).toContain('▌ Folder');
  });

  test('Ctrl-C stops it too, and leaves with 130 once all is cleared away', async () => {
    const world = await toTarget({isHeld: true}, size);
    await app.press('enter');
    world.release(3);
    await app.waitFor(/keys .* 2\/16/);
    await app.press('ctrl-c');
    expect(await app.engine.ending).toEqual({kind: 'left', exitCode: 130});
    expect(app.engine.state().wizard.place.at).toBe('target');
  });
});

describe.each(sizes)('the proof at %s', (_, size) => {
  test('turns row by row, follows what was judged last, and ends where the list begins', async () => {
    const world = await toTarget({isHeld: true}, size);
    await app.press('enter');
    world.release(untilPlaced(singlePlan) + 1);
    await app.waitFor('Reading every file and looking at what is in it');
    expect(app.frame()).toMatch(/· apiserver → etcd +127\.0\.0\.1:2379 +waiting/);
    world.release(2);
    await app.waitFor(/✓ etcd → etcd +\S+ +proved \(mutual\)/);
    expect(app.frame()).toMatch(/Proving every connection .* 2\/19/);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    world.release(eventCount(singlePlan));
    await app.waitFor('Proved: every connection that files can prove');
    expect(app.frame()).toMatch(/19 proved/);
    expect(app.frame()).toMatch(/❯ ✓ apiserver → etcd/);
  });

  test('stays where somebody has put the cursor', async () => {
    const world = await toTarget({isHeld: true}, size);
    await app.press('enter');
    world.release(untilPlaced(singlePlan) + 6);
    await app.waitFor(/5\/19/);
    await app.press('g', 'j');
    world.release(eventCount(singlePlan));
    await app.waitFor('Proved: every connection that files can prove');
    expect(app.frame()).toMatch(/❯ ✓ etcd → etcd/);
  });

  test('the doors are a view of their own', async () => {
    await toTarget({}, size);
    await app.press('enter');
    await app.waitFor('Proved');
    await app.press('tab');
    expect(app.frame()).toMatch(/✓ cp-1\/kubelet-client +etcd:2379 +refused/);
    expect(app.frame()).toMatch(/It said +tlsv1 alert unknown ca/);
  });

  const failed = {
    kind: 'failed',
    side: 'provider',
    said: 'provider etcd: tls: alert bad certificate; caller etcd: nothing against it',
    why: 'the wrong authority signed it: issue it anew',
  } as const;
  const proved = {kind: 'proved', how: 'mutual', why: 'fine'} as const;

  test('stands on the first failing row, and Enter opens it to what both sides said, the likely cause and what to do', async () => {
    await toTarget({verdict: (index) => (index === 1 ? failed : proved)}, size);
    await app.press('enter');
    await app.waitFor('Not proved: something is not as it must be');
    expect(app.frame()).toMatch(/❯ ✗ etcd → etcd +\S+ +failed at the provider/);
    expect(app.frame()).toMatch(/Likely cause The wrong authority signed it: issue it anew\./);
    expect(app.frame()).toMatch(/Server says +tls: alert bad certificate/);
    await app.press('enter');
    const frame = app.frame();
    expect(shapeFaults(frame, size)).toEqual([]);
    expect(frame).toContain('etcd on cp-1 → etcd on cp-1');
    expect(frame).toMatch(/Verdict +failed: the provider refuses\n/);
    expect(frame).toMatch(/Server says +tls: alert bad certificate\n/);
    expect(frame).toMatch(/Caller says +nothing against it\n/);
    expect(frame).toMatch(/What to do +Mend that, then prove it again\.\n/);
    expect(frame).toMatch(/With +certwright verify \.\/demo-bundle\n/);
    expect(frame).toMatch(
      /Server +shows cp-1\/etcd-peer,[\s│]+nodes\/cp-1\/rootfs\/etc\/kubernetes\/pki\/etcd\/peer\.crt/,
    );
    await app.press('esc');
    expect(app.frame()).toMatch(/❯ ✗ etcd → etcd/);
    await app.press('n', 'n');
    expect(app.frame()).toContain('Not everything is as it must be: 1 connection, 0 doors, 0 findings.');
  });

  test('a finding about a file is a row too, and opens to its remedy', async () => {
    const finding = problem('expires-soon', 'authorities/etcd-ca.crt', 'it ended on 2020-01-01', 'bring another');
    await toTarget({findings: [finding]}, size);
    await app.press('enter');
    await app.waitFor('Not proved: something is not as it must be');
    expect(app.frame()).toMatch(/❯ Files 1/);
    expect(app.frame()).toMatch(/❯ ✗ authorities\/etcd-ca\.crt +it ended on 2020-01-01/);
    await app.press('enter');
    expect(app.frame()).toMatch(/Remedy +Bring another\./);
    await app.press('left', 'tab');
    expect(app.frame()).toMatch(/❯ Connections 19/);
  });

  test('a proof that is stopped leaves the bundle and says so', async () => {
    const world = await toTarget({isHeld: true}, size);
    await app.press('enter');
    world.release(untilPlaced(singlePlan) + 3);
    await app.waitFor(/2\/19/);
    await app.press('esc');
    await app.waitFor('The proof was stopped. The bundle is complete.');
    await app.press('n', 'n');
    expect(app.frame()).toContain('It was not proved to the end');
  });
});

describe.each(sizes)('the end at %s', (_, size) => {
  test('says what lies where, and the same run as one command', async () => {
    await toTarget({}, size);
    await app.press('enter');
    await app.waitFor('Proved');
    await app.press('n', 'n');
    const frame = app.frame();
    expect(shapeFaults(frame, size)).toEqual([]);
    expect(frame).toContain('The bundle is in ./demo-bundle');
    expect(frame).toMatch(/nodes\/cp-1\/ +34 files/);
    expect(frame).toContain('certwright issue --preset kubeadm-single --out ./demo-bundle');
    await app.press('esc');
    expect(app.frame()).toContain('Let nodes in');
    await app.press('esc');
    expect(app.frame()).toContain('Proved');
    await app.press('n', 'n', 'q');
    expect(await app.engine.ending).toEqual({kind: 'left', exitCode: 0});
  });

  test('a certificate authority without its key ends in requests and how to have them signed', async () => {
    const world = fakeWorld();
    async function* setUp(plan: ClusterPlan, {directory}: {readonly directory: string}): AsyncGenerator<SetUpEvent> {
      for (const event of eventsFor(plan, directory).slice(0, 20)) yield await Promise.resolve(event);
      yield {kind: 'requests-written', directory, requests: ['cp-1/apiserver', 'cp-1/admin']};
    }
    await show({...world.services, setUp}, size);
    await app.press('enter');
    await app.waitFor('2 requests wait in ./demo-bundle');
    expect(app.frame()).toContain('certwright sign ./demo-bundle');
    expect(app.frame()).toContain('certwright issue --signed ./demo-bundle');
  });
});

describe('a passphrase', () => {
  const withPassphrase = (heard: string[]): Services => {
    const world = fakeWorld();
    async function* setUp(plan: ClusterPlan, request: Parameters<Services['setUp']>[1]): AsyncGenerator<SetUpEvent> {
      const passphrase = (await request.askPassphrase?.('kubernetes-ca')) ?? new Secret('');
      heard.push(passphrase.reveal());
      yield* eventsFor(plan, request.directory);
    }
    return {...world.services, setUp};
  };

  test('is asked for while it is needed, and never drawn', async () => {
    const heard: string[] = [];
    await show(withPassphrase(heard), small);
    await app.press('enter');
    await app.waitFor('The key of kubernetes-ca is encrypted');
    await app.type('hunter2 q?');
    expect(app.frame()).toMatch(/▌ Passphrase {2}\*{10}\n/);
    await app.press('enter');
    await app.waitFor('Proved');
    expect(heard).toEqual(['hunter2 q?']);
    expect(app.written()).not.toContain('hunter2');
  });

  test('is shown by a key and hidden by it again, and by what leads away', async () => {
    await show(withPassphrase([]), small);
    await app.press('enter');
    await app.waitFor('is encrypted');
    await app.type('hunter2');
    await app.press('ctrl-r');
    expect(app.frame()).toMatch(/▌ Passphrase {2}hunter2\n/);
    expect(app.frame()).toContain('ctrl-r hide it');
    await app.press('!');
    expect(app.frame()).toContain('hunter2!');
    await app.press('ctrl-r');
    expect(app.frame()).toMatch(/▌ Passphrase {2}\*{8}\n/);
    await app.press('ctrl-r', 'enter');
    await app.waitFor('Proved');
    expect(app.engine.state().isRevealed).toBe(false);
  });

  test('that nobody wants to give stops the issue', async () => {
    await show(withPassphrase([]), small);
    await app.press('enter');
    await app.waitFor('is encrypted');
    await app.press('esc');
    expect(await app.waitFor('Stopped. Nothing is left behind.')).toContain('▌ Folder');
  });
});

test('an error that nobody expected ends the screens with it', async () => {
  await toTarget({failure: new TypeError('a bug')}, small);
  await app.press('enter');
  expect(await app.engine.ending).toEqual({kind: 'crashed', error: new TypeError('a bug')});
});

describe('what is printed after the screen', () => {
  test('is the end once more, each command in one line', async () => {
    const {services} = await toTarget({}, small);
    await app.type('-with-a-rather-long-name-that-would-not-fit-into-one-line-of-the-screen\r');
    await app.waitFor('Proved');
    const summary = summaryOf(app.engine.state(), services, 80);
    expect(summary).toMatch(/^The bundle is in \.\/demo-bundle-with/);
    expect(summary).toMatch(/^ {2}certwright issue --preset kubeadm-single --out \.\/demo-bundle-with\S+$/m);
    expect(summary.endsWith('\n')).toBe(true);
  });

  test('says that nothing was written, and how to issue what was answered', async () => {
    const {services} = fakeWorld();
    app = await showApp({
      services,
      wizard: startedFrom({kind: 'preset', name: 'kubeadm-single'}, singlePlan, services),
    });
    await app.press('ctrl-u');
    await app.type("o'neill\r");
    await app.press('backspace');
    const summary = summaryOf(app.engine.state(), services, 80);
    expect(summary).toContain('Nothing was written.');
  });

  test('is nothing where nothing was answered', async () => {
    const {services} = fakeWorld();
    app = await showApp({services});
    expect(summaryOf(app.engine.state(), services, 80)).toBe('');
  });
});
