import type {IdentityTextId} from '../identities.ts';
import type {SettingTextId} from './ja-settings.ts';

/** Flags and settings that name no file, and names with a meaning, in Chinese. */

const gate = '在 1.20 中，双栈地址需要这个特性门控。';
const plainPort = '不设置的话，该组件还会提供无认证的明文 HTTP。';
const corruption = '成员在提供服务前，先与其他成员比对数据。';
const progress = '多久向 watch 通告一次修订版本。';
const runtime = '容器运行时的监听位置。';
const leader = '多个实例中只有一个工作。';
const podAddresses = 'Pod 的地址范围。';

export const settings: Readonly<Record<SettingTextId, string>> = {
  'etcd --name': '成员的名称，--initial-cluster 用到它。',
  'etcd --data-dir': '数据存放的位置。',
  'etcd --client-cert-auth': '拒绝没有证书的客户端。',
  'etcd --peer-client-cert-auth': '拒绝没有证书的成员。',
  'etcd --listen-client-urls': '本节点的 API 服务器访问环回地址，其他人访问另一个。',
  'etcd --advertise-client-urls': '告知客户端的地址；它必须在 etcd-server 的 SAN 里。',
  'etcd --listen-peer-urls': '成员访问的地址。',
  'etcd --initial-advertise-peer-urls': '告知成员的地址；它必须在 etcd-peer 的 SAN 里。',
  'etcd --initial-cluster': '所有成员，以及彼此的位置。',
  'etcd --listen-metrics-urls': '环回上的明文 HTTP，探针因此不需要客户端证书。',
  'etcd --snapshot-count': '每隔这么多次修改做一次快照。',
  'etcd --experimental-initial-corrupt-check': corruption,
  'etcd --experimental-watch-progress-notify-interval': progress,
  'etcd --feature-gates': corruption,
  'etcd --watch-progress-notify-interval': progress,
  'kube-apiserver --advertise-address': '告知其他组件的地址；它在 SAN 里。',
  'kube-apiserver --allow-privileged': '网络插件和 kube-proxy 以特权 Pod 运行。',
  'kube-apiserver --authorization-mode': 'Node 把每个 kubelet 限制在自己的 Pod，RBAC 决定其余所有人。',
  'kube-apiserver --enable-admission-plugins': 'kubelet 只能修改自己的 Node，只能申请自己名称的证书。',
  'kube-apiserver --enable-bootstrap-token-auth': '加入的 kubelet 用引导令牌认证。',
  'kube-apiserver --etcd-servers': 'etcd 的位置；每个主机都必须在 etcd-server 的 SAN 里。',
  'kube-apiserver --kubelet-preferred-address-types':
    '访问 Node 的哪个地址，也就决定了 kubelet 服务器证书必须有哪个 SAN。',
  'kube-apiserver --requestheader-allowed-names': '只有这个 CN 可以代表其他用户；不设置的话，该 CA 的任何证书都可以。',
  'kube-apiserver --requestheader-extra-headers-prefix': '前端代理写附加信息的请求头。',
  'kube-apiserver --requestheader-group-headers': '前端代理写用户组的请求头。',
  'kube-apiserver --requestheader-username-headers': '前端代理写用户的请求头。',
  'kube-apiserver --secure-port': '提供 TLS 服务的端口。',
  'kube-apiserver --insecure-port': '不设置的话，环回上会开放无认证的明文 HTTP。',
  'kube-apiserver --service-account-issuer': '服务账号令牌中写明的签发者名称。',
  'kube-apiserver --service-cluster-ip-range': 'Service 的地址；每个范围的第一个地址是 API 服务器的 SAN。',
  'kube-apiserver --feature-gates': gate,
  'kube-controller-manager --allocate-node-cidrs': '给每个 Node 分配一段 Pod 地址。',
  'kube-controller-manager --cluster-cidr': podAddresses,
  'kube-controller-manager --bind-address': '自己的端口 10257 只在本节点应答。',
  'kube-controller-manager --cluster-name': '它所命名之物的前缀。',
  'kube-controller-manager --controllers':
    '加上默认关闭的两个：一个为加入的节点签署 cluster-info，一个清除过期的令牌。',
  'kube-controller-manager --leader-elect': leader,
  'kube-controller-manager --service-cluster-ip-range': 'Service 的地址，Node 不能分到。',
  'kube-controller-manager --use-service-account-credentials': '每个控制器使用自己的服务账号。',
  'kube-controller-manager --port': plainPort,
  'kube-controller-manager --feature-gates': gate,
  'kube-scheduler --bind-address': '自己的端口 10259 只在本节点应答。',
  'kube-scheduler --leader-elect': leader,
  'kube-scheduler --port': plainPort,
  'kubelet --config': 'kubelet 的配置，其中写明验证谁。',
  'kubelet --kubeconfig': '拿到证书后由 kubelet 自己写入。',
  'kubelet --hostname-override': 'Node 的名称，必须与证书里的一致。',
  'kubelet --node-ip': 'Node 的 InternalIP，每个地址族一个；它的服务器证书必须包含。',
  'kubelet --container-runtime': '使用 CRI 运行时，而不是内置的 dockershim。',
  'kubelet --container-runtime-endpoint': runtime,
  'kubelet authentication.anonymous.enabled': '拒绝没有证书和令牌的调用者。',
  'kubelet authentication.webhook.enabled': '令牌交给 API 服务器审核。',
  'kubelet authorization.mode': '由 API 服务器决定是否允许。',
  'kubelet cgroupDriver': '与 systemd 机器上的容器运行时一致。',
  'kubelet clusterDNS': '第一个 Service 子网的第十个地址，集群 DNS 的位置。',
  'kubelet clusterDomain': 'Service 名称所在的域。',
  'kubelet containerRuntimeEndpoint': runtime,
  'kubelet featureGates.IPv6DualStack': gate,
  'kubelet rotateCertificates': 'kubelet 及时申请新的客户端证书。',
  'kubelet serverTLSBootstrap': 'kubelet 申请自己的服务器证书；必须有人批准。',
  'kubelet staticPodPath': '控制平面从这里以静态 Pod 运行。',
  'kube-proxy --config': 'kube-proxy 的配置，其中有它的 kubeconfig。',
  'kube-proxy clusterCIDR': podAddresses,
  'kube-proxy featureGates.IPv6DualStack': gate,
  'kube-proxy hostnameOverride': 'Node 的名称。',
  'kube-proxy mode': '引导流量的方式。',
};

