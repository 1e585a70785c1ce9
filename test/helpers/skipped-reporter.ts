import type {Reporter, TestModule, TestSuite, Vitest} from 'vitest/node';

/** Names what was left out at the end of a run: a skipped test is not a passed one. */
export default class SkippedReporter implements Reporter {
  #isFiltered = false;

  onInit(vitest: Vitest): void {
    this.#isFiltered = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.#isFiltered) return;
    const skipped = modules.flatMap((module) =>
      skippedIn(module).map((name) => `  ${module.relativeModuleId}: ${name}`),
    );
    if (skipped.length === 0) return;
    process.stdout.write(
      `\nSkipped (set KUBE_BIN_DIR to run what needs real programs, and REAL_NODE for what needs whole nodes):\n${skipped.join('\n')}\n`,
    );
  }
}

/** Names of the outermost suites and tests of which nothing ran. */
function skippedIn(parent: TestModule | TestSuite): string[] {
  return [...parent.children].flatMap((child) => {
    const tests = child.type === 'test' ? [child] : [...child.children.allTests()];
    if (tests.every((test) => test.result().state === 'skipped')) return [`${child.name} (${tests.length})`];
    return child.type === 'suite' ? skippedIn(child) : [];
  });
}
