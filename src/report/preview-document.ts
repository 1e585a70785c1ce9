import type {Blueprint} from '../pki/blueprint-types.ts';
import {blueprintJson} from './blueprint-json.ts';
import {blueprintMarkdown} from './blueprint-markdown.ts';

/** What a preview can be kept as. */
export const previewFormats = ['markdown', 'json', 'plan'] as const;
export type PreviewFormat = (typeof previewFormats)[number];

export const formatWords: Readonly<Record<PreviewFormat, {readonly label: string; readonly help: string}>> = {
  markdown: {label: 'Markdown', help: 'Everything with its reasons, to review and to keep.'},
  json: {label: 'JSON', help: 'The same for programs, as plan --output json prints it.'},
  plan: {label: 'Plan', help: 'The answers alone: a plan file to issue from later.'},
};

/** How the name of such a file ends. */
export const documentEndings: Readonly<Record<PreviewFormat, string>> = {
  markdown: '.md',
  json: '.json',
  plan: '-plan.yaml',
};

/** Where a preview goes unless somebody says otherwise. */
export function suggestedDocument(clusterName: string, format: PreviewFormat): string {
  return `./${clusterName === '' ? 'cluster' : clusterName}${documentEndings[format]}`;
}

/**
 * The whole preview as one text without a secret; ends with a newline.
 *
 * @param planText the plan as YAML
 */
export function previewDocument(blueprint: Blueprint, format: PreviewFormat, planText: string): string {
  switch (format) {
    case 'markdown':
      return `${blueprintMarkdown(blueprint).join('\n')}\n`;
    case 'json':
      return `${JSON.stringify(blueprintJson(blueprint), undefined, 2)}\n`;
    case 'plan':
      return planText;
    default:
      return format satisfies never;
  }
}
