import type {EndId} from '../../pki/blueprint-types.ts';
import type {KubeconfigId, TrustId} from '../../pki/certificate.ts';
import type {DelegationId, Lesson} from '../lessons.ts';
import type {AuthorityTextId, CertificateTextId, ConnectionTextId} from './en-things.ts';

/** Certificates, authorities, files and connections in Chinese. One file because it is one table. */

export const certificates: Readonly<Record<CertificateTextId, Lesson>> = {
  apiserver: {
    what: 'API 服务器向所有调用者出示的服务器证书。',
    without: '没有证书和私钥，API 服务器无法启动；证书过期或缺少 SAN 时，kubectl、kubelet、控制器和 Pod 全都拒绝连接。',
  },
  'apiserver-kubelet-client': {
    what: 'API 服务器调用 kubelet（logs、exec）时出示的客户端证书。',
    without: 'kubectl logs、exec、attach、port-forward 失败；Pod 本身继续运行。',
  },
  'apiserver-etcd-client': {
    what: 'API 服务器调用 etcd 时出示的客户端证书；谁持有它，谁就能读写集群的所有对象。',
    without: 'API 服务器什么都读写不了：大约 20 秒后以 "context deadline exceeded" 退出，整个控制平面停止。',
  },
  'front-proxy-client': {
    what: 'API 服务器向聚合 API 服务器出示的证书；对方据此相信请求头里写的用户。',
    without: '聚合 API 拒绝 API 服务器：kubectl top 和基于指标的自动扩缩停止，其余照常。',
  },
  'etcd-server': {
    what: 'etcd 向客户端出示的服务器证书；etcd 自己的网关也用它调用同一端口，所以还需要客户端用途。',
    without: 'etcd 无法启动，或被客户端拒绝；该节点的 API 服务器也就无法工作。',
  },
  'etcd-peer': {
    what: 'etcd 成员之间互相出示的证书，同一连接的两端都用它。',
    without: '该成员无法加入其他成员；半数以上成员失联时，etcd 不再接受写入。',
  },
  'etcd-healthcheck-client': {
    what: '本节点上的 etcdctl 和备份调用 etcd 时使用的证书。',
    without: '本节点上的 etcdctl、快照和备份失败；集群照常运行。',
  },
  admin: {
    what: '管理员和 kubeadm 使用的客户端证书。',
    without: '无法再用 admin.conf 管理集群；它的副本（如 ~/.kube/config）也同时失效。集群照常运行。',
  },
  'super-admin': {
    what: '紧急情况使用的证书：它的组 system:masters 绕过 RBAC，无法吊销，请离线保存。',
    without: '平时没有影响；一旦丢失 admin.conf 的绑定，就没有绕过 RBAC 的入口了。',
  },
  'controller-manager': {
    what: '控制器管理器以 system:kube-controller-manager 的身份调用 API 时使用的证书。',
    without: '不再有任何调谐：Deployment 没有新 Pod，证书请求无人签名，令牌不清理，故障节点仍显示 Ready。',
  },
  scheduler: {
    what: '调度器以 system:kube-scheduler 的身份调用 API 时使用的证书。',
    without: '新的 Pod 停在 Pending；已运行的不受影响。',
  },
  'kubelet-client': {
    what: '本节点的 kubelet 调用 API 时使用的证书；Node 鉴权器只让它接触自己的 Pod 所需的内容。',
    without: '节点变为 NotReady；Pod 继续运行，但状态无人知晓，也不会有新的 Pod 过来。',
  },
  'kubelet-serving': {
    what: 'kubelet 在端口 10250 上向 API 服务器和指标采集者出示的服务器证书。',
    without:
      '若 API 服务器验证 kubelet，logs 和 exec 会失败；metrics-server 需要 --kubelet-insecure-tls。没有它时 kubelet 会给自己签一张，谁也无法验证。',
  },
  'kube-proxy': {
    what: 'kube-proxy 调用 API 时使用的证书；在 kubeadm 中它是使用服务账号的 DaemonSet，没有证书。',
    without: 'kube-proxy 不知道变化：Service 指向已经不存在的 Pod。',
  },
  user: {
    what: '个人调用 API 时使用的证书；O（组织）就是组，能做什么由 RBAC 决定。',
    without: '此人无法登录；证书也无法吊销，只能等它过期。',
  },
};

