import type {ExaminedAuthority, KeyFinding} from '../pki/examined.ts';
import type {AuthorityId} from '../pki/plan.ts';

/** What was found in a brought authority's files, as pairs of a label and a text. What is wrong with it is told apart. */
export function examinedFacts({
  certificate,
  key,
}: ExaminedAuthority): readonly (readonly [label: string, text: string])[] {
  const facts: (readonly [string, string])[] = [];
  if (certificate !== undefined) {
    const {subject, issuer, notBefore, notAfter, isAuthority, maySign} = certificate;
    const by = issuer === subject ? 'signed by itself' : `signed by ${issuer}`;
    const kind = isAuthority
      ? maySign
        ? 'an authority that may sign'
        : 'an authority that may not sign'
      : 'no authority';
    facts.push(
      ['Subject', `${subject === '' ? 'nobody by name' : subject}, ${by}`],
      ['Valid', `${day(notBefore)} to ${day(notAfter)}`],
      ['Kind', `${certificate.key}, ${kind}`],
    );
  }
  const told = keyWords[key];
  return told === undefined ? facts : [...facts, ['Key', told]];
}

const keyWords: Readonly<Record<KeyFinding, string | undefined>> = {
  fits: 'belongs to this certificate',
  locked: 'is encrypted: its passphrase is asked for when you issue, or say where it is: file:PATH or env:NAME',
  elsewhere: 'stays elsewhere: requests are written for whoever holds it',
  // What is wrong stands under it.
  unfit: undefined,
  unknown: undefined,
};

/** The same as lines of text. */
export function examinedSentences(id: AuthorityId, examined: ExaminedAuthority): readonly string[] {
  return examinedFacts(examined).map(([label, text]) => `${id}: ${label.toLowerCase()} ${text}`);
}

function day(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'a date that cannot be read' : date.toISOString().slice(0, 10);
}
