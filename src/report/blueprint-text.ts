import {urlHost} from '../base/address.ts';
import {describeHours} from '../base/duration.ts';
import type {Blueprint, PlannedCertificate, PlannedConnection} from '../pki/blueprint-types.ts';
import {topologies} from '../pki/topology.ts';
import {formatVersion} from '../pki/versions.ts';
import {someOf, tableLines, type Column} from './table.ts';
import type {TextGlyphs} from './text-glyphs.ts';
import {count, modeText, subjectText, usagesText} from './words.ts';

/** `certwright plan`: what will exist, a line a kind of certificate however many nodes there are. */
export function blueprintSummary(blueprint: Blueprint, glyphs: TextGlyphs): string[] {
  return [
    ...headLines(blueprint, glyphs),
    ...section('', authorityLines(blueprint, glyphs)),
    ...section('', certificateGroupLines(blueprint, glyphs)),
    ...section('', keyPairLines(blueprint, glyphs)),
    ...section('', countLines(blueprint)),
    ...section('What this plan costs', adviceLines(blueprint)),
  ];
}

/** `certwright plan --output wide`: everything, with its reason. */
export function blueprintInFull(blueprint: Blueprint, glyphs: TextGlyphs): string[] {
  return [
    ...headLines(blueprint, glyphs),
    ...section(
      'Authorities',
      blueprint.authorities.flatMap((authority) => [
        `${authority.id}: ${subjectText(authority.subject)}, ${describeHours(authority.validity)}, signed by ${authority.signedBy ?? 'itself'}`,
        `  ${authority.why}`,
      ]),
    ),
    ...section('Certificates', blueprint.certificates.flatMap(certificateLines)),
    ...section(
      'Key pairs',
      blueprint.keyPairs.flatMap(({id, why}) => [id, `  ${why}`]),
    ),
    ...section(
      'Kubeconfigs',
      blueprint.kubeconfigs.flatMap((kubeconfig) => [
        `${kubeconfig.name}: ${kubeconfig.user} at ${kubeconfig.server}`,
        `  trusts ${kubeconfig.trusts.join(', ')}; ${kubeconfig.why}`,
      ]),
    ),
    ...section(
      'Flags',
      blueprint.components.flatMap(({node, component, flags, settings}) => [
        `${node}: ${component}`,
        ...[...flags, ...settings].flatMap(({name, value, why}) => [`  ${name}=${value}`, `      ${why}`]),
      ]),
    ),
    ...section(
      'Connections',
      blueprint.connections.flatMap((connection) => connectionLines(connection, glyphs)),
    ),
    ...section(
      'What must be refused, and what is let in',
      blueprint.intrusions.map(
        ({id, expected, why}) => `${id}: ${expected === 'refused' ? 'refused' : 'let in'}: ${why}`,
      ),
    ),
    ...section('Files', tableLines(fileColumns, blueprint.files, glyphs.width)),
    ...section('What this plan costs', adviceLines(blueprint)),
  ];
}

const fileColumns: readonly Column<Blueprint['files'][number]>[] = [
  {heading: 'MODE', cell: ({mode}) => modeText(mode)},
  {heading: 'FILE', cell: ({path}) => path},
  {heading: 'WHY', cell: ({why}) => why},
];

