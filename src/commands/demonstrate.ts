import {join} from 'node:path';
import {makeTemporaryFolder} from '../bundle/temporary-folder.ts';
import {setUp} from '../journeys/set-up.ts';
import {makeBlueprint} from '../pki/blueprint.ts';
import {blueprintSummary} from '../report/blueprint-text.ts';
import {bundlePlaces} from '../report/bundle-places.ts';
import {proofLines} from '../report/proof-text.ts';
import {tableLines} from '../report/table.ts';
import type {Context} from './context.ts';
import {givenPlan} from './plan-source.ts';
import {glyphsFor, printLines} from './print.ts';

/** Without a terminal: the default preset is issued into a new temporary folder, proved, and shown. */
export async function demonstrate(context: Context): Promise<number> {
  const {plan, yaml} = givenPlan(context, {set: []});
  const blueprint = makeBlueprint(plan);
  const glyphs = glyphsFor(context);
  const directory = join(makeTemporaryFolder('certwright'), plan.cluster.name);
  printLines(context, [
    'There is no terminal to ask in, so this is a demonstration with the default preset.',
    '',
    ...blueprintSummary(blueprint, glyphs),
    '',
  ]);
  const events = setUp(plan, {
    directory,
    planYaml: yaml,
    proof: true,
    tar: false,
    now: context.now,
    signal: context.signal,
    passphrases: {environment: () => undefined},
  });
  for await (const event of events) {
    if (event.kind !== 'finished' || event.proof === undefined) continue;
    printLines(context, [
      ...proofLines(event.proof, glyphs, [directory]),
      '',
      `Everything lies in ${directory}:`,
      ...tableLines(
        [
          {heading: '', cell: ({path}) => `  ${path}`},
          {heading: '', cell: ({what}) => what},
        ],
        bundlePlaces(blueprint),
      ).slice(1),
      '',
      'In a terminal, certwright opens the wizard; certwright --help lists what it does without one.',
    ]);
    return event.proof.state === 'critical' ? 1 : 0;
  }
  throw new TypeError('the demonstration did not come to its end');
}
