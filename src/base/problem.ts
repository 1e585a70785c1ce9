/** An expected no: returned and collected, never thrown. */
export interface Problem {
  /** Stable, kebab-case: `unknown-key`, `not-an-address`. */
  readonly code: string;
  /** `error` stops; `warning` says what the choice costs and lets it pass. */
  readonly severity: 'error' | 'warning';
  /** Where: a plan path such as `nodes[1].addresses[0]`; with a place in the file when one was read. */
  readonly at: Place;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** One sentence: what to do. */
  readonly fix?: string;
}

export interface Place {
  /** Dotted path of the plan key: `network.serviceSubnets[0]`, `''` for the whole plan. */
  readonly path: string;
  /** 1-based line and column in the source, when there is one. */
  readonly line?: number;
  readonly column?: number;
  /** The source's name: a file, `--set`, a preset. */
  readonly source?: string;
}

/** An error at a plan path. */
export function problem(code: string, path: string, message: string, fix?: string): Problem {
  return {code, severity: 'error', at: {path}, message, ...(fix === undefined ? {} : {fix})};
}

/** A warning at a plan path. */
export function warning(code: string, path: string, message: string, fix?: string): Problem {
  return {...problem(code, path, message, fix), severity: 'warning'};
}
