import {afterEach, describe, expect, test} from 'vitest';
import type {ClusterPlan} from '../../../src/pki/plan.ts';
import {startedFrom} from '../../../src/wizard/wizard.ts';
import type {Size} from '../../../screens/layout.ts';
import {takePreviewEvent} from '../../../screens/set-up/preview-effects.ts';
import type {FakeOptions, FakeWorld} from '../../helpers/fake-services.ts';
import {fakeWorld, highlyAvailablePlan, singlePlan} from '../../helpers/fake-services.ts';
import {expectNoSecrets} from '../../helpers/no-secrets.ts';
import type {ShownApp} from '../../helpers/shown-app.tsx';
import {shapeFaults, showApp, sizes, small} from '../../helpers/shown-app.tsx';

let app: ShownApp;
afterEach(() => app.close());

interface Given {
  readonly plan?: ClusterPlan;
  readonly size?: Size;
  readonly world?: FakeOptions;
  readonly ascii?: boolean;
}

/** The preview of a plan, as the wizard comes to it from its last page. */
async function preview({plan = singlePlan, size = small, world = {}, ascii = false}: Given = {}): Promise<FakeWorld> {
  const made = fakeWorld(world);
  const begun = startedFrom({kind: 'preset', name: 'kubeadm-single'}, plan, made.services);
  const wizard = {...begun, place: {at: 'page', page: 'people'} as const};
  app = await showApp({services: made.services, size, wizard, ascii});
  await app.press('pagedown');
  await app.waitFor('1 Certificates');
  return made;
}

describe.each(sizes)('a filter at %s', (_, size) => {
  test('leaves the rows that have all the words, says how many, and Esc brings the others back', async () => {
    await preview({size});
    await app.press('3', '/');
    await app.type('apiserver tls');
    expect(app.frame()).toMatch(/\/apiserver tls +2 of \d+/);
    expect(app.frame()).toMatch(/❯ +--tls-cert-file/);
    expect(app.frame()).toContain('--tls-private-key-file');
    expect(app.frame()).not.toContain('--advertise-address');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('enter', 'down');
    expect(app.frame()).toMatch(/❯ +--tls-private-key-file/);
    await app.press('esc');
    expect(app.frame()).toMatch(/❯ +--tls-private-key-file/);
    expect(app.frame()).toMatch(/\d+ rows/);
    await app.press('esc');
    expect(app.frame()).toContain('› People');
  });

  test('that nothing has says so, and what it looked at', async () => {
    await preview({size});
    await app.press('4', '/');
    await app.type('no-such');
    expect(app.frame()).toContain('No row of Files has no-such in it.');
    expect(app.frame()).toMatch(/0 of \d+/);
    await app.press('enter', 'enter', 'v', 'y', 'right', 'left');
    expect(app.frame()).toContain('No row of Files has no-such in it.');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
  });
});

describe('a filter', () => {
  test('belongs to its view, and typing q or a digit types', async () => {
    await preview();
    await app.press('/');
    await app.type('q1');
    expect(app.frame()).toContain('/q1');
    await app.press('tab');
    await app.press('esc', '/');
    await app.type('etcd');
    await app.press('enter', '2');
    expect(app.frame()).toMatch(/^ +\d+ rows +from etcd outwards/m);
    await app.press('1');
    expect(app.frame()).toMatch(/\/etcd +\d+ of \d+/);
    await app.press('t');
    expect(app.frame()).toMatch(/\/etcd +\d+ of \d+ +by node/);
  });

  test('finds names, addresses and paths in any view', async () => {
    await preview({plan: highlyAvailablePlan});
    const finds = async (view: string, typed: string, seen: RegExp): Promise<void> => {
      await app.press(view, '/');
      await app.type(typed);
      expect(app.frame()).toMatch(seen);
      await app.press('esc');
    };
    await finds('1', '10.96.0.1', /3 of \d+/);
    await finds('2', '10.0.0.13:2380', /etcd → /);
    await finds('3', '/ETC/kubernetes/pki/sa.pub', /--service-account-key-file +\/etc/);
    await finds('4', 'sa.key', /\/etc\/kubernetes\/pki\/sa\.key +0600/);
  });
});

