import type {Subject, Usage} from './blueprint-types.ts';
import type {NodeSituation} from './certificate.ts';
import {certificateRows} from './certificates.ts';
import {emptyPlan} from './plan.ts';
import {situationOf} from './situation.ts';

/** Stands for the name of a node, or of a person, in a subject that has one. */
const anyName = '\u0001';

/** A row of the catalogue that a certificate looks like. */
export interface Likeness {
  readonly id: string;
  readonly why: string;
}

/**
 * The catalogue's certificates with such a subject and such usages, whoever made them. Groups are not looked at, for
 * they differ from version to version; rows with names of their own come before rows that any name fits, and where one
 * of the first fits, the others are left out.
 */
export function recognise(subject: Pick<Subject, 'commonName'>, usages: readonly Usage[]): readonly Likeness[] {
  const fitting = patterns.filter((row) => fits(row.fixed, subject.commonName) && sameUsages(row.usages, usages));
  const named = fitting.filter(({isNamed}) => isNamed);
  return (named.length > 0 ? named : fitting).map(({id, why}) => ({id, why}));
}

interface Pattern extends Likeness {
  readonly usages: readonly Usage[];
  /** Of the common name what is fixed: all of it, or what stands before and after a name that differs. */
  readonly fixed: readonly [before: string, after?: string];
  /** Whether something of the common name is fixed. */
  readonly isNamed: boolean;
}

const patterns: readonly Pattern[] = patternsOf();

function patternsOf(): readonly Pattern[] {
  const node = {name: anyName, addresses: [], roles: ['control-plane'], sans: []} as const;
  const situation: NodeSituation = {...situationOf({...emptyPlan, nodes: [node]}), node};
  return certificateRows.map(({id, why, usages, subject}) => {
    const {commonName} = subject({...situation, user: {name: anyName, groups: []}});
    const [before = '', after] = commonName.split(anyName);
    return {
      id,
      why,
      usages,
      fixed: after === undefined ? [before] : [before, after],
      isNamed: commonName !== anyName,
    };
  });
}

function fits([before, after]: Pattern['fixed'], name: string): boolean {
  if (after === undefined) return before === name;
  return name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after);
}

function sameUsages(some: readonly Usage[], others: readonly Usage[]): boolean {
  return some.length === others.length && some.every((usage) => others.includes(usage));
}
