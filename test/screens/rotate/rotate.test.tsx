import {afterEach, describe, expect, test} from 'vitest';
import {Failure} from '../../../src/base/failure.ts';
import type {RotationWish} from '../../../src/journeys/rotate-services.ts';
import type {Size} from '../../../screens/layout.ts';
import {summaryOf} from '../../../screens/summary.ts';
import {
  createGate,
  goodRotation,
  madeUpNode,
  madeUpRestarts,
  nothingFound,
  type FakeRotateOptions,
  type ScriptLine,
} from '../../helpers/fake-rotate.ts';
import {fakeWorld, type FakeWorld} from '../../helpers/fake-services.ts';
import type {ShownApp} from '../../helpers/shown-app.tsx';
import {shapeFaults, showApp, sizes, small} from '../../helpers/shown-app.tsx';

let app: ShownApp;
afterEach(() => app.close());

async function enter(options: FakeRotateOptions, size: Size = small): Promise<FakeWorld> {
  const world = fakeWorld({rotate: options});
  app = await showApp({services: world.services, size});
  await app.press('down', 'enter');
  return world;
}

async function toInventory(options: FakeRotateOptions = {}, size: Size = small): Promise<FakeWorld> {
  const world = await enter(options, size);
  await app.waitFor('Certificates 5');
  return world;
}

async function toDifference(options: FakeRotateOptions = {}, size: Size = small): Promise<FakeWorld> {
  const world = await toInventory(options, size);
  await app.press('n');
  await app.waitFor('What would change');
  return world;
}

const question = {
  restart: madeUpRestarts[0] ?? expect.fail(),
  why: 'its process did not end within 60 s',
  nextSteps: [],
};
/** Asks after etcd has begun to restart. */
function askingRotation(options: Parameters<typeof goodRotation>[0]): readonly ScriptLine[] {
  const events = goodRotation(options);
  const at = events.findIndex(({kind}) => kind === 'restarted');
  return [...events.slice(0, at), question, ...events.slice(at)];
}

/** The whole screen, as it has to be. */
function screen(...lines: readonly string[]): string {
  return lines.join('\n');
}

describe.each(sizes)('looking at %s', (_, size) => {
  test('begins at once, and Esc stops it', async () => {
    await enter({isSlow: true}, size);
    expect(app.frame()).toContain('Looking at this machine');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('esc');
    expect(app.frame()).toContain('❯ Rotate');
  });

  test('where nothing is found, the way on is told and another folder can be typed', async () => {
    await enter({lookFailure: nothingFound}, size);
    const frame = await app.waitFor('Whose certificates?');
    expect(frame).toContain('✗ No component, certificate or kubeconfig of Kubernetes is on /.');
    expect(frame).toContain('Run it on a node, with sudo: sudo certwright.');
    expect(shapeFaults(frame, size)).toEqual([]);
    await app.press('backspace');
    await app.type('./node\r');
    await app.waitFor('Certificates 5');
    expect(app.frame()).toContain('./node');
    expect(app.engine.state().rotate.node?.view.root).toBe('./node');
  });

  test('what an earlier run has left comes first', async () => {
    await enter({view: {...madeUpNode, interrupted: 'renew apiserver'}}, size);
    const frame = await app.waitFor('An earlier run was cut off');
    expect(frame).toContain('An earlier run was about to renew apiserver.');
    expect(shapeFaults(frame, size)).toEqual([]);
    await app.press('n', 'space');
    expect(app.frame()).toContain('An earlier run was cut off');
    await app.press('enter');
    await app.waitFor('Certificates 5');
    expect(app.frame()).toMatch(/✓ Finished: renew apiserver\. What was there is backup/);
  });
});

describe.each(sizes)('the inventory at %s', (_, size) => {
  test('has the shape of the terminal, and the cursor on what is worst', async () => {
    await toInventory({}, size);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    expect(app.frame()).toMatch(/❯ ■ ✗ apiserver +░+ ended 3 days ago/);
  });
});

