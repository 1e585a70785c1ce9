import {describe, expect, test} from 'vitest';
import {makeBlueprint} from '../../../src/pki/blueprint.ts';
import {stageIds} from '../../../src/journeys/stages.ts';
import {beginRun, progress, recentLimit, surprisingDoors, tallyOf} from '../../../screens/set-up/run-state.ts';
import {eventsFor, highlyAvailablePlan} from '../../helpers/fake-services.ts';

const all = eventsFor(highlyAvailablePlan, 'out');

describe('a run', () => {
  test('counts what was made, and ends with as much as was planned', () => {
    const run = progress(beginRun('out'), all, 0);
    expect(stageIds.filter((id) => run.stages[id].done !== run.stages[id].total)).toEqual([]);
    expect(run.stages.keys.total).toBeGreaterThan(10);
    expect(run.isPlaced).toBe(true);
    expect(run.proof?.state).toBe('ok');
  });

  test('is the same however its events are gathered', () => {
    const oneByOne = all.reduce((run, event, at) => progress(run, [event], at), beginRun('out'));
    const {stages, ...atOnce} = progress(beginRun('out'), all, 0);
    expect(oneByOne).toMatchObject(atOnce);
    for (const id of stageIds) expect(oneByOne.stages[id]).toMatchObject({done: stages[id].total, left: undefined});
  });

  test('judges every connection of the blueprint under a name of its own', () => {
    const tally = tallyOf(progress(beginRun('out'), all, 0));
    expect(tally).toEqual({
      proved: makeBlueprint(highlyAvailablePlan).connections.length,
      byDesign: 0,
      notProvable: 0,
      failed: 0,
      open: 0,
    });
  });

  test('remembers what was made last, the newest first, and no more than fits a screen', () => {
    const {recent} = progress(beginRun('out'), all, 0);
    expect(recent).toHaveLength(recentLimit);
    const lastFile = all.findLast((event) => event.kind === 'file-written');
    expect(recent[0]).toBe(lastFile?.kind === 'file-written' ? lastFile.path : '');
  });

  test('a door that lets in what it must refuse is a surprise, one that was not tried is not', () => {
    const [first, second] = makeBlueprint(highlyAvailablePlan).intrusions;
    if (first === undefined || second === undefined) expect.fail();
    const run = progress(
      beginRun('out'),
      [
        {kind: 'intrusion-judged', judged: {intrusion: first, outcome: 'let-in', said: ''}},
        {kind: 'intrusion-judged', judged: {intrusion: second, outcome: 'not-tried', said: 'a file is missing'}},
      ],
      0,
    );
    expect(surprisingDoors(run).map(({intrusion}) => intrusion.id)).toEqual([first.id]);
  });
});
