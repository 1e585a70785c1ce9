import {writeFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {layouts} from '../../../src/pki/layouts.ts';
import {certificateOf, makeRequest} from '../../helpers/certificate-request.ts';
import {knock, type Pair} from '../../helpers/intruder.ts';
import {openssl} from '../../helpers/openssl.ts';
import type {Started} from './started.ts';

/** What the controller manager signs: cluster-info for joining nodes, and requests that somebody approved. */
export function declareSigningTests(started: () => Started): void {
  test('the controller manager signs cluster-info as the bundle does', {timeout: 300_000}, async () => {
    const {cluster, plane} = started();
    const clusterInfo = ['configmap', 'cluster-info', '--namespace=kube-public'];
    const [written = ''] = (await cluster.bundle.read('bootstrap/cluster-info.yaml')).split(/^---$/m);
    const {data} = parse(written) as ConfigMap;
    const signature = Object.keys(data).find((key) => key.startsWith('jws-')) ?? expect.fail('not signed');
    const removal = [{op: 'remove', path: `/data/${signature}`}];
    await plane.kubectl('patch', ...clusterInfo, '--type=json', `--patch=${JSON.stringify(removal)}`);
    const signed = await plane.controllerManager.until('it has signed cluster-info', async () => {
      const {stdout} = await plane.kubectl('get', ...clusterInfo, '--output=json');
      const found = (JSON.parse(stdout) as ConfigMap).data;
      return signature in found ? found : undefined;
    });
    expect(signed).toEqual(data);
  });

  test('a request that is approved gets a certificate that the API server takes', {timeout: 300_000}, async () => {
    const {cluster, plane} = started();
    const request = await makeRequest(cluster.bundle, 'jane', '/CN=jane', 'kubernetes.io/kube-apiserver-client');
    await plane.kubectl('create', '-f', request.document);
    await plane.kubectl('certificate', 'approve', 'jane');
    await writeFile(request.certificate, await certificateOf(plane, 'jane'));
    const trusted = await cluster.bundle.flag(plane.node, 'kube-apiserver', '--client-ca-file');
    const authority = cluster.bundle.rootfs(plane.node) + trusted;
    expect(
      openssl(['verify', '-partial_chain', '-purpose', 'sslclient', '-CAfile', authority, request.certificate]),
    ).toContain(': OK');
    expect(await ask(started(), '/who-am-i', request)).toContain(String.raw`User \"jane\" cannot get path`);
  });
}

/** What one authority for everything lets in, on real programs. */
export function declareOneAuthorityTests(started: () => Started): void {
  const worker = 'worker-1';
  let kubelet: Pair;

  test('a worker gets its certificate with the token alone', {timeout: 300_000}, async () => {
    const {cluster, plane} = started();
    const subject = `/O=system:nodes/CN=system:node:${worker}`;
    const signer = 'kubernetes.io/kube-apiserver-client-kubelet';
    const request = await makeRequest(cluster.bundle, 'joining', subject, signer);
    const kubeconfig = layouts.kubeadm.kubeconfigs['bootstrap-kubelet'];
    await cluster.run(worker, 'kubectl', '--kubeconfig', kubeconfig, 'create', '-f', request.document);
    await writeFile(request.certificate, await certificateOf(plane, 'joining'));
    expect(await ask(started(), '/who-am-i', request)).toContain(`User \\"system:node:${worker}\\" cannot get path`);
    kubelet = request;
  });

  test('that worker reads at etcd the Secret that the API keeps from it', {timeout: 120_000}, async () => {
    const {cluster, plane} = started();
    await plane.kubectl('create', 'secret', 'generic', 'db', '--from-literal=password=swordfish');
    const refused = await ask(started(), '/api/v1/namespaces/default/secrets/db', kubelet);
    expect(refused).toContain(`no relationship found between node '${worker}' and this object`);
    const read = await cluster.run(
      worker,
      'etcdctl',
      `--endpoints=https://${cluster.addressOf(plane.node)}:2379`,
      `--cacert=${layouts.kubeadm.certificatesFolder}/ca.crt`,
      `--cert=${kubelet.certificate}`,
      `--key=${kubelet.key}`,
      'get',
      '/registry/secrets/default/db',
    );
    expect(read.stdout).toContain('swordfish');
  });

  test('whoever gets a certificate named front-proxy-client speaks for anyone', {timeout: 300_000}, async () => {
    const {cluster, plane} = started();
    const signer = 'kubernetes.io/kube-apiserver-client';
    const request = await makeRequest(cluster.bundle, 'proxy', '/CN=front-proxy-client', signer);
    await plane.kubectl('create', '-f', request.document);
    await plane.kubectl('certificate', 'approve', 'proxy');
    await writeFile(request.certificate, await certificateOf(plane, 'proxy'));
    expect(await ask(started(), '/api/v1/secrets', request)).toMatch(/^403\n/);
    const headers = {'X-Remote-User': 'anyone', 'X-Remote-Group': 'system:masters'};
    expect(await ask(started(), '/api/v1/secrets', request, headers)).toContain('"kind":"SecretList"');
  });
}

async function ask(
  {cluster, plane}: Started,
  path: string,
  pair: Pair,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const port = layouts[cluster.plan.layout].apiserverPort;
  return knock(await cluster.machine(plane.node), {host: cluster.addressOf(plane.node), port, path, headers}, pair);
}

interface ConfigMap {
  readonly data: Readonly<Record<string, string>>;
}
