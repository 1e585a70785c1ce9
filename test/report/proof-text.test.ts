import {describe, expect, test} from 'vitest';
import {warning} from '../../src/base/problem.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import type {JudgedConnection, JudgedIntrusion, Proof, Verdict} from '../../src/pki/verdict.ts';
import {textGlyphs} from '../../src/report/text-glyphs.ts';
import {proofJson} from '../../src/report/proof-json.ts';
import {proofDigest, proofLines} from '../../src/report/proof-text.ts';
import {haNodes, planWith} from '../helpers/plans.ts';

const blueprint = makeBlueprint(planWith({nodes: haNodes}));
const mutual: Verdict = {kind: 'proved', how: 'mutual', why: 'both sides verify each other'};

function proofWith(
  judge: (connection: JudgedConnection['connection']) => Verdict,
  changes: Partial<Proof> = {},
): Proof {
  return {
    findings: [],
    connections: blueprint.connections.map((connection) => ({connection, verdict: judge(connection)})),
    intrusions: blueprint.intrusions.map((intrusion): JudgedIntrusion => ({
      intrusion,
      outcome: intrusion.expected,
      said: 'no',
    })),
    state: 'ok',
    ...changes,
  };
}

describe('the whole proof as text', () => {
  const lines = proofLines(
    proofWith(() => mutual),
    textGlyphs.unicode,
    ['./demo'],
  );

  test('has a row with a reason for every kind of connection, many nodes in one', () => {
    const rows = lines.filter((line) => line.startsWith('proved (mutual)'));
    expect(rows.length).toBeGreaterThanOrEqual(new Set(blueprint.connections.map(({id}) => id)).size);
    expect(rows.every((row) => row.endsWith('both sides verify each other'))).toBe(true);
    expect(rows.filter((row) => row.includes('kube-apiserver on cp-1 … cp-3 (3) → kubelet on'))).toHaveLength(1);
  });

  test('ends with the numbers', () => {
    const shut = blueprint.intrusions.filter(({expected}) => expected === 'refused').length;
    expect(lines.slice(-4)).toEqual([
      'Files: nothing is wrong.',
      `Connections: ${blueprint.connections.length} proved (mutual).`,
      `Doors: ${shut} shut.`,
      'All is well.',
    ]);
  });

  test('is ASCII where glyphs must be', () => {
    const text = proofLines(
      proofWith(() => mutual),
      textGlyphs.ascii,
      ['./demo'],
    ).join('\n');
    expect(text).toContain(' -> ');
    expect(text).not.toMatch(/[→…]/);
  });
});

describe('the digest', () => {
  test('of a proof without fault is its numbers', () => {
    const digest = proofDigest(
      proofWith(() => mutual),
      textGlyphs.unicode,
      ['./demo'],
    );
    expect(digest).toHaveLength(4);
    expect(digest[0]).toBe('Files: nothing is wrong.');
  });

  test('names what failed with both sides’ words, every warning, and an opened door', () => {
    const failed: Verdict = {kind: 'failed', side: 'provider', said: 'unknown ca', why: 'it trusts another CA'};
    const proof = proofWith((connection) => (connection.id === 'apiserver-to-etcd' ? failed : mutual), {
      findings: [warning('expires-soon', 'nodes/cp-1/x.crt', 'it ends in 3 days', 'renew it')],
      intrusions: blueprint.intrusions.slice(0, 1).map((intrusion) => ({intrusion, outcome: 'let-in', said: ''})),
      state: 'critical',
    });
    const digest = proofDigest(proof, textGlyphs.unicode, ['./demo']);
    expect(digest[0]).toBe('nodes/cp-1/x.crt');
    expect(digest[1]).toBe('  warning: it ends in 3 days');
    expect(digest.filter((line) => line.startsWith('FAILED'))).toEqual([
      'FAILED: the provider refuses: kube-apiserver on cp-1 → etcd on cp-1',
    ]);
    const from = digest.findIndex((line) => line.startsWith('FAILED'));
    expect(digest.slice(from + 1, from + 13)).toEqual([
      '  Server says:  unknown ca',
      '  Likely cause: it trusts another CA',
      '  What to do:   mend that, then prove it again',
      '  With:         certwright verify ./demo',
      '  Dialled as:   127.0.0.1:2379',
      '  Server:       shows cp-1/etcd-server, nodes/cp-1/rootfs/etc/kubernetes/pki/etcd/server.crt',
      '  verified:     with etcd-ca, by --etcd-cafile: nodes/cp-1/rootfs/etc/kubernetes/pki/etcd/ca.crt',
      '  Caller:       shows cp-1/apiserver-etcd-client, nodes/cp-1/rootfs/etc/kubernetes/pki/apiserver-etcd-client.crt',
      '  verified:     with etcd-ca, by --trusted-ca-file: nodes/cp-1/rootfs/etc/kubernetes/pki/etcd/ca.crt',
      expect.stringMatching(/^ {2}What for: {5}\S/),
      '  For the same reason, 3 in all:',
      '  - kube-apiserver on cp-1 … cp-3 (3) → etcd on cp-1 … cp-3 (3)',
    ]);
    expect(digest.some((line) => line.startsWith('LET IN, though it must be refused'))).toBe(true);
    expect(digest.filter((line) => line.startsWith('proved'))).toEqual([]);
    expect(digest.at(-1)).toBe('Something does not work.');
    expect(digest).toContain('Files: nothing is wrong, 1 warning.');
  });
});

test('JSON has its version, and one entry for every connection and door', () => {
  const json = JSON.parse(JSON.stringify(proofJson(proofWith(() => mutual)))) as Record<string, unknown[]>;
  expect(json).toMatchObject({proofVersion: 1, state: 'ok', findings: []});
  expect(json.connections).toHaveLength(blueprint.connections.length);
  expect(json.intrusions).toHaveLength(blueprint.intrusions.length);
  expect(json.connections?.[0]).toMatchObject({verdict: {kind: 'proved', how: 'mutual'}});
});
