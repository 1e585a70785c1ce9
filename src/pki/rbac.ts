import type {YamlMap} from './blueprint-types.ts';
import type {Situation} from './certificate.ts';
import {layouts} from './layouts.ts';
import {holdsFor} from './versions.ts';

/**
 * The bindings without which the identities of our certificates and tokens have no rights: those that `kubeadm init`
 * makes (phases bootstrap-token, kubelet-config, upload-config, addon), as far as this layout needs them.
 */
export function rbacDocuments(situation: Situation): readonly YamlMap[] {
  const {plan, version} = situation;
  const byKubeadm = layouts[plan.layout].tool === 'kubeadm';
  const tokenGroups = plan.bootstrap.token.groups.map((name) => group(name));
  const documents: YamlMap[] = [
    clusterBinding('kubeadm:kubelet-bootstrap', 'system:node-bootstrapper', tokenGroups),
    clusterBinding(
      'kubeadm:node-autoapprove-bootstrap',
      'system:certificates.k8s.io:certificatesigningrequests:nodeclient',
      tokenGroups,
    ),
    // Without this one every kubelet loses its certificate a year later.
    clusterBinding(
      'kubeadm:node-autoapprove-certificate-rotation',
      'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient',
      [group('system:nodes')],
    ),
    clusterBinding('kubeadm:apiserver-kubelet-client', 'system:kubelet-api-admin', [
      user('kube-apiserver-kubelet-client'),
    ]),
  ];
  if (!byKubeadm) return documents;
  const kubeletConfig = holdsFor({until: '1.23'}, version) ? `kubelet-config-1.${version.minor}` : 'kubelet-config';
  const joining = [...tokenGroups, group('system:nodes')];
  if (holdsFor({from: '1.29'}, version)) {
    documents.push(clusterBinding('kubeadm:cluster-admins', 'cluster-admin', [group('kubeadm:cluster-admins')]));
  }
  documents.push(
    {
      ...object('ClusterRole', 'kubeadm:get-nodes'),
      rules: [{apiGroups: [''], resources: ['nodes'], verbs: ['get']}],
    },
    clusterBinding('kubeadm:get-nodes', 'kubeadm:get-nodes', tokenGroups),
    clusterBinding('kubeadm:node-proxier', 'system:node-proxier', [
      {kind: 'ServiceAccount', name: 'kube-proxy', namespace: 'kube-system'},
    ]),
    ...readConfigMap('kubeadm:nodes-kubeadm-config', 'kubeadm-config', joining),
    ...readConfigMap(kubeletConfig.replace('kubelet-config', 'kubeadm:kubelet-config'), kubeletConfig, joining),
  );
  return documents;
}

function object(kind: string, name: string, namespace?: string): YamlMap {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    metadata: namespace === undefined ? {name} : {name, namespace},
  };
}

function clusterBinding(name: string, role: string, subjects: readonly YamlMap[]): YamlMap {
  return {
    ...object('ClusterRoleBinding', name),
    roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role},
    subjects,
  };
}

function readConfigMap(name: string, configMap: string, subjects: readonly YamlMap[]): YamlMap[] {
  return [
    {
      ...object('Role', name, 'kube-system'),
      rules: [{apiGroups: [''], resources: ['configmaps'], resourceNames: [configMap], verbs: ['get']}],
    },
    {
      ...object('RoleBinding', name, 'kube-system'),
      roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name},
      subjects,
    },
  ];
}

function group(name: string): YamlMap {
  return {apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name};
}

function user(name: string): YamlMap {
  return {apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name};
}