describe('the inventory', () => {
  test('tells problems first, and what would be renewed', async () => {
    await toInventory();
    expect(app.frame()).toBe(
      screen(
        ' ◆ certwright › Rotate › Choose                                        step 2/6',
        '────────────────────────────────────────────────────────────────────────────────',
        '  ✗ 1 problem, 2 warnings  ·  5 certificates, 2 authorities',
        '  This machine: kube-apiserver, etcd, kubelet',
        '  ■ 2 of 5 chosen: for 1 year (8760h), new keys',
        '  Problems beside the certificates 1',
        '      ▲ /etc/kubernetes/pki/sa.key  mode too open',
        '  Certificates 5',
        '  ❯ ■ ✗ apiserver             ░░░░░░░░ ended 3 days ago',
        '    ■ ▲ etcd-server           █░░░░░░░ in 12 days',
        '      ✓ kubelet-client        ███████░ in 10 months          not renewed here',
        '    □ ✓ admin.conf            ███████░ in 10 months',
        '    □ ✓ apiserver-etcd-client ███████░ in 10 months',
        '  Authorities 2',
        '      ✓ kubernetes-ca         ███████░ in 9 years',
        '      ✓ etcd-ca               ███████░ in 9 years',
        '  ── 2/8 ──────────────────────────────────────────────── v shows all of it ──',
        '  ✗ /etc/kubernetes/pki/apiserver.crt ended on 2026-11-20: it is refused',
        '    everywhere.',
        '    → renew it here: what is chosen gets new dates',
        '  File         /etc/kubernetes/pki/apiserver.crt',
        '  Used by      kube-apiserver',
        '',
        ' n see the difference   space choose   enter look closer   ctrl-a all   ? help',
      ),
    );
  });

  test('what cannot be renewed here says why, and is not chosen', async () => {
    await toInventory();
    await app.press('j', 'j', 'space');
    expect(app.frame()).toContain('❯   ✓ kubelet-client');
    expect(app.frame()).toContain('2 of 5 chosen');
    expect(app.frame()).toContain('▲ kubelet-client is not renewed here: the kubelet makes and renews it itself.');
  });

  test('space, Ctrl-A and = choose one, all, nothing and what needs it', async () => {
    await toInventory();
    await app.press('space');
    expect(app.frame()).toContain('■ 1 of 5 chosen');
    await app.press('ctrl-a');
    expect(app.frame()).toContain('■ 4 of 5 chosen');
    await app.press('ctrl-a');
    expect(app.frame()).toContain('□ None of 5 chosen');
    await app.press('n');
    expect(app.frame()).toContain('› Choose');
    await app.press('=');
    expect(app.frame()).toContain('■ 2 of 5 chosen');
  });

  test('a filter leaves the rows that have its words, and Esc brings the others back', async () => {
    await toInventory();
    await app.press('/');
    await app.type('10.0 cp-1');
    expect(app.frame()).toContain('/10.0 cp-1');
    expect(app.frame()).toContain('1 of 8');
    expect(app.frame()).toContain('❯ ■ ✗ apiserver');
    expect(app.frame()).not.toContain('admin.conf');
    await app.press('enter', 'space');
    expect(app.frame()).toContain('1 of 5 chosen');
    await app.press('esc');
    expect(app.frame()).toContain('Authorities 2');
    expect(app.frame()).toContain('❯ □ ✗ apiserver');
    await app.press('esc');
    expect(app.frame()).toContain('❯ Rotate');
  });

  test('files that may not be read are said, with what helps', async () => {
    const {inventory} = madeUpNode.diagnosis;
    const files = [{path: '/x', real: '/x', state: 'not permitted', mode: undefined, users: []} as const];
    await toInventory({view: {...madeUpNode, diagnosis: {...madeUpNode.diagnosis, inventory: {...inventory, files}}}});
    expect(app.frame()).toContain('▲ 1 file may not be read by this user: leave, and start it with sudo');
  });

  test('where nothing can be renewed, or nothing is, it says so and offers another folder', async () => {
    const items = madeUpNode.items.map((item) => ({...item, blocked: {why: 'its key is not here', wayOn: 'go there'}}));
    await toInventory({view: {...madeUpNode, items}});
    expect(app.frame()).toContain('□ None of 5 can be renewed here; Enter on a row says why');
    expect(app.frame()).toContain('f other folder');
    app.close();
    const inventory = {...madeUpNode.diagnosis.inventory, certificates: []};
    await enter({view: {...madeUpNode, items: [], diagnosis: {inventory, findings: [], state: 'ok'}}});
    await app.waitFor('▲ Nothing was found here');
    expect(app.frame()).toContain('No certificate, key or kubeconfig was found.');
    expect(app.frame()).not.toContain('look closer');
  });

  test('thousands of certificates cost no more than those in sight', async () => {
    const leaf = madeUpNode.diagnosis.inventory.certificates.find(({isAuthority}) => !isAuthority);
    const certificates = Array.from({length: 3000}, (__, index) => ({
      ...(leaf ?? expect.fail()),
      at: {path: `/pki/${index}.crt`, place: 0},
      fingerprint: String(index),
    }));
    const items = certificates.map(({at, fingerprint}) => ({
      name: at.path,
      path: at.path,
      fingerprint,
      blocked: undefined,
      isNeeded: false,
    }));
    const inventory = {...madeUpNode.diagnosis.inventory, certificates};
    await enter({view: {...madeUpNode, items, diagnosis: {...madeUpNode.diagnosis, inventory}}});
    await app.waitFor('Certificates 3000');
    await app.press('G');
    expect(app.frame()).toContain('❯ □ ✓ /pki/2999.crt');
    expect(shapeFaults(app.frame(), small)).toEqual([]);
    await app.press('g');
    expect(app.frame()).toContain('── 1/3003');
  });
});

