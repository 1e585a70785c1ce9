import {resolve} from 'node:path';
import {InputFailure} from '../base/failure.ts';
import {readBundle} from '../bundle/read-bundle.ts';
import {readPlan} from '../config/resolve-plan.ts';
import {makeBlueprint} from '../pki/blueprint.ts';
import type {Proof} from '../pki/verdict.ts';
import {prove} from '../proof/prove.ts';
import {proofJson} from '../report/proof-json.ts';
import {proofLines} from '../report/proof-text.ts';
import type {Context} from './context.ts';
import {glyphsFor, printJson, printLines} from './print.ts';

export interface VerifyOptions {
  readonly directory: string;
  readonly output: 'table' | 'json';
}

const exitCodes: Readonly<Record<Proof['state'], number>> = {ok: 0, warning: 1, critical: 2};

/** Proves a bundle as it lies: the blueprint is derived again from its `plan.yaml`, and its files must keep to it. */
export async function verify(context: Context, {directory, output}: VerifyOptions): Promise<number> {
  const bundle = readBundle(resolve(context.cwd, directory));
  const source = {text: bundle.planYaml, source: 'plan.yaml', folder: bundle.directory};
  const {plan, problems} = readPlan(source);
  const errors = problems.filter(({severity}) => severity === 'error');
  if (errors.length > 0) {
    throw new InputFailure(
      `the plan.yaml of ${directory} is not right, so nothing says what this bundle should hold`,
      errors,
      'put back the plan.yaml that the bundle was made from',
    );
  }
  const blueprint = makeBlueprint(plan);
  const judged = await prove({blueprint, files: bundle.files, now: context.now(), signal: context.signal});
  const proof: Proof =
    bundle.strange.length === 0
      ? judged
      : {...judged, findings: [...bundle.strange, ...judged.findings], state: 'critical'};
  if (output === 'json') printJson(context, {directory: bundle.directory, ...proofJson(proof)});
  else printLines(context, proofLines(proof, glyphsFor(context), directory));
  return exitCodes[proof.state];
}
