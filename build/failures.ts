import {readFileSync} from 'node:fs';

/**
 * Names the tests that failed, with the first lines of why: `node build/failures.ts RESULTS...`. The last line counts
 * the tests of all these runs, each of them once: `N passed, N failed, N skipped`.
 */

interface Results {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

type Outcome = 'passed' | 'failed' | 'skipped';
const weight = {skipped: 0, passed: 1, failed: 2} satisfies Record<Outcome, number>;

const mostLines = 12;

function failuresIn({testResults}: Results): readonly string[] {
  return testResults.flatMap(({name, status, message, assertionResults}) => {
    const failed = assertionResults.filter((one) => one.status === 'failed');
    // A file that could not even be loaded has no tests.
    if (failed.length === 0) return status === 'failed' ? [said(name, [message])] : [];
    return failed.map(({fullName, failureMessages}) => said(`${name} > ${fullName}`, failureMessages));
  });
}

function said(what: string, messages: readonly string[]): string {
  const lines = messages.join('\n').split('\n').slice(0, mostLines);
  return [what, ...lines.map((line) => `    ${line}`)].join('\n');
}

const read = process.argv.slice(2).flatMap((path): readonly Results[] => {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- vitest's own format
    return [JSON.parse(readFileSync(path, 'utf8')) as Results];
  } catch {
    return [];
  }
});
for (const failure of read.flatMap(failuresIn)) console.log(failure);
if (read.length > 0) {
  const count = counted(read);
  console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
}

/** Counts every test once, however many of the runs it was in: failed anywhere it failed, skipped it is nowhere run. */
function counted(runs: readonly Results[]): (outcome: Outcome) => number {
  const outcomes = new Map<string, Outcome>();
  for (const {name, assertionResults} of runs.flatMap(({testResults}) => testResults)) {
    // The same file stands in different clones.
    const file = name.slice(name.lastIndexOf('/test/'));
    for (const [index, {status}] of assertionResults.entries()) {
      const test = `${file} ${index}`;
      const outcome = outcomeOf(status);
      const before = outcomes.get(test);
      if (before === undefined || weight[outcome] > weight[before]) outcomes.set(test, outcome);
    }
  }
  return (outcome) => [...outcomes.values()].filter((one) => one === outcome).length;
}

function outcomeOf(status: string): Outcome {
  return status === 'passed' || status === 'failed' ? status : 'skipped';
}