describe('a certificate in full', () => {
  test('is what it is, why it is there, and all that is wrong with it', async () => {
    await toInventory();
    await app.press('enter');
    expect(app.frame()).toBe(
      screen(
        ' ◆ certwright › Rotate › Choose › Certificate                          step 2/6',
        '────────────────────────────────────────────────────────────────────────────────',
        '  apiserver  ░░░░░░░░░░░░  ended 3 days ago',
        '  The API server shows it to everyone who calls it.',
        '',
        '  ■ Chosen: it is renewed.',
        '',
        '  ✗ /etc/kubernetes/pki/apiserver.crt ended on 2026-11-20: it is refused',
        '    everywhere.',
        '    → renew it here: what is chosen gets new dates',
        '',
        '  File         /etc/kubernetes/pki/apiserver.crt',
        '  Signed by    /etc/kubernetes/pki/ca.crt',
        '  Ends         2026-11-20 12:00:00 UTC (ended 3 days ago)',
        '  Names        cp-1, kubernetes, 10.0.0.11, 10.96.0.1',
        '  Used by      kube-apiserver: --tls-cert-file',
        '  Subject      CN=apiserver',
        '  Issuer       CN=kubernetes',
        '  For          server',
        '  Key          RSA-2048',
        '  Begins       2025-11-20 12:00:00 UTC',
        '  ↓ 2 below',
        '',
        ' esc to the list   space choose   e its names   ↑↓ scroll   q quit   ? help',
      ),
    );
    await app.press('G');
    expect(app.frame()).toMatch(/Serial +6170697365727665\n +in decimal +7021227763414759013/);
    await app.press('esc');
    expect(app.frame()).toContain('❯ ■ ✗ apiserver');
  });

  test('names are added and taken away; what is none is refused with a reason', async () => {
    const wishes: RotationWish[] = [];
    await toInventory({wishes});
    await app.press('enter', 'e');
    await app.type('not a name\r');
    expect(app.frame()).toMatch(/✗ "not a name" .*/);
    await app.press('ctrl-u');
    await app.type('api.example.test\r');
    await app.press('up', 'up', 'space');
    expect(app.frame()).toBe(
      screen(
        ' ◆ certwright › Rotate › Choose › Names                                step 2/6',
        '────────────────────────────────────────────────────────────────────────────────',
        '  Names of apiserver',
        '  Whoever dials a name that is not here refuses it. A renewal changes them.',
        '',
        '      cp-1',
        '      kubernetes',
        '      10.0.0.11',
        '  ❯ - 10.96.0.1  removed',
        '    + api.example.test  added',
        '    One more',
        ...Array.from({length: 12}, () => ''),
        ' space let it stay   ↑↓ name   esc done   q quit   ? help',
      ),
    );
    await app.press('esc', 'esc');
    expect(app.frame()).toContain('other names in 1');
    await app.press('n');
    await app.waitFor('+1 -1 names');
    expect(wishes[0]?.sans).toEqual({apiserver: {add: ['api.example.test'], remove: ['10.96.0.1']}});
  });

  test('a problem of no certificate has its remedy there', async () => {
    await toInventory();
    await app.press('g', 'enter');
    expect(app.frame()).toContain('→ chmod 600 /etc/kubernetes/pki/sa.key');
    await app.press('esc', 'space');
    expect(app.frame()).toContain('2 of 5 chosen');
  });
});

