import {certificatesIn} from '../base/pem.ts';
import {Secret} from '../base/secret.ts';
import {flagOf} from '../node/found-component.ts';
import type {NodeFound} from '../node/inventory.ts';
import type {NodeRoot} from '../node/root.ts';
import type {Credential} from '../api/ask.ts';

/** What this node has to show to etcd: the API server's own pair. undefined = there is none to be read. */
export function etcdClientOn(root: NodeRoot, {components}: Pick<NodeFound, 'components'>): Credential | undefined {
  for (const found of components) {
    if (found.component !== 'kube-apiserver') continue;
    const [certificate, key] = ['--etcd-certfile', '--etcd-keyfile'].map((flag) => {
      const path = flagOf(found, flag);
      const file = path === undefined ? undefined : root.read(found.onNode(path));
      return file?.ok === true ? file.bytes.toString('utf8') : undefined;
    });
    if (certificate !== undefined && key !== undefined) {
      return {kind: 'certificate', certificate: certificatesIn(certificate).join(''), key: new Secret(key)};
    }
  }
  return undefined;
}