export const authorities: Readonly<Record<AuthorityTextId, Lesson>> = {
  'kubernetes-ca': {
    what: '集群的 CA：签发 API 服务器的证书，以及包括个人在内的所有客户端的证书。',
    without:
      '没有它的证书文件，谁也无法验证，什么都起不来；没有它的私钥，无法再签发，已有的用到过期为止。谁拿到私钥，谁就能冒充任何人。',
  },
  'etcd-ca': {
    what: '只属于 etcd 的 CA：出示它签发的证书，就能绕过 RBAC 读写所有对象。',
    without: 'etcd 和 API 服务器无法互相验证，控制平面无法启动。',
  },
  'front-proxy-ca': {
    what: '前端代理的 CA：持有允许名称的客户端可以在请求头里自称其他用户。它不应签发别的证书。',
    without: 'metrics-server 等聚合 API 拒绝 API 服务器转来的请求。',
  },
  'root-ca': {
    what: '三个 CA 之上的根 CA。它不签发别的证书，私钥离线保存。',
    without: '正在运行的照常；没有私钥就无法更换中间 CA。',
  },
};

export const serviceAccount: Lesson = {
  what: '这是一对密钥，不是证书：私钥（sa.key）给服务账号的令牌签名，公钥（sa.pub）用来验证。所有控制平面节点上必须相同，永不过期。',
  without: 'Pod 无法登录：网络插件、CoreDNS 和 Pod 中的控制器都以 401 失败。若各节点的密钥不同，则时好时坏。',
};

export const kubeconfigs: Readonly<Record<KubeconfigId, string>> = {
  admin: '供管理员和 kubeadm 使用；复制到 ~/.kube/config 即可操作集群。',
  'super-admin': '在 admin.conf 的绑定丢失时使用；无法吊销，请离线保存。',
  'controller-manager': '控制器管理器用它连接本节点的 API 服务器。',
  scheduler: '调度器用它连接本节点的 API 服务器。',
  kubelet: '本节点的 kubelet 用它连接 API。',
  'bootstrap-kubelet': '供 kubelet 首次启动使用：用其中的令牌申请自己的证书。',
  'kube-proxy': 'kube-proxy 用它监视 Service 和 EndpointSlice。',
  user: '供个人使用：kubectl --kubeconfig 指定它，就以此人的名义操作。',
};

