import {existsSync} from 'node:fs';
import {afterEach, describe, expect, test} from 'vitest';
import {Cancelled, Failure} from '../../../src/base/failure.ts';
import {Lab} from '../../../src/journeys/lab.ts';
import type {LabServices, OfferedFault} from '../../../src/journeys/lab-services.ts';
import type {LearntServices} from '../../../src/journeys/learn-services.ts';
import {wizardStart} from '../../../src/wizard/wizard-state.ts';
import {fakeLearn, fakeLearnt} from '../../helpers/fake-learn.ts';
import {fakeWorld} from '../../helpers/fake-services.ts';
import {expectNoSecrets} from '../../helpers/no-secrets.ts';
import {presetPlan} from '../../helpers/presets.ts';
import type {ShownApp} from '../../helpers/shown-app.tsx';
import {shapeFaults, showApp, sizes, small} from '../../helpers/shown-app.tsx';

const offered: readonly OfferedFault[] = [
  {id: 'etcd-client-expired', preset: 'kubeadm-single'},
  {id: 'old-client-ca', preset: 'kubeadm-single'},
  {id: 'one-ca-for-all', preset: 'one-ca'},
  {id: 'bundle-in-signing-file', preset: 'kubeadm-single'},
];

const least = {columns: 60, rows: 16};

/** Real clusters, in folders of their own; real programs are made up. */
class LabWorld implements LabServices {
  readonly folders: string[] = [];
  /** The real programs that were started and have not been stopped. */
  running = 0;
  readonly #real: string | undefined;
  #heard = Promise.withResolvers<void>();

  constructor(real?: string) {
    this.#real = real;
  }