export const identities: Readonly<Record<IdentityTextId, string>> = {
  'system:masters': '绕过 RBAC，什么都能做；这样的证书在到期前无法吊销',
  'kubeadm:cluster-admins': '只要 ClusterRoleBinding kubeadm:cluster-admins 存在，就是 cluster-admin',
  'system:nodes': '节点的组：与名称 system:node:名称 一起，得到 Node 鉴权器给该 kubelet 的权限',
  'system:node-proxier': '由同名 ClusterRole 给予 kube-proxy 所需的权限',
  'system:bootstrappers': '加入的节点：绑定了 kubeadm:kubelet-bootstrap 之类时，可以申请证书',
  'system:authenticated': '凡认证通过者都已在其中：写上也不增加什么',
  'system:unauthenticated': '身份不明的调用者；写在证书里没有用',
  'system:serviceaccounts': '服务账号的组；服务账号使用令牌',
  'system:kube-controller-manager': '控制器管理器，由同名 ClusterRole 授权',
  'system:kube-scheduler': '调度器，由同名 ClusterRole 授权',
  'system:kube-proxy': 'kube-proxy，由 ClusterRole system:node-proxier 授权',
  'system:node:*': '组为 system:nodes 时，是该节点的 kubelet',
  'kube-apiserver-kubelet-client': '调用 kubelet 的 API 服务器，靠绑定到 system:kubelet-api-admin（或其组的权限）',
  'front-proxy-client': '由前端代理 CA 签发时，可以用请求头代表任何用户',
};
