import {resolve} from 'node:path';
import {InputFailure} from '../base/failure.ts';
import {maskedToken} from '../base/bootstrap-token.ts';
import {problem} from '../base/problem.ts';
import {writeTree} from '../bundle/write-tree.ts';
import {bundleAt} from '../journeys/bundle-at.ts';
import {joinKit, type JoinKit} from '../journeys/join.ts';
import {joinLines, joinReadme, type JoinStep} from '../report/join-text.ts';
import type {Context} from './context.ts';
import {printJson, printLines} from './print.ts';

export interface JoinOptions {
  readonly node: string;
  readonly bundle?: string;
  readonly address: readonly string[];
  readonly out?: string;
  readonly tar: boolean;
  readonly output: 'text' | 'json';
}

/** Gathers what one joining node needs, and says what to do with it. */
export async function join(context: Context, options: JoinOptions): Promise<number> {
  const {bundle, out} = options;
  if (bundle === undefined) throw missing('--bundle', 'nothing says where the cluster’s files lie', 'add --bundle DIR');
  const at = bundleAt(resolve(context.cwd, bundle), bundle);
  const isMade = !at.blueprint.nodes.some(({name}) => name === options.node);
  if (out === undefined && isMade && options.address.length > 0) {
    throw missing(
      '--out',
      `what ${options.node} needs is not in the bundle and has to be made`,
      'add --out DIR: a new folder',
    );
  }
  if (out === undefined && options.tar) throw missing('--out', 'a tar is written beside the folder', 'add --out DIR');
  const kit = await joinKit(at, {
    node: options.node,
    addresses: options.address,
    now: context.now(),
  });
  if (out !== undefined) await write(context, options, out, kit);
  const steps = kit.stepsFrom(out ?? bundle);
  if (options.output === 'json')
    printJson(context, {directory: resolve(context.cwd, out ?? bundle), ...documentOf(kit, steps)});
  else printLines(context, joinLines({...kit, steps}, {out, tar: options.tar}));
  return 0;
}

async function write(context: Context, {tar}: JoinOptions, out: string, kit: JoinKit): Promise<void> {
  const readme = {path: 'README.md', mode: 0o644 as const, text: () => joinReadme({...kit, steps: kit.stepsFrom('')})};
  await writeTree([...kit.files, readme], {
    directory: resolve(context.cwd, out),
    now: context.now(),
    signal: context.signal,
    tar,
  });
}

/** No secret is in it: the token is in the files alone. */
function documentOf({node, isPlanned, token, files}: JoinKit, steps: readonly JoinStep[]) {
  return {
    node,
    inPlan: isPlanned,
    token: token === undefined ? null : {token: maskedToken(token.id), ends: token.ends?.toISOString() ?? null},
    files: files.map(({path, target, mode, why}) => ({
      path,
      target: target ?? null,
      mode: `0${mode.toString(8)}`,
      why,
    })),
    steps: steps.map(({what, commands, way}) => ({what, way: way ?? 'either', commands})),
  };
}

function missing(option: string, message: string, fix: string): InputFailure {
  return new InputFailure('an answer is missing', [problem('missing-answer', option, message, fix)]);
}
