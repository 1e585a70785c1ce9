import type {Problem} from '../base/problem.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import type {Reader} from './read-value.ts';
import type {PageId, PlanValue, Step, StepKind} from './step.ts';
import {cutText, joinText} from './text-form.ts';

/** What a step is made of, with the type of its value; the plan and text sides of `Step` follow from it. */
export interface StepDeclaration<V> {
  readonly id: string;
  readonly page: PageId;
  readonly ask: string;
  readonly help: string;
  readonly kind: StepKind;
  readonly advanced?: boolean;
  readonly when?: (plan: ClusterPlan) => boolean;
  readonly get: (plan: ClusterPlan) => V;
  readonly set: (plan: ClusterPlan, value: V) => ClusterPlan;
  readonly reader: Reader<V>;
  readonly write: (value: V) => PlanValue;
  readonly check?: (plan: ClusterPlan) => readonly Problem[];
  /** Where the plan file has a map and the text form has lines: how one becomes the other. */
  readonly asRecords?: {
    readonly fromRecords: (records: PlanValue) => PlanValue;
    readonly toRecords: (value: PlanValue) => PlanValue;
  };
}

export function step<V>(declaration: StepDeclaration<V>): Step {
  const {id, kind, get, set, reader, write, asRecords} = declaration;
  const read: Step['read'] = (value, plan) => {
    const {value: typed, problems} = reader.read(value, id);
    const changed = set(plan, typed);
    return problems.length === 0 ? {ok: true, plan: changed} : {ok: false, plan: changed, problems};
  };
  return {
    id,
    page: declaration.page,
    ask: declaration.ask,
    help: declaration.help,
    kind,
    advanced: declaration.advanced ?? false,
    when: declaration.when ?? (() => true),
    show: (plan) => {
      const value = write(get(plan));
      return joinText(kind, asRecords === undefined ? value : asRecords.toRecords(value));
    },
    parse: (raw, plan) => {
      const cut = cutText(kind, raw);
      return read(asRecords === undefined ? cut : asRecords.fromRecords(cut), plan);
    },
    read,
    write: (plan) => write(get(plan)),
    check: declaration.check ?? (() => []),
    schema: reader.schema,
  };
}
