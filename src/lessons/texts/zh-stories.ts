import type {ArtefactTexts, StoryTexts} from '../stories.ts';

/** The stories in Chinese, and what is said of the things they show. One file because it is one table. */

export const stories: StoryTexts = {
  certificate: {
    title: '什么是证书，什么是 CA',
    about: '名称、公钥和签名：谁为谁担保，担保多久。',
    steps: {
      identity: {
        heading: '证书是签过名的名称和公钥',
        text: '证书说的是：这个公钥属于这个名称，从哪天到哪天有效，用来做什么。这里是 API 服务器的证书。主体是它自己的名称。下面的名称（SAN）是调用者可以使用的地址：服务器证书只对这些名称有效。给它签名的一方是颁发者。',
      },
      key: {
        heading: '私钥从不外传',
        text: '证书是公开的：谁来连接都会收到。旁边的私钥才是凭据。握手时 API 服务器用私钥签名，只有这张证书的私钥才对得上。所以私钥文件的权限是 0600。配上别的证书的私钥毫无用处：进程根本起不来。',
      },
      authority: {
        heading: 'CA 是可以给别的证书签名的证书',
        text: '证书颁发机构（CA）自己也有证书，里面写着 CA:TRUE 和 keyCertSign。kubeadm 的 CA 主体和颁发者相同：它给自己签名，上面没有人为它担保。kubeadm 给 CA 十年，给它签发的证书一年。谁拿到 CA 的私钥，谁就能造出集群里的任何身份。',
      },
      trust: {
        heading: '信任就是一个文件：用来验证的 CA 证书',
        text: '没有人因为证书自己的说法就相信它。验证的一方有一个装着 CA 证书的文件，只接受其中某个 CA 签发的证书。同一张证书，用对的 CA 文件就通过，用别的就不通过。所以每个组件都有一个指定这种文件的参数。',
      },
      end: {
        heading: '它会自己到期，但没有人能收回它',
        text: '过了最后一天，其他一切都对，验证者也会拒绝。在那之前什么都拦不住它：Kubernetes 既不查吊销列表（CRL），也不查 OCSP。被偷的客户端证书可以一直用到过期，或者用到 CA 被更换。唯一的办法是把有效期定得短。',
      },
    },
  },
  handshake: {
    title: '双向 TLS 握手',
    about: '谁按什么顺序出示什么，检查哪些内容，谁可以拒绝。',
    steps: {
      call: {
        heading: 'API 服务器调用 etcd',
        text: '发起连接的是调用方，应答的是服务器。双方都有要出示的证书和私钥，还有用来验证对方的 CA 文件：每一方三个文件、三个参数。一个组件常常身兼两职：API 服务器对 kubelet 来说是服务器，对 etcd 来说是调用方。',
      },
      server: {
        heading: '先由服务器出示证书',
        text: 'etcd 出示服务器证书。API 服务器依次检查：日期；所调用的名称在不在其中；谁签发的；是不是服务器用途。第一项不符合的检查就结束连接。CA 来自 --etcd-cafile。',
      },
      client: {
        heading: '然后由调用方出示',
        text: 'etcd 要求每个人都有证书。API 服务器出示客户端证书，etcd 用 --trusted-ca-file 检查日期、签名和用途。这里不比较名称：客户端没有地址需要证明。（etcd 成员之间要比较：对方的来源地址必须在证书里。）',
      },
      met: {
        heading: '双方都接受，开始通信',
        text: '这次握手是刚刚在这台机器上做的，用的是一次性集群的文件。双方都用私钥签了名，也都验证了对方。从这里开始一切都加密。对 etcd 来说，检查到此为止：放进来的人可以读写一切。',
      },
      refused: {
        heading: '谁进不来',
        text: '集群的客户端、服务器证书、什么都不出示的人、名称正确的陌生人：etcd 全部拒绝。（如果一个 CA 签发所有证书，第一个就能进来。）拒绝来自一方，另一方只知道连接结束了。所以连接失败时，先问：是哪一方拒绝的？',
      },
      kubelet: {
        heading: '谁调用 kubelet，用什么证书？',
        text: 'logs 和 exec 时，调用方是 API 服务器。它向 kubelet 出示 apiserver-kubelet-client，kubelet 用 authentication.x509.clientCAFile（也就是 ca.crt）验证。反过来，只有设置了 --kubelet-certificate-authority，API 服务器才验证 kubelet。kubeadm 不设置它，因为 kubelet 的服务器证书是自己签的。kubelet 调用 API 服务器时，看到的是 apiserver.crt，用 kubelet.conf 里的 CA 验证。',
      },
    },
  },
  'token-or-certificate': {
    title: '客户端证书还是令牌',
    about: '表明身份的两种方式，以及 Pod 为什么用令牌。',
    steps: {
      'two-ways': {
        heading: '证书在握手中检查，令牌在握手之后检查',
        text: '客户端证书是 TLS 握手的一部分。令牌走在连接里面，是请求的一个头。所以 API 服务器只是请求证书：没有证书也能连上，但要出示令牌，否则就是匿名。etcd 不认识令牌：它要求证书，没有就断开。',
      },
      'by-certificate': {
        heading: '用证书时，主体就是用户',
        text: '通用名（CN）是用户名，每个组织（O）是一个组。不需要查任何表：Kubernetes 里没有用户列表。这个用户能做什么，之后由 RBAC 决定。属于 system:masters 的，可以绕过 RBAC 做任何事。',
      },
      'by-token': {
        heading: '用服务账号令牌时，声明 sub 就是用户',
        text: '令牌是一份签过名的小文件。声明 sub 写着服务账号，组由命名空间得出。它还写着给谁用（aud）、何时结束（exp）。这些声明是刚刚用一次性集群的私钥签的名。',
      },
      pods: {
        heading: 'Pod 为什么用令牌',
        text: 'Pod 只活几分钟或几天，而 kubeadm 的证书有一年，还收不回来。令牌只有一小时，由 kubelet 在文件里更新，随 Pod 一起失效。不必为每个 Pod 批准和签发请求。令牌还可以只给一个受众使用。',
      },
      components: {
        heading: '控制平面为什么用证书',
        text: '令牌需要 API 服务器来签发和检查。控制平面和 kubelet 必须在其他一切之前就能登录。验证证书只要一个文件，所以从第一秒起就能用。代价是：必须有人按时续期。',
      },
    },
  },
  'one-ca-or-three': {
    title: '一个 CA 还是三个',
    about: '每种分法保护什么，代价是什么。',
    steps: {
      question: {
        heading: '只要验证者有正确的 CA，怎么分都行',
        text: 'Kubernetes 并不要求一个 CA，也不要求三个。每个连接只需要一点：签发所出示证书的 CA，在验证一方的文件里。一个 CA 最容易分发。那么，为什么 kubeadm 和官方文档用三个？',
      },
      split: {
        heading: '三个 CA，三个圈子',
        text: '一个签发 API 服务器和它的所有客户端：kubelet、个人、控制器。一个只用于 etcd。一个用于前端代理，它可以替其他用户说话。证书只在自己 CA 的圈子里有效。这里是这个集群中谁签发什么。',
      },
      etcd: {
        heading: '一个 CA 会让集群的每个客户端打开 etcd',
        text: 'etcd 对这些调用者没有 RBAC：通过了 CA 文件，就能读写所有对象，包括 Secret。只有一个 CA 时，每个 kubelet、每个有证书的人都可以。刚刚用同一种 kubelet 证书试了两扇门。有自己的 CA，etcd 就拒绝它。',
      },
      'front-proxy': {
        heading: '前端代理可以自称任何用户',
        text: '对于聚合 API，持有前端代理证书的调用者在请求头（X-Remote-User）里写用户，会被相信。只有一个 CA 时，名为 front-proxy-client 的客户端证书也会被相信。在 1.36 中，如果两个 CA 文件相同，又没有用 --requestheader-allowed-names 限定名称，API 服务器就不启动。',
      },
      cost: {
        heading: '三个 CA 的代价',
        text: '要保管三个私钥，要盯三个到期日，容易弄混的文件也更多。换来的是：被偷的 kubelet 证书打不开 etcd，CA 可以一个一个地更换。在三个中间 CA 之上放一个根 CA，根的私钥就可以离线。建议：至少让 etcd 和前端代理有自己的 CA。',
      },
    },
  },
  kubeconfig: {
    title: 'kubeconfig 如何携带身份',
    about: '调用哪里、相信谁、自己是谁：一个文件里的三件事。',
    steps: {
      parts: {
        heading: '一个文件里的三件事',
        text: 'cluster 是 API 服务器的地址，以及用来验证它的 CA。user 是客户端证书和私钥。context 是用哪个 user 访问哪个 cluster。证书和私钥以 base64 嵌入，所以这个文件和里面的私钥一样机密。私钥不在这里显示。',
      },
      who: {
        heading: '名称在证书里，不在文件里',
        text: '各项的名称只是标签：在文件里给 user 改名，什么也不会变。API 服务器读的是证书的主体：CN 是用户，O 是组。admin.conf 之所以是管理员，是因为有一个绑定把 cluster-admin 角色给了它的组。super-admin.conf 不需要绑定。',
      },
      server: {
        heading: '地址必须是服务器的一个名称',
        text: '调用方会在 API 服务器证书的名称里查找 server: 中的主机。如果地址不在里面，比如通往 127.0.0.1 的隧道，调用方就拒绝服务器。错误里会列出可用的名称。这时给证书添加名称，或者换一个地址。',
      },
      copies: {
        heading: '副本也会到期，而且没有人续期',
        text: '嵌入的证书是副本。~/.kube/config、CI 系统里的文件、同事的文件：各有各的副本，同一天到期。控制器管理器和调度器只在启动时读取 kubeconfig。kubelet 不同：kubelet.conf 指向 kubelet-client-current.pem，kubelet 自己更新这个文件。',
      },
    },
  },
  'service-account': {
    title: '服务账号令牌如何签名和验证',
    about: '一对没有证书的密钥，和用它真正签出的令牌。',
    steps: {
      pair: {
        heading: '只有密钥对，没有证书',
        text: 'sa.key 和 sa.pub 是一对密钥的两半。没有 CA 给它们签名，里面没有名称，也没有到期日。API 服务器用私钥签名令牌，用公钥验证。控制器管理器也有私钥，用于 Secret 里的旧式令牌。',
      },
      sign: {
        heading: 'API 服务器给声明签名',
        text: 'kubelet 为每个 Pod 向 API 服务器申请令牌，放进 Pod 里的一个文件。令牌有三部分：指明密钥的头、声明，以及对两者的签名。前两部分只是 base64：谁都能读。这个令牌是刚刚签的；签名不显示，因为有了它令牌就完整了。',
      },
      verify: {
        heading: 'API 服务器用 sa.pub 验证',
        text: '签名与 sa.pub 相符：令牌有效。同样的签名配上别的声明就不相符，所以没有人能给令牌升级。换成另一对密钥的公钥，有效的令牌也通不过：Pod 得到 401 Unauthorized。颁发者、受众和时间也必须正确。',
      },
      'other-half': {
        heading: 'Pod 用 ca.crt 验证 API 服务器',
        text: '令牌证明 Pod 是谁，不证明服务器是谁。Pod 在发送令牌之前，用令牌旁边的 ca.crt 验证 API 服务器的证书。这个文件来自每个命名空间里的 ConfigMap kube-root-ca.crt。所用的名称是 kubernetes.default.svc，所以它必须在证书里。',
      },
      change: {
        heading: '更换密钥对时，要同时用两个公钥验证一段时间',
        text: '所有控制平面节点必须用同一对密钥，否则 Pod 时好时坏。换新密钥对时，先在每个 API 服务器上给出两次 --service-account-key-file，旧的和新的。然后才用新私钥签名。等旧令牌都失效了（只读一次令牌的程序最长要等一年），再去掉旧的。参数只在启动时读取：每一步都要重启。',
      },
    },
  },
  'signing-api': {
    title: 'certificates.k8s.io 如何签发',
    about: '用自己的密钥提出请求，有人批准，由控制器管理器签发。',
    steps: {
      request: {
        heading: '从密钥和请求开始',
        text: '想要证书的人自己生成密钥，并留在手里。证书请求（CSR）里有公钥和想要的名称，并用私钥签名。这样签发者就知道申请者持有私钥。这个请求是刚刚为一个只读的人做的。',
      },
      object: {
        heading: '请求成为 API 的一个对象',
        text: 'CertificateSigningRequest 以 base64 携带请求。signerName 说由谁签发，usages 说做什么用，expirationSeconds 说多久（不少于 600）。是谁发送的由 API 服务器写入，无法伪造。',
      },
      approve: {
        heading: '必须有人批准',
        text: '没有批准就不会签发。个人的请求用 kubectl certificate approve，或者用会先仔细检查的 certwright approve。kubelet 的第一张客户端证书及其续期由控制器批准。kubelet 的服务器证书从不自动批准：要由人或附加组件来做。',
      },
      sign: {
        heading: '控制器管理器签发',
        text: '它用 --cluster-signing-cert-file 和对应的私钥签发已批准的请求，把证书放进对象的 status。这个文件里只能有一张证书。有效期不会超过 CA 的到期日。刚刚用这张证书和私钥真正连接了一次 API 服务器。',
      },
      rules: {
        heading: '签发者不签什么',
        text: '每个签发者都有规则。kube-apiserver-client 拒绝组 system:masters。kube-apiserver-client-kubelet 只接受组 system:nodes 中的 system:node:名称，不能有其他名称；kubelet-serving 至少要有一个名称。已批准但不合规则的，状态会变成 Failed。节点上没有 CA 的私钥，就什么都签不了。',
      },
    },
  },
  bootstrap: {
    title: 'TLS 引导如何把令牌变成证书',
    about: '一个新节点、一段短短的秘密，一分钟后就有了证书。',
    steps: {
      token: {
        heading: '引导令牌是一个 Secret',
        text: '它有两半：六个字符是名称，十六个字符是秘密。在集群里它是 kube-system 中的 Secret，有到期时间（默认 24 小时）。出示它的人是用户 system:bootstrap:ID，属于 Secret 里写的那些组。这些组能做的很少：申请证书。',
      },
      trust: {
        heading: '首先，节点要能相信集群',
        text: '新节点还没有 CA 文件。它不验证任何人就读取 ConfigMap cluster-info，然后检查两件事：用令牌的秘密一半做的签名，以及 join 命令里 CA 的哈希。换一个令牌，签名就对不上。现在节点有了可以信任的 CA。',
      },
      kubeconfig: {
        heading: '带令牌的 kubeconfig',
        text: 'kubeadm 写出 bootstrap-kubelet.conf：地址、CA，还有代替证书的令牌。kubelet 只在没有证书时使用它。这里只显示令牌公开的一半。加入之后，kubeadm 会删除这个文件。',
      },
      request: {
        heading: 'kubelet 申请自己的证书',
        text: '它生成一个从不离开节点的密钥（ECDSA P-256），向签发者 kube-apiserver-client-kubelet 申请。名称必须是 system:node:名称，组必须是 system:nodes。令牌的组有权申请（nodeclient），所以由控制器批准，控制器管理器签发。',
      },
      certificate: {
        heading: '证书代替了令牌',
        text: '证书和私钥放进同一个文件 kubelet-client-current.pem，kubelet.conf 指向它。从现在起，节点就是 system:node:名称，不再需要令牌。kubelet 在有效期的 70% 到 90% 之间自己续期。刚刚用这张证书做了这次连接。',
      },
      serving: {
        heading: '另一个方向不在其中',
        text: '以上得到的是 kubelet 的客户端证书。它在端口 10250 上出示的是另一张证书，默认由它自己签名。设置 serverTLSBootstrap: true 后，它也会申请这一张，但必须有人批准。之后就可以设置 --kubelet-certificate-authority。',
      },
    },
  },
  rotation: {
    title: '轮换到底改变了什么',
    about: '哪些字段是新的，谁会察觉，谁需要重启。',
    steps: {
      changed: {
        heading: '新的日期、新的密钥、新的序列号',
        text: '续期就是把同一张证书再签发一次：主体、名称、用途和 CA 都不变。新的是日期、序列号和密钥；kubeadm 总是生成新密钥。这里是一张十一个月前的证书，以及刚刚续期后的样子。',
      },
      unnoticed: {
        heading: '其他人不需要知道',
        text: '验证的一方持有的是 CA，不是证书。CA 不变，所以每个调用者用一直以来的文件就能接受续期后的证书。其他节点上的文件都不用改。因此可以一个节点一个节点地续期，顺序随意。',
      },
      reload: {
        heading: '谁会自己读取新文件，谁必须重启',
        text: 'API 服务器和 etcd 会自己读取续期后的证书，用于新的连接。（1.20 的 API 服务器每分钟看一次。）控制器管理器和调度器只在启动时读取 kubeconfig。重启之前它们一直出示旧证书，到它过期那天就失败。',
      },
      order: {
        heading: '一次一个节点，先重启 etcd',
        text: 'kubeadm 的建议是：续期后重启全部四个静态 Pod。顺序是 etcd、API 服务器、控制器管理器、调度器；等节点恢复正常，再做下一个节点。kubectl delete pod 不会重启静态 Pod。把它的清单移走，等二十秒，再移回来。',
      },
      kubelets: {
        heading: 'kubelet 自己续期，副本不会',
        text: 'kubeadm certs renew 不管 kubelet：它自己申请新的客户端证书。admin.conf 的副本（如 ~/.kube/config）没有人续期。CA 也保持不变：kubeadm 不给 CA 续期。',
      },
    },
  },
  'new-ca': {
    title: '更换 CA 时会发生什么',
    about: '旧的信任、两者、新的信任：为什么要分三个阶段，每个阶段都有真实的握手。',
    steps: {
      namesake: {
        heading: '名称相同，不是同一个 CA',
        text: '新 CA 的名称还是 kubernetes，但密钥不同。旧 CA 签发的证书，用新 CA 验证通不过：决定的是签名，不是名称。如果一下子换掉所有 CA 文件，谁都无法和谁通信。所以信任必须先于证书改变。',
      },
      both: {
        heading: '第一阶段：两个都信任',
        text: '每个 CA 文件都放入两张证书，一处一处地来：API 服务器、kubelet、kubeconfig、Pod。所有证书还是旧的，所以谁先谁后都不会出问题。只有控制器管理器用来签发的文件必须只有一张证书。要等到真的每一处都有两张。',
      },
      issue: {
        heading: '第二阶段：重新签发',
        text: '现在由新 CA 一张一张地重新签发所有证书。新旧可以并存，因为两端都信任两个 CA。最后一次调用来自第一阶段被遗漏的节点：它拒绝 API 服务器。所以在这个阶段之前要等待并检查。',
      },
      drop: {
        heading: '第三阶段：去掉旧的',
        text: '等到没有旧证书了，就把旧 CA 从每个文件里去掉。从此它签发过的一切都没有价值：被偷的 CA 私钥或客户端证书就这样失去作用。最后一次调用用的是被遗漏的证书：API 服务器拒绝它。',
      },
      places: {
        heading: 'CA 藏在哪里',
        text: '每个节点的 ca.crt、每个 kubeconfig 及其副本、cluster-info、每个命名空间的 kube-root-ca.crt、旧式令牌的 Secret、webhook 的 caBundle、join 命令里的哈希。etcd 只在启动时读取 CA 文件。控制器管理器重启后才把新的根证书发给 Pod，而 Pod 里的许多程序只读一次 ca.crt。',
      },
      'same-key': {
        heading: '简单的情况：密钥不变，只换日期',
        text: '如果 CA 只是快到期，私钥是安全的，就可以用同样的密钥和名称重新签名。它签发过的一切仍然有效，join 命令的哈希也不变。不需要分阶段：在旧的到期之前分发一个文件即可。私钥被偷时，这样做没有用。',
      },
    },
  },
};

