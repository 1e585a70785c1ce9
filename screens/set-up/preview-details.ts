import type {
  Blueprint,
  PlannedConnection,
  PlannedFile,
  SubjectAlternativeName,
  Trust,
} from '../../src/pki/blueprint-types.ts';
import {describeHours} from '../../src/base/duration.ts';
import {subjectText} from '../../src/report/words.ts';
import type {Fact} from '../parts/facts.ts';
import {factLines, pairLines} from '../parts/facts.ts';
import type {Line} from '../parts/text.ts';
import {blank, line, paragraph, sentence} from '../parts/text.ts';
import type {About} from './preview-items.ts';
import {endWord, hostAndPort, modeWord} from './preview-items.ts';

/** Everything there is to know about a row, with the reason for it. */
export function detailLines(about: About, blueprint: Blueprint, width: number): readonly Line[] {
  switch (about.kind) {
    case 'authority': {
      const {authority} = about;
      return [
        ...heading(authority.id, authority.why, width),
        ...factLines(
          [
            {label: 'Subject', text: subjectText(authority.subject)},
            {label: 'Signed by', text: authority.signedBy ?? 'itself'},
            authority.brought === undefined
              ? {label: 'Key', text: `${authority.algorithm}, valid ${describeHours(authority.validity)}`}
              : {label: 'Brought', text: broughtWord(authority.brought)},
          ],
          width,
        ),
        ...names(authority.sans, width),
      ];
    }
    case 'certificate': {
      const {certificate} = about;
      const chain = certificate.chain.length === 0 ? '' : `, presented with ${certificate.chain.join(', ')}`;
      return [
        ...heading(certificate.name, certificate.why, width),
        ...factLines(
          [
            {label: 'Subject', text: subjectText(certificate.subject)},
            {label: 'Signed by', text: certificate.authority + chain},
            {label: 'Usages', text: certificate.usages.join(', ')},
            {label: 'Key', text: `${certificate.algorithm}, valid ${describeHours(certificate.validity)}`},
          ],
          width,
        ),
        ...names(certificate.sans, width),
        ...factLines(fileFacts(blueprint, certificate.name), width),
      ];
    }
    case 'key-pair':
      return [
        ...heading(about.keyPair.id, about.keyPair.why, width),
        ...factLines([{label: 'Key', text: about.keyPair.algorithm}], width),
      ];
    case 'connection':
      return [
        ...heading(
          `${endWord(about.connection.caller)} → ${endWord(about.connection.provider)}`,
          about.connection.why,
          width,
        ),
        ...factLines(connectionFacts(about.connection), width),
      ];
    case 'component': {
      const {component, flags, settings} = about.component;
      const why = 'Complete: the component starts with exactly these.';
      return [
        ...heading(`${component} on ${about.component.node}`, why, width),
        ...factLines([{label: 'Flags', text: String(flags.length)}], width),
        ...(settings.length === 0
          ? []
          : factLines([{label: 'Settings', text: `${settings.length} in its file`}], width)),
      ];
    }
    case 'flag': {
      const {flag, component} = about;
      return [
        ...heading(flag.name, flag.why, width),
        ...factLines(
          [
            {label: 'Value', text: flag.value},
            {label: 'Of', text: `${component.component} on ${component.node}`},
            ...(flag.row === undefined ? [] : [{label: 'Comes from', text: flag.row}]),
          ],
          width,
        ),
      ];
    }
    case 'file': {
      const {file} = about;
      return [
        ...heading(file.target ?? file.path, file.why, width),
        ...factLines(
          [
            {label: 'In bundle', text: file.path},
            {label: 'Mode', text: file.mode === 0o600 ? '0600: only its owner reads it' : modeWord(file.mode)},
            {label: 'Holds', text: contentWord(file)},
          ],
          width,
        ),
      ];
    }
    case 'advice':
      return [
        ...paragraph(sentence(about.advice.message), width, 'warn'),
        blank,
        ...factLines(
          [
            ...(about.advice.fix === undefined ? [] : [{label: 'Remedy', text: sentence(about.advice.fix)}]),
            {label: 'Plan key', text: about.advice.path},
          ],
          width,
        ),
      ];
    case 'group':
      return heading(about.title, about.why, width);
    default:
      return about satisfies never;
  }
}

