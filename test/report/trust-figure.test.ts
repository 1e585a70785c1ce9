import {expect, test} from 'vitest';
import {outlineOf} from '../../src/pki/outline.ts';
import type {TopologyId} from '../../src/pki/plan.ts';
import {trustMapOf, type TrustMap} from '../../src/pki/trust-map.ts';
import {figureGlyphs, figureText, type FigureLine} from '../../src/report/figure-lines.ts';
import {trustFigure, trustSentences, verifierLines} from '../../src/report/trust-figure.ts';
import {haNodes, planWith} from '../helpers/plans.ts';

/** With spaces at the end: a screen has to have room for them too. */
const drawnWidth = (line: FigureLine): number => line.reduce((sum, {text}) => sum + text.length, 0);

const mapOf = (topology: TopologyId): TrustMap => trustMapOf(outlineOf(planWith({nodes: haNodes, trust: {topology}})));

test('three authorities are drawn with the doors each opens and what it signs', () => {
  expect(figureText(trustFigure(mapOf('three-cas'), 74, figureGlyphs.unicode))).toEqual([
    'kubernetes-ca',
    '  opens      the API server, the controller manager, kubelets',
    '  signs      apiserver (3), apiserver-kubelet-client (3), admin (3),',
    '             super-admin, controller-manager (3), scheduler (3),',
    '             kubelet-client, later what kubelets and people ask for',
    'etcd-ca',
    "  opens      etcd, etcd's members",
    '  signs      apiserver-etcd-client (3), etcd-server (3), etcd-peer (3),',
    '             etcd-healthcheck-client (3)',
    'front-proxy-ca',
    '  opens      the front-proxy door (speaks for any user)',
    '  signs      front-proxy-client (3)',
  ]);
});

test('where there is room the names stand beside', () => {
  expect(figureText(trustFigure(mapOf('three-cas'), 120, figureGlyphs.unicode)).slice(-2)).toEqual([
    'front-proxy-ca  opens      the front-proxy door (speaks for any user)',
    '                signs      front-proxy-client (3)',
  ]);
});

test('one authority opens etcd too, and the word says so without its colour', () => {
  const lines = figureText(trustFigure(mapOf('single-ca'), 100, figureGlyphs.ascii));
  expect(lines).toContain("               opens too  etcd, etcd's members, the front-proxy door (speaks for any user)");
});

test('an offline root stands above its intermediates as a tree, in ASCII too', () => {
  const unicode = figureText(trustFigure(mapOf('intermediates'), 90, figureGlyphs.unicode));
  expect(unicode[0]).toBe('root-ca                       offline: no node gets its key');
  expect(unicode.filter((line) => /^[├└]─/.test(line)).map((line) => line.slice(0, 17))).toEqual([
    '├─ kubernetes-ca ',
    '├─ etcd-ca       ',
    '└─ front-proxy-ca',
  ]);
  const ascii = figureText(trustFigure(mapOf('intermediates'), 90, figureGlyphs.ascii));
  expect(ascii.map((line) => line.length)).toEqual(unicode.map((line) => line.length));
  expect(ascii.join('')).toMatch(/^[\x20-\x7e]*$/);
});

test.each([48, 60, 69, 70, 71, 76, 120, 200])('no line is wider than the %i columns there are', (width) => {
  for (const topology of ['single-ca', 'three-cas', 'intermediates'] as const) {
    const map = mapOf(topology);
    const lines = [...trustFigure(map, width, figureGlyphs.unicode), ...verifierLines(map, width)];
    expect(lines.filter((line) => drawnWidth(line) > width)).toEqual([]);
  }
});

test('the doors say which file they verify with, and in wide terminals where it lies', () => {
  expect(figureText(verifierLines(mapOf('intermediates'), 80))).toContain(
    'kube-apiserver           --etcd-cafile                   etcd-ca, root-ca',
  );
  expect(figureText(verifierLines(mapOf('three-cas'), 120))).toContain(
    'etcd                     --trusted-ca-file               etcd-ca         /etc/kubernetes/pki/etcd/ca.crt',
  );
});

test('for who looks at no columns it is a sentence an authority', () => {
  expect(trustSentences(mapOf('intermediates')).at(-1)).toBe(
    '- front-proxy-ca, under root-ca: opens the front-proxy door (speaks for any user); signs front-proxy-client (3)',
  );
});
