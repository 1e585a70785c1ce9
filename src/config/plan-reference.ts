import {emptyPlan} from '../pki/plan.ts';
import type {Step, StepOption} from '../wizard/step.ts';
import {steps} from '../wizard/steps.ts';
import {planVersion} from './plan-text.ts';

/** The reference page of the plan's keys, `docs/plan.md`: markdown, made from the steps. */
export function planReference(): string {
  const rows = steps.map((step) => `| [\`${step.id}\`](#${anchor(step)}) | ${step.ask} | ${defaultOf(step)} |`);
  return [
    '# The plan',
    '',
    '<!-- Made from src/wizard/steps-*.ts by `npx vitest run test/config/plan-docs.test.ts -u`. -->',
    '',
    'A plan is a YAML file. It says what a person chooses; everything else follows from it. Only what differs from the',
    `defaults must be in it, besides \`planVersion: ${planVersion}\`. The same keys go to \`--set KEY=VALUE\`, in the form named there.`,
    'Lists may be written as one text with commas. Editors that know JSON Schema check it with `docs/plan.schema.json`.',
    '',
    '| key | what it is | default |',
    '|---|---|---|',
    ...rows,
    '',
    ...steps.flatMap(section),
  ].join('\n');
}

function section(step: Step): string[] {
  return [
    `## ${step.id}`,
    '',
    `**${step.ask}.** ${step.help}`,
    '',
    ...formOf(step),
    `Default: ${defaultOf(step)}.`,
    '',
  ];
}

function formOf({id, kind}: Step): string[] {
  switch (kind.kind) {
    case 'text':
      return [`\`--set ${id}=TEXT\``, ''];
    case 'list':
      return [`A list. \`--set ${id}=ONE,TWO\``, ''];
    case 'choice':
      return [...optionRows(kind.options), `\`--set ${id}=${firstWord(kind.options)}\``, ''];
    case 'choices':
      return [
        'Any number of these:',
        '',
        ...optionRows(kind.options),
        `\`--set ${id}=${kind.options.map(({value}) => value).join(',')}\``,
        '',
      ];
    case 'records':
      return [
        '| field | what it is |',
        '|---|---|',
        ...kind.columns.map((column) => `| \`${column.id}\` | ${column.help}${column.isList ? ' (a list)' : ''} |`),
        '',
        `\`--set ${id}='${kind.example}'\`, more of them separated by semicolons.`,
        '',
      ];
    default:
      return kind satisfies never;
  }
}

function optionRows(options: readonly StepOption[]): string[] {
  const rows = options.map(({value, help}) => `| ${value === '' ? '(left out)' : `\`${value}\``} | ${help} |`);
  return ['| value | what it means and costs |', '|---|---|', ...rows, ''];
}

function firstWord(options: readonly StepOption[]): string {
  return options.find(({value}) => value !== '')?.value ?? '';
}

function defaultOf(step: Step): string {
  const text = step.show(emptyPlan);
  return text === '' ? 'none' : `\`${text}\``;
}

/** As markdown renderers make the anchor of a heading. */
function anchor(step: Step): string {
  return step.id.toLowerCase().replaceAll('.', '');
}
