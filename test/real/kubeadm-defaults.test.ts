import {execFileSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {resolvePlan} from '../../src/config/resolve-plan.ts';
import {describeReal, type RealPrograms} from '../helpers/real.ts';

/** What kubeadm prints for people to begin with is read as a plan. */

function printed(programs: RealPrograms, ...words: readonly string[]): string {
  return execFileSync(programs.path('kubeadm'), ['config', 'print', ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function told(text: string, ...sets: readonly string[]) {
  const read = resolvePlan({kubeadm: {text, source: 'kubeadm.yaml', folder: '/'}, sets});
  return {...read, codes: read.problems.map(({severity, code}) => `${severity} ${code}`)};
}

describeReal("kubeadm's own examples", (programs) => {
  test('init-defaults with every component lack nothing but what has to be filled in', () => {
    const text = printed(
      programs,
      'init-defaults',
      '--component-configs',
      'KubeletConfiguration,KubeProxyConfiguration',
    );
    const {plan, codes} = told(text);
    expect(codes).toEqual(['warning token-not-taken', 'warning kubeadm-placeholder']);
    expect(plan.cluster).toMatchObject({name: 'kubernetes', kubernetesVersion: '1.20.0'});
    expect(plan.network).toEqual({serviceSubnets: ['10.96.0.0/12'], podSubnets: [], dnsDomain: 'cluster.local'});
    expect(plan.nodes).toMatchObject([{addresses: ['1.2.3.4'], roles: ['control-plane']}]);
  });

  test('join-defaults behind them are a second node, whose address is still to be said', () => {
    const text = `${printed(programs, 'init-defaults')}---\n${printed(programs, 'join-defaults')}`;
    const {plan, codes} = told(text, 'nodes[1].name=worker-1');
    expect(codes.filter((code) => code.startsWith('error'))).toEqual(['error address-missing']);
    expect(plan.nodes.map(({roles}) => roles)).toEqual([['control-plane'], ['worker']]);
    expect(plan.cluster.controlPlaneEndpoint).toBe('kube-apiserver:6443');
    const whole = told(text, 'nodes[1].name=worker-1', 'nodes[1].addresses=10.0.0.21');
    expect(whole.codes.filter((code) => code.startsWith('error'))).toEqual([]);
  });
});
