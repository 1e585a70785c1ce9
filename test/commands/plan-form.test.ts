import {expect, test} from 'vitest';
import {readCommandLine} from '../../src/cli.ts';
import {InputFailure} from '../../src/base/failure.ts';
import {fakeHost} from '../helpers/fake-host.ts';

async function plan(...words: readonly string[]): Promise<string> {
  const host = fakeHost();
  expect(await readCommandLine(['plan', ...words], host, '1.2.3').run()).toBe(0);
  return host.out();
}

test('plan --form prints the unit of a component and nothing else', async () => {
  const unit = await plan('--preset', 'the-hard-way', '--form', 'unit', '--component', 'etcd');
  expect(unit.startsWith('[Unit]\nDescription=etcd')).toBe(true);
  expect(unit.endsWith('WantedBy=multi-user.target\n')).toBe(true);
});

test('plan --form refuses what the layout does not have, and says what it has', async () => {
  const refused = plan('--preset', 'the-hard-way', '--form', 'static-pod');
  await expect(refused).rejects.toThrow(InputFailure);
  await expect(refused).rejects.toMatchObject({
    problems: [{fix: 'the forms here are unit, flags, configuration'}],
  });
});

test('plan --node without a form says which words are missing', async () => {
  await expect(plan('--node', 'cp-1')).rejects.toMatchObject({nextSteps: ['add --form, such as --form flags']});
});

test('the Markdown of a plan holds each component in the form that its layout is run by', async () => {
  const markdown = await plan('--preset', 'the-hard-way', '--output', 'markdown');
  expect(markdown).toContain('ExecStart=/usr/local/bin/kube-apiserver');
  expect(markdown).toContain('kind: KubeProxyConfiguration');
  const kubeadm = await plan('--output', 'markdown');
  expect(kubeadm).toContain('- kube-apiserver\n');
  expect(kubeadm.match(/kind: ClusterConfiguration/g)).toHaveLength(1);
});
