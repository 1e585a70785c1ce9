import type {ExaminedAuthority} from '../src/pki/examined.ts';
import type {KeyAlgorithm} from '../src/pki/plan.ts';
import type {KeyCost} from '../src/x509/measure-keys.ts';

/** What was found out about this machine and its files while somebody looks at a page. */
export interface Findings {
  /** What keys cost here, as far as it is measured. */
  readonly costs: Readonly<Partial<Record<KeyAlgorithm, KeyCost>>>;
  /** What the files of brought authorities hold, by what was looked at (see `examinations.ts`). */
  readonly examined: Readonly<Record<string, ExaminedAuthority>>;
}

export type Found =
  | {readonly kind: 'key-cost'; readonly cost: KeyCost}
  | {readonly kind: 'authority'; readonly key: string; readonly authority: ExaminedAuthority};

export const noFindings: Findings = {costs: {}, examined: {}};

export function withFound(findings: Findings, found: Found): Findings {
  switch (found.kind) {
    case 'key-cost':
      return {...findings, costs: {...findings.costs, [found.cost.algorithm]: found.cost}};
    case 'authority':
      return {...findings, examined: {...findings.examined, [found.key]: found.authority}};
    default:
      return found satisfies never;
  }
}
