import type {
  Blueprint,
  FileContent,
  PlannedCertificate,
  PlannedComponent,
  PlannedFile,
  PlannedKubeconfig,
  YamlMap,
} from './blueprint-types.ts';
import type {NodeSituation, Situation, TrustRow} from './certificate.ts';
import {certificateRows} from './certificates.ts';
import {componentRows, configurationDocument} from './components.ts';
import {kubeadmConfig} from './kubeadm-config.ts';
import {authorityPath, kubeconfigPath, layouts, type Layout} from './layouts.ts';
import {rbacDocuments} from './rbac.ts';
import type {Survey} from './survey.ts';
import {signingAuthorities, topologyAuthorities} from './topology.ts';
import {trustRows} from './trusts.ts';

/**
 * Every file of the bundle: on a node where the layout says, and beside the nodes. One file, because no path may be
 * given twice: whoever adds one sees all the others.
 */

export function rootfs(node: string, target: string): string {
  return `nodes/${node}/rootfs${target}`;
}

/** A file as the process on the node names it; the bundle's path for what lies on no node. */
export function pathOnNode(path: string): string {
  return path.replace(/^nodes\/[^/]+\/rootfs(?=\/)/, '');
}

export function planFiles(
  survey: Survey,
  parts: Pick<Blueprint, 'certificates' | 'kubeconfigs' | 'components' | 'authorities'>,
): readonly PlannedFile[] {
  const certificates = groupByNode(parts.certificates);
  const kubeconfigs = groupByNode(parts.kubeconfigs);
  const components = groupByNode(parts.components);
  const files: PlannedFile[] = [];
  for (const authority of parts.authorities) {
    files.push(
      beside(`authorities/${authority.id}.crt`, {kind: 'authorities', authorities: [authority.id]}, authority.why),
    );
    if (survey.holdsKey(authority.id)) {
      files.push(
        beside(
          `authorities/${authority.id}.key`,
          {kind: 'authority-key', authority: authority.id},
          'whoever holds it can sign anything in its name: keep it offline',
        ),
      );
    }
  }
  for (const node of survey.situation.plan.nodes) {
    const onNode = new NodeFiles(survey, {...survey.situation, node});
    onNode.certificates(certificates.get(node.name) ?? []);
    onNode.trusts();
    onNode.authorityKeys();
    onNode.serviceAccount();
    onNode.kubeconfigs(kubeconfigs.get(node.name) ?? []);
    onNode.components(components.get(node.name) ?? []);
    files.push(...onNode.all());
  }
  for (const kubeconfig of kubeconfigs.get(undefined) ?? []) {
    files.push(beside(`${kubeconfig.name}.conf`, {kind: 'kubeconfig', kubeconfig: kubeconfig.name}, kubeconfig.why));
  }
  files.push(...bootstrapFiles(survey.situation));
  return files;
}

function bootstrapFiles(situation: Situation): PlannedFile[] {
  return [
    beside(
      'bootstrap/rbac.yaml',
      {kind: 'yaml', documents: rbacDocuments(situation)},
      'the bindings that the identities of these certificates need; apply it first, with a group that needs none',
    ),
    beside(
      'bootstrap/token-secret.yaml',
      {kind: 'token-secret'},
      'the bootstrap token as the Secret that the API server looks for',
    ),
    beside(
      'bootstrap/cluster-info.yaml',
      {kind: 'cluster-info'},
      'what a joining node reads before it trusts anything: the authority and the endpoint, signed with the token',
    ),
    beside(
      'bootstrap/join-command',
      {kind: 'join-command'},
      'what to run on a node that is not in the plan, to let it join',
    ),
  ];
}

/** Files of one node; one path is written once, and two that want it must want the same in it. */
class NodeFiles {
  readonly #survey: Survey;
  readonly #situation: NodeSituation;
  readonly #layout: Layout;
  readonly #files = new Map<string, PlannedFile>();

  constructor(survey: Survey, situation: NodeSituation) {
    this.#survey = survey;
    this.#situation = situation;
    this.#layout = layouts[situation.plan.layout];
  }

  all(): PlannedFile[] {
    return [...this.#files.values()];
  }

  certificates(certificates: readonly PlannedCertificate[]): void {
    for (const certificate of certificates) {
      const row = certificateRows.find(({id}) => id === certificate.id);
      if (row?.stored.kind !== 'pem') continue;
      const path = this.#layout.certificates[certificate.id];
      if (path === undefined) throw new TypeError(`layout ${this.#layout.id} has no place for ${certificate.id}`);
      this.#place(`${path}.crt`, {kind: 'certificate', certificate: certificate.name}, certificate.why);
      this.#place(
        `${path}.key`,
        {kind: 'certificate-key', certificate: certificate.name},
        `the private key of ${certificate.id}`,
      );
    }
  }

