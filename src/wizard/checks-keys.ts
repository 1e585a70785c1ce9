import {describeHours} from '../base/duration.ts';
import {problem, warning, type Problem} from '../base/problem.ts';
import {layouts} from '../pki/layouts.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import {emptyPlan} from '../pki/plan.ts';
import {holdsFor, parseVersion, type Span} from '../pki/versions.ts';

/** From here on kubeadm's configuration has encryptionAlgorithm; before, it makes RSA-2048 keys, ECDSA behind a gate. */
const algorithmSpan: Span = {from: '1.31'};

export function checkAlgorithm(plan: ClusterPlan): Problem[] {
  const {algorithm} = plan.keys;
  const version = parseVersion(plan.cluster.kubernetesVersion);
  const kept =
    algorithm === 'RSA-2048' ||
    layouts[plan.layout].tool !== 'kubeadm' ||
    version === undefined ||
    holdsFor(algorithmSpan, version);
  if (kept) {
    return [];
  }
  const elliptic = algorithm.startsWith('ECDSA');
  return [
    warning(
      'algorithm-not-kept',
      'keys.algorithm',
      `kubeadm ${plan.cluster.kubernetesVersion} takes ${algorithm} files as they lie, but renews with ${elliptic ? 'ECDSA-P256 behind the feature gate PublicKeysECDSA, else with RSA-2048' : 'RSA-2048'}`,
      'choose RSA-2048, or Kubernetes 1.31 or newer',
    ),
  ];
}

const century = 100 * 8760;
/** Shorter than this and a slow clock or a long week-end ends the cluster. */
const month = 30 * 24;

export function checkAuthorityValidity(plan: ClusterPlan): Problem[] {
  return checkValidity(plan, 'authorities');
}

export function checkLeafValidity(plan: ClusterPlan): Problem[] {
  const {leaves, authorities} = plan.validity;
  const found = checkValidity(plan, 'leaves');
  if (leaves > authorities) {
    found.push(
      warning(
        'leaf-outlives-authority',
        'validity.leaves',
        `certificates would last ${describeHours(leaves)}, their authority ${describeHours(authorities)}: they fail when it ends`,
        `use at most ${describeHours(authorities)}`,
      ),
    );
  }
  return found;
}

function checkValidity(plan: ClusterPlan, key: 'authorities' | 'leaves'): Problem[] {
  const length = plan.validity[key];
  const path = `validity.${key}`;
  const usual = emptyPlan.validity[key];
  const subject = key === 'leaves' ? 'certificates' : 'authorities';
  if (!(length > 0)) {
    return [
      problem('validity-zero', path, `${subject} need a time to be valid`, `kubeadm's is ${describeHours(usual)}`),
    ];
  }
  if (length < 1) {
    return [
      problem(
        'validity-too-short',
        path,
        `${describeHours(length)} is over before the cluster is up`,
        'use at least one hour',
      ),
    ];
  }
  if (length > century) {
    return [
      problem('validity-too-long', path, `${describeHours(length)} is more than a century`, 'use at most 100 years'),
    ];
  }
  if (length > usual) {
    return [
      warning(
        'validity-longer-than-usual',
        path,
        `${describeHours(length)} is more than kubeadm's ${describeHours(usual)}: a stolen key stays good that long, for nothing checks revocation`,
        `use ${describeHours(usual)} and renew in time`,
      ),
    ];
  }
  return length < month
    ? [
        warning(
          'short-lived',
          path,
          `${subject} end after ${describeHours(length)} and nothing renews them by itself`,
          'plan the renewal now',
        ),
      ]
    : [];
}
