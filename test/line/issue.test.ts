import {existsSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {Cancelled, Failure} from '../../src/base/failure.ts';
import {setUp} from '../../src/journeys/set-up.ts';
import {enter} from '../helpers/line-person.ts';
import {eventsOf} from '../helpers/line-services.ts';
import {folded, highlyAvailable, walk} from '../helpers/line-walk.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {haNodes, node} from '../helpers/plans.ts';
import {setUpOptions} from '../helpers/set-up.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

describe('issuing', () => {
  test('tells progress, the proof, what lies where, and the same run as one command', async () => {
    const {shown} = await walk({'Key algorithm': 'ECDSA-P256'});
    expect(shown).toMatch(/\nMaking \d+ keys, \d+ certificates, \d+ files\.\nKeys made: /);
    expect(shown).toContain('\nThe bundle is in ./demo-bundle\n');
    expect(folded(shown)).toContain(
      'Proof - proved (mutual): connection kube-apiserver on cp-1 → etcd on cp-1; at 127',
    );
    expect(shown).toContain('All is well.');
    expect(shown).toContain('- authorities/: every authority with its key');
    expect(shown).toContain('- nodes/cp-1/: ');
    expect(shown).toContain('  certwright verify ./demo-bundle\n');
    expect(shown).toContain(
      '  certwright issue --preset kubeadm-single --set keys.algorithm=ECDSA-P256 --out ./demo-bundle\n',
    );
  });

  test('adds no line per key when there are thousands of them', async () => {
    const workers = Array.from({length: 400}, (_, index) =>
      node(`w-${index}`, `10.1.${index >> 8}.${index & 255}`, 'worker'),
    );
    const plan = {
      ...highlyAvailable,
      nodes: [...haNodes, ...workers],
      kubelets: {client: 'issued', serving: 'signed'},
    } as const;
    const {shown} = await walk({}, {start: {preset: 'many'}, world: {presets: {many: plan}}});
    const progress = shown.slice(shown.indexOf('\nMaking '), shown.indexOf('\nProof\n')).trim().split('\n');
    expect(progress.length).toBeLessThan(40);
    expect(shown).toMatch(/Keys made: (\d+) of \1 /);
    expect(shown).toContain('- nodes/: 405 nodes, a folder each');
  });

  test('that cannot be done says why, and asks for the folder again', async () => {
    let tries = 0;
    const {shown, asked, exitCode, issued} = await walk(
      {'Folder for the bundle': [enter, './other']},
      {
        world: {
          events: (plan, request) => {
            tries += 1;
            if (tries > 1) return eventsOf(plan, request);
            throw new Failure('folder-not-empty', './demo-bundle is not empty', {nextSteps: ['name another folder']});
          },
        },
      },
    );
    expect(shown).toContain('certwright: ./demo-bundle is not empty\n');
    expect(shown).toContain('name another folder');
    expect(asked.filter((ask) => ask === 'Folder for the bundle')).toHaveLength(2);
    expect(issued.map(({directory}) => directory)).toEqual(['./demo-bundle', './other']);
    expect(exitCode).toBe(0);
  });

  test('that is not proved to the end, or proved wrong, is no success', async () => {
    const early = await walk(
      {},
      {
        world: {
          *events(plan, request) {
            for (const event of eventsOf(plan, request)) {
              if (event.kind === 'connection-judged')
                throw new Failure('gone', 'a file is gone', {nextSteps: ['look']});
              yield event;
            }
          },
        },
      },
    );
    expect(early.exitCode).toBe(1);
    expect(folded(early.shown)).toContain('The proof ended early: a file is gone The bundle is complete.');
    expect(early.shown).toContain('What lies where');
    const wrong = await walk(
      {},
      {
        world: {
          *events(plan, request) {
            for (const event of eventsOf(plan, request)) {
              yield event.kind === 'finished' && event.proof !== undefined
                ? {...event, proof: {...event.proof, state: 'critical'}}
                : event;
            }
          },
        },
      },
    );
    expect(wrong.exitCode).toBe(1);
    expect(wrong.shown).toContain('Something does not work.');
  });

  test('stops at the requests where a brought authority has to sign, and says what to do', async () => {
    const {shown, exitCode} = await walk(
      {},
      {
        world: {
          *events(plan, {directory}) {
            const [started] = eventsOf(plan, {directory, signal: new AbortController().signal});
            if (started !== undefined) yield started;
            yield {kind: 'requests-written', directory, requests: ['apiserver', 'etcd-peer']};
          },
        },
      },
    );
    expect(exitCode).toBe(0);
    expect(shown).toContain('2 requests written to ./demo-bundle\n');
    expect(shown).toContain('  certwright sign ./demo-bundle --certificate ca.crt --key ca.key\n');
    expect(shown).toContain('  certwright issue --signed ./demo-bundle\n');
    expect(shown).not.toContain('\nProof\n');
  });

  test('asks for the passphrase of a brought key, which is not shown', async () => {
    let heard = '';
    const {shown} = await walk(
      {"Passphrase of kubernetes-ca's key": 'hunter2'},
      {
        name: 'prompts',
        world: {
          async *events(plan, request) {
            heard = (await request.askPassphrase?.('kubernetes-ca'))?.reveal() ?? '';
            yield* eventsOf(plan, request);
          },
        },
      },
    );
    expect(heard).toBe('hunter2');
    expect(shown).not.toContain('hunter2');
  });

  test('that is called off is not tried again', async () => {
    await expect(
      walk(
        {},
        {
          world: {
            events: () => {
              throw new Cancelled('stopped by SIGINT');
            },
          },
        },
      ),
    ).rejects.toThrow(new Cancelled('stopped by SIGINT'));
  });
});

test('a walk ends with a real bundle, proved', async () => {
  const directory = `${temporaryFolder()}/demo`;
  const {exitCode, shown} = await walk(
    {'Key algorithm': 'ECDSA-P256', 'Folder for the bundle': directory},
    {world: {events: (plan, request) => setUp(plan, setUpOptions(request.directory, {proof: true}))}},
  );
  expect(exitCode).toBe(0);
  expect(shown).toContain(`The bundle is in ${directory}\n`);
  expect(folded(shown)).toContain(
    '- proved (mutual): connection kube-apiserver on cp-1 → etcd on cp-1; at 127.0.0.1:2379;',
  );
  expect(existsSync(`${directory}/bundle.json`)).toBe(true);
  expect(existsSync(`${directory}/nodes/cp-1/rootfs/etc/kubernetes/pki/apiserver.crt`)).toBe(true);
  expectNoSecrets(shown);
});
