import {labelFault} from '../base/names.ts';
import {nearest} from '../base/nearest.ts';
import {problem, warning, type Problem} from '../base/problem.ts';
import {certificateIds} from '../pki/certificates.ts';
import type {BroughtAuthority, ClusterPlan} from '../pki/plan.ts';
import {topologies, topologyAuthorities} from '../pki/topology.ts';
import {atPath} from './checks-cluster.ts';
import {shown} from './read-value.ts';

/** Ids with a fixed meaning, whatever the topology. */
const standardAuthorities = topologyAuthorities.intermediates;

export function checkAssignments(plan: ClusterPlan): Problem[] {
  const {topology} = plan.trust;
  return Object.entries(plan.trust.assign).flatMap(([certificate, authority]) => {
    const path = `trust.assign.${certificate}`;
    const found: Problem[] = [];
    if (!certificateIds.includes(certificate)) {
      const meant = nearest(certificate.slice(0, 80), certificateIds);
      found.push(
        problem(
          'unknown-certificate',
          path,
          `there is no certificate ${shown(certificate)}`,
          meant === undefined ? `known are ${certificateIds.join(', ')}` : `did you mean ${meant}?`,
        ),
      );
    }
    const faults = atPath(path, labelFault(authority));
    found.push(...faults);
    if (faults.length > 0) {
      return found;
    }
    if (authority === topologies[topology].root) {
      found.push(
        problem(
          'root-signs-leaf',
          path,
          `${authority} stays offline and signs authorities only: files that verify clients do not hold it`,
          'choose an authority below it, or a new id',
        ),
      );
    }
    const meant = standardAuthorities.includes(authority) ? undefined : nearest(authority, standardAuthorities);
    if (meant !== undefined) {
      found.push(
        warning(
          'new-authority',
          path,
          `${shown(authority)} is not known yet and becomes a new authority`,
          `did you mean ${meant}? Otherwise all is well`,
        ),
      );
    }
    return found;
  });
}

export function checkBroughtAuthorities(plan: ClusterPlan): Problem[] {
  const {topology, authorities, assign} = plan.trust;
  const known = [...new Set([...topologyAuthorities[topology], ...Object.values(assign)])];
  const files = new Map<string, string>();
  return Object.entries(authorities).flatMap(([id, brought]) => {
    const path = `trust.authorities.${id}`;
    const found = checkBrought(brought, path);
    if (!known.includes(id)) {
      const meant = nearest(id.slice(0, 80), known);
      found.push(
        problem(
          'unknown-authority',
          path,
          `this plan has no authority ${shown(id)}: ${topology} has ${known.join(', ')}`,
          meant === undefined ? `use one of ${known.join(', ')}` : `did you mean ${meant}?`,
        ),
      );
    }
    const twin = files.get(brought.certificate);
    if (twin !== undefined && brought.certificate !== '') {
      found.push(
        warning(
          'authority-brought-twice',
          `${path}.certificate`,
          `${id} and ${twin} are the same certificate: whoever the one signs is let in wherever the other is trusted`,
          'bring an authority of its own, or choose trust.topology: single-ca to say so',
        ),
      );
    }
    files.set(brought.certificate, twin ?? id);
    return found;
  });
}

/** Paths and passphrases are not repeated in messages: a key may have been pasted where its path belongs. */
function checkBrought(brought: BroughtAuthority, path: string): Problem[] {
  const found: Problem[] = [];
  for (const part of ['certificate', 'key'] as const) {
    const file = brought[part];
    if (file !== undefined && /-----BEGIN|\n/.test(file)) {
      found.push(
        problem(
          'pem-in-plan',
          `${path}.${part}`,
          `here belongs the path of the ${part}, not the ${part} itself`,
          'put it into a file of its own',
        ),
      );
    } else if (file !== undefined && (file === '' || file.includes('\0'))) {
      found.push(
        problem('not-a-path', `${path}.${part}`, `the path of the ${part} is not one`, 'give the path of a PEM file'),
      );
    }
  }
  const {passphrase} = brought;
  if (passphrase !== undefined && brought.key === undefined) {
    found.push(
      problem(
        'passphrase-without-key',
        `${path}.passphrase`,
        'there is a passphrase but no key to open',
        'add the key, or remove the passphrase',
      ),
    );
  }
  if (passphrase !== undefined && 'env' in passphrase && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(passphrase.env)) {
    found.push(
      problem(
        'not-a-variable',
        `${path}.passphrase.env`,
        'that is not the name of a variable',
        'write a name such as CA_PASSPHRASE',
      ),
    );
  }
  if (passphrase !== undefined && 'file' in passphrase && passphrase.file.includes('\0')) {
    found.push(
      problem(
        'not-a-path',
        `${path}.passphrase.file`,
        'the path of the passphrase is not one',
        'give the path of a file',
      ),
    );
  }
  return found;
}
