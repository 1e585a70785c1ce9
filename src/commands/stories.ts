import {StoryBench} from '../journeys/stories.ts';
import {lessonsIn} from '../lessons/languages.ts';
import {type Story, stories as allStories, storyIds, tellStory, type ToldStory} from '../lessons/stories.ts';
import {makeBlueprint} from '../pki/blueprint.ts';
import {clusterMapOf} from '../pki/cluster-map.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import type {ExplanationLook} from '../report/explanation-text.ts';
import {storyJson, storyListJson} from '../report/story-json.ts';
import {type ShownStep, storyLines, storyListLines} from '../report/story-text.ts';
import type {Context} from './context.ts';
import {comparedPlan} from './plan-source.ts';
import {printJson, printLines, tell} from './print.ts';
import {unknownName} from './unknown-name.ts';
import {openScreen} from './wizard.ts';

export interface StoriesOptions {
  /** Left out = they are listed. */
  readonly story: string | undefined;
  readonly preset?: string;
  /** Left out = text, or where there is a full screen that. */
  readonly output?: 'text' | 'json';
}

/** In a terminal the full screen, unless the command line asks for what is printed. */
export async function stories(context: Context, options: StoriesOptions): Promise<number> {
  const {story, preset, output} = options;
  const plan = comparedPlan(context, {set: [], ...(preset === undefined ? {} : {preset})});
  const chosen = story === undefined ? undefined : storyNamed(story);
  if (context.asks === 'screen' && output === undefined) {
    const into = {room: 'stories', given: chosen?.id} as const;
    return openScreen(context, {kind: 'learn', into}, {storiesPreset: preset});
  }
  const {stories: texts} = lessonsIn(context.language);
  if (chosen !== undefined) return printStory(context, tellStory(chosen, texts), plan, output);
  const told = allStories.map((one) => tellStory(one, texts));
  if (output === 'json') printJson(context, storyListJson(told));
  else {
    printLines(context, storyListLines(told, lookOf(context)));
    tell(context, '', 'certwright learn stories STORY tells one, with real things made for it.');
  }
  return 0;
}

async function printStory(
  context: Context,
  told: ToldStory,
  plan: ClusterPlan,
  output: StoriesOptions['output'],
): Promise<number> {
  const lessons = lessonsIn(context.language);
  const bench = new StoryBench(plan, {now: context.now, signal: context.signal});
  const steps: ShownStep[] = [];
  for (const step of told.steps) {
    const artefact = step.artefact === undefined ? undefined : await bench.artefact(step.artefact);
    steps.push({step, artefact});
  }
  const map = clusterMapOf(makeBlueprint(plan));
  if (output === 'json') printJson(context, storyJson(told, steps, {map, lessons}));
  else printLines(context, storyLines(told, steps, {map, lessons, look: lookOf(context)}));
  return 0;
}

function storyNamed(name: string): Story {
  const known = allStories.find(({id}) => id === name);
  if (known !== undefined) return known;
  throw unknownName({
    name,
    known: storyIds,
    code: 'unknown-story',
    argument: 'STORY',
    message: (asked) => `there is no story ${asked}`,
    nextStep: 'certwright learn stories lists them all',
  });
}

function lookOf({stdout, colour, glyphs}: Context): ExplanationLook {
  return {width: stdout.isTTY ? stdout.columns : 80, colour, glyphs};
}
