import {join, resolve} from 'node:path';
import {InputFailure} from '../base/failure.ts';
import {problem} from '../base/problem.ts';
import {textAt} from '../journeys/authority-key.ts';
import {layouts} from '../pki/layouts.ts';
import type {Context} from './context.ts';

/**
 * The one kubeconfig that kubectl is to use: the named one, else the one that kubectl itself would take, else the
 * administrator's of a control-plane node.
 *
 * @returns absolute
 * @throws InputFailure when there is none, or KUBECONFIG names several
 */
export async function kubeconfigPath(
  {cwd, environment}: Pick<Context, 'cwd' | 'environment'>,
  given: string | undefined,
): Promise<string> {
  if (given !== undefined) return resolve(cwd, given);
  const named = (environment['KUBECONFIG'] ?? '').split(':').filter((path) => path !== '');
  const [only] = named;
  if (named.length > 1) throw unclear(`KUBECONFIG names several files: ${named.join(', ')}`);
  if (only !== undefined) return resolve(cwd, only);
  const home = environment['HOME'];
  const usual = [
    ...(home === undefined || home === '' ? [] : [join(home, '.kube/config')]),
    ...new Set(Object.values(layouts).map(({kubeconfigs}) => kubeconfigs.admin)),
  ];
  for (const path of usual) if ((await textAt(path)) !== undefined) return path;
  throw unclear(`there is no kubeconfig: neither ${usual.join(' nor ')}`);
}

function unclear(message: string): InputFailure {
  return new InputFailure('it is not clear which cluster is meant', [
    problem('no-kubeconfig', '--kubeconfig', message, 'name one: --kubeconfig FILE'),
  ]);
}