  trusts(): void {
    const here = new Set<TrustRow['component']>(
      componentRows.filter((row) => this.#survey.runsOn(row.on, this.#situation.node)).map((row) => row.id),
    );
    if (here.has('etcd')) here.add('etcdctl');
    for (const row of trustRows) {
      if (!here.has(row.component) || !row.when(this.#situation)) continue;
      this.#place(
        this.#survey.trustPath(row.id),
        {kind: 'authorities', authorities: this.#survey.trusted(row.id)},
        row.why,
      );
    }
  }

  /** A control-plane node holds the authorities that its tool renews or signs with; no other node holds one. */
  authorityKeys(): void {
    const {plan, node} = this.#situation;
    if (!node.roles.includes('control-plane')) return;
    const signing = signingAuthorities(this.#situation);
    const slots = this.#layout.authorityKeysOnControlPlane.filter(
      (slot) => slot !== 'etcd-ca' || plan.etcd === 'stacked',
    );
    const signers = [signing.clients, signing.serving].filter(
      (id) => !topologyAuthorities[plan.trust.topology].includes(id),
    );
    for (const slot of new Set([...slots, ...signers])) {
      const authority = this.#survey.occupant(slot);
      const path = authorityPath(this.#layout, 'control-plane', slot);
      this.#place(
        `${path}.crt`,
        {kind: 'authorities', authorities: [authority]},
        'the authority that the key beside it belongs to',
      );
      if (!this.#survey.holdsKey(authority)) continue;
      this.#place(
        `${path}.key`,
        {kind: 'authority-key', authority},
        slot === 'kubernetes-ca' || signers.includes(slot)
          ? 'the controller manager signs the requests of kubelets and people with it'
          : `kubeadm renews what ${slot} signed with it`,
      );
    }
  }

  serviceAccount(): void {
    if (!this.#situation.node.roles.includes('control-plane')) return;
    const {private: key, public: pub} = this.#layout.serviceAccount;
    const keyPair = 'service-account';
    this.#place(
      key,
      {kind: 'key-pair-private', keyPair},
      "signs service accounts' tokens; the same on every control-plane node",
    );
    this.#place(pub, {kind: 'key-pair-public', keyPair}, "verifies service accounts' tokens");
  }

  kubeconfigs(kubeconfigs: readonly PlannedKubeconfig[]): void {
    for (const kubeconfig of kubeconfigs) {
      const path = kubeconfigPath(this.#layout, kubeconfig.id);
      this.#place(path, {kind: 'kubeconfig', kubeconfig: kubeconfig.name}, kubeconfig.why);
    }
  }

  components(components: readonly PlannedComponent[]): void {
    const {node} = this.#situation;
    let kubelet: YamlMap | undefined;
    for (const component of components) {
      const row = componentRows.find(({id}) => id === component.component);
      if (row?.configuration !== undefined) {
        const document = configurationDocument(row.configuration, component.settings);
        if (row.id === 'kubelet') kubelet = document;
        this.#place(
          row.configuration.path(this.#situation),
          {kind: 'yaml', documents: [document]},
          row.configuration.why,
        );
      }
      const path = `nodes/${node.name}/flags/${component.component}.flags`;
      this.#files.set(path, {
        path,
        node: node.name,
        target: undefined,
        mode: 0o644,
        content: {kind: 'flags', node: node.name, component: component.component},
        why: `the complete flags of ${component.component} on this node`,
      });
    }
    if (this.#layout.tool !== 'kubeadm' || kubelet === undefined) return;
    const path = `nodes/${node.name}/kubeadm-config.yaml`;
    this.#files.set(path, {
      path,
      node: node.name,
      target: undefined,
      mode: 0o644,
      content: {kind: 'yaml', documents: kubeadmConfig(this.#situation, components, kubelet)},
      why:
        this.#situation.plan.trust.topology === 'intermediates'
          ? 'what kubeadm has to know; it does not know intermediates, see what this plan costs'
          : 'with it kubeadm accepts the files as they lie',
    });
  }

  #place(target: string, content: FileContent, why: string): void {
    const path = rootfs(this.#situation.node.name, target);
    const there = this.#files.get(path);
    if (there !== undefined && JSON.stringify(there.content) !== JSON.stringify(content)) {
      throw new TypeError(`two different contents for ${path}`);
    }
    if (there === undefined) {
      this.#files.set(path, {path, node: this.#situation.node.name, target, mode: modeOf(content), content, why});
    }
  }
}

/** kubeadm's modes: whatever holds a key or token, every kubeconfig and sa.pub 0600, all else 0644. */
function modeOf(content: FileContent): 0o600 | 0o644 {
  switch (content.kind) {
    case 'certificate-key':
    case 'authority-key':
    case 'key-pair-private':
    case 'key-pair-public':
    case 'kubeconfig':
    case 'token-secret':
    case 'join-command':
      return 0o600;
    case 'certificate':
    case 'authorities':
    case 'flags':
    case 'yaml':
    case 'cluster-info':
      return 0o644;
    default:
      return content satisfies never;
  }
}

function beside(path: string, content: FileContent, why: string): PlannedFile {
  return {path, node: undefined, target: undefined, mode: modeOf(content), content, why};
}

function groupByNode<T extends {readonly node: string | undefined}>(items: readonly T[]): Map<string | undefined, T[]> {
  return Map.groupBy(items, (item) => item.node);
}
