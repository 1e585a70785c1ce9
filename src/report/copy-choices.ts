import type {PlannedComponent} from '../pki/blueprint-types.ts';
import {heldKey, type BlueprintIndex} from './blueprint-index.ts';
import {componentForm, formsOf, type ComponentForm} from './component-forms.ts';
import type {Thing} from './thing.ts';
import {hostAndPort} from './thing-words.ts';
import {subjectText} from './words.ts';

/** Something of a thing that one may want elsewhere. None of it is a secret: a blueprint has none. */
export interface CopyChoice {
  /** `the flag`, `the path on cp-1`. */
  readonly what: string;
  readonly text: string;
  /** Where else a text of many lines can be had. */
  readonly elsewhere?: string;
}

/** What can be copied of a thing, the likeliest first. */
export function copyChoices(index: BlueprintIndex, thing: Thing): readonly CopyChoice[] {
  switch (thing.kind) {
    case 'authority':
      return [
        {what: 'the authority', text: thing.authority.id},
        {what: 'its subject', text: subjectText(thing.authority.subject)},
      ];
    case 'certificate': {
      const {name, subject, sans} = thing.certificate;
      const files = index.filesHolding.get(heldKey('certificate', name)) ?? [];
      return [
        ...files
          .filter(({content}) => content.kind !== 'certificate-key')
          .map(({path, target, node}) => ({
            what: target === undefined ? 'its path in the bundle' : `its path on ${node ?? ''}`,
            text: target ?? path,
          })),
        {what: 'its subject', text: subjectText(subject)},
        ...(sans.length === 0 ? [] : [{what: 'its names', text: sans.map(({value}) => value).join(',')}]),
      ];
    }
    case 'key-pair':
      return (index.filesHolding.get(heldKey('key-pair', thing.keyPair.id)) ?? [])
        .filter(({node}, _, [first]) => node === first?.node)
        .map(({target, path}) => ({what: 'the path', text: target ?? path}));
    case 'connection':
      return [{what: 'host and port', text: hostAndPort(thing.connection)}];
    case 'component':
      return formsOf(index, thing.component).map((id) =>
        formCopy(componentForm(index, thing.component, id), thing.component),
      );
    case 'flag': {
      const {name, value} = thing.flag;
      const isSetting = !name.startsWith('--');
      return [
        isSetting ? {what: 'the setting', text: `${name}: ${value}`} : {what: 'the flag', text: `${name}=${value}`},
        ...(value === '' ? [] : [{what: 'its value', text: value}]),
      ];
    }
    case 'file': {
      const {path, target, node} = thing.file;
      return [
        ...(target === undefined ? [] : [{what: `the path on ${node ?? ''}`, text: target}]),
        {what: 'the path in the bundle', text: path},
      ];
    }
    case 'advice':
      return [
        {what: 'the plan key', text: thing.advice.path},
        {what: 'the advice', text: [thing.advice.message, thing.advice.fix ?? ''].join('. ').trim()},
      ];
    case 'group':
      return [{what: 'the name', text: thing.title}, ...thing.names.map((text) => ({what: 'the address', text}))];
    default:
      return thing satisfies never;
  }
}

export function formCopy(
  {id, title, text, path, lies}: ComponentForm,
  {component, node}: PlannedComponent,
): CopyChoice {
  const elsewhere =
    lies === 'bundle'
      ? `it will lie in the bundle as ${path}`
      : `certwright plan --form ${id} --node ${node} --component ${component} prints it`;
  return {what: `the ${title} of ${component} on ${node}`, text, elsewhere};
}
