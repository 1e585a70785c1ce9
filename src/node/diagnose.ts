import type {Problem} from '../base/problem.ts';
import type {Diagnosis} from '../pki/inventory.ts';
import {inventoryOf, type NodeFound} from './inventory.ts';
import {dates} from './rules/dates.ts';
import {files, pairs} from './rules/files.ts';
import {contents, names} from './rules/names.ts';
import type {Examination, Rule} from './rules/rule.ts';
import {allowedNames, copies, faults, kubelets, restarts, signingFiles, tokenKeys} from './rules/settings.ts';
import {trust} from './rules/trust.ts';

/** Everything that is looked for, in the order in which it is told. */
const rules: readonly Rule[] = [
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
];

/**
 * What is wrong on a node. Reads nothing more: all is in what was found.
 *
 * @param options.warnWithin hours before its end from which a certificate counts as ending
 * @param options.served what ports show; undefined = nobody was asked
 */
export function diagnose(
  found: NodeFound,
  {now, warnWithin, served}: Pick<Examination, 'now' | 'warnWithin' | 'served'>,
): Diagnosis {
  const examined: Examination = {...found, now, warnWithin, served};
  const problems = rules.flatMap((rule) => [...rule(examined)]);
  const findings: readonly Problem[] = [
    ...problems.filter(({severity}) => severity === 'error'),
    ...problems.filter(({severity}) => severity === 'warning'),
  ];
  const [worst] = findings;
  return {
    inventory: inventoryOf(found, served),
    findings,
    state: worst === undefined ? 'ok' : worst.severity === 'error' ? 'critical' : 'warning',
  };
}
