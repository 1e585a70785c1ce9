import {BaseSequencer, type TestSpecification} from 'vitest/node';

/** Minutes each, most of which they wait: begun first, they wait beside all the others and not after them. */
const longest: readonly string[] = ['real/control-plane', 'real/rotation', 'real/crash-sweep'];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}

function rank({moduleId}: TestSpecification): number {
  const at = longest.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
  return at === -1 ? longest.length : at;
}
