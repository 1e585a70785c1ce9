import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import type {Reporter, TestCase, TestModule, TestSuite, Vitest} from 'vitest/node';
import {everyEvidence, testedPage, type Evidence, type Outcome} from './tested-page.ts';

const path = fileURLToPath(new URL('../../docs/tested.md', import.meta.url));

/**
 * Holds `docs/tested.md` against a run in which everything ran that the page rests on; with `-u` it writes the page.
 * A run of less says nothing about it.
 */
export default class TestedReporter implements Reporter {
  #writes = false;

  onInit(vitest: Vitest): void {
    this.#writes = vitest.config.snapshotOptions.updateSnapshot === 'all';
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const outcomeOf = (evidence: Evidence) => outcomeIn(modules, evidence);
    if (everyEvidence.some((evidence) => outcomeOf(evidence) === 'not run')) return;
    const page = testedPage(outcomeOf);
    if (page === readFileSync(path, 'utf8')) return;
    if (this.#writes) {
      writeFileSync(path, page);
      process.stdout.write('\ndocs/tested.md is written anew.\n');
      return;
    }
    process.stdout.write('\ndocs/tested.md says something else than this run: run it again with -u.\n');
    process.exitCode = 1;
  }
}

/** What a run says of one piece of evidence; with a part of it left out, nothing. */
export function outcomeIn(modules: readonly TestModule[], {file, names, without}: Evidence): Outcome {
  const places = modules.filter(({relativeModuleId}) => relativeModuleId === file);
  const found = names.reduce<readonly Place[]>(
    (within, name) => within.flatMap((place) => childrenOf(place).filter((child) => child.name === name)),
    places,
  );
  const states = found.flatMap((place) => testsIn(place, without)).map((test) => test.result().state);
  if (states.length === 0 || states.includes('skipped') || states.includes('pending')) return 'not run';
  return states.every((state) => state === 'passed') ? 'passed' : 'failed';
}

type Place = TestModule | TestSuite | TestCase;

function childrenOf(place: Place): readonly (TestSuite | TestCase)[] {
  return place.type === 'test' ? [] : [...place.children];
}

function testsIn(place: Place, without: string | undefined): TestCase[] {
  if (place.type === 'test') return [place];
  return childrenOf(place).flatMap((child) => (child.name === without ? [] : testsIn(child, without)));
}
