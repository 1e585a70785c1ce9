import type {FaultId, FaultLesson} from '../faults.ts';

/** What can be broken in the lab, in Chinese. One file because it is one table. */

export const faults: Readonly<Record<FaultId, FaultLesson>> = {
  'etcd-server-expired': {
    title: 'etcd 的服务器证书已过期',
    broken: 'etcd 的服务器证书昨天到期。它的私钥、名称和 CA 都正确。',
    why: '先验证服务器的是调用方，所以拒绝的是 API 服务器。etcd 自己读取证书时毫无怨言，继续提供服务：没有服务器会检查自己的有效期。不过 etcd 调用自己的网关时，作为客户端出示的也是这张证书，在那里它会拒绝自己。',
    remedy: '用 etcd CA 续期 etcd-server。etcd 在下一次连接时读取新文件。',
  },
  'etcd-client-expired': {
    title: '向 etcd 出示的证书已过期',
    broken: 'API 服务器向 etcd 出示的证书昨天到期。',
    why: 'API 服务器对 etcd 没有意见。etcd 要求客户端证书，发现它已过期，于是中断握手；API 服务器只听到 "bad certificate"。',
    remedy: '用 etcd CA 续期 apiserver-etcd-client。API 服务器下次连接 etcd 时会读取它。',
  },
  'admin-expired': {
    title: '管理员的证书已过期',
    broken: 'admin.conf 里的客户端证书昨天到期。',
    why: 'API 服务器会请求证书，但不强制，所以握手成功。之后它才发现证书已过期，把调用者当作不认识的人：401 Unauthorized。',
    remedy: '续期 admin.conf，并重新复制到 kubectl 读取的地方（~/.kube/config）。',
  },
  'apiserver-not-yet-valid': {
    title: 'API 服务器的证书尚未生效',
    broken: 'API 服务器的证书明天才生效，就像在时钟偏快的机器上签发的那样。',
    why: '每个调用方都用自己的时钟核对日期，然后拒绝。API 服务器照样出示这张证书。',
    remedy: '校准时钟（chrony、NTP），然后重新签发证书。',
  },
  'scheduler-not-yet-valid': {
    title: '调度器的证书尚未生效',
    broken: '调度器的客户端证书明天才生效，就像 API 服务器的时钟偏慢时那样。',
    why: '调度器接受 API 服务器。API 服务器用自己的时钟核对日期，把调度器当作不认识的人：401 Unauthorized。',
    remedy: '校准时钟（chrony、NTP），然后重新签发证书。',
  },
  'old-kubeconfig': {
    title: 'kubeconfig 里是另一个集群的 CA',
    broken: 'admin.conf 里的 CA 名称正确而密钥不同：这是重建集群之前的旧副本。',
    why: '调用方找到了名称正确的 CA，签名却对不上。每个 kubeadm 集群的 CA 都叫 "kubernetes"：名称说明不了什么，起决定作用的是密钥。',
    remedy: '把本集群的 CA 放进 kubeconfig（certificate-authority-data），或重新复制 kubeconfig。',
  },
  'old-client-ca': {
    title: '用另一个集群的 CA 验证客户端',
    broken: '--client-ca-file 指向的文件里，CA 名称正确而密钥不同。',
    why: '调用方仍然信任 API 服务器，但它一个也不认识：它们的证书是用另一个密钥签发的。同一个文件往往还用来验证别人（Pod 通过 --root-ca-file 得到它）：用它验证的一方也会拒绝。',
    remedy: '把集群的 CA 放回去。更换 CA 期间，该文件同时包含新旧两个。',
  },
  'unknown-etcd-ca': {
    title: 'API 服务器不认识 etcd 的 CA',
    broken: '--etcd-cafile 指向的文件里是一个在这里没有签发过任何证书的 CA。',
    why: 'API 服务器找不到与签发者同名的 CA，于是拒绝 etcd。如果 etcd 也用同一个文件验证客户端，双方都会拒绝；调用方在先。',
    remedy: '把 etcd CA 放进 --etcd-cafile 指向的文件。',
  },
  'unknown-client': {
    title: '客户端的 CA 是 etcd 不认识的',
    broken: 'API 服务器向 etcd 出示的证书名称正确，签发它的 CA 却没有人认识。',
    why: '任何人都能在证书里写任何名称。etcd 要找的是 --trusted-ca-file 中某个 CA 的签名，却没有找到。',
    remedy: '让 etcd CA 签发 apiserver-etcd-client。',
  },
  'etcd-without-name': {
    title: 'etcd 的证书缺少被调用的地址',
    broken: 'etcd 的服务器证书缺少 API 服务器调用时用的地址；其他名称都在。',
    why: '调用方在 SAN 里查找自己调用时用的名称，地址只在地址中查找，找不到就拒绝。CN 从不算数。用其他名称调用的不受影响。',
    remedy: '把该地址写进 SAN，重新签发 etcd-server。',
  },
  'apiserver-without-name': {
    title: 'API 服务器的证书缺少端点名称',
    broken: 'API 服务器的证书缺少 kubectl 调用的端点，就像搬到负载均衡器后面之后那样。',
    why: '用缺少的名称调用的会拒绝，用其他名称调用的能进去：集群从里面能用，从外面不能用。',
    remedy:
      '加上该名称签发证书（certSANs）。kubeadm 续期时沿用旧名称：先删除证书和私钥，再运行 init phase certs apiserver。',
  },
  'apiserver-without-san': {
    title: 'API 服务器的证书完全没有 SAN',
    broken: 'API 服务器的证书只有 CN 而没有 SAN，旧教程就是这样生成的。',
    why: '从 Go 1.15 起不再看 CN。凡是验证的调用方，无论用什么名称调用，都会拒绝。',
    remedy: '把有人用来调用的所有名称和地址写进 SAN，签发证书。',
  },
  'server-for-clients-only': {
    title: '服务器出示只能用于客户端的证书',
    broken: 'API 服务器的证书只能用于客户端：扩展密钥用途里没有 server auth。',
    why: 'CA、名称和日期都对。调用方需要可用于服务器的证书，所以拒绝这一张。',
    remedy: '加上 server auth 重新签发。',
  },
  'client-for-servers-only': {
    title: '客户端向 etcd 出示只能用于服务器的证书',
    broken: 'API 服务器向 etcd 出示的证书只能用于服务器：扩展密钥用途里没有 client auth。',
    why: 'etcd 验证的是客户端，所以需要可用于客户端的证书；无论是谁签发的，它都拒绝这一张。',
    remedy: '加上 client auth 重新签发。外部 CA 需要专门告知：kubeadm 的请求里没有写。',
  },
  'user-for-servers-only': {
    title: '有人出示只能用于服务器的证书',
    broken: 'admin.conf 里的客户端证书只能用于服务器。',
    why: '握手成功，而 API 服务器把调用者当作不认识的人。它的日志写了两个原因：前一个来自前端代理的 CA，只是先试了它，没有意义；后一个才是真正的原因。',
    remedy: '加上 client auth 重新签发。',
  },
  'etcd-for-servers-only': {
    title: 'etcd 的服务器证书只能用于服务器',
    broken: 'etcd 的服务器证书没有 client auth；对服务器来说，这看起来理所当然。',
    why: 'API 服务器没有意见。但 etcd 自己的网关用服务器证书调用 etcd 的端口，被 etcd 拒绝。所以它还需要客户端用途。',
    remedy: '用 server auth 和 client auth 签发 etcd-server。',
  },
  'etcd-swapped-key': {
    title: 'etcd 证书旁边的私钥不对',
    broken: 'etcd 的服务器证书旁边的私钥属于另一张证书。',
    why: '进程在监听之前先读取自己的证书和私钥，而两者不配对。根本没有可以失败的握手。',
    remedy: '放回私钥，或把两者一起重新签发。',
  },
  'apiserver-swapped-key': {
    title: 'API 服务器证书旁边的私钥不对',
    broken: 'API 服务器的证书旁边的私钥属于另一张证书，就像只复制了一半那样。',
    why: 'API 服务器在监听之前先读取自己的证书和私钥，而两者不配对：它退出了，那里没有谁可以调用。已在运行的会继续使用旧的一对，直到重启。',
    remedy: '放回私钥，或把两者一起重新签发。续期要一次完成：证书和私钥是一个整体。',
  },
  'client-swapped-key': {
    title: '客户端证书旁边的私钥不对',
    broken: 'API 服务器用于 etcd 的私钥属于另一张证书。',
    why: 'API 服务器在调用之前先读取这一对，而两者不配对。etcd 什么也不知道。',
    remedy: '放回私钥，或把两者一起重新签发。',
  },
  'intermediate-missing': {
    title: '缺少中间 CA 证书',
    broken: 'API 服务器发送证书时没有附上签发它的中间 CA 证书，而 admin.conf 里只有根 CA。',
    why: '从证书到根之间有一个缺口，要由服务器补上。自己持有中间 CA 证书的一方察觉不到：有的能用，有的不能用。',
    remedy: '把中间 CA 证书放进同一个文件，排在证书之后；根 CA 不要放进去。',
  },
  'one-ca-for-all': {
    title: '只有一个 CA，kubelet 来调用 etcd',
    broken: '整个集群只有一个 CA：etcd 用签发 kubelet 和个人证书的那个 CA 验证客户端。',
    why: '没有谁拒绝。证书是对的，而 etcd 没有 RBAC：放进来的人可以读写所有对象，包括 Secret。',
    remedy: '给 etcd 一个单独的 CA，只给 etcd 和它的客户端签发。',
  },
  'front-proxy-name': {
    title: '只有一个 CA，有用户名叫 front-proxy-client',
    broken: '整个集群只有一个 CA，有人让它签发了一张名为 front-proxy-client 的客户端证书：只是一个普通的请求。',
    why: '没有谁拒绝。只要出示那个 CA 签发的、叫那个名称的证书，API 服务器就相信它的请求头：X-Remote-Group: system:masters 就能成为管理员。',
    remedy: '给前端代理一个单独的 CA，不用它签发别的证书。',
  },
  'front-proxy-any-name': {
    title: '前端代理没有允许名称的列表',
    broken: '没有设置 --requestheader-allowed-names，而前端代理的 CA 又签发了第二张证书，名为 aggregator。',
    why: '没有谁拒绝。没有这个列表，那个 CA 的任何证书都能冒充任何用户。',
    remedy: '设置 --requestheader-allowed-names=front-proxy-client。',
  },
  'another-sa-pub': {
    title: 'sa.pub 属于另一对密钥',
    broken: '有一个 API 服务器的 sa.pub 不是签发令牌的 sa.key 的公钥，就像每个节点各自生成了一对那样。',
    why: '握手成功：令牌不是证书。在连接里，API 服务器用自己的 sa.pub 检查令牌的签名，却对不上。有多个 API 服务器时，同一个 Pod 在这里能进去，在那里进不去。',
    remedy: '把同一对 sa.key 和 sa.pub 复制到所有控制平面节点。',
  },
  'bundle-in-signing-file': {
    title: '用来签名的文件里有两张证书',
    broken: '--cluster-signing-cert-file 指向的文件里还有第二个 CA；用来验证的文件可以这样。',
    why: '验证的一方可以接受任意多个 CA。签名的一方只需要一个：控制器管理器下次启动时会退出。已在运行的只写日志，继续使用旧的 CA。',
    remedy: '给签名者一个只含它那个 CA 的文件；证书包放进用来验证的文件。',
  },
};