function heading(title: string, why: string, width: number): readonly Line[] {
  return [line(title, 'title'), ...paragraph(sentence(why), width), blank];
}

function names(sans: readonly SubjectAlternativeName[], width: number): readonly Line[] {
  return sans.length === 0
    ? factLines([{label: 'Names', text: 'none: it is shown by clients only', as: 'quiet'}], width)
    : pairLines(
        'Names',
        sans.map(({value, why}) => [value, why] as const),
        width,
      );
}

/** Where the certificate and its key will lie. */
function fileFacts(blueprint: Blueprint, certificate: string): readonly Fact[] {
  const inKubeconfigs = new Set(
    blueprint.kubeconfigs
      .filter(({credential}) => credential.kind === 'certificate' && credential.certificate === certificate)
      .map(({name}) => name),
  );
  const files = blueprint.files.filter(({content}) => {
    if (content.kind === 'certificate' || content.kind === 'certificate-key')
      return content.certificate === certificate;
    return content.kind === 'kubeconfig' && inKubeconfigs.has(content.kubeconfig);
  });
  return files.map((file, index) => ({
    label: index === 0 ? 'Files' : '',
    text: `${modeWord(file.mode)} ${file.target ?? file.path}`,
  }));
}

function connectionFacts(connection: PlannedConnection): readonly Fact[] {
  const {presents, callerTrusts, credential, providerTrusts} = connection;
  return [
    {label: 'Reached as', text: hostAndPort(connection)},
    {label: 'Provider', text: 'notOurs' in presents ? presents.notOurs : `shows ${presents.certificate}`},
    {label: 'verified', text: trustWord(callerTrusts)},
    {label: 'Caller', text: credentialText(credential)},
    {label: 'verified', text: trustWord(providerTrusts)},
    {label: 'Without one', text: clientWord(connection.clientCertificate)},
  ];
}

function credentialText(credential: PlannedConnection['credential']): string {
  if ('certificate' in credential) return `shows ${credential.certificate}`;
  return 'token' in credential ? `shows ${credential.token}` : `shows nothing: ${credential.none}`;
}

function trustWord(trust: Trust | {readonly notVerified: string}): string {
  return 'notVerified' in trust
    ? `by nothing, because ${trust.notVerified}`
    : `with ${trust.authorities.join(' and ')}, by ${trust.by}`;
}

function clientWord(demand: PlannedConnection['clientCertificate']): string {
  switch (demand) {
    case 'demanded':
      return 'a client certificate is demanded: TLS refuses a caller without one';
    case 'requested':
      return 'a caller without a certificate gets as far as 401, or is anonymous';
    case 'unused':
      return 'no client certificate is used here';
    default:
      return demand satisfies never;
  }
}

function broughtWord({certificate, key}: {readonly certificate: string; readonly key?: string}): string {
  return key === undefined ? `${certificate}, without its key: requests will be written` : `${certificate} and its key`;
}

function contentWord({content}: PlannedFile): string {
  switch (content.kind) {
    case 'certificate':
      return `the certificate ${content.certificate}`;
    case 'authorities':
      return `the certificate of ${content.authorities.join(', then ')}`;
    case 'certificate-key':
      return `the private key of ${content.certificate}`;
    case 'authority-key':
      return `the private key of ${content.authority}`;
    case 'key-pair-private':
      return `the private key of ${content.keyPair}`;
    case 'key-pair-public':
      return `the public key of ${content.keyPair}`;
    case 'kubeconfig':
      return `the kubeconfig ${content.kubeconfig}`;
    case 'flags':
      return `the flags of ${content.component}`;
    case 'yaml':
      return content.documents.length === 1 ? 'a YAML document' : `${content.documents.length} YAML documents`;
    case 'token-secret':
      return 'the bootstrap token as a Secret';
    case 'cluster-info':
      return 'the cluster-info ConfigMap and who may read it';
    case 'join-command':
      return 'the command that joins a node';
    default:
      return content satisfies never;
  }
}
