import {styleText} from 'node:util';
import {openMap, type OpenedMap} from '../journeys/learn-map.ts';
import {type MapChoice, writeMapChoice} from '../journeys/map-choice.ts';
import {lessonsIn} from '../lessons/languages.ts';
import type {Verdict} from '../pki/verdict.ts';
import type {PlannedConnection} from '../pki/blueprint-types.ts';
import type {MapLine, MapRole} from '../report/map-canvas.ts';
import {mapFigure, mapKey} from '../report/map-figure.ts';
import {mapDetailsJson, mapJson} from '../report/map-json.ts';
import {detailLines, legendLines} from '../report/map-lines.ts';
import {markOf} from '../report/map-parts.ts';
import {mapDetails} from '../report/map-text.ts';
import {topicNamed, topicsOf} from '../report/map-topics.ts';
import {count} from '../report/words.ts';
import type {Context} from './context.ts';
import {mapSource} from './map-source.ts';
import {printJson, printLines, tell} from './print.ts';
import {unknownName} from './unknown-name.ts';
import {openScreen} from './wizard.ts';

export interface LearnMapOptions {
  /** A component, a certificate, a connection or its number; left out = the whole figure. */
  readonly what: string | undefined;
  /** Of these one at most. */
  readonly preset?: string;
  readonly plan?: string;
  readonly bundle?: string;
  readonly root?: string;
  /** Left out = the full screen in a terminal, else text. */
  readonly output?: 'text' | 'json';
}

/** Who calls whom in a cluster, what each shows and what it is verified with; where there are files, whether it works. */
export async function learnMap(context: Context, options: LearnMapOptions): Promise<number> {
  const choice = choiceOf(options);
  const opened = openMap(mapSource(context, choice));
  const {kind, name, cluster, unread} = opened;
  const topic = options.what === undefined ? undefined : topicNamed(cluster, options.what);
  if (options.what !== undefined && topic === undefined) {
    throw unknownName({
      name: options.what,
      known: topicsOf(cluster),
      code: 'not-on-map',
      argument: 'WHAT',
      message: (asked) => `${asked} is no component, certificate or connection of this map`,
      nextStep: 'certwright learn map shows them all',
    });
  }
  if (options.output === undefined && context.asks === 'screen') {
    return openScreen(context, {kind: 'learn', into: {room: 'map', given: writeMapChoice(choice, options.what)}});
  }
  const verdicts = await judged(opened, context);
  if (unread > 0) {
    const files = `${count(unread, 'file')} of this node may not be read by this user`;
    tell(context, `${files}, and what is in them is not on the map: run it again with sudo.`, '');
  }
  const lessons = lessonsIn(context.language);
  const {glyphs} = context;
  const width = context.stdout.isTTY ? context.stdout.columns : 80;
  const source = {kind, name};
  if (topic === undefined) {
    if (options.output === 'json') {
      printJson(context, mapJson(source, cluster, verdicts));
      return 0;
    }
    const marks = new Map(
      cluster.map.arrows.flatMap((arrow) => {
        const mark = markOf(arrow, verdicts);
        return mark === undefined ? [] : [[arrow.id, mark] as const];
      }),
    );
    const figure = mapFigure(cluster.map, {width, height: Number.POSITIVE_INFINITY, glyphs, marks});
    printLines(context, [
      titles[kind](name),
      '',
      ...painted(figure, context),
      ...(figure.length === 0 ? [] : ['', mapKey(glyphs, marks.size > 0), '']),
      ...painted(legendLines(cluster, verdicts, {width, glyphs}), context),
    ]);
    return 0;
  }
  const details = mapDetails(cluster, topic, {lessons, verdicts});
  if (options.output === 'json') printJson(context, mapDetailsJson(source, details, context.language));
  else {
    const title: MapLine = [{text: details.title, role: 'lit'}];
    printLines(context, [...painted([title], context), '', ...painted(detailLines(details, {width, glyphs}), context)]);
  }
  return 0;
}

const titles: Readonly<Record<OpenedMap['kind'], (name: string) => string>> = {
  preset: (name) => `The map of the preset ${name}`,
  plan: (name) => `The map of the plan ${name}`,
  bundle: (name) => `The map of the bundle ${name}`,
  node: (name) => (name === '/' ? 'The map of this machine' : `The map of the node in ${name}`),
};

function choiceOf({preset, plan, bundle, root}: LearnMapOptions): MapChoice {
  if (preset !== undefined) return {kind: 'preset', text: preset};
  if (plan !== undefined) return {kind: 'plan', text: plan};
  if (bundle !== undefined) return {kind: 'bundle', text: bundle};
  return root === undefined ? {kind: 'here'} : {kind: 'root', text: root};
}

async function judged({judge}: OpenedMap, {signal}: Context): Promise<ReadonlyMap<PlannedConnection, Verdict>> {
  const verdicts = new Map<PlannedConnection, Verdict>();
  await judge?.(({connection, verdict}) => void verdicts.set(connection, verdict), signal);
  return verdicts;
}

const styles: Readonly<Record<MapRole, Parameters<typeof styleText>[0] | undefined>> = {
  plain: undefined,
  quiet: 'dim',
  lit: 'bold',
  selected: 'bold',
  good: 'green',
  bad: ['bold', 'red'],
};

function painted(lines: readonly MapLine[], {colour}: Context): readonly string[] {
  return lines.map((line) =>
    line
      .map(({text, role}, index) => {
        const style = colour ? styles[role] : undefined;
        const shown = index === line.length - 1 ? text.trimEnd() : text;
        return style === undefined ? shown : styleText(style, shown, {validateStream: false});
      })
      .join('')
      .trimEnd(),
  );
}
