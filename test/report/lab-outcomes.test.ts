import {expect, test} from 'vitest';
import {marksOfProof} from '../../screens/learn/lab/lab-map.ts';
import {lessonsIn} from '../../src/lessons/languages.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import type {Proof, Verdict} from '../../src/pki/verdict.ts';
import {mendedLines} from '../../src/report/lab-lines.ts';
import {presetNames, presetPlan} from '../helpers/presets.ts';

const proved: Verdict = {kind: 'proved', how: 'mutual', why: 'it fits'};
const open: Verdict = {kind: 'not-provable', why: 'nothing is known of it'};

test.each(presetNames)('once mended, as many connections of %s are said to work as the map ticks', (preset) => {
  const {connections, intrusions} = makeBlueprint(presetPlan(preset));
  // Calls of one row may be judged differently: every third is not provable.
  const proof: Proof = {
    findings: [],
    connections: connections.map((connection, index) => ({connection, verdict: index % 3 === 0 ? open : proved})),
    intrusions: intrusions.map((intrusion, index) => ({
      intrusion,
      outcome: index === 0 ? 'let-in' : 'refused',
      said: '',
    })),
    state: 'ok',
  };
  const marks = [...marksOfProof(proof.connections).values()];
  const [line] = mendedLines({trials: [], proof, isWhole: true}, lessonsIn('en').lab, {arrow: '→'});
  const said = (pattern: RegExp): number => Number(pattern.exec(line?.text ?? '')?.[1] ?? 0);
  expect(said(/(\d+) works?\b/)).toBe(marks.filter((mark) => mark === 'good').length);
  expect(said(/(\d+) cannot be verified/)).toBe(marks.filter((mark) => mark === 'open').length);
  expect(said(/(\d+) calls?/)).toBe(intrusions.length - 1);
  expect(marks).toHaveLength(new Set(connections.map(({id}) => id)).size);
});

test('one of a kind is told as one, and what there is none of not at all', () => {
  const {mended} = lessonsIn('en').lab;
  expect(mended({works: 1, open: 1, refused: 1})).toBe(
    'Mended, all is whole: of the connections on the map 1 works, and 1 cannot be verified from files. 1 call that must be refused was refused.',
  );
  expect(mended({works: 2, open: 0, refused: 0})).toBe('Mended, all is whole: of the connections on the map 2 work.');
});
