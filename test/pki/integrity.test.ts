import {describe, expect, test} from 'vitest';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import type {Blueprint, PlannedConnection} from '../../src/pki/blueprint-types.ts';
import {certificateRows} from '../../src/pki/certificates.ts';
import {componentRows} from '../../src/pki/components.ts';
import {connectionRows} from '../../src/pki/connections.ts';
import {kubeconfigRows} from '../../src/pki/kubeconfigs.ts';
import {layoutIds, topologyIds, type ClusterPlan} from '../../src/pki/plan.ts';
import {sanRules} from '../../src/pki/sans.ts';
import {trustRows} from '../../src/pki/trusts.ts';
import {newestMinor, oldestMinor} from '../../src/pki/versions.ts';
import {externalEtcdNodes, haNodes, planWith} from '../helpers/plans.ts';

/** Every combination of what changes the shape of a blueprint. */
function* plans(): Generator<[name: string, plan: ClusterPlan]> {
  const shapes: [string, Partial<ClusterPlan>][] = [
    ['one node', {}],
    ['three control planes', {nodes: haNodes}],
    ['external etcd', {nodes: externalEtcdNodes, etcd: 'external'}],
  ];
  const kubelets = [
    {client: undefined, serving: undefined},
    {client: 'issued', serving: 'signed'},
    {client: 'bootstrap', serving: 'bootstrap'},
  ] as const;
  for (const topology of topologyIds)
    for (const layout of layoutIds)
      for (const [name, shape] of shapes)
        for (const choice of kubelets)
          for (const version of ['1.20', '1.28', '1.36']) {
            const plan = planWith({
              ...shape,
              layout,
              kubelets: choice,
              trust: {topology},
              cluster: {kubernetesVersion: version},
              users: [{name: 'viewer', groups: ['read-only']}],
            });
            yield [`${topology}, ${layout}, ${name}, kubelets ${choice.client ?? 'by default'}, ${version}`, plan];
          }
}

const all: readonly [string, Blueprint][] = [...plans()].map(([name, plan]) => [name, makeBlueprint(plan)]);

/** Every blueprint that breaks the rule, by name: an empty list is what a test wants. */
function breaking(rule: (blueprint: Blueprint) => readonly string[]): string[] {
  return all.flatMap(([name, blueprint]) => rule(blueprint).map((complaint) => `${name}: ${complaint}`));
}

