/**
 * `npm run bench`: everything that speed is held to, measured now; ends with 1 when one is over its limit. With
 * KUBE_BIN_DIR set, kubeadm is measured beside. `npm run bench -- keys` measures the keys alone.
 */
import {limitCases, ratioCases} from './bench/cases.ts';
import {keyLimits, measureKeys, quantile, type KeySeries} from './bench/keys.ts';
import {measureLimit, measureRatio} from './bench/ratio.ts';
import {Workshop} from './bench/workshop.ts';

const workshop = new Workshop();
let over = 0;
try {
  await keys();
  if (!process.argv.includes('keys')) await programs();
} finally {
  workshop.clear();
}
process.exitCode = over === 0 ? 0 : 1;

/** What a key costs in a plan of a thousand nodes, from the key to the last byte that it led to. */
async function keys(): Promise<void> {
  const series = await measureKeys(workshop.planWithWorkers(1000));
  console.log('A key press with 1,000 nodes at 120x40: median and 95th percentile');
  console.log('   to the last byte      processor          bytes');
  for (const one of series) reportKeys(one);
  console.log('');
}

function reportKeys({name, answers, processor}: KeySeries): void {
  const times = answers.map(({milliseconds}) => milliseconds);
  const bytes = answers.map((answer) => answer.bytes);
  const isOver = quantile(times, 0.5) > keyLimits.milliseconds || quantile(bytes, 0.5) > keyLimits.bytes;
  if (isOver) over += 1;
  const milliseconds = [0.5, 0.95].map((share) => `${quantile(times, share).toFixed(1)} ms`.padStart(9)).join(' ');
  const used = (processor === undefined ? '' : `${processor.toFixed(1)} ms`).padStart(9);
  const written = [0.5, 0.95].map((share) => String(quantile(bytes, share)).padStart(6)).join(' ');
  console.log(`${milliseconds}  ${used}   ${written}  ${name}${isOver ? '  OVER ITS LIMIT' : ''}`);
}

async function programs(): Promise<void> {
  console.log('value  limit  measured      base');
  for (const ratioCase of ratioCases(workshop, process.env.KUBE_BIN_DIR)) {
    const {name, ratio, limit, measured, base} = await measureRatio(ratioCase);
    report(ratio, limit, `${inMs(measured)}  ${inMs(base)}  ${name}`);
  }
  for (const limitCase of limitCases(workshop)) {
    const value = await measureLimit(limitCase);
    report(value, limitCase.limit, `${limitCase.unit.padStart(8)}  ${''.padStart(8)}  ${limitCase.name}`);
  }
}

function report(value: number, limit: number, rest: string): void {
  if (value > limit) over += 1;
  const numbers = [value, limit].map((number) => number.toFixed(number < 100 ? 2 : 0).padStart(5));
  console.log(`${numbers.join('  ')}  ${rest}${value > limit ? '  OVER ITS LIMIT' : ''}`);
}

function inMs(milliseconds: number): string {
  return `${milliseconds.toFixed(0)} ms`.padStart(8);
}
