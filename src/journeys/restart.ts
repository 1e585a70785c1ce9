import {basename} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {Cancelled, Failure} from '../base/failure.ts';
import {putAside, putBack} from '../node/change/aside.ts';
import {type Keeping, readJournal} from '../node/change/journal.ts';
import type {FoundComponent} from '../node/found-component.ts';
import {type HealthDoor, healthDoorOf} from '../node/health-doors.ts';
import type {NodeFound} from '../node/inventory.ts';
import {processes, runningAs} from '../node/processes.ts';
import type {NodeRoot} from '../node/root.ts';
import {ask, type Credential, type Question} from '../api/ask.ts';
import type {Restart} from '../pki/rotation.ts';
import {runProgram} from '../run/run-program.ts';
import {etcdClientOn} from './etcd-client.ts';
import {leaseName, leaseOf} from '../api/leases.ts';
import {administratorAmong, type Identity, identitiesOn, questionAs} from './node-identities.ts';

/** A node as it is while its components are restarted. */
export interface LiveNode {
  readonly root: NodeRoot;
  readonly keeping: Keeping;
  readonly found: NodeFound;
  readonly now: () => Date;
}

/** Milliseconds. */
export interface Patience {
  /** Until a stopped component's process is gone: a pod is given 30 seconds, and the kubelet looks every 20. */
  readonly stopping: number;
  /** Until a started one is well. */
  readonly starting: number;
  /** Between two looks. */
  readonly pause: number;
}

export const usualPatience: Patience = {stopping: 120_000, starting: 240_000, pause: 500};

/** A component did not stop, or did not come back. */
export class NotBack extends Failure {
  override readonly name = 'NotBack';
  constructor(message: string, nextStep: string) {
    super('component-not-back', message, {nextSteps: [nextStep]});
  }
}

/** How often a kubelet looks into its folder of manifests when nobody tells it that something has changed there. */
const kubeletLooks = 22_000;

/**
 * Restarts one component and waits until it is well: what starts it stops it first. A static pod's manifest is taken out
 * of its folder and put back; cut off in between, `recover` puts it back.
 *
 * @param tell what is waited for, in words
 * @throws NotBack; Cancelled, and then the component is started again all the same
 */
export async function restartComponent(
  node: LiveNode,
  restart: Restart,
  patience: Patience,
  tell: (what: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const began = node.now();
  switch (restart.kind) {
    case 'static-pod':
      await restartPod(node, restart, patience, tell, signal);
      break;
    case 'unit':
      tell(`systemctl restart ${restart.unit}`);
      await restartUnit(restart.unit, signal);
      break;
    case 'unknown':
      throw new NotBack(
        `nothing on this node says how ${restart.component} is started`,
        `restart ${restart.component} the way it was started`,
      );
    default:
      return restart satisfies never;
  }
  await untilWell(node, restart, began, patience, tell, signal);
}

/**
 * Waits until a component that was started says that it is well.
 *
 * @param began what it has to be well since: a lease renewed before was renewed by the process before
 * @throws NotBack; Cancelled
 */
export async function untilWell(
  node: LiveNode,
  {component}: Pick<Restart, 'component'>,
  began: Date,
  {starting, pause}: Patience,
  tell: (what: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const door = healthDoorOf(component, node.found.components);
  if (door !== undefined) {
    const {host, port, path} = door;
    tell(`an answer of ${component} at ${host}:${port}${path}`);
    let last = '';
    const isWell = await comes(starting, pause, signal, async () => {
      last = await whyNotWell(node, component, signal);
      return last === '';
    });
    if (!isWell) throw new NotBack(last, `see its log: ${logCommand(component)}`);
  }
  const lease = leaseName(component);
  const administrator = administratorOn(node);
  if (lease === undefined || administrator === undefined) return;
  tell(`the lease ${lease} to be renewed`);
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
      `see its log: ${logCommand(component)}`,
    );
  }
}

/** Why a component does not say that it is well; `''` = it says so. */
export async function whyNotWell(
  node: Pick<LiveNode, 'found' | 'root'>,
  component: FoundComponent['component'],
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
    return `${component} at ${host}:${port} says ${path} is not well (HTTP ${status}): ${failedChecks(body)}`;
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

async function restartPod(
  node: LiveNode,
  {component, path}: Restart & {readonly kind: 'static-pod'},
  {stopping, starting, pause}: Patience,
  tell: (what: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const {root, keeping} = node;
  const pod = node.found.components.find(
    (found) => found.component === component && found.from.kind === 'static-pod' && found.from.path === path,
  );
  if (pod === undefined) throw new NotBack(`${path} is not there any more`, 'run it again');
  if (!processes(root).some((found) => found.component === 'kubelet')) {
    throw new NotBack(
      `the kubelet, which starts ${component}, does not run`,
      'start it: systemctl start kubelet; its log says why it ended: journalctl -u kubelet -n 50',
    );
  }
  const before = runningAs(root, pod);
  const what = `restart ${component}`;
  let hasStopped = true;
  putAside(keeping, {path: root.real(path) ?? path, what, id: `restart-${component}`});
  try {
    tell(before.length === 0 ? 'the kubelet to see that its manifest is gone' : 'its container to stop');
    if (before.length === 0) await setTimeout(kubeletLooks, undefined, {signal}).catch(() => undefined);
    else
      hasStopped = await comes(
        stopping,
        pause,
        signal,
        () => !runningAs(root, pod).some((one) => before.includes(one)),
      );
  } finally {
    const journal = readJournal(keeping);
    if (journal !== undefined) putBack(keeping, journal);
  }
  if (!hasStopped) {
    throw new NotBack(
      `the container of ${component} did not stop in ${stopping / 1000} s after its manifest was taken away; it is back in its place`,
      'see the log of the kubelet: journalctl -u kubelet -n 50',
    );
  }
  tell('the kubelet to start it again');
  const runs = await comes(starting, pause, signal, () => runningAs(root, pod).some((one) => !before.includes(one)));
  if (!runs) {
    throw new NotBack(
      `the kubelet has not started ${component} in ${starting / 1000} s`,
      `see why: journalctl -u kubelet -n 50; crictl ps -a --name ${component}`,
    );
  }
}

async function restartUnit(unit: string, signal: AbortSignal): Promise<void> {
  try {
    await runProgram('systemctl', ['restart', unit], {timeout: 120_000, signal});
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new NotBack(error.message, `see why: systemctl status ${unit}; journalctl -u ${unit} -n 50`);
  }
}

/**
 * Looks until it is so, or the time is over.
 *
 * @returns whether it is so
 * @throws Cancelled
 */
export async function comes(
  limit: number,
  pause: number,
  signal: AbortSignal,
  isSo: () => boolean | Promise<boolean>,
): Promise<boolean> {
  const end = performance.now() + limit;
  for (;;) {
    if (signal.aborted) throw new Cancelled();
    if (await isSo()) return true;
    if (performance.now() > end) return false;
    await setTimeout(pause, undefined, {signal}).catch(() => undefined);
  }
}

/** What of a `/readyz` or `/healthz` is not well; others answer in words or JSON of their own. */
function failedChecks(body: string): string {
  const failed = [...body.matchAll(/^\[-\](\S+)/gm)].map(([, name = '']) => name);
  return failed.length > 0 ? failed.join(', ') : (body.trim().split('\n')[0]?.slice(0, 120) ?? '');
}

/** Where a component's own words are. */
export function logCommand(component: FoundComponent['component']): string {
  return component === 'kubelet'
    ? 'journalctl -u kubelet -n 50'
    : `crictl logs $(crictl ps -a --name ${basename(component)} -q | head -n 1)`;
}
