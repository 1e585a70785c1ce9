import type {TrustId} from '../pki/certificate.ts';
import type {AuthorityId} from '../pki/plan.ts';
import type {MappedAuthority, TrustMap, Verifier} from '../pki/trust-map.ts';
import {partLines, piece, wordLines, type FigureGlyphs, type FigureLine, type FigurePiece} from './figure-lines.ts';

/** Whoever gets in here is believed when it names another user. */
const frontProxyDoor = 'the front-proxy door (speaks for any user)';

/** Who lets clients in, or which server is believed by whom. */
const doorWords: Readonly<Record<TrustId, string>> = {
  'etcd-clients': 'etcd',
  'etcd-peers': "etcd's members",
  'etcd-servers': 'etcd to the API server',
  'etcdctl-servers': 'etcd to etcdctl',
  'apiserver-clients': 'the API server',
  'apiserver-front-proxies': frontProxyDoor,
  'apiserver-kubelets': 'kubelets to the API server',
  'controller-manager-clients': 'the controller manager',
  'controller-manager-front-proxies': frontProxyDoor,
  'pods-apiserver': 'the API server to pods',
  'kubelet-clients': 'kubelets',
  'kubeconfig-apiserver': 'the API server to kubeconfigs',
};

const labelWidth = 11;

/** Below this width what is said of an authority stands under its name. */
const besideFrom = 84;

/** Who signs what, whom that opens, and who believes it: the trust of a plan in a dozen lines. */
export function trustFigure(map: TrustMap, width: number, glyphs: FigureGlyphs): readonly FigureLine[] {
  const isStacked = width < besideFrom;
  const names = map.authorities.map(({id, signedBy}) => id.length + (signedBy === undefined ? 0 : 3));
  const nameWidth = isStacked
    ? map.authorities.some(({signedBy}) => signedBy !== undefined)
      ? 5
      : 2
    : Math.max(0, ...names) + 2;
  const textWidth = Math.max(16, width - nameWidth - labelWidth);
  const branch = (above: AuthorityId | undefined, trunk: string): readonly FigureLine[] => {
    const here = map.authorities.filter(({signedBy}) => signedBy === above);
    return here.flatMap((authority, index): readonly FigureLine[] => {
      const isLast = index === here.length - 1;
      const isRoot = above === undefined;
      const lead = isRoot ? trunk : `${trunk}${isLast ? glyphs.lastBranch : glyphs.branch} `;
      const hasBelow = map.authorities.some(({signedBy}) => signedBy === authority.id);
      const below = isRoot ? (hasBelow ? glyphs.trunk : '') : `${trunk}${isLast ? '   ' : `${glyphs.trunk} `}`;
      // In a narrow terminal what servers are believed by gives way: the files that verify them say it too.
      const [first, ...others] = factsOf(authority, map).filter(({label}) => !isStacked || label !== 'proves');
      const facts = first === undefined ? [] : [first, ...others];
      // What is said of the authority itself may stand beside its name.
      const isNoted = first?.label === '';
      const rows = isStacked
        ? [
            isNoted ? [piece(`  ${first.parts.join(', ')}`, 'quiet')] : [],
            ...rowsOf(isNoted ? others : facts, textWidth),
          ]
        : rowsOf(facts, textWidth);
      return [
        ...rows.map((row, at): FigureLine =>
          at === 0
            ? [piece(lead, 'quiet'), piece(authority.id.padEnd(nameWidth - lead.length), 'accent'), ...row]
            : [piece(below.padEnd(nameWidth), 'quiet'), ...row],
        ),
        ...branch(authority.id, isRoot ? trunk : below),
      ];
    });
  };
  return branch(undefined, '');
}

function rowsOf(facts: readonly TrustFact[], width: number): readonly FigureLine[] {
  return facts.flatMap(({label, parts, as}) =>
    partLines(parts, width).map((text, index): readonly FigurePiece[] => [
      piece((index === 0 ? label : '').padEnd(labelWidth), 'quiet'),
      piece(text, as),
    ]),
  );
}

