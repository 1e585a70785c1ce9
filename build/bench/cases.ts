import {fileURLToPath} from 'node:url';
import {timeProgram, type RatioCase} from './ratio.ts';

const main = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));

export const ratioCases: readonly RatioCase[] = [
  {
    name: 'certwright --version against node -e 0',
    limit: 1.8,
    rounds: 21,
    measured: () => timeProgram(process.execPath, [main, '--version']),
    base: () => timeProgram(process.execPath, ['-e', '0']),
  },
];
