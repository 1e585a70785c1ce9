/** `npm run bench`: every ratio that speed is held to, measured now; ends with 1 when one is over its limit. */
import {ratioCases} from './bench/cases.ts';
import {measureRatio} from './bench/ratio.ts';

let over = 0;
console.log('ratio  limit  measured      base');
for (const ratioCase of ratioCases) {
  const {name, ratio, limit, measured, base} = await measureRatio(ratioCase);
  if (ratio > limit) over += 1;
  const numbers = [ratio.toFixed(2).padStart(5), limit.toFixed(2).padStart(5), inMs(measured), inMs(base)];
  console.log(`${numbers.join('  ')}  ${name}${ratio > limit ? '  OVER ITS LIMIT' : ''}`);
}
process.exitCode = over === 0 ? 0 : 1;

function inMs(milliseconds: number): string {
  return `${milliseconds.toFixed(0)} ms`.padStart(8);
}
