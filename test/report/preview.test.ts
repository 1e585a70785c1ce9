import {describe, expect, test} from 'vitest';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {indexBlueprint, type BlueprintIndex} from '../../src/report/blueprint-index.ts';
import {copyChoices} from '../../src/report/copy-choices.ts';
import {detailsOf} from '../../src/report/preview-details.ts';
import {linksOf} from '../../src/report/preview-links.ts';
import {inOrder, previewOrders} from '../../src/report/preview-order.ts';
import {previewRows, previewViews, type PreviewRow} from '../../src/report/preview-rows.ts';
import type {Thing} from '../../src/report/thing.ts';
import {holdsAll, queryOf, searchText} from '../../src/report/preview-search.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {haNodes, node, planWith, type PlanChanges} from '../helpers/plans.ts';
import {presetNames, presetPlan} from '../helpers/presets.ts';

function indexOf(changes: PlanChanges = {}): BlueprintIndex {
  return indexBlueprint(makeBlueprint(planWith({nodes: haNodes, ...changes})));
}

const index = indexOf();

function allRows(rows: readonly PreviewRow[]): readonly PreviewRow[] {
  return rows.flatMap((row) => [row, ...allRows(row.children ?? [])]);
}

function things(of: BlueprintIndex): readonly Thing[] {
  return previewViews.flatMap((view) => allRows(previewRows(of, view, false)).map(({thing}) => thing));
}

function certificate(name: string): Thing {
  const found = index.certificates.get(name);
  if (found === undefined) throw new Error(`no certificate ${name}`);
  return {kind: 'certificate', certificate: found};
}

/** `Flags: --tls-cert-file of kube-apiserver on cp-1`, a line a link. */
function linkLines(thing: Thing, of = index): readonly string[] {
  return linksOf(of, thing).flatMap(({label, links}) => links.map(({text}) => `${label}: ${text}`));
}

describe('links', () => {
  test('lead from a certificate to its authority, files, flags and connections', () => {
    expect(linkLines(certificate('cp-1/apiserver-etcd-client'))).toEqual([
      'Signed by: etcd-ca',
      'Files: 0644 /etc/kubernetes/pki/apiserver-etcd-client.crt on cp-1',
      'Files: 0600 /etc/kubernetes/pki/apiserver-etcd-client.key on cp-1',
      'Flags: --etcd-certfile of kube-apiserver on cp-1',
      'Flags: --etcd-keyfile of kube-apiserver on cp-1',
      'Connections: kube-apiserver on cp-1 → etcd on cp-1, 127.0.0.1:2379',
    ]);
  });

  test('lead from a certificate that a kubeconfig embeds to the kubeconfig and the flags that name it', () => {
    const lines = linkLines(certificate('cp-2/scheduler'));
    expect(lines).toContain('Kubeconfig: 0600 /etc/kubernetes/scheduler.conf on cp-2');
    expect(lines).toContain('Flags: --kubeconfig of kube-scheduler on cp-2');
  });

  test('lead from a flag to its file, its row and the connections that go through it', () => {
    const component = index.components.get('cp-1/etcd') ?? expect.fail('no such component');
    const flag = component.flags.find(({name}) => name === '--trusted-ca-file') ?? expect.fail('no such flag');
    const lines = linkLines({kind: 'flag', flag, component});
    expect(lines).toContain('Names: 0644 /etc/kubernetes/pki/etcd/ca.crt on cp-1');
    expect(lines).toContain('Connections: kube-apiserver on cp-1 → etcd on cp-1, 127.0.0.1:2379');
    // Peers are verified with the same file by another flag.
    expect(lines.filter((line) => line.includes(':2380'))).toEqual([]);
  });

  test('lead from a connection to both certificates and both files that verify', () => {
    const connection =
      index.of.connections.find(({id}) => id === 'apiserver-to-etcd') ?? expect.fail('no such connection');
    const lines = linkLines({kind: 'connection', connection});
    expect(lines.slice(0, 4)).toEqual([
      'Provider shows: cp-1/etcd-server',
      'Caller trusts: 0644 /etc/kubernetes/pki/etcd/ca.crt on cp-1',
      'Caller shows: cp-1/apiserver-etcd-client',
      'Provider trusts: 0644 /etc/kubernetes/pki/etcd/ca.crt on cp-1',
    ]);
  });

  test('lead from a file to whatever uses it', () => {
    const file = index.files.get('nodes/cp-1/rootfs/etc/kubernetes/pki/sa.key') ?? expect.fail('no such file');
    expect(linkLines({kind: 'file', file})).toEqual([
      'Holds: the key pair service-account',
      'Flags: --service-account-signing-key-file of kube-apiserver on cp-1',
      'Flags: --service-account-private-key-file of kube-controller-manager on cp-1',
      'Read by: kube-apiserver on cp-1',
      'Read by: kube-controller-manager on cp-1',
    ]);
  });

  test('lead from a group to what is in it', () => {
    const [cp1] = previewRows(index, 'flags', false);
    expect(cp1 === undefined ? [] : linkLines(cp1.thing)).toEqual([
      'Holds: etcd on cp-1',
      'Holds: kube-apiserver on cp-1',
      'Holds: kube-controller-manager on cp-1',
      'Holds: kube-scheduler on cp-1',
      'Holds: kubelet on cp-1',
    ]);
  });

  test('are as many as can be read, and say how many more there are', () => {
    const nodes = Array.from({length: 60}, (_, at) => node(`worker-${at}`, `10.1.0.${at + 1}`, 'worker'));
    const many = indexOf({nodes: [...haNodes, ...nodes], kubelets: {client: 'issued', serving: 'signed'}});
    const authority = many.authorities.get('kubernetes-ca') ?? expect.fail('no such authority');
    const signs = linksOf(many, {kind: 'authority', authority}).find(({label}) => label === 'Signs');
    expect(signs?.links).toHaveLength(40);
    expect(signs?.more).toBe((many.signedBy.get('kubernetes-ca')?.length ?? 0) - 40);
  });

  test.each(presetNames)('of every thing of %s lead to things that have details, and the way leads back', (name) => {
    const of = indexBlueprint(makeBlueprint(presetPlan(name)));
    for (const thing of things(of)) {
      for (const {links} of detailsOf(of, thing).links) {
        for (const {to, text} of links) {
          expect(text).not.toBe('');
          expect(detailsOf(of, to).title).not.toBe('');
        }
      }
    }
    for (const one of of.certificates.values()) {
      const files = linksOf(of, {kind: 'certificate', certificate: one}).flatMap(({links}) => links);
      const isLinkedBack = files.some(
        ({to}) =>
          to.kind === 'file' &&
          linksOf(of, to).some(({links}) =>
            links.some((link) => link.to.kind === 'certificate' && link.text === one.name),
          ),
      );
      expect({name: one.name, isLinkedBack}).toEqual({name: one.name, isLinkedBack: true});
    }
  });
});

