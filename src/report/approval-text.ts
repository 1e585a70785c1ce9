import type {ServingJudgement} from '../pki/serving-request.ts';
import {shellWord} from './same-command.ts';
import {tableLines} from './table.ts';
import {count} from './words.ts';

/** A judged request, as much of it as is shown. */
export interface ShownRequest {
  readonly name: string;
  readonly username: string;
  readonly judgement: ServingJudgement;
}

/** A pending request of another signer. */
export interface ShownOther {
  readonly name: string;
  readonly signerName: string;
  readonly username: string;
}

/** Each request with its names and the verdict, then why the wrong ones are wrong, then what is not judged. */
export function approvalLines(
  judged: readonly ShownRequest[],
  others: readonly ShownOther[],
  width?: number,
): readonly string[] {
  const wrong = judged.filter(({judgement}) => judgement.problems.length > 0);
  return [
    ...(judged.length === 0 ? ['No kubelet waits for a serving certificate.'] : requestLines(judged, width)),
    ...wrong.flatMap((request) => ['', ...wrongLines(request)]),
    ...(others.length === 0 ? [] : ['', ...otherLines(others, width)]),
  ];
}

function requestLines(judged: readonly ShownRequest[], width: number | undefined): string[] {
  return tableLines(
    [
      {heading: 'REQUEST', cell: ({name}) => tame(name)},
      {heading: 'NODE', cell: ({judgement}) => tame(judgement.node ?? '-')},
      {heading: 'VERDICT', cell: ({judgement}) => (judgement.problems.length === 0 ? 'right' : 'wrong')},
      {heading: 'NAMES', cell: ({judgement}) => namesText(judgement)},
    ],
    judged,
    width,
  );
}

/** `10.0.0.21 (InternalIP), api.demo.test (not its own)`. */
function namesText({names}: ServingJudgement): string {
  const text = names.map(({value, as}) => `${tame(value)} (${as.length === 0 ? 'not its own' : as.join(', ')})`);
  return text.length === 0 ? '-' : text.join(', ');
}

function wrongLines({name, username, judgement}: ShownRequest): string[] {
  return [
    `${tame(name)} is wrong, and is not approved here; ${tame(username)} asked:`,
    ...judgement.problems.map(({message}) => `- ${tame(message)}`),
    `Deny it: kubectl certificate deny ${shellWord(name)}. If you know better: kubectl certificate approve ${shellWord(name)}`,
  ];
}

function otherLines(others: readonly ShownOther[], width: number | undefined): string[] {
  return [
    `${count(others.length, 'other request')} pending, not judged here:`,
    ...tableLines<ShownOther>(
      [
        {heading: 'REQUEST', cell: ({name}) => tame(name)},
        {heading: 'SIGNER', cell: ({signerName}) => tame(signerName)},
        {heading: 'ASKED BY', cell: ({username}) => tame(username)},
      ],
      others,
      width,
    ),
  ];
}

/** The same as one JSON document. */
export function approvalJson(
  judged: readonly ShownRequest[],
  others: readonly ShownOther[],
  approved: ReadonlySet<string>,
): unknown {
  return {
    requests: judged.map(({name, username, judgement: {node, names, problems}}) => ({
      name,
      node: node ?? null,
      requester: username,
      names: names.map(({value, as}) => ({name: value, addressTypes: as})),
      verdict: problems.length === 0 ? 'right' : 'wrong',
      problems: problems.map(({code, message}) => ({code, message})),
      approved: approved.has(name),
    })),
    notJudged: others.map(({name, signerName, username}) => ({name, signerName, requester: username})),
  };
}

/** Whoever may make a request chose these letters. */
function tame(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '?');
}