export const artefacts: ArtefactTexts = {
  titles: {
    leaf: 'API 服务器的证书',
    'key-pair': '这个私钥属于哪张证书',
    authority: '签发它的 CA',
    'trust-tried': '一张证书，用两个 CA 文件验证',
    ended: '同一张证书：今天，和到期之后',
    call: '两端和各自的文件',
    'server-checked': 'API 服务器依次检查的内容',
    'client-checked': 'etcd 依次检查的内容',
    handshake: '127.0.0.1 上的真实握手',
    'etcd-doors': '在 etcd 门口的真实尝试',
    'kubelet-call': 'API 服务器调用 kubelet',
    'shown-nothing': '两次没有客户端证书的真实握手',
    'client-names': '证书让人成为谁',
    'token-name': '刚刚生成的令牌',
    'who-signs-what': '这个集群的 CA',
    'etcd-door': '集群的客户端来到 etcd 门口',
    'front-proxy-door': '带有前端代理名称的客户端证书',
    kubeconfig: '刚刚生成的 admin.conf',
    'kubeconfig-names': '每个 kubeconfig 让人成为谁',
    'kubeconfig-server': '一次真实调用，和一次用错名称的调用',
    'sa-files': '两个文件，以及指定它们的参数',
    token: '刚刚生成的令牌，解码后',
    'token-verified': '三次尝试',
    'pod-call': 'Pod 所做的真实握手',
    'two-public-keys': '每一步中的旧令牌和新令牌',
    request: '刚刚生成的请求',
    'request-object': '对象',
    signed: '证书，以及用它做的真实连接',
    'token-secret': '刚刚生成的令牌',
    'cluster-info': '新节点读取并检查的内容',
    'bootstrap-kubeconfig': '首次启动用的 kubeconfig',
    'node-request': '请求，以及签发者的规则',
    'node-certificate': '证书，以及用它做的真实连接',
    renewed: '之前和之后',
    'renewed-call': '用续期后的证书做的真实握手',
    'who-reloads': '续期会改变的文件',
    namesake: '名称相同的两个 CA',
    'phase-both': '第一阶段的真实握手',
    'phase-issue': '第二阶段的真实握手',
    'phase-drop': '第三阶段的真实握手',
    'same-key': '用自己的密钥重新签名的 CA',
  },
  facts: {
    subject: '主体',
    issuer: '颁发者',
    names: '名称（SAN）',
    usage: '用途',
    valid: '有效期',
    key: '密钥',
    serial: '序列号',
    signer: '签发者',
    signs: '签发',
    file: '文件',
    flag: '参数',
    user: '用户',
    groups: '组',
    server: '服务器',
    serverShows: '服务器出示',
    callerShows: '调用方出示',
    callerTrusts: '调用方验证用',
    serverTrusts: '服务器验证用',
    trusts: '验证用',
    pin: '公钥的哈希',
    byItself: '自动读取',
    afterRestart: '只在启动时读取',
    order: '重启',
    same: '相同',
    changed: '旧与新',
  },
  checks: {
    dates: '日期',
    name: '名称',
    authority: '签发者',
    usage: '用途',
    key: '密钥相符',
    signature: '签名',
  },
  says: {
    accepts: '接受对方',
    'not-asked': '不验证证书',
    'not-reached': '没有被调用',
    'is-told': '得知被拒绝',
    refuses: '拒绝',
    'does-not-start': '不启动',
  },
  onMap: '在图上',
  passed: '是',
  failed: '否',
};
