import {sourceFiles, textOf} from '../guards/source.ts';

/** Every code that a rule of the diagnosis can give, as the rules' source has them. */
export function diagnosisCodes(): ReadonlySet<string> {
  const rules = sourceFiles('src/node/rules').map(textOf).join('\n');
  const codes = Array.from(rules.matchAll(/'([a-z]+(?:-[a-z]+)+|expired|expiring)'/g), ([, code]) => code ?? '');
  const states = ['missing', 'not-a-file', 'too-large', 'unreadable'];
  return new Set([...codes, ...states.map((state) => `file-${state}`)]);
}