  readonly faults = () => Promise.resolve(offered);
  readonly findReal = () => Promise.resolve(this.#real);
  readonly open = (preset: string, signal: AbortSignal) => {
    const lab = new Lab(presetPlan(preset), {now: () => new Date(), signal});
    this.folders.push(lab.folder);
    return Promise.resolve(lab);
  };
  readonly hearReal = async (_: OfferedFault, signal: AbortSignal) => {
    this.running += 1;
    const stopped = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => stopped.reject(new Cancelled()));
    try {
      await Promise.race([this.#heard.promise, stopped.promise]);
    } finally {
      this.running -= 1;
    }
    return [
      {component: 'etcd', words: 'rejected connection', line: '12:00 embed: rejected connection from "127.0.0.1:1"'},
      {component: 'kube-apiserver', words: 'context deadline exceeded', line: undefined},
    ] as const;
  };

  speak(): void {
    this.#heard.resolve();
  }

  fail(): void {
    this.#heard.reject(new Failure('no-port', 'no port is free', {nextSteps: ['try again']}));
    this.#heard.promise.catch(() => undefined);
  }

  left(): readonly string[] {
    return this.folders.filter((folder) => existsSync(folder));
  }
}

let app: ShownApp;
let world: LabWorld;
afterEach(async () => {
  await app.engine.stop();
  app.close();
  const left = world.left();
  if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
});

interface Given {
  readonly size?: {readonly columns: number; readonly rows: number};
  readonly language?: 'en' | 'ja' | 'zh';
  readonly ascii?: boolean;
  readonly real?: string;
  /** What the command line names. */
  readonly fault?: string;
  /** What is kept from run to run. */
  readonly learnt?: LearntServices;
}

async function inLab({
  size = small,
  language = 'en',
  ascii = false,
  real,
  fault,
  learnt = fakeLearnt(),
}: Given = {}): Promise<void> {
  world = new LabWorld(real);
  const {services} = fakeWorld({learn: {...fakeLearn(language, world), learnt}});
  app = await showApp({services, size, ascii, wizard: {...wizardStart, place: {at: 'learn'}}});
  app.engine.enterRoom({room: 'lab', given: fault});
}

/** Breaks a fault of the list, and answers. */
async function guessed(fault: number, answer: string): Promise<void> {
  await app.waitFor('esc back');
  await app.waitFor('enter break it');
  for (let row = 0; row < fault; row += 1) await app.press('down');
  await app.press('enter');
  await app.waitFor('step 2/4');
  // A digit is a quick choice; Enter answers.
  await app.press(answer);
  expect(app.frame()).toContain('step 2/4');
  await app.press('enter');
  await app.waitFor('enter mend the fault');
}

describe.each([...sizes, ['60x16', least] as const])('the lab at %s', (_, size) => {
  test('breaks a cluster, asks who will refuse, tells what both ends said, and mends it', async () => {
    await inLab({size});
    const good = (frame: string) => {
      expect(shapeFaults(frame, size)).toEqual([]);
      expectNoSecrets(frame);
    };
    good(await app.waitFor('0 of 4 mended'));
    await app.press('enter');
    const question = await app.waitFor('kube-apiserver on cp-1 calls etcd on cp-1');
    good(question);
    for (const answer of ['The caller refuses', 'The server refuses', 'Nobody refuses', 'does not start', 'show me'])
      expect(question).toContain(answer);
    await app.press('down', 'enter');
    const told = await app.waitFor('✓ You say: the server refuses. So it is.');
    good(told);
    expect(told).toContain('The server says: certificate has expired (OpenSSL)');
    await app.press('G');
    good(await app.waitFor('Renew apiserver-etcd-client'));
    await app.press('enter');
    const mended = await app.waitFor('all is whole');
    good(mended);
    expect(mended.replaceAll(/\s+/g, ' ')).toContain('11 work, and 7');
    await app.press('m');
    good(app.frame());
    expect(app.frame()).toMatch(/\d✓/);
    expect(app.frame()).not.toMatch(/\d✗/);
    await app.press('m');
    await app.press('enter');
    const list = await app.waitFor('1 of 4 mended');
    expect(list).toContain('✓ the certificate shown to etcd has expired');
    expect(list).toContain('❯ · clients are verified');
  });
});

describe('what is told', () => {
  test('says that it went otherwise than one thought', async () => {
    await inLab();
    await guessed(0, '1');
    expect(app.frame()).toContain('✗ You say: the caller refuses. It went otherwise: the server refuses.');
  });

  test('is told without a guess, too', async () => {
    await inLab();
    await guessed(0, '5');
    expect(app.frame()).toContain('By the catalogue the server refuses.');
  });

  test('has the other connections in a list, each of which opens', async () => {
    await inLab();
    await guessed(1, '2');
    expect(app.frame()).toContain('8 other connections use what was changed.');
    await app.press('c', 'G');
    expect(app.frame()).toContain('❯ ✗ kube-apiserver on cp-1 → kubelet on cp-1');
    expect(app.frame()).toContain('The caller refuses');
    await app.press('enter');
    expect(app.frame()).toContain('- kube-apiserver on cp-1 → kubelet on cp-1, 10.0.0.11:10250');
    await app.press('esc', 'esc');
    expect(app.frame()).toContain('You say: the server refuses. So it is.');
  });

  test('shows on the map what is broken, and once it is mended nothing', async () => {
    await inLab();
    await guessed(0, '2');
    expect(app.frame()).not.toContain('1✗');
    await app.press('m');
    expect(app.frame()).toContain('1✗');
    await app.press('m', 'enter');
    await app.waitFor('all is whole');
    expect(app.frame()).toContain('1✓');
    expect(app.frame()).not.toMatch(/\d✗/);
  });

  test('of a door is that nobody refuses, and afterwards that the same call is refused and how it was mended', async () => {
    await inLab();
    await guessed(2, '3');
    expect(app.frame()).toContain('✓ You say: nobody refuses. So it is.');
    await app.press('enter');
    const mended = (await app.waitFor('Mended')).replaceAll(/\s+/g, ' ');
    expect(mended).toContain('The same call is refused now.');
    expect(mended).toContain('How it is mended');
  });

  test.each(['ja', 'zh'] as const)('stands in its place in %s', async (language) => {
    await inLab({language});
    await guessed(1, '2');
    expect(shapeFaults(app.frame(), small)).toEqual([]);
    expect(app.frame()).toContain('unable to get local issuer certificate (OpenSSL)');
    expect(app.frame()).not.toMatch(/You say|The caller says/);
  });

  test('needs no character that a plain terminal lacks', async () => {
    await inLab({ascii: true});
    await guessed(1, '2');
    await app.press('m');
    for (const frame of app.frames()) expect(frame).toMatch(/^[\n -~]*$/);
  });
});

describe.each([...sizes, ['60x16', least] as const])('a fault by which no connection fails, at %s', (_, size) => {
  test('says so where the map is', async () => {
    await inLab({size});
    await guessed(3, '4');
    await app.press('m');
    expect(app.frame().replaceAll(/\s+/g, ' ')).toContain(
      'No connection is marked: kube-controller-manager does not even start.',
    );
    expect(app.frame()).not.toMatch(/\d[✓✗]/);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('m', 'esc');
    await app.waitFor('enter break it');
    await app.press('up');
    await app.press('enter');
    await app.waitFor('step 2/4');
    await app.press('enter');
    await app.waitFor('enter mend the fault');
    await app.press('m');
    expect(app.frame().replaceAll(/\s+/g, ' ')).toContain('lets in whom it should refuse.');
  });
});

test('what was mended is marked in the next run too', async () => {
  const learnt = fakeLearnt();
  await inLab({learnt});
  await guessed(0, '2');
  await app.press('enter');
  await app.waitFor('all is whole');
  await app.engine.stop();
  app.close();
  await inLab({learnt});
  expect(await app.waitFor('1 of 4 mended')).toContain('✓ the certificate shown to etcd has expired');
});

describe('real programs', () => {
  test('are offered where they are', async () => {
    await inLab();
    await guessed(0, '2');
    expect(app.frame()).not.toContain('real programs');
    await app.press('r');
    expect(world.running).toBe(0);
  });

  test('are started on a key, and the lines in which they say it are shown', async () => {
    await inLab({real: '1.20.2'});
    await guessed(0, '2');
    await app.press('r');
    await app.waitFor('Starting real etcd and kube-apiserver');
    expect(shapeFaults(app.frame(), small)).toEqual([]);
    expect(world.running).toBe(1);
    world.speak();
    const frame = await app.waitFor('What real ones printed');
    expect(frame).toContain('- etcd: 12:00 embed: rejected connection from "127.0.0.1:1"');
    expect(frame).toContain('- kube-apiserver: nothing like this: context deadline exceeded');
  });

  test('are stopped by Esc, which leaves what was told', async () => {
    await inLab({real: '1.20.2'});
    await guessed(0, '2');
    await app.press('r');
    await app.waitFor('esc stop');
    await app.press('esc');
    await app.waitFor('enter mend the fault');
    expect(world.running).toBe(0);
    await app.press('enter');
    await app.waitFor('all is whole');
  });

  test('are stopped when the program is left', async () => {
    await inLab({real: '1.20.2'});
    await guessed(0, '2');
    await app.press('r');
    await app.waitFor('esc stop');
    await app.press('ctrl-c');
    expect(await app.engine.ending).toMatchObject({exitCode: 130});
    await app.engine.stop();
    expect(world.running).toBe(0);
    expect(world.left()).toEqual([]);
  });

  test('that cannot be started say why', async () => {
    await inLab({real: '1.20.2'});
    await guessed(0, '2');
    await app.press('r');
    await app.waitFor('esc stop');
    world.fail();
    await app.press('G', 'g');
    await app.waitFor('enter mend the fault');
    await app.press('pagedown');
    expect(await app.waitFor('No port is free.')).toContain('Try again.');
  });
});

describe('the cluster', () => {
  test('is gone when the room is left, and made anew when one comes back', async () => {
    await inLab();
    await guessed(0, '2');
    expect(world.left()).toHaveLength(1);
    await app.press('esc', 'esc');
    await app.waitFor('Which certificate goes where');
    await expect.poll(() => world.left()).toEqual([]);
    app.engine.enterRoom({room: 'lab', given: undefined});
    await guessed(0, '2');
    expect(world.left()).toHaveLength(1);
  });

  test('stays from fault to fault, and another preset has another', async () => {
    await inLab();
    await guessed(0, '2');
    await app.press('esc');
    await guessed(1, '2');
    expect(world.folders).toHaveLength(1);
    await app.press('esc');
    await guessed(1, '3');
    expect(world.folders).toHaveLength(2);
    expect(world.left()).toHaveLength(1);
  });

  test('that was stopped half-way is not used again', async () => {
    await inLab();
    await app.waitFor('enter break it');
    await app.press('enter', 'esc');
    await app.waitFor('enter break it');
    await guessed(0, '2');
    expect(world.left()).toHaveLength(1);
  });
});

test('where nothing can be broken, why is said', async () => {
  world = new LabWorld();
  const faults = () =>
    Promise.reject(new Failure('no-preset', 'there is no such preset', {nextSteps: ['name another']}));
  const {services} = fakeWorld({learn: fakeLearn('en', {...world, faults})});
  app = await showApp({services, wizard: {...wizardStart, place: {at: 'learn'}}});
  app.engine.enterRoom({room: 'lab', given: undefined});
  expect(await app.waitFor('There is no such preset')).toContain('Name another');
});

describe('a fault that the command line names', () => {
  test('is broken at once', async () => {
    await inLab({fault: 'old-client-ca'});
    await app.waitFor('step 2/4');
    expect(app.frame()).toContain('Lab › old-client-ca');
  });

  test('and that this cluster cannot have is said to be so', async () => {
    await inLab({fault: 'intermediate-missing'});
    const frame = await app.waitFor('cannot happen to this cluster');
    expect(shapeFaults(frame, small)).toEqual([]);
  });
});

test('of a component that only starts, it is asked whether it does', async () => {
  await inLab({fault: 'bundle-in-signing-file'});
  await app.waitFor('step 2/4');
  const frame = app.frame();
  expect(frame).toMatch(/1 +It starts/);
  expect(frame).toMatch(/2 +It does not start/);
  expect(frame).not.toContain('refuses');
  await app.press('2', 'enter');
  expect(await app.waitFor('enter mend the fault')).toContain('You say: it does not start. So it is.');
});
