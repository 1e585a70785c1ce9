import {describe, expect, test} from 'vitest';
import {problem} from '../../../src/base/problem.ts';
import type {NodeView} from '../../../src/journeys/rotate-services.ts';
import {nameOfRow, shownRows, tableOf} from '../../../screens/rotate/node-rows.ts';
import {moveOverHeadings, standOn} from '../../../screens/rotate/row-list.ts';
import {madeUpNode} from '../../helpers/fake-rotate.ts';

function withFindings(...findings: NodeView['diagnosis']['findings']): NodeView {
  return {...madeUpNode, diagnosis: {...madeUpNode.diagnosis, findings}};
}

const titles = (view: NodeView, filter = ''): readonly string[] =>
  shownRows(tableOf(view), filter).map((row) => (row.isHeading ? `# ${row.title}` : nameOfRow(row)));

describe('the rows of a node', () => {
  test('are problems of no certificate, leaves, and authorities, the worst and the first to end on top', () => {
    expect(titles(madeUpNode)).toEqual([
      '# Problems beside the certificates 1',
      '/etc/kubernetes/pki/sa.key',
      '# Certificates 5',
      'apiserver',
      'etcd-server',
      'kubelet-client',
      'admin.conf',
      'apiserver-etcd-client',
      '# Authorities 2',
      'kubernetes-ca',
      'etcd-ca',
    ]);
  });

  test('what is wrong with a key is told at its certificate, and once', () => {
    const open = problem('mode-too-open', '/etc/kubernetes/pki/etcd/server.key', 'it can be read by others');
    const [first] = tableOf(withFindings(open)).rows;
    expect(first).toMatchObject({kind: 'leaf', item: {name: 'etcd-server'}, findings: [open]});
    expect(titles(withFindings(open))[0]).toBe('# Certificates 5');
  });

  test('what a renewal mends is mended here, but for what cannot be renewed here', () => {
    const [ended = expect.fail()] = madeUpNode.diagnosis.findings;
    const kubelet = {
      ...ended,
      at: {path: '/var/lib/kubelet/pki/kubelet-client-current.pem'},
      fix: 'restart the kubelet',
    };
    const fixes = tableOf(withFindings(ended, kubelet)).rows.flatMap(({findings}) => findings.map(({fix}) => fix));
    expect(fixes).toEqual(['renew it here: what is chosen gets new dates', 'restart the kubelet']);
  });

  test('a kubeconfig, which has its key inside, is told once what is wrong', () => {
    const rows = tableOf(withFindings(problem('expired', '/etc/kubernetes/admin.conf', 'it has ended'))).rows;
    expect(rows[0]?.findings).toHaveLength(1);
  });

  test('copies of an authority are one row, and say how many they are', () => {
    const {inventory} = madeUpNode.diagnosis;
    const [ca = expect.fail()] = inventory.certificates;
    const copy = {
      ...ca,
      at: {path: '/etc/kubernetes/admin.conf', place: 0, entry: {kind: 'cluster', name: 'a'} as const},
    };
    const view = withFindings();
    const diagnosis = {...view.diagnosis, inventory: {...inventory, certificates: [copy, ...inventory.certificates]}};
    const rows = tableOf({...view, diagnosis}).rows.filter(({kind}) => kind === 'authority');
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({copies: 1, held: {at: {path: '/etc/kubernetes/pki/ca.crt'}}});
  });

  test('a filter looks into names, paths, users and what is wrong', () => {
    expect(titles(madeUpNode, 'KUBELET client-cur')).toEqual(['# Certificates 1', 'kubelet-client']);
    expect(titles(madeUpNode, 'refused')).toEqual(['# Certificates 1', 'apiserver']);
    expect(titles(madeUpNode, 'no such thing')).toEqual([]);
  });
});

describe('a cursor among headings', () => {
  const rows = shownRows(tableOf(madeUpNode), '');

  test('never stands on one', () => {
    let list = standOn({cursor: 0, top: 0}, rows, 5);
    expect(list).toEqual({cursor: 1, top: 0});
    const seen = new Set<number>();
    for (const move of ['down', 'down', 'page-down', 'last', 'up', 'up', 'page-up', 'first', 'up'] as const) {
      list = moveOverHeadings(list, move, rows, 5);
      seen.add(list.cursor);
      expect(rows[list.cursor]?.isHeading).toBe(false);
      expect(list.cursor - list.top).toBeLessThan(5);
      expect(list.top).toBeLessThanOrEqual(list.cursor);
    }
    expect(seen.size).toBeGreaterThan(4);
    expect(list).toEqual({cursor: 1, top: 0});
  });

  test('stands nowhere where there is nothing', () => {
    expect(moveOverHeadings({cursor: 0, top: 0}, 'down', [], 5)).toEqual({cursor: 0, top: 0});
  });
});
