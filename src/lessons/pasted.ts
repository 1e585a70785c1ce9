/**
 * What people paste, made plain: colours, time stamps, log prefixes, escapes and line breaks taken away. Nothing is judged
 * here.
 */

export interface Pasted {
  /** Texts to look through, one log line at a time first, then all of it together. */
  readonly texts: readonly string[];
  /** All of it on one line, of a long one the end. */
  readonly whole: string;
  /** The program whose log it is, where a prefix says so: `kubelet`. */
  readonly program: string | undefined;
}

/**
 * Characters of what is read as one text. Patterns look for one part after another, so a text that is twice as long takes
 * four times as long; no line of a log that somebody can read is longer.
 */
const mostTogether = 6000;

export function readPasted(given: string): Pasted {
  const lines = given
    .replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
    .replaceAll(/[\u201c\u201d]/g, '"')
    .replaceAll(/[\u2018\u2019]/g, "'")
    .split(/\r?\n|\r/)
    .map((line) => line.replace(/^\s*(?:[>|│]\s?)+/u, '').trim())
    .filter((line) => line !== '' && !isStack.test(line));
  let program: string | undefined;
  const entries: string[][] = [];
  for (const line of lines) {
    const stripped = withoutPrefix(line);
    program ??= stripped.program;
    if (stripped.begins || entries.length === 0) entries.push([stripped.text]);
    else entries.at(-1)?.push(stripped.text);
  }
  const whole = entries.flat();
  // A terminal breaks a line wherever it ends, also within a word.
  const candidates = [
    ...entries.flatMap((entry) => [entry.join(' '), entry.join('')]),
    ...whole,
    ...(given.length <= mostTogether ? [whole.join(' '), whole.join('')] : []),
  ].map((text) => text.slice(0, mostTogether));
  const texts = [...new Set(candidates.map(tidy))].filter((text) => text !== '');
  return {texts, whole: tidy(whole.join(' ').slice(-mostTogether)), program};
}

/** `[a, b, c]` as the API server lists what each of its ways to know a caller has said: the last one is the truth. */
export function decisive(text: string): string {
  const listed = /\[((?:x509: |verifying certificate |invalid bearer token|tls: ).*)\]/i.exec(text);
  const inner = listed?.[1];
  if (listed === null || inner === undefined) return text;
  const clauses = clausesOf(inner);
  const last = clauses.at(-1);
  return last === undefined || clauses.length < 2
    ? text
    : `${text.slice(0, listed.index)}${last}${text.slice(listed.index + listed[0].length)}`;
}

/** The clauses of such a list; commas within one are its own. */
function clausesOf(listed: string): readonly string[] {
  return listed.split(/, (?=x509: |verifying certificate |invalid bearer token|tls: )/i);
}

/** Go programs that end with a fatal error print what each of their threads was doing: megabytes that say nothing of it. */
const isStack =
  /^goroutine \d+ \[|^created by \S+\.|\.go:\d+ \+0x[0-9a-f]+$|^(?:k8s\.io|go\.etcd\.io|google\.golang\.org|runtime|internal|net|sync|main|os|crypto|golang\.org)[\w./*()[\]-]*\(.*\)$/;

interface Stripped {
  readonly text: string;
  /** Whether a new entry of a log begins here. */
  readonly begins: boolean;
  readonly program: string | undefined;
}

/** Prefixes that logs put before a line, from the outside in; several may stand in front of one another. */
const prefixes: readonly RegExp[] = [
  // Containers' log files, and kubectl logs --timestamps.
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)\s+(?:(?:stderr|stdout)\s+[FP]\s+)?/,
  // journalctl and syslog.
  /^[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d(?:\.\d+)? \S+ (?<program>[\w.@-]+?)(?:\[\d+\])?: /,
  // klog.
  /^[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ [\w./-]+:\d+\] /,
  // Go's own log package, and etcd's before 3.4.
  /^\d{4}[-/]\d\d[-/]\d\d \d\d:\d\d:\d\d(?:\.\d+)? (?:[CEWNID] \| )?/,
  // docker compose and kubectl logs --prefix.
  /^\[(?:pod\/)?[\w./-]+\] (?=\S)/,
  /^time="[^"]+" level=\w+ msg=/,
];

function withoutPrefix(line: string): Stripped {
  let text = line;
  let begins = false;
  let program: string | undefined;
  for (let again = true; again;) {
    again = false;
    for (const prefix of prefixes) {
      const found = prefix.exec(text);
      if (found === null) continue;
      program ??= found.groups?.program;
      text = text.slice(found[0].length);
      begins = true;
      again = true;
    }
  }
  const fields = jsonFields(text);
  return fields === undefined ? {text, begins, program} : {text: fields, begins: true, program};
}

/** etcd's and other programs' JSON lines: their words in the order in which they stand. */
function jsonFields(text: string): string | undefined {
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined;
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof read !== 'object' || read === null) return undefined;
  const said = Object.entries(read)
    .filter(([key, value]) => typeof value === 'string' && !/^(?:level|ts|time|caller|stream|logger)$/.test(key))
    .map(([key, value]) => (/^(?:msg|message|log|error|err)$/.test(key) ? String(value) : `${key} ${String(value)}`));
  return said.length === 0 ? undefined : said.join(' ');
}

function tidy(text: string): string {
  return (
    text
      .replaceAll(/\\+(["'\\])/g, '$1')
      .replaceAll(/\\[nrt]/g, ' ')
      // What is quoted goes to a terminal.
      .replaceAll(/\p{Cc}/gu, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim()
  );
}
