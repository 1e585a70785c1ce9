import type {
  Blueprint,
  PlannedAuthority,
  PlannedCertificate,
  PlannedConnection,
  Trust,
} from '../pki/blueprint-types.ts';
import type {Outcome} from '../pki/experiment.ts';
import {normalizeAddress} from '../base/address.ts';
import type {Break, Fault, Wrong} from './fault.ts';
import {certificateBroken, nameTakenOut, shows, signingFile, trustBroken} from './places.ts';

/**
 * Who will refuse, from the catalogue and what the fault declares: no key is made and nothing is tried.
 */

/** Why an end refuses; the components' words follow from it. */
export type Reason =
  | 'expired'
  | 'not-yet-valid'
  | 'namesake'
  | 'unknown-authority'
  | 'wrong-name'
  | 'no-name'
  | 'wrong-usage'
  | 'key-mismatch'
  | 'token'
  | 'two-certificates';

export interface Prediction {
  readonly connection: PlannedConnection;
  readonly outcome: Outcome;
  /** undefined = nobody refuses. */
  readonly reason: Reason | undefined;
  /** Who does not start, where one does not. */
  readonly stays?: 'caller' | 'provider';
}

/** Every connection that uses something which the fault changes, the one asked about first; else in the blueprint's order. */
export function predictConnections(fault: Fault, blueprint: Blueprint): readonly Prediction[] {
  const {tries} = fault;
  if (tries.kind !== 'connections') return [];
  const hit = blueprint.connections.flatMap((connection) => {
    const effects = fault.breaks.map((one) => effectOf(one, connection, fault, blueprint));
    return effects.some(({touches}) => touches) ? [predictionOf(connection, effects)] : [];
  });
  const asked = hit.find(({connection}) => connection.id === tries.asked);
  return asked === undefined ? hit : [asked, ...hit.filter((each) => each !== asked)];
}

/** Rows of connections inside which a service account's token is shown to the API server. */
const withTokens = ['pod-to-apiserver', 'kube-proxy-pod-to-apiserver'];

/** Only the API server whose `sa.pub` is another's refuses what the others take. */
export function predictTokens({tries}: Fault, blueprint: Blueprint): readonly Prediction[] {
  if (tries.kind !== 'token') return [];
  const node = blueprint.files.find(({content}) => content.kind === 'key-pair-public')?.node;
  const hit = blueprint.connections
    .filter(({id}) => withTokens.includes(id))
    .map((connection): Prediction => {
      const refuses = connection.provider.node === node;
      return {connection, outcome: refuses ? 'provider' : 'nobody', reason: refuses ? 'token' : undefined};
    });
  const asked = hit.find(({connection, outcome}) => connection.id === tries.asked && outcome === 'provider');
  return asked === undefined ? hit : [asked, ...hit.filter((each) => each !== asked)];
}

/** Whether this cluster has what the fault breaks, and whether breaking it makes a difference. */
export function canHappen(fault: Fault, blueprint: Blueprint): boolean {
  const {tries} = fault;
  const {topology} = blueprint.plan.trust;
  switch (tries.kind) {
    case 'connections': {
      if (!fault.breaks.every((one) => hasPlace(one, blueprint))) return false;
      const [first] = predictConnections(fault, blueprint);
      return first?.connection.id === tries.asked && first.outcome !== 'nobody';
    }
    case 'door':
      return blueprint.intrusions.some(({id}) => id === tries.intrusion);
    case 'front-proxy':
      return tries.signedBy === 'kubernetes-ca' || topology !== 'single-ca';
    case 'token':
      return predictTokens(fault, blueprint).length > 0;
    case 'signing-file':
      return signingFile(blueprint) !== undefined;
    default:
      return tries satisfies never;
  }
}

function hasPlace(one: Break, blueprint: Blueprint): boolean {
  if (one.kind === 'certificate') return certificateBroken(one, blueprint) !== undefined;
  return one.kind !== 'trust' || trustBroken(one, blueprint) !== undefined;
}

/** What one break does to one connection. */
interface Effect {
  readonly touches: boolean;
  readonly caller?: Reason | undefined;
  readonly provider?: Reason | undefined;
  readonly stays?: 'caller' | 'provider' | undefined;
}

/** A component reads its files before it calls or listens, and the caller looks at the provider's certificate first. */
function predictionOf(connection: PlannedConnection, effects: readonly Effect[]): Prediction {
  const stays = effects.find((effect) => effect.stays !== undefined)?.stays;
  if (stays !== undefined) return {connection, outcome: 'does-not-start', reason: 'key-mismatch', stays};
  const caller = effects.find((effect) => effect.caller !== undefined)?.caller;
  if (caller !== undefined) return {connection, outcome: 'caller', reason: caller};
  const provider = effects.find((effect) => effect.provider !== undefined)?.provider;
  return {connection, outcome: provider === undefined ? 'nobody' : 'provider', reason: provider};
}

