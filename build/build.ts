import {buildInto} from './bundle.ts';

const began = performance.now();
try {
  await buildInto(new URL('../', import.meta.url));
  process.stderr.write(`built dist/ in ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
} catch (error) {
  // esbuild has said already what is wrong with the source, and where.
  if (!(error instanceof Error && 'errors' in error)) throw error;
  process.exitCode = 1;
}