function headLines({plan, version, endpoint}: Blueprint, {dot}: TextGlyphs): string[] {
  return [
    [
      plan.cluster.name,
      `Kubernetes ${formatVersion(version)}`,
      `${plan.layout} layout`,
      topologies[plan.trust.topology].label.toLowerCase(),
      plan.keys.algorithm,
    ].join(` ${dot} `),
    [
      `https://${urlHost(endpoint.host)}:${endpoint.port}`,
      `services ${plan.network.serviceSubnets.join(', ')}`,
      `pods ${plan.network.podSubnets.join(', ') || 'none'}`,
      `${plan.etcd} etcd`,
    ].join(` ${dot} `),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return title === '' ? ['', ...lines] : ['', title, '', ...lines];
}

function authorityLines({authorities, certificates}: Blueprint, {width}: TextGlyphs): string[] {
  const signed = Map.groupBy(certificates, ({authority}) => authority);
  const below = Map.groupBy(authorities, ({signedBy}) => signedBy);
  return tableLines(
    [
      {heading: 'AUTHORITY', cell: ({id}) => id},
      {heading: 'SUBJECT', cell: ({subject}) => subjectText(subject)},
      {heading: 'SIGNED BY', cell: ({signedBy}) => signedBy ?? 'itself'},
      {heading: 'VALID', cell: ({validity}) => describeHours(validity)},
      {
        heading: 'SIGNS',
        cell: ({id}) => {
          const children = below.get(id)?.length ?? 0;
          return children > 0
            ? count(children, 'authority', 'authorities')
            : count(signed.get(id)?.length ?? 0, 'certificate');
        },
      },
      {
        heading: 'KEY',
        cell: ({brought}) =>
          brought === undefined ? 'made here' : brought.key === undefined ? 'elsewhere' : 'brought',
      },
    ],
    authorities,
    width,
  );
}

/** Certificates that differ in nothing but their node share a line. */
function certificateGroupLines({certificates}: Blueprint, {ellipsis, width}: TextGlyphs): string[] {
  const alike = ({id, node, subject, authority}: PlannedCertificate): string =>
    [id, authority, node === undefined ? subject.commonName : ''].join('\n');
  const groups = [...Map.groupBy(certificates, alike).values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [{first, all: [first, ...rest]}],
  );
  return tableLines(
    [
      {heading: 'CERTIFICATE', cell: ({first}) => first.id},
      {
        heading: 'FOR',
        cell: ({all}) =>
          someOf(
            all.map(({name, node}) => node ?? name.replace('users/', '')),
            ellipsis,
            2,
          ),
      },
      {
        heading: 'SUBJECT',
        cell: ({first, all}) => subjectText(all.length === 1 ? first.subject : subjectOfGroup(first)),
      },
      {heading: 'SIGNED BY', cell: ({first}) => first.authority},
      {heading: 'USAGE', cell: ({first}) => usagesText(first.usages)},
      {heading: 'SANS', cell: ({first}) => (first.sans.length === 0 ? '-' : `${first.sans.length}`)},
      {heading: 'VALID', cell: ({first}) => describeHours(first.validity)},
    ],
    groups,
    width,
  );
}

/** With several nodes in a line, a name that follows the node is written as what it follows. */
function subjectOfGroup({subject, node}: PlannedCertificate): PlannedCertificate['subject'] {
  const follows = node !== undefined && (subject.commonName === node || subject.commonName.endsWith(`:${node}`));
  return follows ? {...subject, commonName: `${subject.commonName.slice(0, -node.length)}<node>`} : subject;
}

function keyPairLines({keyPairs}: Blueprint, {width}: TextGlyphs): string[] {
  return tableLines(
    [
      {heading: 'KEY PAIR', cell: ({id}) => id},
      {heading: 'WHY', cell: ({why}) => why},
    ],
    keyPairs,
    width,
  );
}

function countLines({certificates, authorities, kubeconfigs, files, nodes, connections}: Blueprint): string[] {
  return [
    [
      count(nodes.length, 'node'),
      count(authorities.length, 'authority', 'authorities'),
      count(certificates.length, 'certificate'),
      count(kubeconfigs.length, 'kubeconfig'),
      count(files.length, 'file'),
      count(connections.length, 'connection'),
    ].join(', '),
  ];
}

function adviceLines({advice}: Blueprint): string[] {
  return advice.flatMap(({path, message, fix}) => [
    `- ${path}: ${message}`,
    ...(fix === undefined ? [] : [`  ${fix}`]),
  ]);
}

function certificateLines(certificate: PlannedCertificate): string[] {
  return [
    `${certificate.name}: ${subjectText(certificate.subject)}`,
    `  ${certificate.why}`,
    `  signed by ${certificate.authority}, for ${usagesText(certificate.usages)}, ${certificate.algorithm}, ${describeHours(certificate.validity)}`,
    ...certificate.sans.map(({value, why}) => `  ${value}: ${why}`),
  ];
}

function connectionLines(connection: PlannedConnection, {arrow}: TextGlyphs): string[] {
  const {caller, provider, host, port, presents, callerTrusts, credential, providerTrusts} = connection;
  const at = (end: typeof caller) => (end.node === undefined ? end.component : `${end.component} on ${end.node}`);
  return [
    `${at(caller)} ${arrow} ${at(provider)} at ${urlHost(host)}:${port}: ${connection.why}`,
    'certificate' in presents
      ? `  shown ${presents.certificate}`
      : `  shown a certificate that is not ours: ${presents.notOurs}`,
    'notVerified' in callerTrusts
      ? `  verified by nothing, because ${callerTrusts.notVerified}`
      : `  verified with ${callerTrusts.authorities.join(', ')} (${callerTrusts.by})`,
    'certificate' in credential
      ? `  shows ${credential.certificate}`
      : `  shows no certificate: ${'token' in credential ? credential.token : credential.none}`,
    'notVerified' in providerTrusts
      ? `  which is not verified by TLS: ${providerTrusts.notVerified}`
      : `  verified with ${providerTrusts.authorities.join(', ')} (${providerTrusts.by})`,
  ];
}