describe('how they are renewed', () => {
  test('for how long and with which key; what is no length of time is not taken', async () => {
    const wishes: RotationWish[] = [];
    await toInventory({wishes});
    await app.press('o');
    expect(app.frame()).toBe(
      screen(
        ' ◆ certwright › Rotate › Choose › How                                  step 2/6',
        '────────────────────────────────────────────────────────────────────────────────',
        '  How they are renewed',
        '  Names, usages and authority stay as they are.',
        '',
        '  ▌ Valid for  8760h',
        '               1 year (8760h) from now on',
        '',
        '    Key',
        '      ● new         a key that was copied ends with the old certificate',
        '      ○ the same    for what pins the key, or where key and certificate are',
        '                    handed on apart',
        ...Array.from({length: 11}, () => ''),
        ' enter done   tab the key   esc back   ctrl-q quit   ctrl-g help',
      ),
    );
    await app.press('ctrl-u');
    await app.type('a while\r');
    expect(app.frame()).toContain('✗ "a while" is no length of time: write 8760h, 365d or 1y.');
    await app.press('ctrl-u');
    await app.type('90d');
    await app.press('tab', 'space', 'enter');
    expect(app.frame()).toContain('■ 2 of 5 chosen: for 90 days (90d), same keys');
    await app.press('n');
    await app.waitFor('same key');
    expect(wishes).toEqual([{names: ['apiserver', 'etcd-server'], keepsKeys: true, validity: '90d', sans: {}}]);
  });
});

