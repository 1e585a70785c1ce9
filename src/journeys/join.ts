import {InputFailure} from '../base/failure.ts';
import {nameFault} from '../base/names.ts';
import {normalizeAddress} from '../base/address.ts';
import {nearest} from '../base/nearest.ts';
import {problem} from '../base/problem.ts';
import type {Secret} from '../base/secret.ts';
import {halvesOf} from '../base/bootstrap-token.ts';
import {tokenEnd} from '../bundle/bootstrap-documents.ts';
import type {TextOf} from '../bundle/contents.ts';
import {firstControlPlane} from '../bundle/node-groups.ts';
import type {TreeFile} from '../bundle/tree.ts';
import {readKubeconfig} from '../kubeconfig/read-kubeconfig.ts';
import {makeBlueprint} from '../pki/blueprint.ts';
import type {Blueprint, PlannedFile, PlannedNode} from '../pki/blueprint-types.ts';
import type {JoinStep} from '../report/join-text.ts';
import {checkPlan} from '../wizard/check-plan.ts';
import {textIn, type BundleAt} from './bundle-at.ts';
import {newTexts} from './bundle-texts.ts';
import {joinSteps} from './join-steps.ts';

/** Everything that one joining node needs. */
export interface JoinKit {
  readonly node: PlannedNode;
  /** Whether the node stands in the bundle's plan; one that does not gets what it needs made now. */
  readonly isPlanned: boolean;
  readonly files: readonly JoinFile[];
  /** @param folder where the kit lies, as it is to be typed; `''` = where one is */
  readonly stepsFrom: (folder: string) => readonly JoinStep[];
  /** The bootstrap token that is in the files; undefined = the node needs none. */
  readonly token: JoinToken | undefined;
}

export interface JoinFile extends TreeFile {
  /** Where it goes on the node; undefined = it is for whoever sets the node up. */
  readonly target: string | undefined;
  readonly why: string;
}

export interface JoinToken {
  readonly id: string;
  /** undefined = never. */
  readonly ends: Date | undefined;
}

export interface JoinRequest {
  readonly node: string;
  /** Of a node that is not in the plan. */
  readonly addresses: readonly string[];
  /** Instead of the bundle's own token. */
  readonly token?: {readonly secret: Secret; readonly ends: Date | undefined} | undefined;
  readonly now: Date;
}

/**
 * Gathers it from a bundle. A node that is not in the plan joins as a worker.
 *
 * @throws InputFailure for a node that cannot join, or whose token has ended
 */
export async function joinKit(at: BundleAt, request: JoinRequest): Promise<JoinKit> {
  const {isPlanned, blueprint, node} = checkJoining(at, request);
  const mine = blueprint.files.filter((file) => file.node === request.node);
  const bootstraps = mine.some((file) => holdsToken(blueprint, file));
  const token = bootstraps ? await tokenFor(at, request) : undefined;
  const made =
    isPlanned && request.token === undefined ? undefined : await maker(at, blueprint, request, token?.secret);
  const files = await Promise.all(
    mine.map(async (file): Promise<JoinFile> => {
      const {path, mode, target, why} = file;
      const isMade = made !== undefined && (!isPlanned || holdsToken(blueprint, file));
      const text = isMade ? made(file.content) : await textIn(at, path);
      return {path, mode, target, why, text: () => text};
    }),
  );
  return {
    node,
    isPlanned,
    files,
    stepsFrom: (folder) => joinSteps(blueprint, node, folder),
    token: token === undefined ? undefined : {id: halvesOf(token.secret).id, ends: token.ends},
  };
}

/**
 * Whether this node can join at all.
 *
 * @throws InputFailure
 */
export function checkJoining(
  at: BundleAt,
  request: Pick<JoinRequest, 'node' | 'addresses'>,
): {readonly isPlanned: boolean; readonly blueprint: Blueprint; readonly node: PlannedNode} {
  const isPlanned = at.blueprint.nodes.some(({name}) => name === request.node);
  const blueprint = isPlanned ? at.blueprint : withWorker(at.blueprint, request);
  const node = blueprint.nodes.find(({name}) => name === request.node);
  if (node === undefined) throw new TypeError(`the plan has no node ${request.node}`);
  refuseFirst(blueprint, request.node, at.shown);
  return {isPlanned, blueprint, node};
}

