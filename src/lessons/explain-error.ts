import {isAddress, normalizeAddress} from '../base/address.ts';
import type {Problem} from '../base/problem.ts';
import {redact} from '../base/redact.ts';
import type {HeldCertificate} from '../pki/inventory.ts';
import {sideIn} from './error-row.ts';
import {type ErrorId, errorRows} from './errors.ts';
import {type Explanation, section, type ThisNode} from './explanation.ts';
import type {Lessons} from './lessons.ts';
import {certificatesOf, covers, fileLines, heldLine, placeText, trustLines} from './on-node.ts';
import type {ErrorFacts, ReadError} from './read-error.ts';

/** What is said of an error: who says it, why, what to do, and what the files of this node have to do with it. */
export function explainError(read: ReadError, lessons: Lessons, node?: ThisNode): Explanation {
  const {row, side, clause, facts} = read;
  const lesson = lessons.errors[row.id];
  const suspects = node === undefined ? [] : suspectsOf(read, node);
  return {
    kind: 'error',
    id: row.id,
    sections: [
      ...section('says', 'quote', [shortened(redact(clause))]),
      ...section('side', 'text', [lessons.sides[side]]),
      ...section('cause', 'text', [lesson.cause, ...ownFacts(facts, lessons)]),
      ...section('remedy', 'text', [lesson.remedy]),
      ...section('commands', 'commands', commandsOf(read, suspects, node?.root)),
      ...section('node', 'list', node === undefined ? [] : nodeLines(read, suspects, lessons, node)),
    ],
  };
}

/** What the text itself says of the times and of the authority that was tried. */
function ownFacts({dates, candidate}: ErrorFacts, {words}: Lessons): readonly string[] {
  const times =
    dates === undefined
      ? []
      : [dates.is === 'after' ? words.endedAt(dates.bound, dates.now) : words.beginsAt(dates.bound, dates.now)];
  return [...times, ...(candidate === undefined ? [] : [words.triedAuthority(candidate)])];
}

/** An error by its id, without a text of its own: its example stands for it. */
export function explainErrorId(id: ErrorId, lessons: Lessons): Explanation {
  const row = errorRows.find((one) => one.id === id);
  if (row === undefined) throw new TypeError(`no error ${id}`);
  const lesson = lessons.errors[id];
  return {
    kind: 'error',
    id,
    sections: [
      ...section('says', 'quote', [row.example]),
      ...section('side', 'text', [lessons.sides[sideIn(row, row.example)]]),
      ...section('cause', 'text', [lesson.cause]),
      ...section('remedy', 'text', [lesson.remedy]),
      ...section(
        'commands',
        'commands',
        row.commands.map((command) => filled(command, {})),
      ),
    ],
  };
}

function shortened(text: string): string {
  return text.length <= 500 ? text : `${text.slice(0, 240)} … ${text.slice(-240)}`;
}

/** The certificates of this node that the error can be about, the likeliest first. */
function suspectsOf(read: ReadError, node: ThisNode): readonly HeldCertificate[] {
  const {facts} = read;
  const {certificates} = node.inventory;
  const {serial, names} = facts;
  if (serial !== undefined) {
    const wanted = BigInt(serial.decimal);
    return certificates.filter((held) => BigInt(`0x${held.serial}`) === wanted);
  }
  const same = names === undefined ? [] : certificates.filter(({sans}) => isSameNames(sans, names.holds));
  if (same.length > 0) return same.slice(0, 1);
  return meantBy(read).flatMap((id) => certificatesOf(node, id));
}

/** Certificates of the catalogue; none where the text does not even say which end shows it. */
function meantBy({row, side, facts}: ReadError): readonly string[] {
  if (row.certificates !== 'server') return row.certificates;
  return side === 'provider' || (side === 'either' && facts.called === undefined) ? [] : [serverOf(facts)];
}

/** Go names only the addresses, or only the DNS names: those of the kind that was asked for. */
function isSameNames(sans: readonly string[], holds: readonly string[]): boolean {
  const said = new Set(holds.map(normal));
  const [first] = said;
  if (first === undefined) return false;
  const ofKind = new Set(sans.map(normal).filter((name) => isAddress(name) === isAddress(first)));
  return said.size === ofKind.size && [...said].every((name) => ofKind.has(name));
}

function normal(name: string): string {
  return normalizeAddress(name) ?? name.toLowerCase();
}

/** Which certificate the end that was called shows, by its port. */
function serverOf({called, program}: ErrorFacts): string {
  switch (called?.port) {
    case 2379:
      return 'etcd-server';
    case 2380:
      return 'etcd-peer';
    case 10_250:
      return 'kubelet-serving';
    default:
      return program === 'etcd' ? 'etcd-peer' : 'apiserver';
  }
}