describe('the difference', () => {
  test('is old and new side by side, and the cursor is not on what does it', async () => {
    await toDifference();
    expect(app.frame()).toBe(
      screen(
        ' ◆ certwright › Rotate › Difference                                    step 3/6',
        '────────────────────────────────────────────────────────────────────────────────',
        '  What would change: 2 certificates; 3 not chosen stay as they are',
        '  Nothing is written yet: all of this is in memory. Look at every row.',
        '  Renewed 2',
        '  ❯   apiserver       2026-11-20 → 2027-11-23  new key',
        '      etcd-server     2026-12-05 → 2027-11-23  new key',
        '  Restarted afterwards, one after the other',
        '    ■ etcd            static pod /etc/kubernetes/manifests/etcd.yaml',
        '    ■ kube-apiserver  static pod /etc/kubernetes/manifests/kube-apiserver.yaml',
        '  The last step',
        '    → renew 2 certificates and restart 2 components',
        '',
        '',
        '',
        '  ── 1/5 ──────────────────────────────────────────────── v shows all of it ──',
        '  ends         2026-11-20 12:00:00 UTC -> 2027-11-23 12:00:00 UTC',
        '  key          a new RSA-2048',
        '  then         kube-apiserver must be restarted: it is read at the start only',
        '  writes       /etc/kubernetes/pki/apiserver.key',
        '  writes       /etc/kubernetes/pki/apiserver.crt',
        '  serial       6170697365727665 -> f170697365727665',
        '',
        ' n to the last step   enter in full   ↑↓ row   esc choose otherwise   ? help',
      ),
    );
    await app.press('enter');
    expect(app.frame()).toMatch(/signer +\/etc\/kubernetes\/pki\/ca\.crt/);
    await app.press('esc');
    expect(app.frame()).toContain('❯   apiserver');
  });

  test('what is restarted is chosen one by one, and the last step says what it will do', async () => {
    await toDifference();
    await app.press('j', 'j', 'space');
    expect(app.frame()).toContain('❯ □ etcd');
    await app.press('n');
    expect(app.frame()).toContain('❯ → renew 2 certificates and restart 1 component');
    expect(app.frame()).toContain('certwright renew apiserver etcd-server --yes');
    await app.press('esc', 'n');
    await app.waitFor('restart 1 component');
    await app.press('j', 'j', 'space', 'n');
    expect(app.frame()).toContain('certwright renew apiserver etcd-server --yes --restart');
  });

  test('on a copy of a node’s files nothing is restarted', async () => {
    await toDifference({view: {...madeUpNode, isLive: false}});
    expect(app.frame()).toContain('→ renew 2 certificates, restart nothing');
    expect(app.frame()).toContain('these are another machine’s files');
    await app.press('j', 'j', 'space');
    expect(app.frame()).toContain('→ renew 2 certificates, restart nothing');
  });

  test('what else changes for the kubelet, and what is worth knowing, are rows of their own', async () => {
    const node = {name: 'cp-1', by: 'the host name'};
    const facts = {serial: '01', notBefore: new Date(0), notAfter: new Date('2026-11-20T00:00:00Z'), fingerprint: 'a'};
    const change = {name: 'kubelet-client', before: facts, after: undefined, authority: undefined, node};
    await toDifference({
      beside: {
        kubelet: [{...change, writes: [], removes: ['/var/lib/kubelet/pki/kubelet.crt']}],
        remarks: [{name: 'kubelet', lines: ['it renews its own certificate from now on']}],
      },
    });
    expect(app.frame()).toContain('Renewed 3');
    expect(app.frame()).toMatch(/kubelet-client +2026-11-20 → the kubelet makes another/);
    expect(app.frame()).toMatch(/▲ kubelet +it renews its own certificate from now on/);
    expect(app.frame()).toContain('→ renew 3 certificates and restart 2 components');
    await app.press('j', 'j', 'enter');
    expect(app.frame()).toMatch(/removes +\/var\/lib\/kubelet\/pki\/kubelet\.crt/);
  });

  test('that cannot be worked out leads back to the choice, which stays', async () => {
    const prepareFailure = new Failure('key-unreadable', 'ca.key cannot be read', {nextSteps: ['run it with sudo']});
    await toInventory({prepareFailure});
    await app.press('j', 'space', 'n');
    const frame = await app.waitFor('The difference could not be worked out');
    expect(frame).toContain('✗ ca.key cannot be read.');
    expect(frame).toContain('Run it with sudo.');
    await app.press('esc');
    expect(app.frame()).toContain('1 of 5 chosen');
  });
});

describe.each(sizes)('changing and restarting at %s', (_, size) => {
  test('tells each step as it comes, and ends in the result', async () => {
    const gate = createGate();
    await toDifference({gate}, size);
    await app.press('n', 'enter');
    expect(app.frame()).toContain('Renewing 2 certificates: all of it, or nothing');
    gate.open(6);
    await app.waitFor('2 files: /etc/kubernetes/pki/apiserver.key');
    expect(app.frame()).toMatch(/✓ backed up +4 files/);
    expect(app.frame()).toMatch(/· moved in place +waiting/);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    gate.open(13);
    await app.waitFor('0 s: waits for its process to end');
    expect(app.frame()).toContain('esc stop after this component');
    expect(app.frame()).toMatch(/❯ etcd /);
    expect(app.frame()).toMatch(/· kube-apiserver +waits for its turn/);
    gate.open(5);
    await app.waitFor('✓ proved    kube-apiserver on 127.0.0.1:6443 shows the new certificate');
    expect(app.frame()).toMatch(/✓ etcd +restarted in 0 s/);
    expect(app.frame()).toContain('esc stop the proof');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    gate.open(5);
    await app.waitFor('Done: the new certificates are in place, and shown');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('enter');
    await app.waitFor('Certificates 5');
  });

  test('a component that does not come back is asked about, and waiting is what the cursor is on', async () => {
    const heard: string[] = [];
    await toDifference({script: askingRotation, heard}, size);
    await app.press('n', 'enter');
    const frame = await app.waitFor('etcd has not come back');
    expect(frame).toContain('Its process did not end within 60 s.');
    expect(frame).toContain('❯ Wait longer');
    expect(shapeFaults(frame, size)).toEqual([]);
    await app.press('esc', 'down');
    expect(app.frame()).toContain('❯ Bring the backup back');
    await app.press('up', 'enter');
    await app.waitFor('Done:');
    expect(heard).toEqual(['wait']);
  });
});

