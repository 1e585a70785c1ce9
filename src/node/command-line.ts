/** A component's command line as it was found, taken apart into flags. */
export interface CommandLine {
  /** The last part of the program's path: `kube-apiserver`. */
  readonly program: string;
  /** Values in their order, for a flag may be given more than once; a flag without a value has `true`. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads flags the way Go's pflag does: `--name=value`, `--name value`, `--name` alone for yes; one dash works as two
 * (etcd). What stands behind a flag without `=` is its value unless it is a flag itself: programs with switches of that
 * form followed by words are not ours.
 */
export function readCommandLine(words: readonly string[]): CommandLine {
  const [program = '', ...rest] = words;
  const flags = new Map<string, string[]>();
  const put = (name: string, value: string): void => {
    const values = flags.get(name);
    if (values === undefined) flags.set(name, [value]);
    else values.push(value);
  };
  for (let index = 0; index < rest.length; index++) {
    const match = /^--?([a-zA-Z][^=]*)(?:=([^]*))?$/.exec(rest[index] ?? '');
    if (match === null) continue;
    const [, name = '', value] = match;
    const next = rest[index + 1];
    if (value !== undefined) {
      put(`--${name}`, value);
    } else if (next !== undefined && !/^--?[a-zA-Z]/.test(next)) {
      put(`--${name}`, next);
      index++;
    } else {
      put(`--${name}`, 'true');
    }
  }
  return {program: program.split('/').at(-1) ?? '', flags};
}

/**
 * Cuts a systemd `ExecStart=` value into words: quotes and backslashes as systemd.service(5) has them; `$NAME` and
 * `${NAME}` are put in, `$NAME` alone as a word becomes several.
 */
export function splitUnitCommand(text: string, environment: ReadonlyMap<string, string>): readonly string[] {
  return wordsOf(text)
    .map((word, index) => (index === 0 ? word.replace(/^[@\-:+!|]+/, '') : word))
    .flatMap((word) => {
      const whole = /^\$([A-Za-z_]\w*)$/.exec(word)?.[1];
      if (whole !== undefined) return wordsOf(environment.get(whole) ?? '');
      // `$$` and `%%` are the characters themselves; other `%` are names of the unit, which no path of ours has.
      return [
        word.replaceAll(/\$\{([A-Za-z_]\w*)\}|\$\$|%%/g, (found, name: string | undefined) =>
          name === undefined ? found.charAt(0) : (environment.get(name) ?? ''),
        ),
      ];
    });
}

/** Words between blanks; `"…"` and `'…'` keep blanks, a backslash keeps the next character. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '\\' && quote !== "'" && index + 1 < text.length) {
      word = (word ?? '') + text.charAt(++index);
    } else if (quote !== '') {
      if (character === quote) quote = '';
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + character;
    }
  }
  return word === undefined ? words : [...words, word];
}