function nodeLines(
  {row, facts}: ReadError,
  suspects: readonly HeldCertificate[],
  lessons: Lessons,
  node: ThisNode,
): readonly string[] {
  const {words} = lessons;
  const isOfFiles = row.certificates.length + row.trusts.length + row.findings.length + facts.paths.length > 0;
  if (!isOfFiles && facts.serial === undefined) return [];
  if (node.inventory.files.length === 0) return [words.nothingHere(node.root)];
  const findings = findingsFor(row.findings, suspects, facts, node);
  const serial = serialLines(facts, suspects, lessons, node);
  const names = nameLines(facts, suspects, lessons);
  const paths = facts.paths.flatMap((path) => fileLines(node, path, lessons));
  const found = findings.map(({message}) => words.alsoFound(message));
  const isExplained = found.length > 0 || names.length > 0 || paths.length > 0 || serial.length > 0;
  return [
    ...serial,
    ...suspects.slice(0, 4).map((held) => heldLine(node, held, lessons)),
    ...names,
    ...row.trusts.flatMap((trust) => trustLines(node, trust, lessons)),
    ...paths,
    ...found,
    ...(isExplained ? [] : [words.nothingWrong(node.root)]),
  ];
}

function serialLines(
  {serial, authorityKey}: ErrorFacts,
  suspects: readonly HeldCertificate[],
  {words}: Lessons,
  {inventory}: ThisNode,
): readonly string[] {
  if (serial === undefined) return [];
  const {decimal, hex} = serial;
  if (suspects.length > 0) {
    return [
      words.serialHex(decimal, hex),
      ...suspects.map(({at, id, subject}) => words.serialFound(decimal, placeText(at), id ?? subject.text)),
    ];
  }
  const signers = inventory.certificates.filter(
    ({isAuthority, keyIdentifier}) => isAuthority && keyIdentifier !== undefined && keyIdentifier === authorityKey,
  );
  // A file of its own says more than a copy in a kubeconfig.
  const signer = signers.find(({at}) => at.entry === undefined) ?? signers[0];
  return [
    words.serialNotHere(decimal, hex),
    ...(authorityKey === undefined
      ? []
      : [
          signer === undefined
            ? words.signerKeyNotHere(authorityKey)
            : words.signerKeyFound(placeText(signer.at), signer.id ?? signer.subject.text),
        ]),
  ];
}

function nameLines({names}: ErrorFacts, suspects: readonly HeldCertificate[], {words}: Lessons): readonly string[] {
  if (names === undefined) return [];
  return suspects
    .slice(0, 2)
    .flatMap(({at, sans}) => [
      words.holdsNames(placeText(at), sans.join(', ') || words.none),
      covers(sans, names.wanted) ? words.nameIsThere(names.wanted) : words.nameIsMissing(names.wanted),
    ]);
}

/** What the diagnosis says that fits the error: about the suspects where it says something of them, else all of it. */
function findingsFor(
  codes: readonly string[],
  suspects: readonly HeldCertificate[],
  {paths, serial}: ErrorFacts,
  {findings}: ThisNode,
): readonly Problem[] {
  const fitting = findings.filter(({code}) => codes.includes(code));
  const places = new Set([...suspects.map(({at}) => at.path), ...paths]);
  const near = fitting.filter(({at}) => places.has(at.path));
  // A serial number says which certificate it is: what is wrong with others does not explain it.
  return (near.length > 0 || serial !== undefined ? near : fitting).slice(0, 4);
}

function commandsOf(
  read: ReadError,
  suspects: readonly HeldCertificate[],
  root: string | undefined,
): readonly string[] {
  const {row, facts} = read;
  const [suspect] = suspects;
  const {called, names, paths, user} = facts;
  // `renew` calls a certificate by its id, and a kubeconfig by its path.
  const id = suspect?.at.entry === undefined ? suspect?.id : suspect.at.path;
  const [known] = meantBy(read);
  const values = {
    certificate: id ?? known,
    host: names?.wanted !== undefined && row.id === 'etcd-peer-address' ? names.wanted : called?.host,
    port: called?.port === undefined ? undefined : String(called.port),
    name: names?.wanted,
    path: paths[0],
    user,
  };
  return row.commands.map((command) => withRoot(filled(command, values), root));
}

/**
 * What the text does not say stays a gap, in capitals; so does what a shell would take for more than a word, for the text is
 * somebody else's and the command is copied.
 */
function filled(command: string, values: Readonly<Record<string, string | undefined>>): string {
  return command.replaceAll(/\{(\w+)\}/g, (_, key: string) => {
    const value = values[key];
    return value !== undefined && /^[\w.:@/][\w.:@/-]*$/.test(value) ? value : (gaps[key] ?? key.toUpperCase());
  });
}

const gaps: Readonly<Record<string, string>> = {path: 'FILE', user: 'USER'};

/** The node's files may lie in a folder of their own. */
function withRoot(command: string, root: string | undefined): string {
  if (root === undefined || root === '/') return command;
  return command
    .replace(/certwright (?:check|renew)\b/, (found) => `${found} --root ${quoted(root)}`)
    .replace(/(certwright inspect )(\/\S+)/, (_, before: string, path: string) => `${before}${quoted(root + path)}`);
}

/** For a shell. */
function quoted(path: string): string {
  return /^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