describe('stopping', () => {
  test('before the files are changed leads back to the difference, with nothing changed', async () => {
    const gate = createGate();
    await toDifference({gate});
    await app.press('n', 'enter');
    gate.open(3);
    await app.waitFor('3 files:');
    await app.press('esc');
    await app.waitFor('Stopped. Nothing was changed.');
    expect(app.frame()).toContain('❯ → renew 2 certificates and restart 2 components');
  });

  test('while restarting waits for the component, and the result says which are left', async () => {
    const gate = createGate();
    await toDifference({gate});
    await app.press('n', 'enter');
    gate.open(20);
    await app.waitFor(/etcd +restarted/);
    await app.press('ctrl-z');
    await app.press('ctrl-c');
    expect(await app.engine.ending).toEqual({kind: 'left', exitCode: 130});
    const {services} = fakeWorld();
    const summary = summaryOf(app.engine.state(), services, 80);
    expect(summary).toContain('! The files are new; something is still to be done');
    expect(summary).toContain('kube-apiserver: the kubelet stops it');
    expect(summary).toContain('certwright restore 20261123T120000Z-renew\n');
  });

  test('whoever leaves while a question waits leaves the component as it is', async () => {
    const heard: string[] = [];
    await toDifference({script: askingRotation, heard});
    await app.press('n', 'enter');
    await app.waitFor('etcd has not come back');
    await app.press('ctrl-c');
    expect(app.frame()).toContain('etcd has not come back');
    await app.press('ctrl-c');
    expect(await app.engine.ending).toEqual({kind: 'left', exitCode: 130});
    await app.engine.stop();
    expect(heard).toEqual(['leave']);
  });

  test('files that could not be changed are told where it was begun', async () => {
    const rotateFailure = new Failure('disk-full', 'the disk is full', {nextSteps: ['make room on /etc']});
    await toDifference({script: () => [], rotateFailure});
    await app.press('n', 'enter');
    const frame = await app.waitFor('Nothing was changed: the disk is full');
    expect(frame).toContain('Make room on /etc.');
  });

  test('after that a key works the difference out again: what lies there may be another by now', async () => {
    const rotateFailure = new Failure('changed-meanwhile', 'admin.conf was changed', {nextSteps: ['run it again']});
    await toDifference({script: () => [], rotateFailure});
    expect(app.frame()).not.toContain('work it out again');
    await app.press('n', 'enter');
    expect(await app.waitFor('Nothing was changed: admin.conf was changed')).toContain('r work it out again');
    await app.press('r');
    const frame = await app.waitFor('Nothing is written yet');
    expect(frame).not.toContain('admin.conf was changed');
  });
});

describe('the result', () => {
  test('tells what is still to be restarted, with commands that a key copies', async () => {
    const world = await toDifference();
    await app.press('j', 'j', 'space', 'n', 'enter');
    const frame = await app.waitFor('The files are new; something is still to be done');
    expect(frame).toContain('Still to be restarted, one after the other');
    expect(frame).toContain('mv /etc/kubernetes/manifests/etcd.yaml');
    await app.press('y');
    expect(app.frame()).toContain('Copied: the commands that restart');
    await app.press('y');
    expect(world.copied[1]).toBe('certwright restore 20261123T120000Z-renew');
    await app.press('esc');
    await app.waitFor('Certificates 5');
  });

  test('as a whole', async () => {
    await toDifference();
    await app.press('n', 'enter');
    await app.waitFor('Done:');
    expect(app.frame()).toBe(
      screen(
        ' ◆ certwright › Rotate › Result                                        step 6/6',
        '────────────────────────────────────────────────────────────────────────────────',
        '  ✓ Done: the new certificates are in place, and shown',
        '  2 certificates renewed, 2 components restarted, 1 of 2 proved.',
        '',
        '  What remains',
        '  · The kubelet of every other control-plane node calls this API server: look',
        '    there too.',
        '',
        '  The way back',
        '  What was there before is kept as a backup. This brings it back:',
        '    certwright restore 20261123T120000Z-renew',
        '',
        '  Proof',
        '  ✓ proved    kube-apiserver on 127.0.0.1:6443 shows the new certificate',
        '  · not asked etcd on 127.0.0.1:2379 shows the new certificate',
        '              It asks for a client certificate, and none is here.',
        '',
        '  Look again at any time',
        '    certwright check',
        '',
        '',
        '',
        ' enter look at the node again   y copy the commands   ↑↓ scroll   ? help',
      ),
    );
  });
});

