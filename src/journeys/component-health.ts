import {urlHost} from '../base/address.ts';
import {Failure} from '../base/failure.ts';
import {ask, type Credential, type Question} from '../api/ask.ts';
import {leaseName, leaseOf} from '../api/leases.ts';
import {tame} from '../base/tame.ts';
import type {Keeping} from '../node/change/journal.ts';
import {type HealthDoor, healthDoorOf} from '../node/health-doors.ts';
import type {NodeFound} from '../node/inventory.ts';
import type {NodeRoot} from '../node/root.ts';
import {logCommand} from '../node/started-by.ts';
import type {ComponentId} from '../pki/blueprint-types.ts';
import {servedAt} from '../proof/served.ts';
import {etcdClientOn} from './etcd-client.ts';
import {administratorAmong, type Identity, identitiesOn, questionAs} from './node-identities.ts';
import {comes, type Patience} from './waiting.ts';

/** A node as it is while its components are restarted. */
export interface LiveNode {
  readonly root: NodeRoot;
  readonly keeping: Keeping;
  readonly found: NodeFound;
  readonly now: () => Date;
}

/** A component did not stop, or did not come back. */
export class NotBack extends Failure {
  override readonly name = 'NotBack';
  /** It goes on as it was, or nothing is known of it: however long it is waited for, it is not restarted by that. */
  readonly isToRestart: boolean;

  constructor(message: string, nextStep: string, {isToRestart}: {readonly isToRestart: boolean}) {
    super('component-not-back', message, {nextSteps: [nextStep]});
    this.isToRestart = isToRestart;
  }
}

/**
 * Waits until a component that was started says that it is well.
 *
 * @param began what it has to be well since: a lease renewed before was renewed by the process before
 * @throws NotBack; Cancelled
 */
export async function untilWell(
  node: LiveNode,
  {component}: {readonly component: ComponentId},
  began: Date,
  {starting, pause}: Patience,
  tell: (what: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const door = healthDoorOf(component, node.found.components);
  const seeLog = `see its log: ${logCommand(component, node.found.components)}`;
  if (door !== undefined) {
    const {host, port, path} = door;
    tell(`an answer of ${component} at ${urlHost(host)}:${port}${path}`);
    let last = '';
    const isWell = await comes(starting, pause, signal, async () => {
      last = await whyNotWell(node, component, signal);
      return last === '';
    });
    if (!isWell) throw new NotBack(last, seeLog, {isToRestart: false});
  }
  const lease = leaseName(component);
  const administrator = administratorOn(node);
  if (lease === undefined || administrator === undefined) return;
  tell('its lease to be renewed');
  let last = 'nobody holds it';
  const isRenewed = await comes(starting, pause, signal, async () => {
    const found = await leaseOf(questionAs(administrator, node.found, lease), signal);
    if (found.kind === 'hidden') return true;
    if (found.kind === 'renewed') last = `last renewed ${found.at.toISOString()} by ${found.holder}`;
    return found.kind === 'renewed' && found.at > began;
  });
  if (!isRenewed) {
    throw new NotBack(
      `${component} runs, but its lease is not renewed (${last}): it does not get on with the API server`,
      seeLog,
      {isToRestart: false},
    );
  }
}

/** Why a component does not say that it is well; `''` = it says so. */
export async function whyNotWell(
  node: Pick<LiveNode, 'found' | 'root'>,
  component: ComponentId,
  signal: AbortSignal,
): Promise<string> {
  const door = healthDoorOf(component, node.found.components);
  if (door === undefined) return '';
  const {scheme, host, port, path, asks} = door;
  const credential = credentialFor(node, asks);
  const question: Question = {scheme, host, port, path, credential, signal};
  try {
    const {status, body} = await ask(question);
    if (status === 200) return '';
    // It speaks, and only does not say this to everybody.
    if (asks === 'administrator' && credential === undefined && (status === 401 || status === 403)) return '';
    return `${component} at ${urlHost(host)}:${port} says ${path} is not well (HTTP ${status}): ${failedChecks(body)}`;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // Where only etcd runs nobody here has a certificate to ask it with: that it shows its own is what can be seen.
    return asks === 'etcd-client' && credential === undefined ? whyNotShown({host, port}, signal) : error.message;
  }
}

async function whyNotShown(door: Pick<HealthDoor, 'host' | 'port'>, signal: AbortSignal): Promise<string> {
  try {
    await servedAt(door, signal);
    return '';
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}

/** Nothing is verified here, so a token is not sent: a certificate gives nothing away. */
function credentialFor(node: Pick<LiveNode, 'found' | 'root'>, asks: HealthDoor['asks']): Credential | undefined {
  switch (asks) {
    case 'anybody':
      return undefined;
    case 'etcd-client':
      return etcdClientOn(node.root, node.found);
    case 'administrator': {
      const credential = administratorOn(node)?.credential;
      return credential?.kind === 'certificate' ? credential : undefined;
    }
    default:
      return asks satisfies never;
  }
}

function administratorOn({root, found}: Pick<LiveNode, 'found' | 'root'>): Identity | undefined {
  return administratorAmong(identitiesOn(root, found));
}

/** What of a `/readyz` or `/healthz` is not well; others answer in words or JSON of their own. */
function failedChecks(body: string): string {
  const failed = [...body.matchAll(/^\[-\](\S+)/gm)].map(([, name = '']) => name);
  return tame(failed.length > 0 ? failed.join(', ') : (body.trim().split('\n')[0] ?? '')).slice(0, 120);
}