/** The plan with the node in it; a plan that would not be right with it is refused as any other. */
function withWorker({plan, nodes}: Blueprint, {node, addresses}: Pick<JoinRequest, 'node' | 'addresses'>): Blueprint {
  const fault = nameFault(node);
  if (fault !== undefined)
    throw new InputFailure(`${JSON.stringify(node)} is no name of a node`, [
      problem(fault.code, 'NODE', fault.message, fault.fix),
    ]);
  if (addresses.length === 0) {
    const near = nearest(
      node,
      nodes.map(({name}) => name),
    );
    throw new InputFailure(`${node} is not in the plan of this bundle`, [
      problem(
        'missing-answer',
        '--address',
        `its nodes are ${nodes.map(({name}) => name).join(', ')}; a further one needs an address`,
        near === undefined
          ? 'add --address ADDRESS to let it join as a worker'
          : `did you mean ${near}? else add --address ADDRESS`,
      ),
    ]);
  }
  const worker = {
    name: node,
    addresses: addresses.map((text) => normalizeAddress(text) ?? text),
    roles: ['worker' as const],
    sans: [],
  };
  const wider = {...plan, nodes: [...plan.nodes, worker]};
  const before = new Set(checkPlan(plan).map(({code, at}) => `${code} ${at.path}`));
  const errors = checkPlan(wider).filter(
    ({severity, code, at}) => severity === 'error' && !before.has(`${code} ${at.path}`),
  );
  if (errors.length > 0) throw new InputFailure(`${node} does not fit into the plan of this bundle`, errors);
  return makeBlueprint(wider);
}

function refuseFirst(blueprint: Blueprint, node: string, shown: string): void {
  if (node !== firstControlPlane(blueprint)) return;
  throw new InputFailure(`${node} starts the cluster: there is nothing yet that it could join`, [
    problem(
      'starts-the-cluster',
      'NODE',
      'the first control-plane node comes first, every other node joins it',
      `see ${shown}/README.md`,
    ),
  ]);
}

function holdsToken({kubeconfigs}: Blueprint, {content}: PlannedFile): boolean {
  if (content.kind !== 'kubeconfig') return false;
  return kubeconfigs.some(({name, credential}) => name === content.kubeconfig && credential.kind === 'bootstrap-token');
}

async function tokenFor(
  at: BundleAt,
  {token, now, node}: JoinRequest,
): Promise<{readonly secret: Secret; readonly ends: Date | undefined}> {
  if (token !== undefined) return token;
  const [user] = readKubeconfig(await textIn(at, 'bootstrap/bootstrap-kubelet.conf')).users;
  if (user?.token?.kind !== 'embedded')
    throw new InputFailure(
      `${at.shown} is not whole`,
      [],
      `there is no token in bootstrap/bootstrap-kubelet.conf: run certwright verify ${at.shown}`,
    );
  const ends = tokenEnd(await textIn(at, 'bootstrap/token-secret.yaml'));
  if (ends !== undefined && ends <= now) {
    throw new InputFailure(`the bootstrap token of ${at.shown} has ended, so ${node} could not join with it`, [
      problem(
        'token-ended',
        'bootstrap/token-secret.yaml',
        `it was good until ${ends.toISOString()}`,
        'add --new-token: kubeadm makes one in the running cluster',
      ),
    ]);
  }
  return {secret: user.token.secret, ends};
}

/** Makes the texts that the bundle does not have. Its authorities sign what a further node needs. */
async function maker(
  at: BundleAt,
  blueprint: Blueprint,
  {node, now}: JoinRequest,
  token: Secret | undefined,
): Promise<TextOf> {
  const isPlanned = at.blueprint.nodes.some(({name}) => name === node);
  const certificates = isPlanned ? [] : blueprint.certificates.filter((certificate) => certificate.node === node);
  return newTexts(at, blueprint, {certificates, token, now});
}
