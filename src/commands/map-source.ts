import {resolve} from 'node:path';
import {defaultPreset} from '../config/presets.ts';
import {isNode, type MapSource} from '../journeys/learn-map.ts';
import type {MapChoice} from '../journeys/map-choice.ts';
import type {Context} from './context.ts';
import {nodeAt} from './node-at.ts';
import {comparedPlan} from './plan-source.ts';

/**
 * What a choice leads to: paths are those of the command line.
 *
 * @throws InputFailure when a plan or preset is not right
 */
export function mapSource(context: Context, choice: MapChoice): MapSource {
  const {cwd} = context;
  switch (choice.kind) {
    case 'preset':
      return presetSource(context, choice.text);
    case 'plan':
      return {kind: 'plan', name: choice.text, plan: comparedPlan(context, {plan: choice.text, set: []})};
    case 'bundle':
      return {kind: 'bundle', name: choice.text, directory: resolve(cwd, choice.text), now: context.now()};
    case 'root':
      return nodeSource(context, choice.text);
    case 'here':
      return isNode('/') ? nodeSource(context, '/') : presetSource(context, defaultPreset);
    default:
      return choice satisfies never;
  }
}

function presetSource(context: Context, name: string): MapSource {
  return {kind: 'preset', name, plan: comparedPlan(context, {preset: name, set: []})};
}

function nodeSource(context: Context, root: string): MapSource {
  return {kind: 'node', ...nodeAt(context, root)};
}