describe('details', () => {
  test('say where the key of an authority goes, and which one never leaves the folder of authorities', () => {
    const offline = indexBlueprint(makeBlueprint(presetPlan('offline-root')));
    const leaves = (path: string): string | undefined => {
      const file = offline.files.get(path);
      if (file === undefined) return undefined;
      return detailsOf(offline, {kind: 'file', file}).facts.find(({label}) => label === 'Leaves here')?.text;
    };
    expect(leaves('authorities/root-ca.key')).toBe('never: it lies in authorities/ alone, and no node gets it');
    expect(leaves('authorities/kubernetes-ca.key')).toMatch(/^lies in authorities\/, and on \d+ nodes? that sign/);
  });

  test('of a connection that nothing verifies say why', () => {
    const connection =
      index.of.connections.find(({id}) => id === 'apiserver-to-kubelet') ?? expect.fail('no such connection');
    const {facts} = detailsOf(index, {kind: 'connection', connection});
    expect(facts.find(({label}) => label === 'verified')?.text).toMatch(
      /^by nothing, because --kubelet-certificate-authority is not set/,
    );
  });
});

describe('looking for rows', () => {
  const found = (typed: string, view: (typeof previewViews)[number]): readonly string[] => {
    const query = queryOf(typed);
    return allRows(previewRows(index, view, false))
      .filter(({cells, thing}) => holdsAll(searchText(cells, thing), query))
      .map(({id}) => id);
  };

  test('finds certificates by a name in them, whatever the capitals', () => {
    expect(found('10.96.0.1', 'certificates')).toEqual(['cp-1/apiserver', 'cp-2/apiserver', 'cp-3/apiserver']);
    expect(found('API.Demo.Test', 'certificates')).toHaveLength(3);
    expect(found('o=system:masters', 'certificates')).toEqual(['cp-1/super-admin']);
  });

  test('finds connections by host, by what is shown and by what verifies nothing', () => {
    expect(found('10.0.0.12:2380', 'connections')).not.toEqual([]);
    expect(found('front-proxy-client', 'connections').every((id) => id.startsWith('apiserver-to-aggregated'))).toBe(
      true,
    );
    expect(found('verified by nothing', 'connections')).not.toEqual([]);
  });

  test('finds files by path and by what is in them', () => {
    expect(found('private key etcd-peer cp-1', 'files')).toEqual([
      'nodes/cp-1/rootfs/etc/kubernetes/pki/etcd/peer.key',
    ]);
  });
});

describe('orders', () => {
  test('keep every row, each in its group', () => {
    for (const view of previewViews) {
      const rows = previewRows(index, view, false);
      const ids = allRows(rows)
        .map(({id}) => id)
        .toSorted();
      for (const order of previewOrders[view]) {
        expect(
          allRows(inOrder(rows, order))
            .map(({id}) => id)
            .toSorted(),
        ).toEqual(ids);
      }
    }
  });

  test('put connections that nothing verifies first, and secrets before what everybody may read', () => {
    const unverified = previewOrders.connections.find(({label}) => label === 'unverified first') ?? expect.fail();
    const [first] = inOrder(previewRows(index, 'connections', false), unverified);
    expect(first?.cells[2]).toBe('server unverified');
    const secret = previewOrders.files.find(({label}) => label === 'secrets first') ?? expect.fail();
    const folders = inOrder(previewRows(index, 'files', false), secret);
    expect(folders[0]?.id).toBe('authorities/');
    expect(folders[0]?.children?.slice(0, 3).every(({cells}) => cells[1] === '0600')).toBe(true);
  });
});

test('what can be copied is never empty and never a secret', () => {
  for (const thing of things(index)) {
    const choices = copyChoices(index, thing);
    expect(choices.length).toBeGreaterThan(0);
    for (const {what, text} of choices) {
      expect(what).not.toBe('');
      expect(text.trim()).not.toBe('');
      expectNoSecrets(text);
    }
  }
});
