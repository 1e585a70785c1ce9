import {buildInto} from './bundle.ts';

const began = performance.now();
await buildInto(new URL('../', import.meta.url));
process.stderr.write(`built dist/ in ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
