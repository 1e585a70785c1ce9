import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test, vi} from 'vitest';
import {builtProgram} from '../helpers/built.ts';
import {keys, pressThrough, Terminal} from '../helpers/terminal.ts';

vi.setConfig({testTimeout: 120_000});

const program = await builtProgram();

async function planOfAThousand(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'certwright-thousand-'));
  onTestFinished(() => rm(folder, {recursive: true}));
  const workers = Array.from(
    {length: 1000},
    (_, index) => `  - {name: worker-${index}, addresses: [10.1.${index >> 8}.${index & 255}], roles: [worker]}`,
  );
  const plan = join(folder, 'plan.yaml');
  await writeFile(
    plan,
    `planVersion: 1
cluster: {controlPlaneEndpoint: "api.demo.test:6443"}
kubelets: {client: issued, serving: signed}
network: {podSubnets: [10.128.0.0/9]}
nodes:
  - {name: cp-1, addresses: [10.0.0.11], roles: [control-plane]}
${workers.join('\n')}
`,
  );
  return plan;
}

test('with a thousand nodes a key press costs one small frame: at most 4 KB where it scrolls, as a rule', async () => {
  const plan = await planOfAThousand();
  const words = [program.main, 'setup', '--plan', plan];
  const terminal = new Terminal(process.execPath, words, {columns: 120, rows: 40});
  await terminal.shows('› Cluster and trust');
  await pressThrough(terminal, keys.pageDown, ['› Nodes']);
  await terminal.shows('worker-3');
  const median = async (pressed: readonly string[]): Promise<number> => {
    const sizes: number[] = [];
    // At the end of a list a key has nothing to say.
    for (const key of pressed) sizes.push((await terminal.answer(key))?.bytes ?? 0);
    return sizes.toSorted((one, other) => one - other)[Math.floor(sizes.length / 2)] ?? Number.NaN;
  };
  const moves = [keys.down, keys.down, keys.pageDown, keys.pageDown, keys.down, keys.pageUp, keys.down];
  expect(await median(moves)).toBeLessThanOrEqual(4096);
  terminal.press(keys.tab);
  await terminal.shows("▌ Kubelets' client");
  await pressThrough(terminal, keys.pageDown, ['› Network', '› Keys', '› People', '› Preview']);
  for (const view of ['1', '2', '3', '4']) {
    terminal.press(view);
    await terminal.shows(`❯${view}`);
    expect(await median(moves), `view ${view}`).toBeLessThanOrEqual(4096);
  }
  terminal.press(keys.ctrlC);
  await terminal.ended;
});