export const trusts: Readonly<Record<TrustId, Lesson>> = {
  'etcd-clients': {
    what: '出示此 CA 签发的客户端证书，就能读写 etcd 中的一切。',
    without: '放错 CA，etcd 会拒绝 API 服务器；放多了，会让外人进来。etcd 只在启动时读取它。',
  },
  'etcd-peers': {
    what: '无论哪一方发起调用，其他成员都用它来验证。',
    without: '放错 CA，成员之间互相拒绝。etcd 只在启动时读取它。',
  },
  'etcd-servers': {
    what: 'API 服务器用它验证 etcd 的服务器证书。',
    without: '放错 CA，API 服务器拒绝 etcd，无法启动。它只在启动时读取。',
  },
  'etcdctl-servers': {what: 'etcdctl 用它验证 etcd 的服务器证书。', without: 'etcdctl 拒绝 etcd；其他不受影响。'},
  'apiserver-clients': {
    what: '出示此 CA 签发的客户端证书，就是其主体（subject）所写的用户。',
    without: '放错 CA，所有客户端证书都会得到 401 Unauthorized。改动立即生效。',
  },
  'apiserver-front-proxies': {
    what: '此 CA 签发且名称被允许的客户端，在请求头里自称其他用户时会被相信。',
    without:
      '没有它，任何前端代理都不被相信。若与签发客户端的 CA 相同且没有限定名称，任何客户端都能冒充任何人：从 1.36 起 API 服务器因此拒绝启动。',
  },
  'apiserver-kubelets': {
    what: 'API 服务器用它验证 kubelet 的服务器证书；不设置就完全不验证。',
    without: 'kubeadm 不设置它，kubelet 就不被验证。放入没有签发其证书的 CA，logs 和 exec 会失败。',
  },
  'controller-manager-clients': {
    what: '用来验证调用控制器管理器端口 10257 的一方。',
    without: '出示证书的指标采集者被拒绝；集群照常运行。',
  },
  'controller-manager-front-proxies': {
    what: '对经由前端代理的调用者作用相同。',
    without: '该端口不相信经由前端代理的调用者；集群照常运行。',
  },
  'pods-apiserver': {
    what: 'Pod 用它验证 API 服务器：它进入每个命名空间的 ConfigMap kube-root-ca.crt。',
    without: '放错 CA，Pod 会拒绝 API 服务器："signed by unknown authority"。它只在启动时读取。',
  },
  'kubelet-clients': {
    what: '被调用 logs 和 exec 时，kubelet 用它验证 API 服务器。',
    without: '放错 CA，kubelet 拒绝 API 服务器：logs 和 exec 得到 401 Unauthorized。',
  },
  'kubeconfig-apiserver': {
    what: '以 certificate-authority-data 嵌入 kubeconfig，用来验证 API 服务器的证书。',
    without: '放错 CA，使用该 kubeconfig 的人会拒绝 API 服务器："signed by unknown authority"。',
  },
};

export const ends: Readonly<Record<EndId, string>> = {
  etcd: '保存集群的所有对象。',
  'kube-apiserver': '集群唯一的入口。',
  'kube-controller-manager': '运行各种控制器；也给证书请求和服务账号的旧式令牌签名。',
  'kube-scheduler': '为每个 Pod 选择节点。',
  kubelet: '运行本节点的 Pod。',
  'kube-proxy': '让本节点能访问 Service。',
  kubectl: '人们使用的工具：用 kubeconfig 调用 API。',
  etcdctl: '用于 etcd 的健康检查、快照和修复。',
  pod: 'Pod 中的任意程序：用服务账号的令牌调用 API，不用证书。',
  'metrics-server': '一个附加组件：从 kubelet 读取 CPU 和内存，供 kubectl top 和自动扩缩使用。',
  scraper: '采集指标的程序，例如 Prometheus。',
  'aggregated-api': '位于此 API 服务器之后的另一个 API 服务器，由 APIService 登记。',
  webhook: '在接受对象之前被询问、或转换对象的服务。',
};

