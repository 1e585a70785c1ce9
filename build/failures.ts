import {readFileSync} from 'node:fs';

/**
 * Names the tests that failed, with the first lines of why: `node build/failures.ts RESULTS...`. The last line counts
 * what the first of the files says: `N passed, N failed, N skipped`.
 */

interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
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
const [first] = read;
if (first !== undefined) {
  const {numPassedTests: passed, numFailedTests: failed, numPendingTests: pending, numTodoTests: todo} = first;
  console.log(`${passed} passed, ${failed} failed, ${pending + todo} skipped`);
}
