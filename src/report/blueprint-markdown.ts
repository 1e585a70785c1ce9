import {urlHost} from '../base/address.ts';
import {describeHours} from '../base/duration.ts';
import type {Blueprint} from '../pki/blueprint-types.ts';
import {topologies} from '../pki/topology.ts';
import {formatVersion} from '../pki/versions.ts';
import {indexBlueprint, type BlueprintIndex} from './blueprint-index.ts';
import {componentForm, formsOf, type ComponentForm} from './component-forms.ts';
import {markdownTable} from './table.ts';
import {modeText, sansText, subjectText, usagesText} from './words.ts';

/** `certwright plan --output markdown`: the blueprint as a document to review and to keep. */
export function blueprintMarkdown(blueprint: Blueprint): string[] {
  const {plan, version, endpoint} = blueprint;
  const index = indexBlueprint(blueprint);
  return [
    `# Certificates of ${plan.cluster.name}`,
    '',
    `Kubernetes ${formatVersion(version)}, ${plan.layout} layout, ${topologies[plan.trust.topology].label.toLowerCase()}, ${plan.keys.algorithm}. Clients reach the API at https://${urlHost(endpoint.host)}:${endpoint.port}.`,
    ...section(
      'What this plan costs',
      blueprint.advice.map(
        ({path, message, fix}) => `- \`${path}\`: ${message}.${fix === undefined ? '' : ` ${fix}.`}`,
      ),
    ),
    ...section(
      'Authorities',
      markdownTable(
        [
          {heading: 'Authority', cell: ({id}) => `\`${id}\``},
          {heading: 'Subject', cell: ({subject}) => subjectText(subject)},
          {heading: 'Signed by', cell: ({signedBy}) => signedBy ?? 'itself'},
          {heading: 'Valid', cell: ({validity}) => describeHours(validity)},
          {heading: 'Why', cell: ({why}) => why},
        ],
        blueprint.authorities,
      ),
    ),
    ...section(
      'Certificates',
      markdownTable(
        [
          {heading: 'Certificate', cell: ({name}) => `\`${name}\``},
          {heading: 'Subject', cell: ({subject}) => subjectText(subject)},
          {heading: 'Signed by', cell: ({authority}) => authority},
          {heading: 'Usage', cell: ({usages}) => usagesText(usages)},
          {heading: 'SANs', cell: ({sans}) => sansText(sans)},
          {heading: 'Valid', cell: ({validity}) => describeHours(validity)},
          {heading: 'Why', cell: ({why}) => why},
        ],
        blueprint.certificates,
      ),
    ),
    ...section(
      'Kubeconfigs',
      markdownTable(
        [
          {heading: 'Kubeconfig', cell: ({name}) => `\`${name}\``},
          {heading: 'User', cell: ({user}) => user},
          {heading: 'Server', cell: ({server}) => server},
          {heading: 'Trusts', cell: ({trusts}) => trusts.join(', ')},
          {heading: 'Why', cell: ({why}) => why},
        ],
        blueprint.kubeconfigs,
      ),
    ),
    ...blueprint.nodes.flatMap((node) => nodeSection(index, node.name)),
    ...section(
      'Connections',
      markdownTable(
        [
          {heading: 'Caller', cell: ({caller}) => [caller.component, caller.node].filter(Boolean).join(' on ')},
          {heading: 'Provider', cell: ({provider}) => [provider.component, provider.node].filter(Boolean).join(' on ')},
          {heading: 'Dials', cell: ({host, port}) => `${urlHost(host)}:${port}`},
          {
            heading: 'Is shown',
            cell: ({presents}) => ('certificate' in presents ? presents.certificate : presents.notOurs),
          },
          {
            heading: 'Verifies it with',
            cell: ({callerTrusts}) =>
              'notVerified' in callerTrusts
                ? `nothing: ${callerTrusts.notVerified}`
                : callerTrusts.authorities.join(', '),
          },
          {
            heading: 'Shows',
            cell: ({credential}) =>
              'certificate' in credential
                ? credential.certificate
                : 'token' in credential
                  ? credential.token
                  : 'nothing',
          },
          {
            heading: 'Which is verified with',
            cell: ({providerTrusts}) =>
              'notVerified' in providerTrusts ? providerTrusts.notVerified : providerTrusts.authorities.join(', '),
          },
        ],
        blueprint.connections,
      ),
    ),
  ];
}

function nodeSection(index: BlueprintIndex, node: string): string[] {
  const {files, components} = index.of;
  const onNode = components.filter((component) => component.node === node);
  const kubeadm = onNode.find((component) => formsOf(index, component).includes('kubeadm'));
  return [
    ...section(
      `Node ${node}`,
      markdownTable(
        [
          {heading: 'File', cell: ({target}) => `\`${target ?? ''}\``},
          {heading: 'Mode', cell: ({mode}) => modeText(mode)},
          {heading: 'Why', cell: ({why}) => why},
        ],
        files.filter((file) => file.node === node && file.target !== undefined),
      ),
    ),
    ...(kubeadm === undefined ? [] : formSection(componentForm(index, kubeadm, 'kubeadm'))),
    ...onNode.flatMap((component) => [
      '',
      `### ${component.component} on ${node}`,
      '',
      ...markdownTable(
        [
          {heading: 'Flag', cell: ({name, value}) => `\`${name}=${value}\``},
          {heading: 'Why', cell: ({why}) => why},
        ],
        [...component.flags, ...component.settings],
      ),
      // The flags file says what the table says.
      ...formsOf(index, component)
        .filter((id) => id !== 'kubeadm' && id !== 'flags')
        .flatMap((id) => formSection(componentForm(index, component, id))),
    ]),
  ];
}

function formSection({id, title, path, why, text}: ComponentForm): string[] {
  const language = id === 'unit' ? 'ini' : 'yaml';
  const heading = `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
  return ['', `${heading} \`${path}\`: ${why}.`, '', `\`\`\`${language}`, text.trimEnd(), '```'];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
}
