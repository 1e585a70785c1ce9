import type {Problem} from '../base/problem.ts';
import type {Diagnosis} from '../pki/inventory.ts';
import {inventoryOf, type NodeFound} from './inventory.ts';
import {interrupted} from './rules/interrupted.ts';
import {renewalsOf} from './remedies.ts';
import {clock, dates} from './rules/dates.ts';
import {files, nothingHeld, pairs, refused} from './rules/files.ts';
import {twins, unread} from './rules/manifests.ts';
import {contents, names} from './rules/names.ts';
import type {Examination, Rule} from './rules/rule.ts';
import {closedDoors, restarts} from './rules/ports.ts';
import {allowedNames, copies, faults, kubelets, signingFiles, tokenKeys} from './rules/settings.ts';
import {trust} from './rules/trust.ts';

/** Everything that is looked for, in the order in which it is told. */
const rules: readonly Rule[] = [
  interrupted,
  refused,
  unread,
  twins,
  nothingHeld,
  clock,
  dates,
  files,
  pairs,
  trust,
  names,
  contents,
  signingFiles,
  allowedNames,
  tokenKeys,
  kubelets,
  copies,
  faults,
  restarts,
  closedDoors,
];

/**
 * What is wrong on a node. Reads nothing more: all is in what was found.
 *
 * @param options.warnWithin hours before its end from which a certificate counts as ending
 * @param options.served what ports show; undefined = nobody was asked
 * @param options.silent ports that showed nothing
 */
export function diagnose(
  found: NodeFound,
  {
    now,
    warnWithin,
    served,
    silent = [],
  }: Pick<Examination, 'now' | 'warnWithin' | 'served'> & Partial<Pick<Examination, 'silent'>>,
): Diagnosis {
  const examined: Examination = {...found, now, warnWithin, served, silent, renewal: renewalsOf(found)};
  const problems = rules.flatMap((rule) => [...rule(examined)]);
  const findings: readonly Problem[] = [
    ...problems.filter(({severity}) => severity === 'error'),
    ...problems.filter(({severity}) => severity === 'warning'),
  ];
  return {
    inventory: inventoryOf(found, served),
    findings,
    state: stateOf(findings),
  };
}

function stateOf(findings: readonly Problem[]): Diagnosis['state'] {
  const errors = findings.filter(({severity}) => severity === 'error');
  if (errors.some(({code}) => code !== 'not-permitted')) return 'critical';
  if (errors.length > 0) return 'unknown';
  return findings.length > 0 ? 'warning' : 'ok';
}
