import {emptyPlan} from '../pki/plan.ts';
import type {JsonSchema, JsonValue, Step} from '../wizard/step.ts';
import {steps} from '../wizard/steps.ts';
import {planVersion} from './plan-text.ts';

/**
 * The plan file's JSON Schema (draft 2020-12), made from the steps. It says what is written here; the reader also takes
 * a text with commas for a list, and says more of what is wrong.
 */
export function planSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Certwright plan',
    description:
      'What a person chooses of the certificates of a Kubernetes cluster. Only what differs from the defaults must be given.',
    ...groupSchema('', {planVersion: {const: Number(planVersion), description: 'The version of this form.'}}),
    required: ['planVersion'],
  };
}

/** As the file `docs/plan.schema.json` has it. */
export function planSchemaText(): string {
  return `${JSON.stringify(planSchema(), null, 2)}\n`;
}

function groupSchema(prefix: string, properties: Record<string, JsonValue> = {}): JsonSchema {
  for (const step of steps) {
    if (step.id.startsWith(prefix)) {
      const [key = '', ...more] = step.id.slice(prefix.length).split('.');
      properties[key] ??= more.length === 0 ? keySchema(step) : groupSchema(`${prefix}${key}.`);
    }
  }
  return {type: 'object', properties, additionalProperties: false};
}

function keySchema(step: Step): JsonSchema {
  const standard = step.write(emptyPlan);
  return {
    title: step.ask,
    description: step.help,
    ...(standard === null ? {} : {default: standard}),
    ...step.schema,
  };
}