interface TrustFact {
  readonly label: string;
  readonly parts: readonly string[];
  readonly as: NonNullable<FigurePiece['as']>;
}

function factsOf(
  {id, signs, signsLater, origin, hasKeyOnNode}: MappedAuthority,
  {verifiers, authorities}: TrustMap,
): TrustFact[] {
  const isAbove = authorities.some(({signedBy}) => signedBy === id);
  const holding = verifiers.filter((verifier) => verifier.authorities.includes(id));
  const opens = holding.filter(({verifies}) => verifies === 'clients');
  const words = (doors: readonly Verifier[]): string[] => [...new Set(doors.map((door) => doorWords[door.id]))];
  const fact = (label: string, parts: readonly string[], as: TrustFact['as'] = 'plain'): TrustFact[] =>
    parts.length === 0 ? [] : [{label, parts, as}];
  const offline = !hasKeyOnNode && origin !== 'elsewhere' ? ['offline: no node gets its key'] : [];
  const elsewhere = origin === 'elsewhere' ? ['its key stays elsewhere: requests are written for it'] : [];
  return [
    ...fact('', isAbove ? offline : elsewhere),
    ...fact('opens', words(opens.filter(({isTooWide}) => !isTooWide))),
    // The colour repeats what the word says.
    ...fact('opens too', words(opens.filter(({isTooWide}) => isTooWide)), 'warn'),
    ...fact('signs', [
      ...signs.map((one) => (one.count === 1 ? one.id : `${one.id} (${one.count})`)),
      ...(signsLater ? ['later what kubelets and people ask for'] : []),
    ]),
    ...fact('proves', words(holding.filter(({verifies}) => verifies === 'servers')), 'quiet'),
  ];
}

/** Every file that somebody is verified with, and what it holds: the same figure, seen from the doors. */
export function verifierLines({verifiers}: TrustMap, width: number): readonly FigureLine[] {
  const rows = verifiers.map((one) => ({
    who: one.component ?? 'kubeconfigs',
    flag: one.flag.replace(/^.*[.]x509[.]/, ''),
    holds: one.authorities.join(', '),
    file: one.file ?? '',
    as: one.isTooWide ? ('warn' as const) : ('plain' as const),
  }));
  const widest = (cell: 'who' | 'flag' | 'holds' | 'file'): number =>
    Math.max(0, ...rows.map((row) => row[cell].length)) + 2;
  const [who, flag, holds, file] = [widest('who'), widest('flag'), widest('holds'), widest('file')];
  const showsFile = who + flag + holds + file - 2 <= width;
  // The last column that is shown needs no room behind it.
  const isNarrow = who + flag + holds - 2 > width;
  return rows.flatMap((row): readonly FigureLine[] =>
    isNarrow
      ? [
          ...wordLines(`${row.who} ${row.flag}`, width).map((text): FigureLine => [piece(text)]),
          ...wordLines(row.holds, width - 2).map((text): FigureLine => [piece('  '), piece(text, row.as)]),
        ]
      : [
          [
            piece(row.who.padEnd(who)),
            piece(row.flag.padEnd(flag), 'quiet'),
            piece(row.holds.padEnd(showsFile ? holds : 0), row.as),
            piece(showsFile ? row.file : '', 'quiet'),
          ],
        ],
  );
}

/** The same in sentences, for who looks at no columns. */
export function trustSentences(map: TrustMap): readonly string[] {
  return map.authorities.map((authority) => {
    const under = authority.signedBy === undefined ? '' : `, under ${authority.signedBy}`;
    const facts = factsOf(authority, map).map(({label, parts}) =>
      [label, parts.join(', ')].filter((word) => word !== '').join(' '),
    );
    return `- ${authority.id}${under}: ${facts.join('; ')}`;
  });
}