describe('a small terminal without Unicode', () => {
  test('has every screen, in its shape', async () => {
    const least = {columns: 60, rows: 16};
    const gate = createGate();
    const world = fakeWorld({rotate: {gate, script: askingRotation}});
    app = await showApp({services: world.services, size: least, ascii: true});
    const look = (): void => {
      expect(shapeFaults(app.frame(), least)).toEqual([]);
      // oxlint-disable-next-line no-control-regex -- the point is that there is nothing else
      expect(app.frame()).toMatch(/^[\u0000-\u007f]*$/);
    };
    await app.press('down', 'enter');
    await app.waitFor('Certificates 5');
    for (const key of [
      'j',
      'space',
      'k',
      'enter',
      'G',
      'e',
      'up',
      'esc',
      'esc',
      'o',
      'tab',
      'esc',
      'f',
      'esc',
      '/',
      'esc',
    ]) {
      await app.press(key);
      look();
    }
    await app.press('n');
    await app.waitFor('What would change');
    for (const key of ['enter', 'esc', 'G', 'enter']) {
      await app.press(key);
      look();
    }
    gate.open(20);
    expect(await app.waitFor('has not come back')).toContain('> Wait longer');
    expect(app.frame()).toContain('Leave it as it is');
    look();
    await app.press('enter');
    gate.open(20);
    await app.waitFor('The files are new');
    look();
  });
});

test('what is printed after the screen is the result, without each thing that was proved', async () => {
  const {services} = await toDifference();
  await app.press('n', 'enter');
  await app.waitFor('Done:');
  const summary = summaryOf(app.engine.state(), services, 80);
  expect(summary).toMatch(/^\+ Done: the new certificates are in place, and shown\n/);
  expect(summary).toContain('2 certificates renewed, 2 components restarted, 1 of 2 proved.');
  expect(summary).toContain('not asked etcd on 127.0.0.1:2379');
  expect(summary).not.toContain('proved    kube-apiserver');
});

test('a storm of sizes tears no frame, and loses neither the row nor the choice', async () => {
  const storm = async (): Promise<void> => {
    const before = app.frame();
    for (const [columns, rows] of [
      [61, 16],
      [140, 50],
      [59, 15],
      [100, 20],
      [200, 60],
      [60, 16],
    ] as const) {
      await app.resize({columns, rows});
      expect(shapeFaults(app.frame(), {columns, rows})).toEqual([]);
    }
    await app.resize(small);
    expect(app.frame()).toBe(before);
  };
  await toInventory({script: askingRotation});
  await app.press('G', 'k', 'k', 'k', 'space');
  await storm();
  await app.press('enter');
  await storm();
  await app.press('esc', 'n');
  await app.waitFor('What would change');
  await app.press('n');
  await storm();
  await app.press('enter');
  await app.waitFor('has not come back');
  await app.press('down');
  await storm();
});

test('no key gets into the state, though the renewal has them', async () => {
  await toDifference();
  await app.press('n', 'enter');
  await app.waitFor('Done:');
  expect(JSON.stringify(app.engine.state())).not.toContain('PRIVATE KEY');
});

test('an error that nobody expected ends the screens with it', async () => {
  await toDifference({script: () => [], rotateFailure: new TypeError('a bug')});
  await app.press('n', 'enter');
  expect(await app.engine.ending).toEqual({kind: 'crashed', error: new TypeError('a bug')});
});
