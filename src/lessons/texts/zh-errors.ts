import type {SideId} from '../error-row.ts';
import type {ErrorId} from '../errors.ts';
import type {ErrorLesson} from '../lessons.ts';

/** Why each error is said, and what to do, in Chinese. One file because it is one table. */

export const sides: Readonly<Record<SideId, string>> = {
  caller:
    '调用方：它不接受服务器出示的证书。服务器的日志里几乎什么都没有，所以要看调用方的文件，以及服务器出示的证书。',
  provider:
    '被调用的一端，也就是服务器，在它的日志里：它不接受调用方出示的证书。调用方只会听到 "remote error"。要看调用方的证书，以及这个服务器用来验证客户端的文件。',
  either:
    '两端都有可能：调用方会这样说服务器的证书，服务器也会这样说调用方的证书，用词相同。要看是谁的日志或输出：前面是 "Unable to connect to the server" 或 Get "https://..."，说话的是调用方；前面是 "TLS handshake error from" 或 "rejected connection"，说话的是服务器。说话的一方不接受另一方出示的证书。',
  apiserver:
    'API 服务器，在它的日志里：它不接受调用者。调用者只会听到 "Unauthorized"。聚合 API 和控制器管理器也用同样的话说它们的调用者。',
  kubelet: 'kubelet，在它的日志里，或由 API 服务器转达的答复：它拒绝调用者，多半是 API 服务器。',
  etcd: 'etcd，在它的日志里：它不接受调用者。调用者只会听到 "bad certificate"。',
  'far-end': '另一端："remote error" 表示本程序被对方拒绝，却不知道原因。原因在另一端的日志里。',
  'in-vain': '调用方：它白等了一场。这句话没有说是没人应答，还是哪一端拒绝了对方。',
  'before-tls': '发现问题的一端：TLS 连接没有建立起来，也没有证书被拒绝。',
  answer: 'API 服务器的答复：TLS 已经成功，是请求本身被拒绝。',
  itself: '程序自己：在发送任何东西之前，说的是它自己的文件或参数。',
};

