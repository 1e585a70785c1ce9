import {describe, expect, test} from 'vitest';
import type {ClusterPlan} from '../../src/pki/plan.ts';
import {comparedFigure, comparedSentences} from '../../src/report/compared-figure.ts';
import {differencesOf, gistOf, type Difference} from '../../src/report/compared-options.ts';
import {figureGlyphs, figureText, type FigureLine} from '../../src/report/figure-lines.ts';
import {accept} from '../../src/wizard/accept.ts';
import {stepById, steps} from '../../src/wizard/steps.ts';
import {tryOption, type TriedOption} from '../../src/wizard/try-option.ts';
import {haNodes, node, planWith} from '../helpers/plans.ts';

const now = new Date('2026-11-23T12:00:00Z');

function tried(id: string, value: string, plan: ClusterPlan = planWith({nodes: haNodes})): TriedOption {
  const step = stepById(id);
  const option = step === undefined ? undefined : tryOption({steps, accept}, plan, step, value);
  if (option === undefined) throw new Error(`no option ${value} of ${id}`);
  return option;
}

function between(id: string, one: string, other: string): ReadonlyMap<string, Difference['values']> {
  const found = differencesOf([tried(id, one), tried(id, other)], now);
  return new Map(found.map(({topic, values}) => [topic, values]));
}

describe('options side by side', () => {
  test('one authority lets a kubelet in at etcd, three refuse it', () => {
    const found = between('trust.topology', 'single-ca', 'three-cas');
    expect(found.get("A kubelet's or person's certificate at etcd")).toEqual([['is let in'], ['is refused']]);
    expect(found.get('etcd --trusted-ca-file and --peer-trusted-ca-file')).toEqual([['kubernetes-ca'], ['etcd-ca']]);
    expect(found.get('Authority keys on cp-1')).toEqual([
      ['kubernetes-ca'],
      ['kubernetes-ca', 'etcd-ca', 'front-proxy-ca'],
    ]);
    expect(found.get('Ends to watch')?.[1]?.[0]).toBe('3 authorities on 2036-11-20');
    expect(found.get('Costs')?.[0]?.[0]).toMatch(/^one authority signs etcd's clients/);
    expect(found.get('Costs')?.[1]).toEqual([]);
  });

  test('what is the same in both is not told', () => {
    const found = between('trust.topology', 'single-ca', 'three-cas');
    expect([...found.keys()]).not.toContain('Folders on the nodes');
    expect([...found.keys()]).not.toContain('Keys are');
  });

  test('a kubelet that is given its certificate now has a key that travels', () => {
    const found = between('kubelets.client', 'bootstrap', 'issued');
    expect(found.get('Certificates on worker-1 and 1 like it')).toEqual([['none'], ['kubelet-client']]);
    expect(found.get('Private keys on worker-1 and 1 like it')).toEqual([['0'], ['1']]);
  });

  test('an option that leaves something to be done says what', () => {
    const found = between('etcd', 'stacked', 'external');
    expect(found.get('Still to be done then')?.[1]).toContainEqual(expect.stringContaining('role etcd'));
    expect(found.get('etcd --trusted-ca-file and --peer-trusted-ca-file')?.[1]).toEqual(['is not there yet']);
  });

  test('a door that only one of them can try is not called shut in the other', () => {
    const plan = planWith({nodes: haNodes, trust: {topology: 'single-ca'}});
    const options = [tried('kubelets.serving', 'signed', plan), tried('kubelets.serving', 'self-signed', plan)];
    const found = differencesOf(options, now).find(({topic}) => topic === 'A client of etcd at a kubelet');
    expect(found).toMatchObject({values: [['is let in'], ['is not tried']], isBad: [true, false]});
  });

  test('two options that come to the same say so', () => {
    const same = differencesOf([tried('kubelets.serving', ''), tried('kubelets.serving', 'self-signed')], now);
    expect(same).toEqual([]);
    expect(figureText(comparedFigure(['one', 'other'], same, 60, figureGlyphs.unicode).rows).at(-1)).toBe(
      'They come to the same for this plan.',
    );
    expect(comparedSentences(['one', 'other'], same)).toEqual(['They come to the same for this plan.']);
    expect(gistOf(tried('kubelets.serving', ''), tried('kubelets.serving', 'self-signed'))).toBe('');
  });

  test.each([48, 56, 76, 120, 160])('no line is wider than the %i columns there are', (width) => {
    for (const [id, one, other] of [
      ['trust.topology', 'single-ca', 'intermediates'],
      ['layout', 'kubeadm', 'the-hard-way'],
      ['etcd', 'stacked', 'external'],
    ] as const) {
      const options = [tried(id, one), tried(id, other)];
      const labels = options.map(({label}) => label);
      const {heading, rows} = comparedFigure(labels, differencesOf(options, now), width, figureGlyphs.ascii);
      const lines = [...heading, ...rows];
      const drawnWidth = (line: FigureLine): number => line.reduce((sum, {text}) => sum + text.length, 0);
      expect(lines.filter((line) => drawnWidth(line) > width)).toEqual([]);
      expect(figureText(lines).join('')).toMatch(/^[\x20-\x7e]*$/);
    }
  });

  test('in a narrow terminal the topic stands above its values, in a wide one beside them', () => {
    const options = [tried('trust.topology', 'single-ca'), tried('trust.topology', 'three-cas')];
    const at = (width: number) => {
      const {heading, rows} = comparedFigure(
        ['One', 'Three'],
        differencesOf(options, now),
        width,
        figureGlyphs.unicode,
      );
      return figureText([...heading, ...rows]);
    };
    expect(at(76).slice(0, 4)).toEqual([
      '  One                                   Three',
      'Authorities',
      '  1 authority, kubernetes-ca            3 authorities, kubernetes-ca,',
      '                                        etcd-ca, front-proxy-ca',
    ]);
    expect(at(120)[1]).toMatch(/^Authorities {21}1 authority, kubernetes-ca +3 authorities/);
  });

  test('the gist is a line of numbers', () => {
    expect(gistOf(tried('trust.topology', 'three-cas'), tried('trust.topology', 'single-ca'))).toBe(
      '1 authority instead of 3, 33 certificates instead of 35, 117 files instead of 121, 2 costs more',
    );
  });

  test('a thousand nodes are compared by their kinds', () => {
    const workers = Array.from({length: 997}, (_, index) =>
      node(`worker-${index}`, `10.1.${Math.floor(index / 250)}.${(index % 250) + 1}`, 'worker'),
    );
    const plan = planWith({nodes: [...haNodes.slice(0, 3), ...workers]});
    const options = [tried('kubelets.client', 'bootstrap', plan), tried('kubelets.client', 'issued', plan)];
    expect(options[1]?.outline.blueprint.nodes.length).toBe(3);
    const found = differencesOf(options, now);
    expect(found.find(({topic}) => topic === 'Certificates made now')?.values).toEqual([['34'], ['1034']]);
    expect(found.map(({topic}) => topic)).toContain('Certificates on worker-0 and 996 like it');
  });
});
