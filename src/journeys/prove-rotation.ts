import {urlHost} from '../base/address.ts';
import {Failure} from '../base/failure.ts';
import {type ShownFile, shownOn} from '../node/shown-files.ts';
import type {ComponentId} from '../pki/blueprint-types.ts';
import {startingOrder} from '../pki/components.ts';
import {ask} from '../api/ask.ts';
import {servedAt} from '../proof/served.ts';
import {inspectCertificate} from '../x509/inspect.ts';
import {leaseName, leaseOf} from '../api/leases.ts';
import {administratorAmong, type Identity, identitiesOn, questionAs} from './node-identities.ts';
import {type LiveNode, whyNotWell} from './component-health.ts';
import {type Patience, rest} from './waiting.ts';
import type {Evidence} from '../pki/rotation.ts';
import {whoAmI} from '../api/who-am-i.ts';

/** How long from the beginning something may take to be as it must be. Milliseconds. */
const settling = {
  /** An API server of 1.20 looks at its files once a minute. */
  served: 75_000,
  /** Whoever has lost its lease meanwhile has ended, and a kubelet waits longer each time, up to five minutes. */
  running: 330_000,
  /** An answer that somebody is not known does not change. */
  known: 30_000,
} as const;
/** A leader renews its lease every two seconds; after this long nobody leads. Milliseconds. */
const leaseLife = 15_000;

/**
 * Looks at a node from outside: what its ports show, whether its components are well, who its kubeconfigs are. What is not
 * as it must be is looked at again for a while, for it may be on its way. What could not be looked at is no fault, and
 * says so.
 *
 * @throws Cancelled
 */
export async function* proveRotation(
  node: LiveNode,
  {pause}: Pick<Patience, 'pause'>,
  signal: AbortSignal,
): AsyncGenerator<Evidence, void, void> {
  const over = {
    served: AbortSignal.timeout(settling.served),
    running: AbortSignal.timeout(settling.running),
    known: AbortSignal.timeout(settling.known),
  };
  for (const {until, look} of looksAt(node, signal)) {
    let evidence = await look();
    while (evidence.verdict === 'failed' && !over[until].aborted) {
      await rest(pause, signal);
      evidence = await look();
    }
    yield evidence;
  }
}

interface Look {
  readonly until: keyof typeof settling;
  readonly look: () => Promise<Evidence>;
}

function looksAt(node: LiveNode, signal: AbortSignal): readonly Look[] {
  const shown = shownOn(node.found);
  const identities = identitiesOn(node.root, node.found).filter((each) => isOfThisCluster(each, shown, node.found));
  const administrator = administratorAmong(identities);
  const components = startingOrder.filter((each) => node.found.components.some(({component}) => component === each));
  return [
    ...shown.map((each): Look => ({until: 'served', look: () => served(each, signal)})),
    ...components.map((component): Look => ({until: 'running', look: () => wellness(node, component, signal)})),
    ...identities.map((identity): Look => ({until: 'known', look: () => recognition(node, identity, signal)})),
    ...components.flatMap((component): Look[] => {
      const path = leaseName(component);
      return path === undefined
        ? []
        : [{until: 'running', look: () => leadership(node, administrator, component, path, signal)}];
    }),
    ...(components.includes('kube-apiserver') && components.includes('kubelet')
      ? [{until: 'running', look: () => reach(node, identities, administrator, signal)} as const]
      : []),
  ];
}

/**
 * A home folder can hold a kubeconfig of another cluster: its server is none that this API server answers for, or its
 * authority did not sign what this one shows. Whether it should have, the diagnosis says.
 */
function isOfThisCluster(
  {path, server, trust}: Identity,
  shown: readonly ShownFile[],
  {signers}: LiveNode['found'],
): boolean {
  if (!path.endsWith('/.kube/config')) return true;
  const leaves = shown.flatMap(({door, leaf}) => (door.component === 'kube-apiserver' ? [leaf.certificate] : []));
  const authorities = (trust?.authorities ?? []).map((pem) => inspectCertificate(pem));
  return leaves.some(
    (leaf) =>
      leaf.sans.some(({value}) => value === server.host.toLowerCase()) &&
      (trust === undefined || authorities.some((authority) => signers.signed(leaf, authority))),
  );
}

