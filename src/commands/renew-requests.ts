import {resolve} from 'node:path';
import {findInterrupted} from '../bundle/interrupted.ts';
import {planRequests, type RequestPlan, writeRequestPlan} from '../journeys/renew-requests.ts';
import type {RenewWish} from '../journeys/renew.ts';
import {requestJson, requestLines, type ShownRequests} from '../report/renewal-requests-text.ts';
import {shellWord} from '../report/same-command.ts';
import {areNamesOfInterest} from '../node/wished-names.ts';
import type {Context} from './context.ts';
import {glyphsFor, printJson, printLines, tell} from './print.ts';

export interface RequestsOptions {
  /** As typed. */
  readonly requests: string;
  readonly root: string;
  readonly dryRun: boolean;
  readonly output: 'text' | 'json';
}

/** Makes keys and requests for certificates of a node whose authority is elsewhere; the node stays as it is. */
export async function renewRequests(context: Context, wish: RenewWish, options: RequestsOptions): Promise<number> {
  const directory = resolve(context.cwd, options.requests);
  for (const {folder, state} of findInterrupted(directory)) {
    if (state !== 'alive')
      tell(context, `note: an interrupted run has left keys; remove them: rm -r ${shellWord(folder)}`);
  }
  const plan = await planRequests(wish);
  const isWritten = !options.dryRun && plan.requests.length > 0;
  if (isWritten) await writeRequestPlan(plan, {directory, now: context.now(), signal: context.signal});
  const shown = shownRequests(plan, options, isWritten);
  if (options.output === 'json') printJson(context, requestJson(shown));
  else printLines(context, requestLines(shown, glyphsFor(context).width));
  return 0;
}

function shownRequests(
  {requests, blocked, left, warnings, validity}: RequestPlan,
  {requests: directory, root}: RequestsOptions,
  isWritten: boolean,
): ShownRequests {
  return {
    directory,
    root,
    isWritten,
    validity,
    requests: requests.map(({name, item: {name: item, held}, authority, sans, names}) => ({
      name,
      item,
      path: held.at.path,
      user: held.at.entry?.name,
      authority,
      subject: held.certificate.subject,
      usages: held.certificate.usages,
      sans: sans.map(({value}) => value),
      ...(areNamesOfInterest(names) ? {names: names.rows} : {}),
    })),
    blocked: blocked.map(({name, held, why, wayOn}) => ({name, path: held.at.path, why, wayOn})),
    left,
    warnings,
  };
}
