import {join} from 'node:path';
import {firstControlPlane} from '../bundle/node-groups.ts';
import {createWords, kubeadmCommand} from '../kubeadm/words.ts';
import {firstSteps, type FirstStep} from '../pki/first-steps.ts';
import {layouts} from '../pki/layouts.ts';
import type {Blueprint} from '../pki/blueprint-types.ts';
import type {JoinStep} from '../report/join-text.ts';
import {shellWord} from '../report/same-command.ts';
import {joinSteps} from './join-steps.ts';

/** What there is to do once a bundle is proved, in the order in which a front-end offers it. */
export type BootstrapTopic =
  /** Now, against the running cluster: the command runs when somebody says so. */
  | {readonly kind: 'now'; readonly command: readonly string[]; readonly before: readonly Command[]}
  /** Later, with what lies in the bundle. */
  | {
      readonly kind: 'later';
      readonly steps: readonly (Command & Pick<FirstStep, 'byKubeadm'>)[];
      readonly hours: number;
    }
  | {
      readonly kind: 'node';
      readonly name: string;
      /** Whether it becomes a Node; a member of etcd does not. */
      readonly joins: boolean;
      /** Worked out when it is looked at: there may be a thousand nodes. */ readonly steps: () => readonly JoinStep[];
    };

export interface Command {
  readonly what: string;
  /** Quoted for a shell where they have to be. */
  readonly words: readonly string[];
}

/** @param directory of the bundle, as it is to be typed */
export function bootstrapTopics(blueprint: Blueprint, directory: string): readonly BootstrapTopic[] {
  const first = firstControlPlane(blueprint);
  const kubeconfig = join(directory, 'nodes', first ?? '', 'rootfs', layouts[blueprint.plan.layout].kubeconfigs.admin);
  const settings = blueprint.plan.bootstrap.token;
  const steps = firstSteps(blueprint).map(({id, what, words, byKubeadm}) => ({
    id,
    what,
    byKubeadm,
    words: words.map((word) => shellWord(/^(?:nodes|bootstrap)\//.test(word) ? join(directory, word) : word)),
  }));
  const kubelets = new Set(
    blueprint.components.flatMap(({component, node}) => (component === 'kubelet' ? [node] : [])),
  );
  // Only a token with both usages lets a node join by a line.
  const byLine = settings.usages.includes('signing') && settings.usages.includes('authentication');
  return [
    ...(byLine
      ? [
          {
            kind: 'now' as const,
            command: kubeadmCommand(kubeconfig, createWords(settings, true)).map(shellWord),
            before: steps.filter(({id}) => id === 'rights' || id === 'cluster-info'),
          },
        ]
      : []),
    {kind: 'later', steps, hours: settings.ttl},
    ...blueprint.nodes
      .filter(({name}) => name !== first)
      .map((node) => ({
        kind: 'node' as const,
        name: node.name,
        joins: kubelets.has(node.name),
        steps: () => joinSteps(blueprint, node, directory),
      })),
  ];
}
