import {Failure} from '../base/failure.ts';
import {certificatesIn} from '../base/pem.ts';
import {problem, type Problem} from '../base/problem.ts';
import type {Secret} from '../base/secret.ts';
import type {PlannedCertificate} from '../pki/blueprint-types.ts';
import {checkIssued} from '../x509/chain.ts';
import {type InspectedCertificate, inspectCertificate, publicKeyOf} from '../x509/inspect.ts';
import {type KeyPair, readPrivateKey, samePublicKey} from '../x509/keys.ts';
import {readRequest, type ReadRequest} from '../x509/read-request.ts';
import {sentAlong} from './held.ts';
import type {NodeFound} from './inventory.ts';
import type {ReplacedItem} from './renew.ts';
import {leadsTo} from './rules/trust.ts';
import {verifiersOf} from './verifiers.ts';

/** What came back for a request, with what was made for it here. */
export interface SignedAnswer {
  /** For messages. */
  readonly files: {readonly certificate: string; readonly key: string; readonly request: string};
  /** Where on the node the certificate lies that it is to replace. */
  readonly place: {readonly path: string; readonly user?: string | undefined};
  /** PEM. */
  readonly request: string;
  readonly key: Secret | undefined;
  /** PEM, the leaf and what goes along; undefined = not signed yet. */
  readonly certificate: string | undefined;
  /** Hours, as asked. */
  readonly validity: number;
}

export interface JudgedAnswer {
  readonly problems: readonly Problem[];
  /** undefined = there is an error. */
  readonly made:
    | {readonly leaf: InspectedCertificate; readonly chain: readonly InspectedCertificate[]; readonly pair: KeyPair}
    | undefined;
}

/** Key, subject, usages, names, dates, and whether everybody on this node who verifies it will take it. */
export function judgeSigned(found: NodeFound, item: ReplacedItem, answer: SignedAnswer, now: Date): JudgedAnswer {
  const {files, key, certificate} = answer;
  if (certificate === undefined || key === undefined) {
    const missing = [
      ...(certificate === undefined
        ? [
            problem(
              'not-signed',
              files.certificate,
              `${signerText(item)} has yet to sign it`,
              'put its certificate there',
            ),
          ]
        : []),
      ...(key === undefined
        ? [problem('key-missing', files.key, 'its key is missing', 'go on where the requests were made')]
        : []),
    ];
    return {problems: missing, made: undefined};
  }
  try {
    const pair = readPrivateKey(key, undefined, files.key);
    const request = readRequest(answer.request, files.request);
    if (!samePublicKey(request.publicKey, pair.publicKey)) {
      const is = 'was not made with the key that lies beside it';
      const fix = 'take the request and the key of one run of certwright renew --requests';
      return {problems: [problem('key-does-not-match', files.request, `${files.request} ${is}`, fix)], made: undefined};
    }
    const [leaf, ...sent] = sorted(certificate, pair, files.certificate);
    // Whoever signs often gives the leaf alone: what went along with the old one goes along again, if it still belongs.
    const before = sentAlong(found, item.held);
    const fits = before[0] !== undefined && found.signers.signed(leaf, before[0]);
    const chain = sent.length === 0 && fits ? before : sent;
    const problems = [
      ...checkAnswer(found, item, {leaf, chain, request}, answer, now),
      ...checkChain(sent, files.certificate, now),
    ];
    const isRight = problems.every(({severity}) => severity !== 'error');
    return {problems, made: isRight ? {leaf, chain: chain.filter((each) => !each.isSelfIssued), pair} : undefined};
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const at = error.code.startsWith('request')
      ? files.request
      : error.code.startsWith('key')
        ? files.key
        : files.certificate;
    return {problems: [problem(error.code, at, error.message, error.nextSteps[0])], made: undefined};
  }
}

/** The leaf first: some tools put it behind the authorities. */
function sorted(
  pem: string,
  {publicKey}: KeyPair,
  from: string,
): readonly [leaf: InspectedCertificate, ...sent: InspectedCertificate[]] {
  const [first = inspectCertificate(pem, from), ...rest] = certificatesIn(pem).map((text) =>
    inspectCertificate(text, from),
  );
  const leaf = [first, ...rest].find((each) => samePublicKey(publicKeyOf(each.pem, from), publicKey)) ?? first;
  return [leaf, ...[first, ...rest].filter((each) => each !== leaf)];
}

