/** What a person wants to see the map of, before anything of it is read. */
export type MapChoice =
  /** `text`: the preset's name, or a path as it was typed. */
  | {readonly kind: 'preset' | 'plan' | 'bundle' | 'root'; readonly text: string}
  /** This machine where it is a node, else a small cluster. */
  | {readonly kind: 'here'};

/** A choice and what to look at in it, as one text, for what is handed from the command line to a screen. */
export function writeMapChoice(choice: MapChoice, what: string | undefined): string {
  return JSON.stringify([choice.kind, choice.kind === 'here' ? '' : choice.text, what ?? '']);
}

/** What `writeMapChoice` has written. */
export function readMapChoice(written: string): {readonly choice: MapChoice; readonly what: string | undefined} {
  const parts: unknown = JSON.parse(written);
  const [kind, text, what] = Array.isArray(parts) ? parts.map(String) : [];
  const known = (['preset', 'plan', 'bundle', 'root'] as const).find((one) => one === kind);
  return {
    choice: known === undefined ? {kind: 'here'} : {kind: known, text: text ?? ''},
    what: what === '' ? undefined : what,
  };
}