describe('the tables', () => {
  test('have each id once', () => {
    for (const rows of [certificateRows, connectionRows, trustRows, kubeconfigRows, componentRows]) {
      const ids = rows.map((row) => row.id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  test('give every row and every flag a reason', () => {
    for (const rows of [certificateRows, connectionRows, trustRows, kubeconfigRows, componentRows]) {
      for (const row of rows) expect(row.why.length, row.id).toBeGreaterThan(10);
    }
    const flags = componentRows.flatMap((row) => [...row.flags, ...row.settings]);
    for (const flag of flags) expect(flag.why.length, flag.name).toBeGreaterThan(7);
  });

  test('use every SAN rule, and every trust row verifies somebody', () => {
    const used = new Set(certificateRows.map((row) => row.sans));
    expect(Object.keys(sanRules).filter((id) => !used.has(id as keyof typeof sanRules))).toEqual([]);
    const verifying = new Set(certificateRows.flatMap((row) => row.verifiedBy as readonly string[]));
    expect(trustRows.map((row) => row.id).filter((id) => !verifying.has(id))).toEqual([]);
  });

  test('let every certificate row be used by a component, or embedded in a kubeconfig', () => {
    const orphans = certificateRows.filter((row) => row.stored.kind === 'pem' && row.usedBy.length === 0);
    expect(orphans.map((row) => row.id)).toEqual([]);
    const embedded = certificateRows.flatMap((row) => (row.stored.kind === 'kubeconfig' ? row.stored.kubeconfig : []));
    const withCertificate = kubeconfigRows.filter((row) => row.credential === 'certificate').map((row) => row.id);
    expect(embedded.toSorted()).toEqual(withCertificate.toSorted());
  });

  test('connect ends that present and trust what their rows say they use', () => {
    const rows = new Map<string, (typeof certificateRows)[number]>(certificateRows.map((row) => [row.id, row]));
    for (const row of connectionRows) {
      const serving = typeof row.shows === 'string' ? rows.get(row.shows) : undefined;
      if (serving !== undefined) {
        expect(serving.usages, row.id).toContain('server auth');
        expect(
          serving.usedBy.some((use) => use.component === row.provider),
          `${row.id}: ${row.provider} uses ${serving.id}`,
        ).toBe(true);
        if (typeof row.callerTrusts === 'string') expect(serving.verifiedBy, row.id).toContain(row.callerTrusts);
      }
      const client = 'certificate' in row.credential ? rows.get(row.credential.certificate) : undefined;
      if (client !== undefined) {
        expect(client.usages, row.id).toContain('client auth');
        if (typeof row.providerTrusts === 'string') expect(client.verifiedBy, row.id).toContain(row.providerTrusts);
        const uses = client.usedBy.some((use) => use.component === row.caller);
        const carries = client.stored.kind === 'kubeconfig';
        expect(uses || carries, `${row.id}: ${row.caller} uses ${client.id}`).toBe(true);
      }
    }
  });
});

describe(`every blueprint (${all.length} plans)`, () => {
  test('names each certificate, kubeconfig and file once', () => {
    expect(
      breaking(({certificates, kubeconfigs, files}) =>
        [certificates.map((c) => c.name), kubeconfigs.map((k) => k.name), files.map((f) => f.path)].flatMap((names) =>
          names.filter((name, index) => names.indexOf(name) !== index),
        ),
      ),
    ).toEqual([]);
  });

  test('issues in order: every authority stands above those it signs, and every signer exists', () => {
    expect(
      breaking(({authorities, certificates}) => {
        const seen = new Set<string>();
        const late = authorities.filter(({id, signedBy}) => {
          seen.add(id);
          return signedBy !== undefined && !seen.has(signedBy);
        });
        const unknown = certificates.flatMap((c) => [c.authority, ...c.chain]).filter((id) => !seen.has(id));
        return [...late.map(({id}) => id), ...unknown];
      }),
    ).toEqual([]);
  });

  test('points no flag or setting at a file that is not there', () => {
    expect(
      breaking(({components, files}) => {
        const targets = new Set(
          files.flatMap((file) => (file.target === undefined ? [] : `${file.node}:${file.target}`)),
        );
        return components.flatMap(({component, node, flags, settings}) =>
          [...flags, ...settings]
            .filter((flag) => flag.row !== undefined && flag.value !== '')
            .filter((flag) => !targets.has(`${node}:${flag.value}`))
            .map((flag) => `${node} ${component} ${flag.name}=${flag.value}`),
        );
      }),
    ).toEqual([]);
  });

  test('has every file that a connection or an intrusion uses', () => {
    expect(
      breaking(({connections, intrusions, files}) => {
        const paths = new Set(files.map((file) => file.path));
        return [...connections.flatMap(filesOf), ...intrusions.flatMap((each) => filesOf(each))].filter(
          (path) => !paths.has(path),
        );
      }),
    ).toEqual([]);
  });

  test('trusts, on each connection, what signed the certificate that is shown', () => {
    expect(
      breaking(({connections, certificates}) => {
        const authority = new Map(certificates.map((c) => [c.name, c.authority]));
        return connections.flatMap((connection) => {
          const complaints: string[] = [];
          if ('certificate' in connection.presents && 'authorities' in connection.callerTrusts) {
            const signer = authority.get(connection.presents.certificate);
            if (!connection.callerTrusts.authorities.includes(signer ?? ''))
              complaints.push(`${connection.id}: caller`);
          }
          if ('certificate' in connection.credential && 'authorities' in connection.providerTrusts) {
            const signer = authority.get(connection.credential.certificate);
            if (!connection.providerTrusts.authorities.includes(signer ?? ''))
              complaints.push(`${connection.id}: provider`);
          }
          return complaints;
        });
      }),
    ).toEqual([]);
  });

  test('dials no name that the serving certificate does not carry', () => {
    expect(
      breaking(({connections, certificates}) => {
        const names = new Map(certificates.map((c) => [c.name, new Set(c.sans.map((san) => san.value))]));
        return connections.flatMap((connection) =>
          'certificate' in connection.presents && !names.get(connection.presents.certificate)?.has(connection.host)
            ? [`${connection.id}: ${connection.host}`]
            : [],
        );
      }),
    ).toEqual([]);
  });

  test('gives every issued certificate a connection that shows it', () => {
    expect(
      breaking(({connections, certificates}) => {
        const shown = new Set(
          connections.flatMap(({presents, credential}) => [
            'certificate' in presents ? presents.certificate : '',
            'certificate' in credential ? credential.certificate : '',
          ]),
        );
        return certificates.filter((c) => !shown.has(c.name)).map((c) => c.name);
      }),
    ).toEqual([]);
  });

  test('keeps authority keys off every node but control planes, and the root key off every node', () => {
    expect(
      breaking(({files, nodes}) => {
        const controlPlanes = new Set(nodes.filter((n) => n.roles.includes('control-plane')).map((n) => n.name));
        return files.flatMap((file) =>
          file.node !== undefined &&
          file.content.kind === 'authority-key' &&
          (!controlPlanes.has(file.node) || file.content.authority === 'root-ca')
            ? [file.path]
            : [],
        );
      }),
    ).toEqual([]);
  });

  test('lays no key of one node on another', () => {
    expect(
      breaking(({files, certificates}) => {
        const owner = new Map(certificates.map((c) => [c.name, c.node]));
        return files.flatMap((file) =>
          file.content.kind === 'certificate-key' && owner.get(file.content.certificate) !== file.node
            ? [file.path]
            : [],
        );
      }),
    ).toEqual([]);
  });

  test('keeps the root out of every file that verifies clients', () => {
    expect(
      breaking(({connections}) =>
        connections.flatMap((connection) =>
          'authorities' in connection.providerTrusts && connection.providerTrusts.authorities.includes('root-ca')
            ? [connection.id]
            : [],
        ),
      ),
    ).toEqual([]);
  });

  test('gives the controller manager one certificate in its signing file', () => {
    expect(
      breaking(({components, files}) =>
        components.flatMap(({component, node, flags}) =>
          flags.flatMap((flag) => {
            if (component !== 'kube-controller-manager' || !/^--cluster-signing.*-cert-file$/.test(flag.name))
              return [];
            const file = files.find((each) => each.node === node && each.target === flag.value);
            return file?.content.kind === 'authorities' && file.content.authorities.length === 1 ? [] : [flag.value];
          }),
        ),
      ),
    ).toEqual([]);
  });
});

function filesOf({
  presents,
  ...rest
}: Pick<PlannedConnection, 'presents' | 'providerTrusts'> & Partial<PlannedConnection> & {shows?: unknown}): string[] {
  const froms = [presents, rest.callerTrusts, rest.credential, rest.providerTrusts, rest.shows].flatMap((part) =>
    typeof part === 'object' && part !== null && 'from' in part
      ? [part.from as {kind: string} & Record<string, string>]
      : [],
  );
  return froms.flatMap(({kind, ...paths}) => (kind === '' ? [] : Object.values(paths)));
}

test('the catalogue knows every minor from 1.20 to 1.36', () => {
  expect([oldestMinor, newestMinor]).toEqual([20, 36]);
});