function checkAnswer(
  found: NodeFound,
  item: ReplacedItem,
  {
    leaf,
    chain,
    request,
  }: {
    readonly leaf: InspectedCertificate;
    readonly chain: readonly InspectedCertificate[];
    readonly request: ReadRequest;
  },
  {files, key, validity}: SignedAnswer,
  now: Date,
): readonly Problem[] {
  const {signers} = found;
  const path = files.certificate;
  const verifiers = verifiersOf(found, item.held, item.authority);
  const refusing = verifiers.filter(({anchors}) => !leadsTo(signers, [leaf, ...chain], anchors));
  const anchors = verifiers.flatMap((verifier) => verifier.anchors.map((anchor) => ({anchor, path: verifier.path})));
  const sent = chain.map((anchor) => ({anchor, path: anchor.subject.text}));
  const signer = [...anchors, ...sent].find(({anchor}) => signers.signed(leaf, anchor)) ??
    anchors[0] ?? {
      // Nothing here can tell who signs this; that it is not itself can still be said.
      anchor: leaf,
      path: leaf.issuer.text,
    };
  const planned = plannedAs(item, request, {authority: signer.path, validity});
  const problems = checkIssued(planned, leaf.pem, {
    key,
    authorities: new Map([[signer.path, signer.anchor.pem]]),
    now,
    path,
    // Said below for every verifier, and of the renewal as a whole.
  }).filter(({code}) => code !== 'wrong-authority' && code !== 'outlives-authority');
  if (verifiers.length === 0) {
    return [
      ...problems,
      problem(
        'authority-missing',
        path,
        `no authority on this node tells whether it is signed by the right one (${leaf.issuer.text})`,
        'put the certificate of that authority beside the one that is renewed',
      ),
    ];
  }
  return refusing.length === 0
    ? problems
    : [
        ...problems,
        refusedBy(
          refusing.map((verifier) => verifier.path),
          leaf,
          path,
        ),
      ];
}

function refusedBy(paths: readonly string[], {issuer}: InspectedCertificate, at: string): Problem {
  const [first, ...others] = new Set(paths);
  const more = others.length === 0 ? '' : ` (nor in ${others.length} more files of this node)`;
  return problem(
    'wrong-authority',
    at,
    `${at} is signed by ${issuer.text}, and that leads to no authority in ${first}${more}: whoever verifies with it refuses the certificate`,
    'have the authority of this cluster sign it; if another one stands between, put its certificate behind this one, in the same file',
  );
}

function checkChain(sent: readonly InspectedCertificate[], at: string, now: Date): readonly Problem[] {
  return sent.flatMap(({isAuthority, subject, notAfter}) => {
    if (!isAuthority) {
      const fix = 'leave it out: only the authorities between belong there';
      return [problem('not-an-authority', at, `${subject.text}, which stands behind it, is no authority`, fix)];
    }
    return now > notAfter
      ? [
          problem(
            'expired',
            at,
            `${subject.text}, which stands behind it, ended on ${notAfter.toISOString()}`,
            'renew it',
          ),
        ]
      : [];
  });
}

/** Subject and usages as the node has them now, names as they were asked for. */
function plannedAs(
  {name, held: {certificate}}: ReplacedItem,
  {sans}: ReadRequest,
  {authority, validity}: Pick<PlannedCertificate, 'authority' | 'validity'>,
): PlannedCertificate {
  return {
    name,
    id: name,
    node: undefined,
    subject: certificate.subject,
    usages: certificate.usages,
    sans: sans.map((san) => ({...san, why: 'asked for'})),
    authority,
    chain: [],
    // What was asked for is not judged: the key is the one that was made.
    algorithm: 'RSA-2048',
    validity,
    why: 'renewed',
  };
}

function signerText({authority, held}: ReplacedItem): string {
  return authority?.certificate.subject.text ?? held.certificate.issuer.text;
}
