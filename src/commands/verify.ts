import {resolve} from 'node:path';
import {InputFailure} from '../base/failure.ts';
import {bundleAt} from '../journeys/bundle-at.ts';
import {soonHours} from '../journeys/check.ts';
import {verifyNode} from '../journeys/verify-node.ts';
import type {Proof} from '../pki/verdict.ts';
import {prove} from '../proof/prove.ts';
import {proofJson} from '../report/proof-json.ts';
import {proofLines} from '../report/proof-text.ts';
import type {Context} from './context.ts';
import {nodeAt} from './node-at.ts';
import {glyphsFor, printJson, printLines} from './print.ts';

export interface VerifyOptions {
  /** A bundle, or a node's `/`: one of the two. */
  readonly directory: string | undefined;
  readonly root: string | undefined;
  readonly output: 'table' | 'json';
}

const exitCodes: Readonly<Record<Proof['state'], number>> = {ok: 0, warning: 1, critical: 2, unknown: 3};

/** Proves a bundle or a node as it lies: every file, then every connection. */
export async function verify(context: Context, {directory, root, output}: VerifyOptions): Promise<number> {
  const {place, words, proof} =
    directory !== undefined && root === undefined
      ? await proofOfBundle(context, directory)
      : root !== undefined && directory === undefined
        ? await proofOfNode(context, root)
        : oneOfTwo();
  if (output === 'json') printJson(context, {...place, ...proofJson(proof)});
  else printLines(context, proofLines(proof, glyphsFor(context), words));
  return exitCodes[proof.state];
}

interface Proved {
  readonly place: {readonly directory: string} | {readonly root: string};
  /** As it was typed. */
  readonly words: readonly string[];
  readonly proof: Proof;
}

/** The blueprint is derived again from the bundle's `plan.yaml`, and its files must keep to it. */
async function proofOfBundle(context: Context, shown: string): Promise<Proved> {
  const {bundle, blueprint} = bundleAt(resolve(context.cwd, shown), shown);
  const judged = await prove({blueprint, files: bundle.files, now: context.now(), signal: context.signal});
  const proof: Proof =
    bundle.strange.length === 0
      ? judged
      : {...judged, findings: [...bundle.strange, ...judged.findings], state: 'critical'};
  return {place: {directory: bundle.directory}, words: [shown], proof};
}

async function proofOfNode(context: Context, shown: string): Promise<Proved> {
  const node = nodeAt(context, shown);
  const proof = await verifyNode({...node, warnWithin: soonHours, signal: context.signal});
  return {place: {root: node.root}, words: ['--root', shown], proof};
}

function oneOfTwo(): never {
  throw new InputFailure(
    'verify takes a bundle or a node',
    [],
    'give DIR, a bundle, or --root DIR, where / is this node',
  );
}
