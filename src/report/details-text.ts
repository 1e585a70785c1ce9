import type {ComponentForm} from './component-forms.ts';
import type {Details} from './preview-details.ts';

/** Details as plain text, a fact a line; the links are left to whoever asks where to go on to. */
export function detailsText({title, why, facts, names}: Details): string[] {
  return [
    title === '' ? why : `${title}: ${why}`,
    ...facts.map(({label, text}) => `  ${label}: ${text}`),
    ...(names === undefined
      ? []
      : names.length === 0
        ? ['  Names: none, it is shown by clients only']
        : names.map((one) => `  Name ${one.value}: ${one.why}`)),
  ];
}

/** A form as plain text under its heading. */
export function formText({title, path, why, text}: ComponentForm, of: string): string[] {
  return [`${of} as ${title}, ${path}: ${why}`, '', ...text.trimEnd().split('\n')];
}