export const connections: Readonly<Record<ConnectionTextId, Lesson>> = {
  'apiserver-to-etcd': {
    what: '集群的所有对象都经由它读写。',
    without: 'API 服务器无法就绪，很快退出：集群中什么都读写不了。',
  },
  'etcd-to-etcd': {
    what: '成员经由它对每次写入达成一致；发起方的地址必须在其证书里。',
    without: '该成员落后；失去多数时无法写入。',
  },
  'etcdctl-to-etcd': {
    what: '健康检查和快照。没有客户端证书，etcd 谁也不放进来，所以它们有自己的一张。',
    without: '无法做健康检查和备份。',
  },
  'etcd-gateway-to-itself': {
    what: 'etcd 的 JSON 网关用服务器证书调用自己的端口：这就是它还需要客户端用途的原因。',
    without: 'etcd 的日志里满是来自自身地址的被拒握手；客户端察觉不到。',
  },
  'admin-to-apiserver': {
    what: '管理员和 kubeadm 用它调用 API。',
    without: '管理员和 kubeadm 被挡在外面；集群照常运行。',
  },
  'super-admin-to-apiserver': {
    what: '在 admin.conf 的绑定丢失时使用。',
    without: '绕过 RBAC 的最后入口没有了。',
  },
  'user-to-apiserver': {what: '人们各以自己的名义用 kubectl 调用 API。', without: '此人无法工作。'},
  'controller-manager-to-apiserver': {
    what: '控制器监视并修改对象。',
    without: '不再有任何调谐，也不再签发证书请求。',
  },
  'scheduler-to-apiserver': {what: '调度器监视 Pod 并把它们绑定到节点。', without: '新的 Pod 停在 Pending。'},
  'kubelet-to-apiserver': {
    what: 'kubelet 报告节点状态，并得知自己的 Pod。',
    without: '节点变为 NotReady；几分钟后它的 Pod 在别处启动。',
  },
  'joining-kubelet-to-apiserver': {what: '还没有证书的 kubelet 申请证书。', without: '节点无法加入。'},
  'kube-proxy-to-apiserver': {
    what: 'kube-proxy 监视 Service 和 EndpointSlice。',
    without: '本节点上的 Service 不再更新。',
  },
  'kube-proxy-pod-to-apiserver': {
    what: '在 kubeadm 中 kube-proxy 是 DaemonSet：使用服务账号，没有证书。',
    without: '本节点上的 Service 不再更新。',
  },
  'pod-to-apiserver': {
    what: 'Pod 经由 Service kubernetes 访问 API，各用自己服务账号的令牌。',
    without: 'Pod 中的控制器、CoreDNS 和网络插件失败。',
  },
  'apiserver-to-kubelet': {
    what: 'kubectl logs、exec、port-forward 走这条路。',
    without: 'logs、exec、attach、port-forward 失败；Pod 照常运行。',
  },
  'metrics-server-to-kubelet': {
    what: 'kubectl top 和自动扩缩从 kubelet 读取 CPU 和内存。',
    without: 'kubectl top 没有数据，按 CPU 和内存的自动扩缩停止。',
  },
  'apiserver-to-aggregated-api': {
    what: '对聚合 API 的请求被转发，用户写在请求头里。',
    without: '该聚合 API 不可用；命名空间可能一直删不完。',
  },
  'apiserver-to-webhook': {
    what: '询问准入 webhook 和转换 webhook。只有准入配置指定了证书，才向它们出示证书。',
    without: 'failurePolicy 为 Fail 时，凡需询问 webhook 的对象都无法创建或修改。',
  },
  'scraper-to-controller-manager': {what: '控制器管理器的指标。', without: '没有控制器管理器的指标。'},
  'scraper-to-scheduler': {what: '调度器的指标。', without: '没有调度器的指标。'},
  'apiserver-to-itself': {
    what: 'API 服务器也是自己的客户端；证书在内存里，每次启动时重新生成。',
    without: '在旧版本中，连续运行一年后内存里的证书过期，必须在此之前重启。从 1.36 起 /livez 会报告。',
  },
};

export const signing: Lesson = {
  what: '控制器管理器用它给 certificates.k8s.io 的请求（kubelet 和个人的）签名。',
  without:
    '请求获批却无人签名：加入的 kubelet 拿不到证书，运行中的也无法续期。证书文件里只能有一张证书，否则控制器管理器无法启动。',
};

export const delegation: Readonly<Record<DelegationId, Lesson>> = {
  authentication: {
    what: '有人（例如收集指标的程序）调用该组件自己的端口时，它用这个文件问 API 服务器对方是谁（TokenReview）。组件自己的工作不用它。',
    without: '出示令牌的调用方被当作匿名，也不会从集群查到客户端 CA：收集指标的程序被拒绝。其他一切照常。',
  },
  authorization: {
    what: '有人调用该组件自己的端口时，它用这个文件问 API 服务器对方可不可以这样做（SubjectAccessReview），例如读取 /metrics。组件自己的工作不用它。',
    without: '在它自己的端口上，除了健康检查，谁都不可以做任何事：收集指标的程序得到 403 Forbidden。其他一切照常。',
  },
};
