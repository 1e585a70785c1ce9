import type {WordId, WordLesson} from '../glossary.ts';

/** What the words of certificates and clusters mean, in Chinese. One file because it is one table. */
export const glossary: Readonly<Record<WordId, WordLesson>> = {
  certificate: {
    what: '一个公钥，加上名称、有效期和用途，由 CA 签名。',
    use: '出示它就是说明自己是谁；与它配对的私钥证明它确实属于自己。证书谁都可以看：它不是机密。',
  },
  'key-pair': {
    what: '一个私钥和与它配对的公钥：一个签的名，用另一个验证。',
    use: '公钥写在证书里。私钥放在只有所有者能读的文件里（.key，权限 0600）：谁拿到它，谁就能冒充那个服务器或用户。',
  },
  ca: {
    what: '证书颁发机构：可以给其他证书签名的证书，连同它的私钥。',
    use: '谁的文件里有 CA 的证书，谁就能验证它签发的一切。谁有它的私钥，谁就能造出用它验证的任何身份。kubeadm 建三个：集群、etcd 和前端代理各一个。',
  },
  intermediate: {
    what: '由另一个 CA 签名的 CA，叫中间 CA；根 CA 给自己签名。',
    use: '这样根的私钥可以离线保存，日常由中间 CA 签发。出示中间 CA 所签证书的一方，也要一并发送中间 CA 的证书，因为验证者可能只知道根。',
  },
  leaf: {
    what: '证书链末端的证书，也叫叶证书：属于服务器或客户端，不能再给别的证书签名。',
    use: '用 kubeadm 时，每年到期、需要续期的就是它们。上面的 CA 有效期十年。',
  },
  chain: {
    what: '出示的证书、签发它的 CA、再签发那个 CA 的 CA，这样连成的链。',
    use: '验证者沿着它往上走，直到自己文件里的某个 CA。走不到，就说 "certificate signed by unknown authority"。',
  },
  bundle: {
    what: '一个文件里的多个 CA 证书。webhook 或 APIService 的 caBundle 也一样，只是写在配置里。',
    use: '用来验证的文件可以有多个 CA：更换 CA 期间，新旧两个都在里面。控制器管理器用来签名的文件只能有一个（Certwright 为集群写出的文件夹也叫 bundle）。',
  },
  san: {
    what: '主体备用名称：服务器证书对哪些名称和地址有效。',
    use: '调用方在其中查找自己所调用的名称或地址，找不到就拒绝服务器。客户端证书的 SAN 没有人看，只有 etcd 成员之间例外。',
  },
  cn: {
    what: '通用名：证书主体的一部分，说明证书是谁的。',
    use: '在客户端证书里，它是集群中的用户名，例如 system:kube-scheduler。服务器证书的 CN 没有人看：那里只看 SAN。',
  },
  o: {
    what: '组织：证书主体的一部分，可以有多个。',
    use: '在客户端证书里，每个 O 是集群中的一个组：kubelet 的是 system:nodes。角色可以授予组；system:masters 组不管角色怎么规定，什么都可以做。',
  },
  eku: {
    what: '密钥用途（key usage）和扩展密钥用途（EKU）说明证书可以用来做什么。',
    use: 'EKU 是 server auth、client auth 或两者都有：服务器出示客户端用途的证书会被拒绝，客户端出示服务器用途的证书也一样。CA 的密钥用途说明它可以签发证书。',
  },
  serial: {
    what: '证书的序列号；CA 给它签发的每张证书一个不同的号码。',
    use: 'API 服务器的日志用它指出被拒绝的证书，写成十进制（SN=...）；文件和 openssl 里是十六进制。把那一行粘贴给 certwright explain，它会找到文件。',
  },
  fingerprint: {
    what: '整张证书的 SHA-256，也叫 thumbprint。指纹相同，就是同一张证书。',
    use: '它能看出服务器用的是不是磁盘上的那张证书：certwright inspect 会给出两者的指纹。加入命令里的哈希是另一个：它只是公钥的哈希。',
  },
  pem: {
    what: '密钥和证书的文本形式：BEGIN 行和 END 行之间是 base64。DER 是同样内容的二进制形式。',
    use: '集群里几乎所有文件都是 PEM；一个文件可以有多块，例如两个 CA。在 kubeconfig 里，整段 PEM 文本再用 base64 写一遍，放在以 -data 结尾的字段里。',
  },
  csr: {
    what: '证书签名请求：公钥和想要的名称，用私钥签名；私钥留在原处。',
    use: '有 CA 私钥的一方据此签发证书。在集群里它是一个对象 CertificateSigningRequest：kubelet 或人提交它，批准之后由控制器管理器签发。',
  },
  tls: {
    what: '传输层安全协议：给连接加密。开头的握手用证书证明服务器是谁。',
    use: '集群的组件用它互相调用。如果调用方也要出示证书，就是双向 TLS。',
  },
  mtls: {
    what: '两端都出示证书、各自验证对方的 TLS，也叫 mTLS。',
    use: 'API 服务器和 etcd、kubelet 和 API 服务器就这样互相确认。每一端需要三个文件：自己的证书、它的私钥，以及用来验证对方的 CA。',
  },
  caller: {
    what: 'Certwright 的用语，调用方（caller）：发起连接的一端，也就是客户端。',
    use: '它用自己的 CA 文件验证应答方出示的证书，自己则出示客户端证书或令牌，或者什么都不出示。一个程序可以两者都是：kube-apiserver 对 etcd 是调用方，对 kubectl 是应答方。',
  },
  provider: {
    what: 'Certwright 的用语，应答方（provider）：被调用的一端，也就是服务器。',
    use: '它出示服务器证书。如果它要求客户端证书，就用自己的 CA 文件验证。一个程序可以两者都是：API 服务器来取日志时 kubelet 是应答方，其他时候是调用方。',
  },
  door: {
    what: 'Certwright 的用语，门（door）：决定是否让调用方进入的端口，在 etcd、API 服务器和 kubelet 上。',
    use: '客户端证书的 CA 在该组件用来验证客户端的文件里，门就开。Certwright 也拿不该开门的证书去敲门，并说明是否被拒绝。',
  },
  rbac: {
    what: '基于角色的访问控制：角色规定可以做什么，绑定把角色授予用户和组。',
    use: 'API 服务器知道是谁在调用之后才看它。证书说明你是谁，RBAC 说明你可以做什么："Forbidden"（403）是 RBAC 的回答，证书没有错。',
  },
  kubeadm: {
    what: '搭建集群的常用工具：它生成节点的 CA、证书和 kubeconfig，启动控制平面，并让其他节点加入。',
    use: '它的文件在 /etc/kubernetes。证书有效期一年，CA 十年；certwright check 说明各自何时到期，certwright renew 给它们续期。',
  },
  kubeconfig: {
    what: '一个说明三件事的文件：API 服务器在哪里，用哪个 CA 验证它，自己是谁（证书和私钥，或令牌）。',
    use: 'kubectl 和每个调用 API 服务器的组件都有一个。谁拿到这个文件，谁就是那个用户，所以要像私钥一样保密。',
  },
  kubelet: {
    what: '每个节点上负责启动 Pod 容器的程序。',
    use: '它在端口 6443 调用 API 服务器，出示 kubelet-client，并用 kubeconfig 里的 CA 验证 API 服务器。logs 和 exec 时，API 服务器在端口 10250 调用它，它用 clientCAFile 验证 apiserver-kubelet-client。',
  },
  'static-pod': {
    what: 'kubelet 不问 API 服务器、直接按自己节点上的文件（清单）启动的 Pod。',
    use: '用 kubeadm 时，etcd 和控制平面都是静态 Pod：它们的参数写在 /etc/kubernetes/manifests 里。要重启其中一个，就把它的文件移走再移回来。',
  },
  'front-proxy': {
    what: '替别人转发调用、并在请求头（X-Remote-User）里写明用户是谁的程序。kube-apiserver 把调用转给聚合 API（例如 metrics-server）时就是前端代理。',
    use: '它出示证书 front-proxy-client。聚合 API 用前端代理的 CA（requestheader-client-ca-file）检查它，通过之后才相信请求头。没有这张证书，聚合 API 会拒绝：kubectl top 失败。',
  },
  'aggregated-api': {
    what: 'kube-apiserver 把一部分调用转给它的另一个 API 服务器，由 APIService 登记；最常见的是 metrics-server。',
    use: 'kube-apiserver 向它出示 front-proxy-client，它用 requestheader-client-ca-file 检查；这个 CA 它从 ConfigMap extension-apiserver-authentication 读取。没有这张证书，它会拒绝：kubectl top 失败。',
  },
  'service-account': {
    what: '给 Pod 里的程序用的身份。它没有证书：Pod 得到的是令牌。',
    use: '令牌用 sa.key 签名，API 服务器用 sa.pub（--service-account-key-file）验证。之后由 RBAC 决定这个服务账号可以做什么。',
  },
  jwt: {
    what: 'JSON Web Token：一段签了名的短文本。里面的声明写着是谁（sub）、给谁用（aud）、到何时为止（exp）。',
    use: '服务账号的令牌就是 JWT。Pod 在 TLS 连接里面发送它，API 服务器用 sa.pub 验证签名。谁拿到令牌谁就能用，所以它是机密。',
  },
  'token-review': {
    what: '向 API 服务器提的一个问题：这个令牌有效吗，是谁的？',
    use: '有人拿令牌来调用时（例如 metrics-server），kubelet 就这样问：它没有可以验证令牌的密钥。接着它再问这个用户可以做什么。',
  },
  'bootstrap-token': {
    what: '新节点加入时用的口令：六个字符、一个点、十六个字符，保存在 kube-system 的一个 Secret 里。',
    use: '新的 kubelet 还没有证书：它凭引导令牌可以申请一张。用 kubeadm 时，如果没有另外指定，令牌 24 小时后失效。',
  },
  'tls-bootstrap': {
    what: '新的 kubelet 取得第一张客户端证书的过程。',
    use: '它用引导令牌登录，生成私钥，提交 CSR。批准之后由控制器管理器签发，从此 kubelet 使用自己的证书，并自己续期。',
  },
  'discovery-hash': {
    what: 'CA 公钥的 SHA-256，写作 sha256:...。带有密钥类型的公钥叫 SPKI；用来比对的哈希叫 pin。',
    use: 'kubeadm join 用它比对集群给出的 CA，这样新节点不会相信陌生人。用同一个私钥续期的 CA，哈希不变。',
  },
  'control-plane': {
    what: '运行集群的程序：etcd、kube-apiserver、kube-controller-manager、kube-scheduler；也指它们所在的节点。',
    use: '它们必须先于其他一切工作，所以用客户端证书登录。用 kubeadm 时，CA 的私钥也在这些节点上，要最小心地保护。',
  },
  node: {
    what: '集群中运行 kubelet 的一台机器，物理机或虚拟机。在 API 里它是一个对象 Node。',
    use: '它的 kubelet 以组 system:nodes 中的用户 system:node:名称 登录。证书里的名称必须就是 Node 的名称。',
  },
  namespace: {
    what: '集群中有名称的一个区域，即命名空间：大多数对象都在某个命名空间里，不同命名空间里的对象可以同名。',
    use: '服务账号属于一个命名空间，它写在用户名里：system:serviceaccount:命名空间:名称。集群自己的程序在 kube-system 里。',
  },
  secret: {
    what: '集群中存放密码、令牌和密钥的对象。里面的值只是 base64：谁能读这个对象，谁就有了它们。',
    use: '引导令牌是 kube-system 里的 Secret，旧式的服务账号令牌也是 Secret。它们和其他一切一起在 etcd 里，所以谁进了 etcd 就全都有了。',
  },
  'config-map': {
    what: '集群中存放设置和其他非机密文本的对象。',
    use: '有些里面放着 CA 证书：cluster-info 给加入的节点，kube-root-ca.crt 给 Pod，extension-apiserver-authentication 给聚合 API。更换 CA 时，它们也要有新的 CA。',
  },
  claim: {
    what: '令牌（JWT）里写的内容，叫声明：sub 是谁的，aud 是给谁用的，iss 是谁签发的，exp 是何时结束。',
    use: 'API 服务器从 sub 得知用户。aud、iss 或 exp 不符时，回答是 401 Unauthorized。声明谁都能读，但因为有签名，谁也不能改。',
  },
  signer: {
    what: '给 certificates.k8s.io 的请求签名的一方，即签发者。每个签发者有一个名称（如 kubernetes.io/kubelet-serving）和自己的规则。',
    use: '请求用 signerName 写明要哪个签发者。以 kubernetes.io 开头的名称大多由控制器管理器签发，其他名称可以由附加组件签发。',
  },
  'serving-certificate': {
    what: '服务器向调用它的一方出示的证书。',
    use: '它必须用于服务器（server auth），被调用的每个名称和地址都要在里面（SAN）。调用方用自己的 CA 文件检查它。',
  },
  'client-certificate': {
    what: '调用方为了表明自己是谁而向服务器出示的证书。',
    use: '它必须用于调用方（client auth）。API 服务器从 CN 得知用户，从 O 得知组。etcd 只看是哪个 CA 签发的。',
  },
  issuer: {
    what: '给证书签名的一方，即颁发者：那里写着 CA 的主体。在令牌里（iss），是签发令牌的一方。',
    use: '名称什么也证明不了：别的 CA 可以同名，只有签名能说明是不是这个 CA 签发的。令牌的颁发者由 API 服务器的 --service-account-issuer 指定。',
  },
  revocation: {
    what: '在最后一天之前就作废的证书的列表。OCSP 是可以查询同样内容的服务。',
    use: 'Kubernetes 两者都不检查。所以被偷的客户端证书可以一直用到最后一天，或者用到它的 CA 被更换：有效期短一些更好。',
  },
  'key-usage-bits': {
    what: '密钥用途之一：这个密钥可以给证书签名。还会见到 digitalSignature（可以在握手中签名）和 keyEncipherment（可以在使用 RSA 的旧式握手中解密密钥）。',
    use: 'CA 需要 keyCertSign。另外两个 kubeadm 给每张证书，包括 CA。证书用于服务器还是调用方，写在扩展密钥用途（EKU）里。',
  },
  nodeclient: {
    what: '不用人批准就能取得节点客户端证书的权限。',
    use: '引导令牌的组有这个权限，所以新的 kubelet 能自动取得第一张证书。续期时节点有 selfnodeclient 权限。控制器检查有没有权限，然后批准请求。',
  },
  'certificates-api': {
    what: 'Kubernetes API 中给申请的人发证书的部分。',
    use: '有人提交 CertificateSigningRequest，有人批准，它写明的签发者把证书放进去。kubelet 就这样取得证书并续期。',
  },
  'cluster-info': {
    what: 'kube-public 里的一个 ConfigMap，里面有 API 服务器的地址和 CA。谁都可以读。',
    use: 'kubeadm join 在还不能信任任何一方时读取它。所以它随后用引导令牌检查签名，用 join 命令里的哈希检查 CA。',
  },
  'kube-root-ca': {
    what: '每个命名空间里的一个 ConfigMap，里面是 Pod 用来检查 API 服务器的 CA。',
    use: '控制器管理器用 --root-ca-file 的文件填写它。kubelet 把它作为 ca.crt 放进每个 Pod，就在令牌旁边。',
  },
  reconcile: {
    what: '让实际情况符合所要的样子，叫调谐：控制器一次次地把现状和所要的比较，并补上缺少的。',
    use: '控制器管理器由许多这样的控制器组成：例如重新创建 Pod，给已批准的请求签名。它登录不了，就什么都不再修复，但已经在运行的照常运行。',
  },
  'node-authorizer': {
    what: 'API 服务器的一部分，即 Node 授权器：只让 kubelet 得到与自己的节点和上面的 Pod 有关的内容。',
    use: '它按组 system:nodes 和用户 system:node:名称 认出 kubelet。所以偷了一个 kubelet 的证书，也不能从 API 服务器读到其他节点上 Pod 的 Secret。',
  },
  'certificate-authority-data': {
    what: 'kubeconfig 里以 base64 存放 CA 的字段，用来检查 API 服务器。（certificate-authority 则指向一个文件。）',
    use: '它是副本：ca.crt 变了，它不会变。更换 CA 时，每个 kubeconfig 也要改，否则使用它的一方会拒绝 API 服务器。',
  },
  gateway: {
    what: 'etcd 的一部分，即网关：接收 JSON 请求，再转给 etcd 自己的客户端端口。',
    use: '在那里它以客户端身份出示 etcd 的服务器证书。所以这张证书也要用于客户端（client auth）；否则 etcd 的日志会充满被拒绝的握手。',
  },
};
