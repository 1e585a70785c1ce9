import {parseHours} from '../base/duration.ts';
import {InputFailure} from '../base/failure.ts';
import {problem} from '../base/problem.ts';
import {check as look} from '../journeys/check.ts';
import {diagnosisCalendar} from '../report/diagnosis-calendar.ts';
import {diagnosisJson} from '../report/diagnosis-json.ts';
import {diagnosisMetrics} from '../report/diagnosis-prometheus.ts';
import {diagnosisLines} from '../report/diagnosis-text.ts';
import type {Context} from './context.ts';
import {nodeAt} from './node-at.ts';
import {printJson, printLines} from './print.ts';

export interface CheckOptions {
  /** The node's `/`. */
  readonly root: string;
  /** `30d`, `720h`. */
  readonly warnWithin: string;
  readonly output: 'table' | 'json' | 'prometheus' | 'ics';
}

const exitCodes = {ok: 0, warning: 1, critical: 2, unknown: 3} as const;

/** What is on a node, when it ends, and what is wrong with it; reads only. */
export async function check(context: Context, {root, warnWithin, output}: CheckOptions): Promise<number> {
  const hours = parseHours(warnWithin);
  if (hours === undefined) {
    throw new InputFailure('--warn-within is no duration', [
      problem('bad-duration', '--warn-within', `${JSON.stringify(warnWithin)} is no duration`, 'write 30d, 720h or 2w'),
    ]);
  }
  const node = nodeAt(context, root);
  const {now} = node;
  const diagnosis = await look({...node, warnWithin: hours, signal: context.signal});
  switch (output) {
    case 'table':
      printLines(context, diagnosisLines(diagnosis, now, context.stdout.isTTY ? context.stdout.columns : undefined));
      break;
    case 'json':
      printJson(context, diagnosisJson(diagnosis, now, hours));
      break;
    case 'prometheus':
      printLines(context, diagnosisMetrics(diagnosis, now));
      break;
    case 'ics':
      context.stdout.write(
        diagnosisCalendar(diagnosis, now, hours)
          .map((line) => `${line}\r\n`)
          .join(''),
      );
      break;
    default:
      return output satisfies never;
  }
  return exitCodes[diagnosis.state];
}
