import {describe, expect, test} from 'vitest';
import {askThrough} from '../../src/line/line-mode.ts';
import {openDrafts, type Drafts} from '../../src/state/drafts.ts';
import {accept} from '../../src/wizard/accept.ts';
import {steps} from '../../src/wizard/steps.ts';
import {reduceWizard, startedFrom} from '../../src/wizard/wizard.ts';
import {checkPlan} from '../../src/wizard/check-plan.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {answersFrom, personAt, terminal, type Answer, type AskerName} from '../helpers/line-person.ts';
import {lineWorld} from '../helpers/line-services.ts';
import {folded, presets, singlePlan} from '../helpers/line-walk.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

const tools = {steps, accept, checkPlan, makeBlueprint};

let clock = Date.parse('2026-11-24T14:02:00Z');

function draftsIn(folder: string): Drafts {
  return openDrafts({
    folder,
    cwd: '/',
    now: () => new Date((clock += 1000)),
    program: '0.0.0',
    marks: {own: 'over', stateOf: () => 'dead'},
  });
}

/** A run that was cut off on the page of the nodes, with the cluster named. */
async function leaveDraft(folder: string, name: string): Promise<void> {
  const drafts = draftsIn(folder);
  const begun = startedFrom({kind: 'preset', name: 'kubeadm-single'}, singlePlan, tools);
  const named = reduceWizard(begun, {kind: 'answered', step: 'cluster.name', raw: name}, tools);
  const state = reduceWizard(named, {kind: 'went-next'}, tools);
  drafts.keep(() => state);
  await drafts.close();
}

interface Walked {
  readonly shown: string;
  readonly asked: readonly string[];
  readonly clusters: readonly string[];
}

async function walkIn(
  folder: string,
  table: Readonly<Record<string, Answer | readonly Answer[]>>,
  name: AskerName = 'numbered lines',
): Promise<Walked> {
  const made = lineWorld({presets, machine: singlePlan});
  const drafts = draftsIn(folder);
  const at = terminal({glyphs: 'unicode', columns: 80});
  const asked: string[] = [];
  const given = answersFrom(table);
  const person = personAt(name, at, (ask, question) => {
    asked.push(ask);
    return given(ask, question);
  });
  await askThrough(person, at.context, {services: {...made.services, drafts}});
  await drafts.close();
  return {shown: folded(at.shown()), asked, clusters: made.issued.map(({plan}) => plan.cluster.name)};
}

const withoutTime = (asked: readonly string[]): string[] => asked.map((ask) => ask.replace(/\d\d:\d\d/, 'TIME'));
const offered = (name: string): string => `Go on with the draft of TIME, ${name}, 1 node?`;

describe.each<AskerName>(['numbered lines', 'prompts'])('a draft, offered in %s', (name) => {
  test('is gone on with where it was left, and its file goes once it is issued', async () => {
    const folder = temporaryFolder();
    await leaveDraft(folder, 'lab');
    const {asked, clusters} = await walkIn(folder, {}, name);
    expect(withoutTime(asked).slice(0, 2)).toEqual([offered('lab'), expect.stringMatching(/^Nodes/)]);
    expect(asked).not.toContain('Start from');
    expect(clusters).toEqual(['lab']);
    expect((await draftsIn(folder).list()).drafts).toEqual([]);
  });
});

/** The question with the time that it was asked at. */
async function titles(folder: string): Promise<string[]> {
  const {drafts} = await draftsIn(folder).list();
  return drafts.map(({title}) => `Go on with the draft of ${title}?`);
}

test('a draft can be looked at, kept, and left alone', async () => {
  const folder = temporaryFolder();
  await leaveDraft(folder, 'lab');
  const [question = ''] = await titles(folder);
  const {shown, asked, clusters} = await walkIn(folder, {[question]: ['look', 'leave']});
  expect(shown).toContain('It was left at: Nodes.');
  expect(shown).toContain('Cluster name: lab Nodes: cp-1 10.0.0.11 control-plane');
  expect(asked).toContain('Start from');
  expect(clusters).toEqual(['demo']);
  expect(await titles(folder)).toHaveLength(1);
});

test('a draft is thrown away only when that is confirmed', async () => {
  const folder = temporaryFolder();
  await leaveDraft(folder, 'lab');
  const [question = ''] = await titles(folder);
  const sure = 'Throw these answers away for good?';
  await walkIn(folder, {[question]: ['throw-away', 'leave']});
  expect(await titles(folder)).toHaveLength(1);
  await walkIn(folder, {[question]: 'throw-away', [sure]: 'y'});
  expect(await titles(folder)).toEqual([]);
});

test('of several drafts the newest comes first, and the others on request', async () => {
  const folder = temporaryFolder();
  await leaveDraft(folder, 'old');
  await leaveDraft(folder, 'new');
  const [newest = '', oldest = ''] = await titles(folder);
  expect(newest).toContain('new');
  const {asked, clusters} = await walkIn(folder, {[newest]: 'leave', 'Go on with an older one?': 'y'});
  expect(asked.slice(0, 3)).toEqual([newest, 'Go on with an older one?', oldest]);
  expect(clusters).toEqual(['old']);
});
