import {problem, type Problem, warning} from '../../base/problem.ts';
import type {ComponentId} from '../../pki/blueprint-types.ts';
import {type HeldAt, isPutAside, type ServedCertificate} from '../../pki/inventory.ts';
import {flagOf, type FoundComponent} from '../found-component.ts';
import type {SilentDoor} from '../doors.ts';
import type {Held} from '../held.ts';
import type {Holding} from '../holdings.ts';
import type {NodeFound} from '../inventory.ts';
import type {Renewal} from '../remedies.ts';

/** What a rule may look at. */
export interface Examination extends NodeFound {
  readonly now: Date;
  /** Hours before its end from which a certificate counts as ending. */
  readonly warnWithin: number;
  readonly served: readonly ServedCertificate[] | undefined;
  /** Ports that were asked and showed nothing. */
  readonly silent: readonly SilentDoor[];
  readonly renewal: Renewal;
}

/** One thing that can be wrong with a node. */
export type Rule = (examined: Examination) => Iterable<Problem>;

/** `/etc/kubernetes/admin.conf (user kubernetes-admin)`. */
export function placeText({path, entry}: HeldAt): string {
  return entry === undefined ? path : `${path} (${entry.kind} ${entry.name})`;
}

export function wrong(code: string, at: HeldAt | string, message: string, fix: string): Problem {
  return problem(code, typeof at === 'string' ? at : at.path, message, fix);
}

export function doubtful(code: string, at: HeldAt | string, message: string, fix: string): Problem {
  return warning(code, typeof at === 'string' ? at : at.path, message, fix);
}

/** Every found component of a kind; several pieces of evidence are several. */
export function componentsNamed(
  {components}: Pick<NodeFound, 'components'>,
  component: ComponentId,
): readonly FoundComponent[] {
  return components.filter((found) => found.component === component);
}

/** The holdings that a flag or setting of a component names, each once. */
export function filesOf(
  examined: Pick<NodeFound, 'components' | 'holdingAt'>,
  component: ComponentId,
  flag: string,
): readonly Holding[] {
  const paths = componentsNamed(examined, component).flatMap((found) => {
    const setting = found.settings.get(flag);
    const named = [...(found.flags.get(flag) ?? []), ...(setting === undefined ? [] : [setting])];
    return named.map((value) => found.onNode(value));
  });
  return [...new Set(paths)].flatMap((path) => examined.holdingAt(path) ?? []);
}

/** A flag's value on this node, by the first evidence that has it. */
export function valueOf(
  examined: Pick<NodeFound, 'components'>,
  component: ComponentId,
  flag: string,
): string | undefined {
  for (const found of componentsNamed(examined, component)) {
    const value = flagOf(found, flag);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Certificates of a file, in file order. */
export function certificatesOf({heldIn}: Pick<NodeFound, 'heldIn'>, holding: Holding): readonly Held[] {
  return heldIn(holding).filter(({at}) => at.entry === undefined);
}

/** Leaves that somebody shows: the first certificate of a file, or of a user's entry. */
export function leavesOf({certificates}: Pick<NodeFound, 'certificates'>): readonly Held[] {
  return certificates.filter(
    ({at, certificate}) =>
      at.place === 0 && at.entry?.kind !== 'cluster' && !certificate.isAuthority && !isPutAside(at),
  );
}