function effectOf(one: Break, connection: PlannedConnection, fault: Fault, blueprint: Blueprint): Effect {
  switch (one.kind) {
    case 'certificate': {
      const certificate = certificateBroken(one, blueprint);
      return certificate === undefined
        ? {touches: false}
        : ofCertificate(one.as, certificate, connection, fault, blueprint);
    }
    case 'trust': {
      const path = trustBroken(one, blueprint)?.from.path;
      const reason = {
        'a namesake': 'namesake',
        'a stranger': 'unknown-authority',
        'the root alone': undefined,
      } as const;
      const calls = verifiedProvider(connection)?.from.path === path;
      const called = verifiedCaller(connection)?.from.path === path;
      return {
        touches: calls || called,
        caller: calls ? reason[one.holds] : undefined,
        provider: called ? reason[one.holds] : undefined,
      };
    }
    case 'service-account':
    case 'signing-file':
    case 'allowed-names':
    case 'one-authority':
      return {touches: false};
    default:
      return one satisfies never;
  }
}

function ofCertificate(
  wrong: Wrong,
  certificate: PlannedCertificate,
  connection: PlannedConnection,
  fault: Fault,
  blueprint: Blueprint,
): Effect {
  const {credential} = connection;
  const presented = shows(connection, certificate.name);
  const shown = 'certificate' in credential && credential.certificate === certificate.name;
  if (!presented && !shown) return {touches: false};
  if (wrong.kind === 'swapped-key') return {touches: true, stays: presented ? 'provider' : 'caller'};
  const byCaller = presented ? verifiedProvider(connection) : undefined;
  const byProvider = shown ? verifiedCaller(connection) : undefined;
  const around = {certificate, connection, fault, blueprint};
  return {
    touches: true,
    caller: byCaller && refusal(wrong, 'server auth', byCaller, around),
    provider: byProvider && refusal(wrong, 'client auth', byProvider, around),
  };
}

/** What the caller verifies a certificate of ours with. */
function verifiedProvider({presents, callerTrusts}: PlannedConnection): Trust | undefined {
  return 'certificate' in presents && 'from' in callerTrusts ? callerTrusts : undefined;
}

/** What the provider verifies a certificate of ours with. */
function verifiedCaller({credential, providerTrusts, clientCertificate}: PlannedConnection): Trust | undefined {
  return 'certificate' in credential && 'from' in providerTrusts && clientCertificate !== 'unused'
    ? providerTrusts
    : undefined;
}

interface Around {
  readonly certificate: PlannedCertificate;
  readonly connection: PlannedConnection;
  readonly fault: Fault;
  readonly blueprint: Blueprint;
}

/** Why whoever verifies the certificate with `trust` refuses it; undefined when it does not. */
function refusal(
  wrong: Exclude<Wrong, {kind: 'swapped-key'}>,
  usage: 'server auth' | 'client auth',
  trust: Trust,
  {certificate, connection, fault, blueprint}: Around,
): Reason | undefined {
  switch (wrong.kind) {
    case 'expired':
    case 'not-yet-valid':
      return wrong.kind;
    case 'of-a-stranger':
      return 'unknown-authority';
    case 'without-name': {
      // Names are asked of servers alone.
      const name = nameTakenOut(certificate, fault, blueprint);
      return usage === 'server auth' && sameHost(connection.host, name) ? 'wrong-name' : undefined;
    }
    case 'without-any-name':
      return usage === 'server auth' ? 'no-name' : undefined;
    case 'for':
      return wrong.usages.includes(usage) ? undefined : 'wrong-usage';
    case 'without-intermediate':
      return isAnchor(certificate.authority, trust, fault, blueprint) ? undefined : 'unknown-authority';
    default:
      return wrong satisfies never;
  }
}

/** Whether the file holds the authority itself, once the fault has done to the file what it does. */
function isAnchor(authority: string, trust: Trust, {breaks}: Fault, blueprint: Blueprint): boolean {
  const isRoot = ({id, signedBy}: PlannedAuthority) => id === authority && signedBy === undefined;
  const holdsRootAlone = breaks.some(
    (one) =>
      one.kind === 'trust' &&
      one.holds === 'the root alone' &&
      trustBroken(one, blueprint)?.from.path === trust.from.path,
  );
  return holdsRootAlone ? blueprint.authorities.some(isRoot) : trust.authorities.includes(authority);
}

function sameHost(one: string, other: string | undefined): boolean {
  return other !== undefined && (normalizeAddress(one) ?? one) === (normalizeAddress(other) ?? other);
}
