import {nameFault, type NameFault} from '../base/names.ts';
import {problem, type Problem} from '../base/problem.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import {newestMinor, oldestMinor, parseVersion} from '../pki/versions.ts';
import {shown} from './read-value.ts';

/** A fault of a name at its place in the plan. */
export function atPath(path: string, fault: NameFault | undefined): Problem[] {
  return fault === undefined ? [] : [problem(fault.code, path, fault.message, fault.fix)];
}

export function checkClusterName({cluster: {name}}: ClusterPlan): Problem[] {
  // kubeadm takes anything; but a context is user@name, and commands are typed with it.
  return /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/.test(name)
    ? []
    : [
        problem(
          'bad-cluster-name',
          'cluster.name',
          name === '' ? 'the cluster has no name' : `${shown(name)} cannot name a cluster in a kubeconfig`,
          'use at most 63 letters, digits, dots, hyphens and underscores, with a letter or digit at both ends',
        ),
      ];
}

export function checkVersion({cluster: {kubernetesVersion}}: ClusterPlan): Problem[] {
  if (parseVersion(kubernetesVersion) !== undefined) {
    return [];
  }
  const path = 'cluster.kubernetesVersion';
  const known = `1.${oldestMinor} to 1.${newestMinor}`;
  return /^\d+\.\d+(?:\.\d+)?$/.test(kubernetesVersion)
    ? [
        problem(
          'unsupported-version',
          path,
          `Kubernetes ${shown(kubernetesVersion)} is not known here`,
          `choose one of ${known}`,
        ),
      ]
    : [
        problem(
          'not-a-version',
          path,
          `${shown(kubernetesVersion)} is not a Kubernetes version`,
          `write a minor such as "1.${newestMinor}", or a patch such as "1.${newestMinor}.1"; known are ${known}`,
        ),
      ];
}

export function checkDnsDomain({network: {dnsDomain}}: ClusterPlan): Problem[] {
  const path = 'network.dnsDomain';
  const fault = nameFault(dnsDomain);
  if (fault !== undefined) {
    return atPath(path, fault);
  }
  const longest = `kubernetes.default.svc.${dnsDomain}`;
  return nameFault(longest) === undefined
    ? []
    : [problem('name-too-long', path, `${shown(longest)} has more than 253 characters`, 'choose a shorter domain')];
}
