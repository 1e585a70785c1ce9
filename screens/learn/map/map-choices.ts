import type {MapChoice} from '../../../src/journeys/map-choice.ts';
import type {Tools} from '../../services.ts';

/** What a map can be drawn of. */
export interface ChoiceRow {
  readonly name: string;
  readonly what: string;
  /** Taken as it stands, or asked for a path first. */
  readonly choice: MapChoice | {readonly kind: 'plan' | 'bundle' | 'root'; readonly label: string};
}

export function choiceRows({presets}: Pick<Tools, 'presets'>): readonly ChoiceRow[] {
  return [
    ...presets.map(({name, summary}): ChoiceRow => ({name, what: summary, choice: {kind: 'preset', text: name}})),
    {
      name: 'this machine',
      what: 'where it is a node: its own files, and what its ports show',
      choice: {kind: 'root', text: '/'},
    },
    {name: "a node's files", what: 'a folder that holds its etc/ and var/', choice: {kind: 'root', label: 'Folder'}},
    {
      name: 'a bundle',
      what: 'a folder that issue has written; its connections are tried',
      choice: {kind: 'bundle', label: 'Folder'},
    },
    {name: 'a plan', what: 'a plan file', choice: {kind: 'plan', label: 'File'}},
  ];
}