test('orders follow each other, are told, and keep the cursor on its row', async () => {
  await preview({plan: highlyAvailablePlan});
  await app.press('down', 'down');
  const row = /❯ +(\S+)/.exec(app.frame())?.[1] ?? expect.fail();
  expect(app.frame()).toContain('by authority, in issuing order');
  await app.press('s');
  expect(app.frame()).toContain('by authority, by common name');
  expect(app.frame()).toContain(`❯     ${row}`);
  await app.press('s', 's');
  expect(app.frame()).toContain('in issuing order');
});

test('everything opens and closes at once', async () => {
  await preview({plan: highlyAvailablePlan});
  await app.press('3', '-');
  expect(app.frame()).not.toMatch(/[▸▾] kube-apiserver/);
  expect(app.frame()).toMatch(/▸ worker-2/);
  await app.press('*');
  expect(app.frame()).toMatch(/▾ kube-apiserver|▾ etcd/);
  expect(app.frame()).toContain('--advertise-client-urls');
});

describe.each(sizes)('links at %s', (_, size) => {
  test('lead from a certificate to its flag, to the file, and the way back to where one was', async () => {
    await preview({size});
    await app.press('down', 'enter');
    await app.waitFor('follow');
    expect(app.frame()).toMatch(/Subject +CN=kube-apiserver/);
    await app.press('G');
    for (let steps = 0; steps < 30 && !/❯ --tls-cert-file/.test(app.frame()); steps += 1) await app.press('up');
    expect(app.frame()).toMatch(/❯ --tls-cert-file of kube-apiserver on cp-1/);
    const before = app.frame();
    await app.press('enter');
    expect(app.frame()).toContain('from cp-1/apiserver');
    expect(app.frame()).toMatch(/Value +\/etc\/kubernetes\/pki\/apiserver\.crt/);
    expect(app.frame()).toMatch(/Of +❯ kube-apiserver on cp-1/);
    await app.press('down', 'enter');
    expect(app.frame()).toContain('from cp-1/apiserver › --tls-cert-file');
    expect(app.frame()).toMatch(/Mode +0644: no secret is in it/);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('esc', 'left');
    expect(app.frame()).toBe(before);
    await app.press('esc');
    expect(app.frame()).toMatch(/❯ +cp-1\/apiserver/);
  });

  test('lead from a connection to both certificates and both files that verify', async () => {
    await preview({size});
    await app.press('2', 'v');
    expect(app.frame()).toMatch(/Provider shows +❯ cp-1\/etcd-server/);
    expect(app.frame()).toMatch(/Caller trusts +0644 \/etc\/kubernetes\/pki\/etcd\/ca\.crt on cp-1/);
    expect(app.frame()).toMatch(/Caller shows +cp-1\/apiserver-etcd-client/);
    expect(app.frame()).toMatch(/Provider trusts +0644 \/etc\/kubernetes\/pki\/etcd\/ca\.crt on cp-1/);
  });
});

describe('a component as a file', () => {
  test('is shown in the form of its layout, then in each other one', async () => {
    await preview();
    await app.press('3', 'down', 'f');
    expect(app.frame()).toContain('etcd on cp-1 as static pod  /etc/kubernetes/manifests/etcd.yaml');
    await app.press('f');
    expect(app.frame()).toContain('etcd on cp-1 as kubeadm config');
    await app.press('f');
    expect(app.frame()).toContain('etcd on cp-1 as flags file');
    expect(app.frame()).toContain('--advertise-client-urls=https://10.0.0.11:2379');
    await app.press('f');
    expect(app.frame()).toContain('as static pod');
    await app.press('esc');
    expect(app.frame()).toMatch(/❯ +▸ etcd/);
  });

  test('keeps its indentation, and a line that is too long goes on under itself', async () => {
    await preview({plan: highlyAvailablePlan});
    await app.press('3', 'down', 'f', 'G');
    expect(app.frame()).toMatch(/^ {6}- --trusted-ca-file=/m);
    expect(app.frame()).toMatch(/- --initial-cluster=cp-1=https:\S+$\n {4}\S/m);
  });

  test('is copied as it is, whatever the screen breaks', async () => {
    const {copied} = await preview({plan: highlyAvailablePlan});
    await app.press('3', 'down', 'f', 'y');
    await app.waitFor('the static pod of etcd on cp-1');
    expect(copied).toHaveLength(1);
    expect(copied[0]).toMatch(/^ {4}- --initial-cluster=cp-1=\S+,cp-2=\S+,cp-3=\S+$/m);
  });
});

