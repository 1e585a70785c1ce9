import {InputFailure} from '../base/failure.ts';
import {nameFault} from '../base/names.ts';
import {problem} from '../base/problem.ts';
import {joinConfiguration} from '../kubeadm/configuration.ts';
import {shellWord} from '../report/same-command.ts';
import type {JoinStep} from '../report/join-text.ts';
import type {JoinKit} from './join.ts';
import type {MadeToken} from './token.ts';

/**
 * What a worker needs that joins a running cluster of kubeadm: one file, with the token in it. The kubelet's settings
 * come from the cluster, and its certificate by the token.
 *
 * @param version of the kubeadm that is to read it: `v1.36.2`
 * @param adminKubeconfig for the command that looks whether it has come
 */
export function runningKit(node: string, made: MadeToken, version: string, adminKubeconfig: string): JoinKit {
  const {joined} = made;
  if (joined === undefined) throw new TypeError('a token without a join line');
  const path = `nodes/${node}/kubeadm-config.yaml`;
  const text = joinConfiguration({version, node, token: made.token, ...joined});
  const remote = shellWord(node);
  const stepsFrom = (folder: string): readonly JoinStep[] => [
    {
      what: `let it join; the file holds the token, so it is removed afterwards`,
      commands: [
        `scp -p ${shellWord(folder === '' ? path : `${folder}/${path}`)} ${remote}:/root/kubeadm-config.yaml`,
        `ssh ${remote} kubeadm join --config /root/kubeadm-config.yaml`,
        `ssh ${remote} rm /root/kubeadm-config.yaml`,
      ],
      way: 'with kubeadm',
    },
    {
      what: `see that ${node} is there`,
      commands: [`kubectl --kubeconfig ${shellWord(adminKubeconfig)} get node ${remote}`],
      way: undefined,
    },
  ];
  return {
    node: {name: node, addresses: [], roles: ['worker']},
    isPlanned: false,
    files: [
      {path, mode: 0o600, target: undefined, why: 'what kubeadm join takes; the token is in it', text: () => text},
    ],
    stepsFrom,
    token: {id: made.id, ends: made.ends},
  };
}

/** Before a token is made for it. */
export function refuseNodeName(node: string): void {
  const fault = nameFault(node);
  if (fault === undefined) return;
  throw new InputFailure(`${JSON.stringify(node)} is no name of a node`, [
    problem(fault.code, 'NODE', fault.message, fault.fix),
  ]);
}
