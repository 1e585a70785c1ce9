import {join} from 'node:path';
import {InputFailure} from '../base/failure.ts';
import {readBundle, type Bundle} from '../bundle/read-bundle.ts';
import {readPlan} from '../config/resolve-plan.ts';
import {makeBlueprint} from '../pki/blueprint.ts';
import type {Blueprint} from '../pki/blueprint-types.ts';

/** A bundle with what follows from the plan that lies in it. */
export interface BundleAt {
  readonly bundle: Bundle;
  readonly blueprint: Blueprint;
  /** As it was typed: for messages and commands. */
  readonly shown: string;
}

/**
 * @param directory absolute
 * @throws Failure when there is no bundle
 * @throws InputFailure when its plan.yaml does not say what it should hold
 */
export function bundleAt(directory: string, shown = directory): BundleAt {
  const bundle = readBundle(directory);
  const {plan, problems} = readPlan({
    text: bundle.planYaml,
    source: join(shown, 'plan.yaml'),
    folder: bundle.directory,
  });
  const errors = problems.filter(({severity}) => severity === 'error');
  if (errors.length > 0) {
    throw new InputFailure(
      `the plan.yaml of ${shown} is not right, so nothing says what this bundle should hold`,
      errors,
      'put back the plan.yaml that the bundle was made from',
    );
  }
  return {bundle, blueprint: makeBlueprint(plan), shown};
}

/** Text of a file that the blueprint says is there; it may be a key. */
export async function textIn({bundle, shown}: BundleAt, path: string): Promise<string> {
  const text = await bundle.files.read(path);
  if (text !== undefined) return text;
  throw new InputFailure(`${shown} is not whole`, [], `${path} is missing: run certwright verify ${shown}`);
}