describe('copying', () => {
  test('says what was copied and what the same key copies next', async () => {
    const {copied} = await preview();
    await app.press('3', 'down', 'right', 'down', 'y');
    await app.waitFor(/the flag,\s+--advertise-client-urls=https:/);
    await app.waitFor(/again:\s+its value/);
    await app.press('y');
    await app.waitFor(/its value,\s+https:\/\/10\.0\.0\.11:2379/);
    await app.press('down', 'y');
    await app.waitFor(/the flag,\s+--cert-file/);
    expect(copied).toEqual([
      '--advertise-client-urls=https://10.0.0.11:2379',
      'https://10.0.0.11:2379',
      '--cert-file=/etc/kubernetes/pki/etcd/server.crt',
    ]);
    expectNoSecrets(copied.join('\n'));
  });

  test('that cannot be done says why, and gives what to take by hand', async () => {
    await preview({world: {copying: {kind: 'refused', why: 'a linux terminal has no clipboard'}}});
    await app.press('2', 'y');
    const told = await app.waitFor('Not copied, a linux terminal has no clipboard.');
    expect(told).toContain('By hand: 127.0.0.1:2379');
  });
});

describe('exporting', () => {
  test('writes the form that is chosen, and the name follows it', async () => {
    const {exported} = await preview();
    await app.press('w');
    expect(app.frame()).toContain('▌ File  ./demo.md');
    await app.press('tab');
    expect(app.frame()).toMatch(/● JSON/);
    expect(app.frame()).toContain('▌ File  ./demo.json');
    await app.press('tab');
    expect(app.frame()).toContain('▌ File  ./demo-plan.yaml');
    await app.press('shift-tab', 'enter');
    await app.waitFor('Written to ./demo.json');
    expect([...exported]).toEqual([['./demo.json', 'json']]);
    expect(app.frame()).toContain('❯1 Certificates');
  });

  test('never writes over a file unless a key of its own says so, and not over another one then', async () => {
    const {exported} = await preview();
    await app.press('w', 'enter');
    await app.waitFor('Written to');
    await app.press('w', 'enter');
    await app.waitFor('is there already');
    expect(app.frame()).toContain('Ctrl-O');
    await app.type('x');
    expect(app.frame()).not.toContain('is there already');
    await app.press('ctrl-o', 'backspace', 'enter');
    await app.waitFor('is there already');
    await app.press('ctrl-o');
    await app.waitFor('Written to ./demo.md');
    expect([...exported.keys()]).toEqual(['./demo.md']);
  });

  test('that is refused late offers to replace nothing under a name that was typed since', async () => {
    await preview();
    await app.press('w');
    const refusal = {kind: 'not-exported', message: 'it is there already', isThere: true} as const;
    const modeAfter = (path: string) =>
      takePreviewEvent(app.engine.state(), {...refusal, path}, app.engine.tools).views.preview?.mode;
    expect(modeAfter('./demo.md')).toMatchObject({refusal: {isThere: true}});
    expect(modeAfter('./demo.m')).toMatchObject({refusal: undefined});
  });

  test('is left without a trace', async () => {
    const {exported} = await preview();
    await app.press('w', 'esc');
    expect(app.frame()).toContain('❯1 Certificates');
    expect(exported.size).toBe(0);
  });
});

test('every screen of the preview has its ASCII twin', async () => {
  await preview({plan: highlyAvailablePlan, ascii: true});
  const keys = [
    '/',
    'e',
    'enter',
    'esc',
    'v',
    'esc',
    '2',
    'v',
    'esc',
    '3',
    'down',
    'f',
    'esc',
    '4',
    'v',
    'esc',
    'w',
    'esc',
  ];
  for (const key of keys) {
    await app.press(key);
    expect(app.frame()).toMatch(/^[\n -~]*$/);
  }
});

test('two hundred columns show list and details side by side', async () => {
  const size = {columns: 200, rows: 50};
  await preview({size});
  expect(shapeFaults(app.frame(), size)).toEqual([]);
  expect(app.frame()).toMatch(/❯ ▾ kubernetes-ca +authority.* {3}kubernetes-ca$/m);
});
