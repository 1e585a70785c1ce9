import {resolve} from 'node:path';
import {parseHours} from '../base/duration.ts';
import {InputFailure} from '../base/failure.ts';
import {nameFault} from '../base/names.ts';
import {problem, type Problem} from '../base/problem.ts';
import {kubeletSteps, prepareKubelets, type PreparedKubelets, writeKubelets} from '../journeys/prepare-kubelets.ts';
import {kubeletsLines, type ShownKubelets} from '../report/kubelet-text.ts';
import type {Context} from './context.ts';
import {printJson, printLines, tell} from './print.ts';
import type {RenewOptions} from './renew-wish.ts';

/** Prepares certificates for kubelets of other nodes; nothing of this node changes. */
export async function renewKubelets(context: Context, options: RenewOptions): Promise<number> {
  const {out, validity} = checked(options);
  const now = context.now();
  const root = resolve(context.cwd, options.root);
  const prepared = await prepareKubelets({root, nodes: options.kubelet, validity, now});
  const directory = resolve(context.cwd, out);
  if (!options.dryRun) await writeKubelets(prepared, {directory, now, signal: context.signal});
  const shown = shownKubelets(prepared, out);
  if (options.output === 'json') {
    const {kubelets, ...rest} = shown;
    printJson(context, {
      kubeletsVersion: 1,
      isDone: !options.dryRun,
      ...rest,
      directory,
      kubelets: kubelets.map(({node, notAfter}) => ({node, notAfter: notAfter.toISOString()})),
    });
  } else {
    printLines(context, kubeletsLines(shown));
  }
  if (options.dryRun) tell(context, 'Nothing was written.');
  return 0;
}

function shownKubelets(prepared: PreparedKubelets, directory: string): ShownKubelets {
  const {kubelets, door, authority} = prepared;
  return {
    kubelets: kubelets.map(({node, certificate}) => ({node, notAfter: certificate.notAfter})),
    directory,
    server: door.server,
    authority,
    steps: kubeletSteps(prepared, directory),
  };
}

/** @throws InputFailure with everything that is wrong at once */
function checked(options: RenewOptions): {readonly out: string; readonly validity: number} {
  const {kubelet, out, names, all, node, sameKey, addSan, removeSan, sans, plan, fromKubeadm, set, validity} = options;
  const {requests, signed, restart} = options;
  const problems: Problem[] = kubelet.flatMap((name, index) => {
    const fault = nameFault(name);
    if (fault !== undefined) return [problem(fault.code, '--kubelet', fault.message, fault.fix)];
    return kubelet.indexOf(name) === index
      ? []
      : [problem('node-twice', '--kubelet', `${name} is given twice`, 'give each node once')];
  });
  if (out === undefined) {
    problems.push(
      problem('missing-answer', '--out', 'nothing says where the files shall lie', 'add --out DIR: a new folder'),
    );
  }
  const others = [
    ...(names.length > 0 || all ? ['what to renew on this node'] : []),
    ...(node === undefined ? [] : ['--node']),
    ...(sameKey ? ['--same-key'] : []),
    ...(addSan.length + removeSan.length > 0 ? ['--add-san and --remove-san'] : []),
    ...(sans === 'keep' ? [] : ['--sans']),
    ...(plan === undefined && fromKubeadm === undefined && set.length === 0 ? [] : ['a plan']),
    ...(requests === undefined ? [] : ['--requests']),
    ...(signed === undefined ? [] : ['--signed']),
    ...(restart === undefined ? [] : ['--restart']),
  ];
  if (others.length > 0) {
    problems.push(
      problem('of-no-use', '--kubelet', `${others.join(', ')} cannot be said with it`, 'make two commands of it'),
    );
  }
  const hours = parseHours(validity);
  if (hours === undefined || hours === 0) {
    problems.push(
      problem('bad-duration', '--validity', `${JSON.stringify(validity)} is no duration`, 'write 365d, 8760h or 1y'),
    );
  }
  if (problems.length > 0 || out === undefined || hours === undefined) {
    throw new InputFailure('the command line is not right', problems);
  }
  return {out, validity: hours};
}
