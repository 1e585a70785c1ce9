import {defineConfig} from 'vitest/config';
import {LongestFirst} from './test/helpers/longest-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // What a terminal would say about itself is a test's own business.
    env: {FORCE_COLOR: '0', TERM: 'xterm-256color'},
    reporters: ['default', './test/helpers/skipped-reporter.ts', './test/helpers/tested-reporter.ts'],
    globalSetup: ['test/helpers/one-build.ts'],
    // Many tests wait for a program, a terminal or a node: even two processors do twice as much.
    maxWorkers: '100%',
    sequence: {sequencer: LongestFirst},
    // Machines that test this are small and shared; a hanging test still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
