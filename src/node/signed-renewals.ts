import {problem, type Problem} from '../base/problem.ts';
import type {FileWrite} from './change/stage.ts';
import type {NodeFound} from './inventory.ts';
import {judgeSigned, type SignedAnswer} from './judge-signed.ts';
import {withCopies} from './renewal-copies.ts';
import {type Renewed, replaceLeaf, type ReplacedItem} from './renew.ts';
import type {NodeRoot} from './root.ts';

export interface TakenBack {
  readonly renewed: readonly Renewed[];
  /** Items whose file holds the signed certificate already. */
  readonly inPlace: readonly ReplacedItem[];
  /** Errors and warnings; with an error nothing is to be changed. */
  readonly problems: readonly Problem[];
}

/**
 * Judges every answer, and works out what takes the place of what. What the answer may say follows from the certificate
 * that lies on the node and from the request, which its own key has signed: not from any list that was on another
 * machine.
 */
export function takeSigned(
  root: NodeRoot,
  found: NodeFound,
  items: readonly ReplacedItem[],
  {answers, now}: {readonly answers: readonly SignedAnswer[]; readonly now: Date},
): TakenBack {
  const accepted = new Map<ReplacedItem, NonNullable<ReturnType<typeof judgeSigned>['made']>>();
  const inPlace: ReplacedItem[] = [];
  const asked = new Set<ReplacedItem>();
  const problems: Problem[] = [];
  for (const answer of answers) {
    const item = items.find(({held: {at}}) => at.path === answer.place.path && at.entry?.name === answer.place.user);
    if (item === undefined) {
      const user = answer.place.user === undefined ? '' : ` (user ${answer.place.user})`;
      problems.push(
        problem(
          'no-such-certificate',
          answer.files.certificate,
          `it is for ${answer.place.path}${user}, and no certificate is there that could be replaced`,
          'make the requests again on this node: certwright renew --requests DIR',
        ),
      );
      continue;
    }
    if (asked.has(item)) {
      const message = `another certificate of the same folder is for ${answer.place.path} too`;
      problems.push(problem('asked-twice', answer.files.certificate, message, 'make the requests again'));
      continue;
    }
    asked.add(item);
    const judged = judgeSigned(found, item, answer, now);
    problems.push(...judged.problems);
    if (judged.made === undefined) continue;
    if (judged.made.leaf.fingerprint === item.held.certificate.fingerprint) inPlace.push(item);
    else accepted.set(item, judged.made);
  }
  const pending = new Map<string, FileWrite>();
  const renewed = withCopies(found, [...accepted.keys()]).flatMap((each): Renewed[] => {
    const made = accepted.get(each.item);
    if (made === undefined) return [];
    const one = replaceLeaf(root, found, each, {...made, keepsKey: false, pending, now});
    for (const write of one.writes) pending.set(write.path, write);
    return [one];
  });
  return {renewed, inPlace, problems};
}