async function served({door, path, leaf}: ShownFile, signal: AbortSignal): Promise<Evidence> {
  const {component, host, port} = door;
  const about = {of: `${component} on ${urlHost(host)}:${port}`, claim: `shows the certificate of ${path}`};
  try {
    const {chain} = await servedAt({host, port}, signal);
    const {fingerprint, serial} = inspectCertificate(chain);
    return fingerprint === leaf.certificate.fingerprint
      ? {...about, verdict: 'proved', because: `it shows serial ${serial}`}
      : {...about, verdict: 'failed', because: `it shows serial ${serial}: restart ${component}`};
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return {...about, verdict: 'failed', because: error.message};
  }
}

async function wellness(node: LiveNode, component: ComponentId, signal: AbortSignal): Promise<Evidence> {
  const why = await whyNotWell(node, component, signal);
  return {
    of: component,
    claim: 'is well',
    verdict: why === '' ? 'proved' : 'failed',
    because: why === '' ? 'it says so itself' : why,
  };
}

async function recognition(node: LiveNode, identity: Identity, signal: AbortSignal): Promise<Evidence> {
  const {path, name} = identity;
  const about = {of: path, claim: name === undefined ? 'is known to the API server' : `is ${name}`};
  const found = await whoAmI({...questionAs(identity, node.found, ''), signal});
  switch (found.kind) {
    case 'user':
      return name === undefined || found.name === name
        ? {...about, verdict: 'proved', because: `the API server takes it for ${found.name}`}
        : {...about, verdict: 'failed', because: `the API server takes it for ${found.name}`};
    case 'unknown':
    case 'unanswered':
      return {...about, verdict: 'failed', because: found.why};
    default:
      return found satisfies never;
  }
}

async function leadership(
  node: LiveNode,
  administrator: Identity | undefined,
  component: ComponentId,
  path: string,
  signal: AbortSignal,
): Promise<Evidence> {
  const about = {of: component, claim: 'has its lease renewed'};
  if (administrator === undefined) return {...about, verdict: 'not-asked', because: noAdministrator};
  const lease = await leaseOf(questionAs(administrator, node.found, path), signal);
  if (lease.kind === 'hidden') return {...about, verdict: 'not-asked', because: `${administrator.path} may not see it`};
  if (lease.kind === 'silent') return {...about, verdict: 'failed', because: lease.why};
  const isFresh = node.now().getTime() - lease.at.getTime() < leaseLife;
  return {
    ...about,
    verdict: isFresh ? 'proved' : 'failed',
    because: `${lease.holder} renewed it last at ${lease.at.toISOString().slice(11, 19)} UTC`,
  };
}

/** What `kubectl logs` needs, without a pod: the API server asks the kubelet, with its kubelet client certificate. */
async function reach(
  node: LiveNode,
  identities: readonly Identity[],
  administrator: Identity | undefined,
  signal: AbortSignal,
): Promise<Evidence> {
  const about = {of: 'kube-apiserver', claim: 'reaches the kubelet of this node'};
  const name = identities.find((each) => each.name?.startsWith(nodePrefix) === true)?.name?.slice(nodePrefix.length);
  if (administrator === undefined) return {...about, verdict: 'not-asked', because: noAdministrator};
  if (name === undefined) {
    return {...about, verdict: 'not-asked', because: 'no kubeconfig here says what the Node is called'};
  }
  try {
    const question = questionAs(administrator, node.found, `/api/v1/nodes/${encodeURIComponent(name)}/proxy/healthz`);
    const {status} = await ask({...question, signal});
    if (status === 200) return {...about, verdict: 'proved', because: `the kubelet of ${name} answers it`};
    return status === 404 || status === 403
      ? {
          ...about,
          verdict: 'not-asked',
          because: status === 404 ? `there is no Node ${name}` : `${administrator.path} may not ask`,
        }
      : {
          ...about,
          verdict: 'failed',
          because: `it cannot ask the kubelet of ${name} (HTTP ${status}): kubectl logs fails too`,
        };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return {...about, verdict: 'failed', because: error.message};
  }
}

const nodePrefix = 'system:node:';
const noAdministrator = 'no kubeconfig of an administrator is on this node';
