import {Cancelled} from '../src/base/failure.ts';
import type {KeyAlgorithm} from '../src/pki/plan.ts';
import type {Found} from './findings.ts';
import type {AppState} from './screen.ts';
import type {Services, Tools} from './services.ts';
import {isEditingBrought, wantedExaminations, type Examination} from './set-up/examinations.ts';

/** Finds out what the page on screen wants to know of the world, beside the keys, and stops when it is left. */
export interface Background {
  /** To be told every state; cheap where there is nothing to find out. */
  readonly follow: (state: AppState) => void;
  readonly stop: () => void;
}

interface Surroundings {
  readonly services: Pick<Services, 'keyCosts' | 'examineAuthority'>;
  readonly tools: Tools;
  readonly tell: (found: Found) => void;
  /** A bug: the screens end with it. */
  readonly crashed: (error: unknown) => void;
}

/** Typing pauses for so long before a path is looked into. */
const pauseMilliseconds = 300;

export function createBackground({services, tools, tell, crashed}: Surroundings): Background {
  let measuring: AbortController | undefined;
  let latest: AppState | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** What was, or is about to be, looked into since the page was entered. */
  let seen = new Set<string>();

  async function measureCosts(signal: AbortSignal): Promise<void> {
    try {
      for (;;) {
        const [algorithm] = latest === undefined ? [] : wantedCosts(latest);
        if (algorithm === undefined || signal.aborted) return;
        tell({kind: 'key-cost', cost: await services.keyCosts.measure(algorithm, signal)});
      }
    } catch (error) {
      if (!(error instanceof Cancelled)) crashed(error);
    }
  }

  function followCosts(state: AppState): void {
    const isWanted = wantedCosts(state).length > 0;
    if (!isWanted) {
      measuring?.abort();
      measuring = undefined;
    } else if (measuring === undefined) {
      measuring = new AbortController();
      void measureCosts(measuring.signal);
    }
  }

  async function examine({id, plan, key}: Examination): Promise<void> {
    try {
      tell({kind: 'authority', key, authority: await services.examineAuthority(id, plan)});
    } catch (error) {
      crashed(error);
    }
  }

  function followExaminations(state: AppState): void {
    const wanted = wantedExaminations(state, tools);
    if (wanted.length === 0) {
      clearTimeout(timer);
      seen = new Set();
      return;
    }
    const open = wanted.filter(({key}) => !seen.has(key));
    if (open.length === 0) return;
    clearTimeout(timer);
    const begin = (): void => {
      for (const one of open) {
        seen.add(one.key);
        void examine(one);
      }
    };
    if (isEditingBrought(state)) timer = setTimeout(begin, pauseMilliseconds);
    else begin();
  }

  return {
    follow: (state) => {
      latest = state;
      followCosts(state);
      followExaminations(state);
    },
    stop: () => {
      latest = undefined;
      measuring?.abort();
      clearTimeout(timer);
    },
  };
}

/** What is not measured yet while the page of keys is on screen: the plan's own kind first, then the quick ones. */
function wantedCosts({wizard: {place, plan}, findings}: AppState): readonly KeyAlgorithm[] {
  if (place.at !== 'page' || place.page !== 'keys') return [];
  const quickFirst: readonly KeyAlgorithm[] = ['ECDSA-P256', 'ECDSA-P384', 'RSA-2048', 'RSA-3072', 'RSA-4096'];
  const order = new Set([plan.keys.algorithm, ...quickFirst]);
  return [...order].filter((algorithm) => findings.costs[algorithm] === undefined);
}
