import {firstControlPlane} from '../bundle/node-groups.ts';
import type {Blueprint, PlannedNode} from '../pki/blueprint-types.ts';
import {startingOrder} from '../pki/components.ts';
import {layouts} from '../pki/layouts.ts';
import {kubeletServingOf, situationOf} from '../pki/situation.ts';
import type {JoinStep} from '../report/join-text.ts';
import {shellWord} from '../report/same-command.ts';

/** @param folder where the node's files lie under `nodes/`, as it is to be typed; `''` = where one is */
export function joinSteps(blueprint: Blueprint, node: PlannedNode, folder: string): readonly JoinStep[] {
  const place = (path: string): string => shellWord(`${folder === '' ? '' : `${folder}/`}nodes/${node.name}/${path}`);
  const remote = shellWord(node.name);
  const {kubeconfigs, tool} = layouts[blueprint.plan.layout];
  const here = new Set(
    blueprint.components.filter((planned) => planned.node === node.name).map(({component}) => component),
  );
  // Without a kubelet there is no Node: a member of etcd, or a control plane that is set up by hand.
  const isNode = here.has('kubelet');
  // kubeadm knows no intermediates.
  const byKubeadm = isNode && tool === 'kubeadm' && blueprint.plan.trust.topology !== 'intermediates';
  const either = byKubeadm ? 'without kubeadm' : undefined;
  const first = firstControlPlane(blueprint) ?? 'the first control-plane node';
  const bootstrapServing = kubeletServingOf(situationOf(blueprint.plan)) === 'bootstrap';
  return [
    {
      what: `lay its files over / of ${node.name}: folders that are there stay as they are, files of the same name are replaced`,
      commands: [`tar --owner=0 --group=0 -C ${place('rootfs')} -c . | ssh ${remote} tar --no-overwrite-dir -C / -x`],
      way: undefined,
    },
    ...(byKubeadm
      ? [
          {
            what: `let it join; the cluster needs kubeadm's own ConfigMaps for it, which kubeadm init makes, or once, on ${first}: kubeadm init phase upload-config all --config kubeadm-config.yaml`,
            commands: [
              `scp ${place('kubeadm-config.yaml')} ${remote}:/etc/kubernetes/kubeadm-config.yaml`,
              `ssh ${remote} kubeadm join --config /etc/kubernetes/kubeadm-config.yaml`,
            ],
            way: 'with kubeadm' as const,
          },
        ]
      : []),
    {
      what: `copy its flags, and start on ${node.name}, in this order, as services`,
      commands: [
        `scp -r ${place('flags')} ${remote}:/root/flags`,
        ...startingOrder
          .filter((component) => here.has(component))
          .map((component) => `${component} $(cat /root/flags/${component}.flags)`),
      ],
      way: either,
    },
    ...(isNode
      ? [
          {
            what: `see that ${node.name} is there, on ${first}`,
            commands: [
              `kubectl --kubeconfig ${kubeconfigs.admin} get node ${remote}`,
              ...(bootstrapServing ? ['certwright approve'] : []),
            ],
            way: undefined,
          },
        ]
      : []),
  ];
}