export const errors: Readonly<Record<ErrorId, ErrorLesson>> = {
  'requestheader-overlap': {
    cause:
      '同一个 CA 既签发客户端又签发前端代理，而且没有限定名称：这样任何客户端都能用请求头冒充任何人。从 1.36 起 API 服务器因此拒绝启动。',
    remedy: '给 API 服务器加上 --requestheader-allowed-names=front-proxy-client。更好的办法是让前端代理使用单独的 CA。',
  },
  'signing-file-has-two': {
    cause:
      '--cluster-signing-cert-file 的文件里有两个 CA（更换 CA 期间的 ca.crt 就是这样）。用来验证的文件可以有多个，这里只能有一个。',
    remedy: '把负责签名的那个 CA（与旁边私钥配对的）单独放进一个文件，让 --cluster-signing-cert-file 指向它。',
  },
  'signing-pair-mismatch': {
    cause:
      '--cluster-signing-cert-file 里的第一张证书与旁边的私钥不配对：常见于旧 CA 排在前面的证书包，或只换了 CA 没换私钥。',
    remedy: '只给控制器管理器与私钥配对的那一张证书。',
  },
  'root-ca-unreadable': {
    cause: '--root-ca-file 的文件（会成为每个命名空间的 kube-root-ca.crt）不存在、为空或不是证书。',
    remedy: '把集群的 CA 放回去；其他控制平面节点上的是同一个文件。',
  },
  'parent-key-mismatch': {
    cause: 'kubeadm 用 ca.key 签名，而 ca.crt 里的第一张证书不属于这个私钥：常见于旧 CA 排在前面的证书包。',
    remedy: '把与私钥配对的证书放在最前面，或放回正确的一对。',
  },
  'join-wrong-pin': {
    cause: 'join 命令里的哈希与集群公布的 CA 不符：命令属于另一个集群，或是更换 CA 之前的。也可能有人在中间。',
    remedy: '在控制平面节点上重新生成 join 命令。不要跳过检查。',
  },
  'join-no-signature': {
    cause:
      'cluster-info 没有用这个令牌签名：令牌已过期（默认 24 小时）或被删除，或者负责签名（bootstrapsigner）的控制器管理器没有运行。',
    remedy: '看令牌是否还在列表中；没有就新建一个。还在的话，检查控制器管理器。',
  },
  'bootstrap-kubeconfig-missing': {
    cause:
      'kubelet 没有有效的客户端证书，想用引导令牌申请新的，而那个 kubeconfig 在节点加入后就被删除了。多半是证书到期时机器关着或断网。',
    remedy:
      '先看 kubelet 证书的到期日，不要急着手写缺少的文件。然后用新令牌重新加入，或用集群 CA 为 system:node:节点名（组 system:nodes）签发 kubelet.conf。',
  },
  'certificate-key-gone': {
    cause: '控制平面的密钥曾为其他节点上传，但那个 Secret 只保留两小时。',
    remedy: '在控制平面节点上重新上传，并在 join 命令里使用新的密钥。',
  },
  'certificate-key-wrong': {
    cause: '--certificate-key 不是最近一次上传时的那个。',
    remedy: '重新上传，命令会打印对应的密钥。',
  },
  'certificates-not-copied': {
    cause: '要把节点变成控制平面，但所有控制平面节点共用的文件不在上面：各 CA 及其私钥，以及 sa.key 和 sa.pub。',
    remedy: '只从另一个控制平面节点复制这些文件，或用 --certificate-key 加入。其他证书属于各节点自己，不要复制。',
  },
  'external-authority': {
    cause: '有 CA 证书而没有它的私钥：这是外部 CA，所以这里无法签发。如果私钥保存在别处，这是正常的。',
    remedy: '到私钥所在的地方签发，或在续期期间把私钥放回来。',
  },
  'leaf-of-other-authority': {
    cause: '这里的证书不是旁边那个 CA 签发的：混用了两个集群的文件，或更换 CA 前后的文件。',
    remedy: '放回正确的 CA，或把证书和私钥移开后重新签发。',
  },
  'csr-other-node': {
    cause:
      'kubelet 只能申请自己名称的证书。它以一个节点的身份登录，却申请另一个：主机名改了、大小写不同，或复制了其他节点的文件。',
    remedy: '让 Node 的名称、--hostname-override 和 kubelet 证书的主体一致，并用小写。',
  },
  'csr-masters': {
    cause: '证书 API 不为 system:masters 组签发：那会是无法收回的权限。',
    remedy: '使用自己的组并绑定角色；通过绑定得到的 cluster-admin 可以收回。',
  },
  'csr-no-names': {
    cause: '服务器证书的请求里既没有 DNS 名也没有地址，所以批准了却没有签发。申请时 Node 还没有地址。',
    remedy: '删除请求，确认 Node 有 InternalIP，再重启 kubelet 让它重新申请。',
  },
  'csr-too-short': {
    cause: '请求的有效期不到十分钟，而这是 API 接受的下限。',
    remedy: 'spec.expirationSeconds 至少为 600。',
  },
  'kubelet-not-signed-yet': {
    cause: 'kubelet 还没有服务器证书：启用 serverTLSBootstrap 后它会申请，但必须有人批准，不会自动批准。',
    remedy: '把待批请求里的名称与 Node 核对，然后批准。',
  },
  'token-flags-missing': {
    cause: '从 1.20 起，API 服务器需要服务账号密钥对的私钥来签发令牌，还需要一个签发者名称。',
    remedy: '加上这两个参数；文件就在 --service-account-key-file 所指文件的旁边。',
  },
  'ca-bundle-wrong': {
    cause:
      'API 服务器调用 webhook 或聚合 API，却不接受它的证书。这与集群的 CA 无关：证书由其运维者生成，配置里的 caBundle 决定用什么验证。',
    remedy:
      '到它的运维处（cert-manager、Helm chart）修正：caBundle 必须是签发当前证书的 CA，名称是 SERVICE.NAMESPACE.svc。',
  },
  'etcd-peer-address': {
    cause: '有成员发起调用，而它的来源地址不在它的证书里：证书是从另一个成员复制来的，或者地址变了。',
    remedy: '在发起调用的成员上，用这个地址重新签发 etcd-peer。每个成员都要有自己的。',
  },
  'front-proxy-name': {
    cause:
      '有人出示了前端代理 CA 的证书，但名称不在 --requestheader-allowed-names 里；作为普通客户端也不被认识。若只有一个 CA，旧版 API 服务器对其他客户端也会说前半句。',
    remedy: '用允许的名称（front-proxy-client）签发前端代理的证书，或把它的名称加进参数。',
  },
  'service-account-key': {
    cause:
      'Pod 的令牌是用这个 API 服务器没有其公钥的密钥签名的。有多个控制平面节点时：各节点的 sa.key 和 sa.pub 不同，所以时好时坏。',
    remedy:
      '把同一对 sa.key 和 sa.pub 复制到所有控制平面节点，重启 API 服务器和控制器管理器。更换密钥后，用第二个 --service-account-key-file 保留旧公钥，直到旧令牌到期。',
  },
  'service-account-token-ended': {
    cause: '服务账号的令牌已过期：程序只读了一次，或者时钟不准。',
    remedy: '核对时钟，然后重启 Pod，让它读取新的令牌。',
  },
  'bearer-token-unknown': {
    cause: 'API 服务器不认识这个令牌。引导令牌默认 24 小时后过期并被删除。',
    remedy: '看它是否还在列表中；没有就新建一个。',
  },
  'kubelet-client-expired': {
    cause:
      'kubelet 的客户端证书已过期。运行期间它会自己续期，所以是机器停了很久，或者 kubelet.conf 仍嵌着最初的证书，没有指向 kubelet-client-current.pem。',
    remedy: '给 kubelet 签发新证书，或让节点用令牌重新加入；然后让 kubelet.conf 指向 kubelet-client-current.pem。',
  },
  'loopback-expired': {
    cause: 'API 服务器用每次启动时在内存中生成的证书与自己通信。一年没有重启，它就过期了。没有文件出错。',
    remedy: '重启 API 服务器。',
  },
  'no-names': {
    cause: '服务器的证书只有 CN。名称只在 SAN 里查找。',
    remedy: '把名称和地址写进 SAN 重新签发；用 kubeadm 时先删除证书和私钥。',
  },
  'no-address-names': {
    cause: '调用者用的是地址，而证书里一个地址也没有。kubelet 给自己签的证书就是这样，metrics-server 常遇到。',
    remedy: '让 kubelet 申请服务器证书（serverTLSBootstrap: true）并批准，或签发含节点地址的证书。',
  },
  'name-mismatch': {
    cause: '调用服务器时用的名称或地址，不在它出示的证书的 SAN 里。',
    remedy: '加上该名称重新签发证书，或改用证书里有的名称。"kubeadm certs renew" 会沿用旧名称，没有用。',
  },
  'etcd-client-expired': {
    cause: 'etcd 的客户端（多半是 API 服务器）出示了过期的证书。',
    remedy: '续期 apiserver-etcd-client（成员之间则是 etcd-peer），并重启 API 服务器。',
  },
  'etcd-client-wrong-usage': {
    cause:
      'etcd 的客户端出示了不是客户端用途的证书。如果地址是 etcd 自己的，那就是 etcd-server 或 etcd-peer：两者都需要 server auth 和 client auth。',
    remedy: '在用途中加上 client auth 重新签发。',
  },
  'etcd-client-unknown-authority': {
    cause: 'etcd 的客户端出示的证书，其 CA 不在 --trusted-ca-file 里，常常是用了集群 CA 而不是 etcd CA。',
    remedy: '给调用者 etcd CA 签发的证书，或给 etcd 正确的 CA。etcd 只在启动时读取该文件。',
  },
  'client-shows-nothing': {
    cause: 'etcd 要求客户端证书，而调用者没有出示。',
    remedy: '给 API 服务器加上 --etcd-certfile 和 --etcd-keyfile；给 etcdctl 加上 --cert 和 --key。',
  },
  'caller-refused-etcd': {
    cause:
      '拒绝的不是 etcd，而是客户端：--etcd-cafile 是另一个 CA，或所用名称（常为 127.0.0.1）不在 SAN 里，或证书已过期。',
    remedy: '看调用方（多半是 API 服务器）的日志：那里写着是三者中的哪一个。',
  },
  'caller-refused-apiserver': {
    cause:
      '该地址上的客户端拒绝了本服务器的证书：它信任另一个 CA，或证书里缺少名称。常见的是旧的 kubeconfig 和探测程序。',
    remedy: '检查那个客户端：更新其 kubeconfig 里的 CA，或把名称加进证书。',
  },
  'etcd-refused-caller': {
    cause:
      'etcd 拒绝了 API 服务器的客户端证书：属于另一个 CA、已过期、不是客户端用途，或根本没有出示。API 服务器往往只看到连接中断。',
    remedy: '看同一时刻 etcd 的日志："rejected connection" 那一行写着原因。',
  },
  'etcd-server-unknown-authority': {
    cause: 'API 服务器不接受 etcd 的证书：--etcd-cafile 里的 CA 不是签发它的那个。',
    remedy: '给它 etcd 的 CA。该文件只在 API 服务器启动时读取。',
  },
  'client-expired': {
    cause: '调用者的客户端证书已过期。日志里的序列号说明是哪一张。',
    remedy:
      '续期该证书或 kubeconfig，并重启只读取一次的组件：控制器管理器和调度器。~/.kube/config 之类的副本要重新复制。',
  },
  'client-wrong-usage': {
    cause: '调用者出示了只能用于服务器的证书。',
    remedy: '加上 client auth 重新签发。',
  },
  'client-not-yet-valid': {
    cause: '按服务器的时钟，客户端的证书尚未生效：两边的时钟有一个不准。',
    remedy: '校准两台机器的时钟；在时钟不准时签发的证书要重新签发。',
  },
  'client-unknown-authority': {
    cause:
      '调用者的证书所属的 CA 不在 --client-ca-file 里：属于另一个集群、更换 CA 之前的，或是 etcd 或前端代理的 CA。',
    remedy: '用集群 CA 给客户端签发证书；更换 CA 期间，让 --client-ca-file 同时包含新旧两个。',
  },
  'not-yet-valid': {
    cause: '按本机的时钟，证书尚未生效：这里或签发处的时钟不准。',
    remedy: '核对并校准时钟；刚签发的证书也可能只差几分钟。',
  },
  'certificate-expired': {
    cause: '另一端出示的证书已过期。kubeadm 的服务器证书和客户端证书有效期是一年。',
    remedy: '先弄清是哪一端在说话，再给另一端出示的证书续期。如果文件已经续期，说明程序还持有旧的：请重启它。',
  },
  'wrong-usage': {
    cause: '另一端出示的证书不是给它这个角色用的：服务器需要 server auth，客户端需要 client auth。',
    remedy: '加上所需的用途重新签发，或让参数指向正确的文件。',
  },
  'authority-namesake': {
    cause:
      '说话的一方信任的 CA 名称相同而密钥不同。每个 kubeadm 集群的 CA 都叫 "kubernetes"：kubeconfig 或 CA 文件属于另一个集群，或是重建集群或 CA 之前的。',
    remedy:
      '如果是 kubectl 或组件作为调用方在说：把本集群的 CA 放进它的 kubeconfig（certificate-authority-data），或重新复制 admin.conf。如果是服务器在说：调用方出示的证书属于另一个 CA，要重新签发。',
  },
  'signer-is-no-authority': {
    cause: '签发证书的不是 CA（basicConstraints 中没有声明），或用了不再被接受的签名方式，例如 SHA-1。',
    remedy: '用真正的 CA 以 SHA-256 重新签发。',
  },
  'unknown-authority': {
    cause: '说话的一方没有得到 CA，或得到的 CA 不是签发另一端证书的那个。',
    remedy:
      '给说话的一方签发者的 CA：kubeconfig 里是 certificate-authority-data，组件里是 CA 参数。或者给另一端一张由受信任的 CA 签发的证书。不要关闭验证。',
  },
  'other-end-refused': {
    cause:
      '另一端不接受本程序出示的证书。警报有时会说出原因，例如 "expired certificate" 或 "unknown certificate authority"；"bad certificate" 则什么原因都可能。',
    remedy: '看另一端此刻的日志：原因在那里。再看本程序出示的证书：何时到期，属于哪个 CA，是服务器用途还是客户端用途。',
  },
  'pair-mid-change': {
    cause: '服务器在证书和私钥正被写入时读取了它们。两者配对之前，它继续使用旧的一对。',
    remedy: '只出现一次就不用管。反复出现说明两者不配对。写这类文件时先写到旁边再改名，私钥在前。',
  },
  'key-mismatch': {
    cause: '证书和私钥不是一对：只换了其中一个，或参数指向了不同的两对。',
    remedy: '把一起生成的两个放在一起，或重新签发证书。',
  },
  'pem-broken': {
    cause: '文件是空的、不是 PEM，或内容不符：该是证书却是私钥、复制了一半，或是 DER。',
    remedy: '查看其内容，放入正确的文件。',
  },
  'file-missing': {
    cause: '参数或 kubeconfig 指向的文件不存在。在静态 Pod 中，文件可能在机器上，却没有挂载进 Pod。',
    remedy: '放入文件、改正参数，或在清单中挂载它的目录（hostPath）。',
  },
  'file-not-permitted': {
    cause: '文件存在，但运行程序的用户不能读取。私钥只能由 root 读取，这是对的。',
    remedy: '用正确的用户或 sudo 运行，或把文件交给该用户。不要对所有人开放私钥。',
  },
  'forbidden-admin': {
    cause: 'admin.conf 已被接受；但同名的 ClusterRoleBinding 不在，它的组 kubeadm:cluster-admins 没有权限。',
    remedy: '用不需要绑定的 super-admin.conf 重新创建绑定。',
  },
  'forbidden-kubelet-api': {
    cause: 'kubelet 接受了 API 服务器的证书，但其中的用户无权使用 kubelet 的 API。从 1.36.1 起它不再有组，需要绑定。',
    remedy: '把它的 CN 绑定到 ClusterRole system:kubelet-api-admin。',
  },
  'forbidden-anonymous': {
    cause: '调用者没有出示证书，也没有令牌，所以是匿名：kubeconfig 里没有用户，或中间的代理终止了 TLS，丢掉了证书。',
    remedy: '检查 kubeconfig 的当前上下文和用户；让负载均衡器直接转发 TCP。',
  },
  'node-name-differs': {
    cause: 'kubelet 的证书是一个节点名，注册时用的却是另一个：主机改名了，或复制了其他节点的文件。',
    remedy: '让名称一致：按 Node 的名称签发证书，或设置 --hostname-override。',
  },
  'forbidden-node': {
    cause:
      '有人在用 kubelet 的身份操作。它只能看到本节点的 Pod 所需的内容：kubectl 用了 kubelet.conf，或有 Pod 用它运行。',
    remedy: '使用 admin.conf 或自己的 kubeconfig。',
  },
  'forbidden-token': {
    cause: '引导令牌已被接受，但它的组没有 kubeadm 应给的权限：缺少绑定，或令牌的组不同。',
    remedy: '重新创建绑定，并用组 system:bootstrappers:kubeadm:default-node-token 创建令牌。',
  },
  forbidden: {
    cause: '证书或令牌已被接受：用户是已知的，只是没有权限。没有证书出错。',
    remedy: '给用户或它的某个组绑定角色。',
  },
  'plain-http': {
    cause: '一端说明文 HTTP，另一端说 TLS：该用 https:// 却用了 http://，或端口不对。',
    remedy: '检查 kubeconfig 或参数里的地址，以及该端口说的是什么。',
  },
  unauthorized: {
    cause:
      'API 服务器不认识调用者，而这一侧得不到原因。多半是客户端证书过期、属于另一个 CA，或令牌已不存在。（如果是 Forbidden，403，意思是：知道你是谁，但你不可以这样做。）',
    remedy:
      '先看客户端自己的证书，再看同一时刻 API 服务器的日志，用其中 "Unable to authenticate the request" 那一行再问一次。',
  },
  'etcd-unreachable': {
    cause: 'API 服务器没能及时连上 etcd。这一行掩盖了原因：etcd 停了，或者有一方拒绝了对方的证书。',
    remedy:
      '看它前面的几行和 etcd 的日志："signed by unknown authority" 是 --etcd-cafile 不对，"bad certificate" 是 etcd 拒绝了客户端证书。',
  },
  'connection-refused': {
    cause: '该端口没有程序在监听。这本身不说明证书有问题，但 API 服务器常因证书而无法启动。',
    remedy: '看它的容器是否在运行，读它最后的日志，用其中的内容再问一次。',
  },
  'handshake-noise': {
    cause: '有人打开端口后一言不发就走了：负载均衡器的健康检查、端口扫描，或放弃的客户端。没有证书出错。',
    remedy: '只要客户端正常，就不用管。想让它安静，可让负载均衡器用 HTTPS 检查 /readyz。',
  },
  'kubelet-refuses-apiserver': {
    cause:
      'kubelet 不接受 API 服务器的客户端证书，所以 logs 和 exec 失败：证书已过期，或 kubelet 的 clientCAFile 里的 CA 没有签发它。Unauthorized（401）的意思是：不知道你是谁；如果是 Forbidden（403），意思是：知道你是谁，但你不可以这样做。',
    remedy: '续期 apiserver-kubelet-client，或给 kubelet 集群的 CA；1.36 之前的 kubelet 只读取一次，要重启。',
  },
  'kubelet-not-configured': {
    cause: 'kubelet 在 kubeadm 写好配置之前就启动了。在运行 kubeadm init 或 join 之前，它会反复重启，这是正常的。',
    remedy: '在本机运行 kubeadm init 或 kubeadm join。如果以前加入过，说明文件被删了：请重新加入。',
  },
  'no-kubeconfig': {
    cause: 'kubectl 没有 kubeconfig，于是访问默认地址，而那里没有程序在监听。没有证书出错。',
    remedy:
      '给它一个：--kubeconfig、环境变量 KUBECONFIG，或把 admin.conf 复制为 ~/.kube/config。用 sudo 时是 root 的。',
  },
};
