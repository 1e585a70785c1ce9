import type {Blueprint} from './blueprint-types.ts';
import {layouts} from './layouts.ts';

/** Something that a cluster booted from nothing but its files still lacks, and the command that brings it. */
export interface FirstStep {
  readonly id: 'rights' | 'cluster-info' | 'token' | 'kubeadm-config' | 'kubelet-config' | 'own-token';
  readonly what: string;
  /** Run in the bundle's folder: paths are the bundle's. */
  readonly words: readonly string[];
  /** Where only kubeadm can do it, and only kubeadm needs it. */
  readonly byKubeadm: boolean;
}

/**
 * In the order in which they are taken once the first API server answers. `kubeadm init` does all of it by itself, but with
 * a token of its own: the one that is in the nodes' files it cannot know.
 * Bindings can only be made with rights that need none: `system:masters`, where there is such a kubeconfig.
 */
export function firstSteps(blueprint: Blueprint): readonly FirstStep[] {
  const admin = strongestKubeconfig(blueprint);
  if (admin === undefined) return [];
  const {plan, files} = blueprint;
  const kubectl = ['kubectl', '--kubeconfig', admin, 'apply', '-f'];
  const node = plan.nodes.find(({roles}) => roles.includes('control-plane'))?.name ?? '';
  const config = `nodes/${node}/kubeadm-config.yaml`;
  const phase = (...words: readonly string[]): string[] => [
    'kubeadm',
    'init',
    'phase',
    ...words,
    '--config',
    config,
    '--kubeconfig',
    admin,
  ];
  // kubeadm knows no intermediates, so nothing joins through it there.
  const kubeadmJoins = layouts[plan.layout].tool === 'kubeadm' && plan.trust.topology !== 'intermediates';
  const steps: readonly FirstStep[] = [
    {
      id: 'rights',
      what: 'give the identities their rights',
      words: [...kubectl, 'bootstrap/rbac.yaml'],
      byKubeadm: false,
    },
    {
      id: 'cluster-info',
      what: 'tell joining nodes which authority to trust',
      words: [...kubectl, 'bootstrap/cluster-info.yaml'],
      byKubeadm: false,
    },
    {
      id: 'token',
      what: 'let nodes in with the bootstrap token',
      words: [...kubectl, 'bootstrap/token-secret.yaml'],
      byKubeadm: false,
    },
    ...(kubeadmJoins
      ? [
          {
            id: 'kubeadm-config' as const,
            what: "for kubeadm join: the cluster's configuration",
            words: phase('upload-config', 'kubeadm'),
            byKubeadm: true,
          },
          {
            id: 'kubelet-config' as const,
            what: `for kubeadm join: the kubelets' configuration; waits until ${node} is registered`,
            words: phase('upload-config', 'kubelet'),
            byKubeadm: true,
          },
          {
            id: 'own-token' as const,
            what: "or, instead of the bundle's token: cluster-info, the bindings of joining nodes and a token by kubeadm",
            words: phase('bootstrap-token'),
            byKubeadm: true,
          },
        ]
      : []),
  ];
  const has = (path: string): boolean => files.some((file) => file.path === path);
  return steps.filter(({words}) => words.filter((word) => /^(?:bootstrap|nodes)\/.*\.yaml$/.test(word)).every(has));
}

function strongestKubeconfig({kubeconfigs, files}: Blueprint): string | undefined {
  for (const id of ['super-admin', 'admin']) {
    const planned = kubeconfigs.find((kubeconfig) => kubeconfig.id === id);
    const file = files.find(({content}) => content.kind === 'kubeconfig' && content.kubeconfig === planned?.name);
    if (file !== undefined) return file.path;
  }
  return undefined;
}
