/**
 * `npm run bench`: everything that speed is held to, measured now; ends with 1 when one is over its limit. With
 * KUBE_BIN_DIR set, kubeadm is measured beside.
 */
import {limitCases, ratioCases} from './bench/cases.ts';
import {measureLimit, measureRatio} from './bench/ratio.ts';
import {Workshop} from './bench/workshop.ts';

const workshop = new Workshop();
let over = 0;
try {
  console.log('value  limit  measured      base');
  for (const ratioCase of ratioCases(workshop, process.env.KUBE_BIN_DIR)) {
    const {name, ratio, limit, measured, base} = await measureRatio(ratioCase);
    report(ratio, limit, `${inMs(measured)}  ${inMs(base)}  ${name}`);
  }
  for (const limitCase of limitCases(workshop)) {
    const value = await measureLimit(limitCase);
    report(value, limitCase.limit, `${limitCase.unit.padStart(8)}  ${''.padStart(8)}  ${limitCase.name}`);
  }
} finally {
  workshop.clear();
}
process.exitCode = over === 0 ? 0 : 1;

function report(value: number, limit: number, rest: string): void {
  if (value > limit) over += 1;
  const numbers = [value, limit].map((number) => number.toFixed(number < 100 ? 2 : 0).padStart(5));
  console.log(`${numbers.join('  ')}  ${rest}${value > limit ? '  OVER ITS LIMIT' : ''}`);
}

function inMs(milliseconds: number): string {
  return `${milliseconds.toFixed(0)} ms`.padStart(8);
}
