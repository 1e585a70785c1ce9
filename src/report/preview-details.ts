import {describeHours} from '../base/duration.ts';
import type {PlannedComponent, PlannedConnection, PlannedFile, SubjectAlternativeName} from '../pki/blueprint-types.ts';
import {trustRows} from '../pki/trusts.ts';
import type {BlueprintIndex} from './blueprint-index.ts';
import {formTitles, formsOf} from './component-forms.ts';
import type {LinkGroup} from './preview-links.ts';
import {linksOf} from './preview-links.ts';
import type {Thing} from './thing.ts';
import {nodesWithKey} from './preview-rows.ts';
import {callerWord, contentWord, endWord, hostAndPort, trustWord} from './thing-words.ts';
import {count, modeText, subjectText} from './words.ts';

/** A label and what it says. */
export interface DetailFact {
  readonly label: string;
  readonly text: string;
}

/** Everything there is to know about a thing, with the reason for it: what every front-end shows. */
export interface Details {
  readonly title: string;
  /** A sentence, or a part of one. */
  readonly why: string;
  readonly facts: readonly DetailFact[];
  /** undefined = it has no names to speak of; empty = it carries none, which is worth saying. */
  readonly names: readonly SubjectAlternativeName[] | undefined;
  readonly links: readonly LinkGroup[];
}

export function detailsOf(index: BlueprintIndex, thing: Thing): Details {
  return {...describe(index, thing), links: linksOf(index, thing)};
}

function describe(index: BlueprintIndex, thing: Thing): Omit<Details, 'links'> {
  switch (thing.kind) {
    case 'authority': {
      const {id, why, subject, signedBy, brought, algorithm, validity, sans} = thing.authority;
      return {
        title: id,
        why,
        facts: [
          {label: 'Subject', text: subjectText(subject)},
          {label: 'Signed by', text: signedBy ?? 'itself'},
          brought === undefined
            ? {label: 'Key', text: `${algorithm}, valid ${describeHours(validity)}`}
            : {label: 'Brought', text: broughtWord(brought)},
          {label: 'Its key', text: keyPlaces(index, id)},
        ],
        names: sans.length === 0 ? undefined : sans,
      };
    }
    case 'certificate': {
      const {name, why, subject, authority, chain, usages, algorithm, validity, sans} = thing.certificate;
      return {
        title: name,
        why,
        facts: [
          {label: 'Subject', text: subjectText(subject)},
          {label: 'Signed by', text: authority + (chain.length === 0 ? '' : `, presented with ${chain.join(', ')}`)},
          {label: 'Usages', text: usages.join(', ')},
          {label: 'Key', text: `${algorithm}, valid ${describeHours(validity)}`},
        ],
        names: sans,
      };
    }
    case 'key-pair': {
      const {id, why, algorithm} = thing.keyPair;
      return {title: id, why, facts: [{label: 'Key', text: algorithm}], names: undefined};
    }
    case 'connection': {
      const {connection} = thing;
      return {
        title: `${callerWord(connection)} → ${endWord(connection.provider)}`,
        why: connection.why,
        facts: connectionFacts(connection),
        names: undefined,
      };
    }
    case 'component': {
      const {component} = thing;
      return {
        title: `${component.component} on ${component.node}`,
        why: 'Complete: the component starts with exactly these.',
        facts: componentFacts(index, component),
        names: undefined,
      };
    }
    case 'flag': {
      const {flag, component} = thing;
      return {
        title: flag.name,
        why: flag.why,
        facts: [
          {label: 'Value', text: flag.value === '' ? 'empty' : flag.value},
          {label: 'Of', text: `${component.component} on ${component.node}`},
          ...(flag.row === undefined ? [] : [{label: 'Comes from', text: rowWord(flag.row)}]),
        ],
        names: undefined,
      };
    }
    case 'file':
      return {title: thing.file.target ?? thing.file.path, why: thing.file.why, ...fileFacts(index, thing.file)};
    case 'advice': {
      const {message, fix, path} = thing.advice;
      return {
        title: '',
        why: message,
        facts: [...(fix === undefined ? [] : [{label: 'Remedy', text: fix}]), {label: 'Plan key', text: path}],
        names: undefined,
      };
    }
    case 'group':
      return {title: thing.title, why: thing.why, facts: [], names: undefined};
    default:
      return thing satisfies never;
  }
}

function connectionFacts(connection: PlannedConnection): readonly DetailFact[] {
  const {presents, callerTrusts, credential, providerTrusts} = connection;
  return [
    {label: 'Reached as', text: hostAndPort(connection)},
    {label: 'Provider', text: 'notOurs' in presents ? presents.notOurs : `shows ${presents.certificate}`},
    {label: 'verified', text: trustWord(callerTrusts)},
    {label: 'Caller', text: credentialWord(credential)},
    {label: 'verified', text: trustWord(providerTrusts)},
    {label: 'Without one', text: clientWord(connection.clientCertificate)},
  ];
}

function componentFacts(index: BlueprintIndex, component: PlannedComponent): readonly DetailFact[] {
  const {flags, settings} = component;
  return [
    {label: 'Flags', text: String(flags.length)},
    ...(settings.length === 0 ? [] : [{label: 'Settings', text: `${settings.length} in its file`}]),
    {
      label: 'Written as',
      text: formsOf(index, component)
        .map((id) => formTitles[id])
        .join(', '),
    },
  ];
}

function fileFacts(index: BlueprintIndex, file: PlannedFile): Pick<Details, 'facts' | 'names'> {
  const {content, mode, path, node} = file;
  const kubeconfig = content.kind === 'kubeconfig' ? index.kubeconfigs.get(content.kubeconfig) : undefined;
  const isKeptHere = content.kind === 'authority-key' && node === undefined;
  return {
    facts: [
      {label: 'In bundle', text: path},
      {label: 'Mode', text: mode === 0o600 ? '0600: only its owner reads it' : `${modeText(mode)}: no secret is in it`},
      {label: 'Holds', text: contentWord(content)},
      ...(kubeconfig === undefined
        ? []
        : [
            {label: 'User', text: kubeconfig.user},
            {label: 'Server', text: kubeconfig.server},
          ]),
      ...(isKeptHere ? [{label: 'Leaves here', text: keyPlaces(index, content.authority)}] : []),
    ],
    names: undefined,
  };
}

/** Whether, and where to, an authority's key leaves the authority folder. */
function keyPlaces(index: BlueprintIndex, authority: string): string {
  const planned = index.authorities.get(authority);
  if (planned?.brought !== undefined && planned.brought.key === undefined)
    return 'stays where it is: it was not brought';
  const nodes = nodesWithKey(index, authority);
  if (nodes.length === 0) return 'never: it lies in authorities/ alone, and no node gets it';
  const named = nodes.length <= 3 ? nodes.join(', ') : `${nodes[0] ?? ''} … ${nodes.at(-1) ?? ''} (${nodes.length})`;
  return `lies in authorities/, and on ${count(nodes.length, 'node')} that sign or renew with it: ${named}`;
}

/** A row's id, and for a file that verifies whom it verifies. */
function rowWord(row: string): string {
  const verifies = trustRows.find(({id}) => id === row)?.verifies;
  return verifies === undefined ? row : `${row}: a file that verifies ${verifies}`;
}

function credentialWord(credential: PlannedConnection['credential']): string {
  if ('certificate' in credential) return `shows ${credential.certificate}`;
  return 'token' in credential ? `shows ${credential.token}` : `shows nothing: ${credential.none}`;
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
