import type {ArtefactTexts, StoryTexts} from '../stories.ts';

/** The stories in Chinese, and what is said of the things they show. One file because it is one table. */

export const stories: StoryTexts = {
  certificate: {
    title: '什么是证书，什么是 CA',
    about: '证书把名称和密钥绑在一起：谁签名，谁相信，有效多久。',
    steps: {
      identity: {
        heading: '证书是签过名的名称和公钥',
        text: '证书说的是：这个公钥属于这个名称，从哪天到哪天有效，用来做什么。这里是 API 服务器的证书，集群里其他各方都和它通信。主体是它自己的名称（CN 是通用名）。下面的名称（SAN，主体备用名称）是别人可以用来调用它的地址。颁发者是给它签名的一方。用途 server auth 表示被别人调用，client auth 表示去调用别人。',
      },
      key: {
        heading: '私钥不给任何人看',
        text: '密钥成对出现。公钥在证书里，谁来连接都会收到。私钥留在文件里，它就是凭据：每次连接 API 服务器都用私钥签名，只有这张证书的私钥才对得上。所以只有 root 能读私钥文件（权限 0600）；配上别的证书的私钥，API 服务器就起不来。两者都是文本文件（PEM）。',
      },
      authority: {
        heading: 'CA 是可以给别的证书签名的证书',
        text: '证书颁发机构（CA）也有私钥和证书。它的证书里写着 CA:TRUE 和 keyCertSign：可以给别的证书签名。（digitalSignature 和 keyEncipherment 表示密钥也可以用于 TLS。）主体和颁发者相同：这个 CA 给自己签名，上面没有别人。kubeadm 是搭建集群的常用工具，它给 CA 十年，给 CA 签发的证书一年。谁拿到 CA 的私钥，谁就能造出任何名称的证书。',
      },
      trust: {
        heading: '信任就是一个文件：用来验证的 CA 证书',
        text: '没有人因为证书自己的说法就相信它。验证的一方有一个装着 CA 证书的文件，常常叫 ca.crt，只接受其中某个 CA 签发的证书。这里用正确的 CA 文件和另一个文件验证同一张证书。每个程序的 CA 文件由参数（启动时的选项）指定，或者就在 kubeconfig（用来登录的文件）里。证书的错误信息大多以 x509 开头。',
      },
      end: {
        heading: '它会自己到期，但没有人能收回它',
        text: '过了最后一天，即使其他一切都对，检查它的各方都会拒绝它：调用方和 etcd 结束握手，API 服务器回答 401 Unauthorized。在那之前没有人能收回它：Kubernetes 不读作废证书的列表（CRL），也不向任何人查询（OCSP）。被偷的客户端证书可以一直用到最后一天，或者用到它的 CA 被更换。所以证书的有效期短一些更好。',
      },
    },
  },
  handshake: {
    title: '双向 TLS 握手',
    about: '谁出示什么，谁用什么检查，谁可以拒绝。',
    steps: {
      call: {
        heading: 'API 服务器调用 etcd',
        text: '在双向 TLS（mTLS）中，两端都出示证书，也都验证对方。发起连接的是调用方（客户端），被调用的是服务器。每一方都有三个文件，由三个参数指定：自己的证书、它的私钥、用来验证对方的 CA 文件。这里 API 服务器调用集群的数据库 etcd。kubelet（每个节点上的代理程序）调用时，API 服务器是服务器。',
      },
      server: {
        heading: '先由服务器出示证书',
        text: 'etcd 出示服务器证书，API 服务器按这个顺序检查：日期；它所调用的地址（127.0.0.1）在不在名称里；谁签发的；是不是用于服务器（server auth）。第一项不对的检查就会结束连接。检查是谁签发的，用的是参数 --etcd-cafile 指定的 CA 文件。',
      },
      client: {
        heading: '然后由调用方出示',
        text: 'etcd 要求每个人都有证书。API 服务器出示客户端证书，etcd 检查日期、谁签发的、是不是用于调用方（client auth）。用的是参数 --trusted-ca-file 指定的 CA 文件。这里不比较名称：调用方可以在任何地方。（只有 etcd 成员之间，调用方的地址必须在名称里。）',
      },
      met: {
        heading: '双方都接受，开始通信',
        text: '这次握手是刚刚在这台机器上做的，用的是只为这个故事存在的集群的文件。两端都用自己的私钥签了名，也都检查了对方。从这里开始，双方说的一切都加密。etcd 不再问别的：通过这次检查的人，可以读写里面的一切。',
      },
      refused: {
        heading: '谁进不来',
        text: '刚才还有四方调用 etcd。第一个出示 kubelet 的证书，第二个出示服务器证书：etcd 不认识它们的 CA。第三个什么都不出示。第四个的 CA 名称正确，但密钥不同。（如果集群只有一个 CA，第一个能进来，第二个因为用途被拒绝。）拒绝的一方知道原因，另一方知道得很少。所以先问：是哪一方拒绝的？',
      },
      kubelet: {
        heading: 'API 服务器向 kubelet 出示什么，由谁检查？',
        text: '由 kubelet 检查，用 ca.crt。出示什么取决于谁调用谁：\nAPI 服务器调用时（logs、exec）：它出示 apiserver-kubelet-client.crt。kubelet 的设置 authentication.x509.clientCAFile 指向 ca.crt。设置了 --kubelet-certificate-authority，API 服务器才检查 kubelet。\nkubelet 调用时：API 服务器出示 apiserver.crt。kubelet.conf 里有 ca.crt 的副本（certificate-authority-data）。',
      },
    },
  },
  'token-or-certificate': {
    title: '客户端证书还是令牌',
    about: '表明身份的两种方式，以及 Pod 为什么用令牌。',
    steps: {
      'two-ways': {
        heading: '证书在握手中检查，令牌在握手之后检查',
        text: '调用方可以用两种方式说明自己是谁。客户端证书在握手中出示。令牌是一段文本，之后在连接里面发送。API 服务器两种都接受：它请求证书，但没有也继续。证书不对，握手也会成功，之后在里面回答 401 Unauthorized：不知道你是谁。etcd 不接受令牌：没有证书或证书不对，它就用错误结束握手。',
      },
      'by-certificate': {
        heading: '用证书时，主体就是用户',
        text: 'API 服务器读取主体：通用名（CN）是用户，每个组织（O）是一个组。它不在任何列表里查这个用户，因为 Kubernetes 没有用户列表。用户能做什么，之后由 RBAC（基于角色的访问控制）决定：给用户和组授予权限的规则。它的拒绝是 403 Forbidden：知道你是谁，但你不可以这样做。组 system:masters 不需要这样的规则：它可以做任何事。',
      },
      'by-token': {
        heading: '用服务账号令牌时，声明 sub 就是用户',
        text: 'Pod 里的程序以服务账号登录。它的令牌是一份签过名的小文件（JWT），里面说的话叫声明。声明 sub 是用户，aud 是给谁用的，exp 是何时结束（从 1970 年算起的秒数）。组由命名空间（集群中有名称的一个区域）得出。这些声明是刚刚用这个故事里集群的密钥签的名。',
      },
      pods: {
        heading: 'Pod 为什么用令牌',
        text: 'Pod 可能只活几分钟，而 kubeadm 的证书有一年，没有人能收回。令牌随 Pod 一起结束，kubelet 在一小时之内就把新令牌放进 Pod。（有些程序不会再读一次，为了它们，API 服务器可以让令牌最长有效一年。）不必为每个 Pod 批准什么。令牌还可以只对一个服务器有效（aud）。',
      },
      components: {
        heading: '控制平面为什么用证书',
        text: '服务账号令牌由 API 服务器签发和检查：它运行之前没有令牌。但是运行集群的程序（控制平面：etcd、API 服务器、控制器管理器、调度器）必须在其他一切还不能用时就登录。检查证书只要一个 CA 文件就够了，所以从第一秒起就能用。新的 kubelet 只用一次令牌，即引导令牌，用来取得证书（故事 bootstrap）。代价是：证书会到期，必须有人在那之前给它续期。',
      },
    },
  },
  'one-ca-or-three': {
    title: '一个 CA 还是三个',
    about: '每个专用的 CA 保护什么，代价是什么。',
    steps: {
      question: {
        heading: '只要各方有正确的 CA 文件，几个都行',
        text: 'Kubernetes 并不要求一个 CA，也不要求三个。每个连接只需要一点：签发所出示证书的 CA，在检查一方的文件里。全部用一个 CA 最简单：只有一个私钥要保管，到处都是同一个文件。但是 kubeadm 做三个，Kubernetes 的文档也给出三个。为什么？下面几步来回答。',
      },
      split: {
        heading: '三个 CA，各签发什么',
        text: '第一个 CA 签发 API 服务器和所有调用它的一方：kubelet、个人、控制器。第二个只用于 etcd。第三个用于前端代理，也就是转发别人请求时的 API 服务器。证书只在文件里有它的 CA 的地方被接受。这里是这个集群的每个 CA 签发的证书。',
      },
      etcd: {
        heading: '一个 CA 会让集群的每个客户端打开 etcd',
        text: 'etcd 不问 RBAC：通过了 CA 文件的检查，就能读写所有对象，包括 Secret（存放密码和密钥的对象）。只有一个 CA 时，每个 kubelet、每个有证书的人都可以。这里 kubelet 用自己的证书调用 etcd，一次在有三个 CA 的集群里，一次在只有一个 CA 的集群里。有自己的 CA 的 etcd 拒绝它。',
      },
      'front-proxy': {
        heading: '谁出示 front-proxy-client，谁检查它',
        text: '有些附加组件自带 API，叫聚合 API：比如 metrics-server 回答 kubectl top。API 服务器转发这样的请求，出示 front-proxy-client.crt，并在请求头里写明用户。附加组件用 requestheader-client-ca-file（即 front-proxy-ca.crt，放在一个 ConfigMap 里：存放设置的对象）检查它。没有有效的证书，附加组件就拒绝，kubectl top 失败。',
      },
      'any-user': {
        heading: '有了这种证书，就可以成为任何用户',
        text: 'API 服务器也相信在它前面的前端代理：谁向它出示 --requestheader-client-ca-file 中的 CA 签发的证书，就可以在请求头 X-Remote-User 里写任何用户。这里有人从签发用户的 CA 得到了名为 front-proxy-client 的证书。只有一个 CA 签发一切时它才被接受。（所以两个文件的 CA 相同、又没有用 --requestheader-allowed-names 限定名称时，Kubernetes 1.36 的 API 服务器不启动。）',
      },
      cost: {
        heading: '三个 CA 的代价',
        text: '要保管三个私钥，有三个 CA 总有一天到期，容易弄混的文件也更多。换来的是：被偷的 kubelet 证书打不开 etcd，CA 可以一个一个地更换。也可以让一个根 CA 签发这三个（中间 CA），把它的私钥放在集群之外。建议：至少让 etcd 和前端代理有自己的 CA。',
      },
    },
  },
  kubeconfig: {
    title: 'kubeconfig 如何携带身份',
    about: '调用哪里、相信谁、自己是谁：一个文件里的三件事。',
    steps: {
      parts: {
        heading: '一个文件里的三件事',
        text: 'kubeconfig 是程序登录 API 服务器用的文件。cluster 是 API 服务器的地址，以及用来检查它的 CA。user 是客户端证书和它的私钥。context 是用哪个 user 访问哪个 cluster。证书和私钥以 base64（用字母写出的字节）放在里面，所以这个文件和私钥一样机密。私钥不在这里显示。',
      },
      who: {
        heading: '名称在证书里，不在文件里',
        text: '文件里的名称只是标签：改了它们，别的什么也不会变。API 服务器读的是证书的主体：CN 是用户，O 是组。admin.conf 是管理员，因为它的组：集群里的一个对象（绑定）给了这个组 cluster-admin 角色。super-admin.conf 不需要绑定：它的组是 system:masters。',
      },
      server: {
        heading: '地址必须是服务器的一个名称',
        text: '调用方取 server: 后面的地址，在 API 服务器证书的名称里查找。如果不在里面，调用方就拒绝服务器。比如有人建了 SSH 隧道，地址是 127.0.0.1。按地址调用时，错误信息只列出证书里的地址。这时调用证书里有的，或者做一张也包含新名称的证书。',
      },
      copies: {
        heading: '副本也会到期，而且没有人续期',
        text: '如果证书在文件里面，文件的每个副本就都有证书的副本：~/.kube/config、CI 系统里的文件、同事的文件。它们同一天到期，不会跟着第一个一起续期。控制器管理器和调度器只在启动时读取 kubeconfig。kubelet.conf 不同：它指向文件 kubelet-client-current.pem，由 kubelet 自己续期。',
      },
    },
  },
  'service-account': {
    title: '服务账号令牌如何签名和验证',
    about: '一对没有证书的密钥，和用它真正签出的令牌。',
    steps: {
      pair: {
        heading: '只有密钥对，没有证书',
        text: 'Pod 里的程序以服务账号登录。服务账号的令牌用一对密钥签名：sa.key 是私钥，sa.pub 是公钥。（sa.pub 不必保密，不过 kubeadm 给它同样的权限。）没有 CA 给它们签名，里面没有名称，也没有到期日。API 服务器用 sa.key 签名令牌，用 sa.pub 检查。控制器管理器也有 sa.key，用于保存在 Secret 里的旧式令牌。',
      },
      sign: {
        heading: 'API 服务器给声明签名',
        text: 'kubelet 为每个 Pod 向 API 服务器申请令牌，放进 Pod 里的一个文件。令牌有三部分：说明由哪个密钥签名的头、声明，以及对两者的签名。前两部分只是 base64：谁都能读。这个令牌是刚刚签的。签名不显示：有了全部三部分，谁都可以用这个令牌。',
      },
      verify: {
        heading: 'API 服务器用 sa.pub 检查',
        text: '试三次。先是原样的令牌：签名与 sa.pub 相符。然后用同样的签名，换成另一个用户：不相符，所以没有人能改动令牌。最后是有效的令牌，但用另一对密钥的公钥检查：不相符，Pod 会得到 401 Unauthorized。颁发者（iss）、受众（aud）和时间也必须正确。',
      },
      'other-half': {
        heading: 'Pod 用 ca.crt 检查 API 服务器',
        text: '令牌说明 Pod 是谁，不说明服务器是谁：Pod 要先检查这一点，然后才发送令牌。它用令牌旁边的文件 ca.crt 检查 API 服务器的证书，这个文件来自 ConfigMap kube-root-ca.crt。Pod 调用的是 kubernetes.default.svc，所以它必须在名称里。Pod 自己不出示证书。',
      },
      change: {
        heading: '更换密钥对时，要同时用两个公钥检查一段时间',
        text: '所有控制平面节点要有同一对密钥，否则 Pod 时不时会被拒绝。换新密钥对时，先在每个 API 服务器上给出两次 --service-account-key-file：旧公钥和新公钥。然后用新私钥签名。等旧令牌都结束了，再去掉旧公钥：只读一次令牌的程序最长要等一年。参数只在启动时读取，所以每一步都要重启。',
      },
    },
  },
  'signing-api': {
    title: 'certificates.k8s.io 如何签发',
    about: '用自己的密钥提出请求，有人批准，由控制器管理器签发。',
    steps: {
      request: {
        heading: '从密钥和请求开始',
        text: 'certificates.k8s.io 是 Kubernetes API 的一部分，给申请的人发证书。你生成密钥，并留在手里。你的请求（CSR，证书签名请求）里有公钥和想要的名称，并用私钥签名：这说明密钥是你的。这个请求是刚刚做的，给组 readers 里的用户 viewer。',
      },
      object: {
        heading: '请求成为 API 的一个对象',
        text: '请求以 base64 放在一个对象里发送，叫 CertificateSigningRequest。signerName 说由谁签发：每个签发者有自己的名称和规则。usages 说做什么用，expirationSeconds 说多久（不少于 600 秒）。是谁发送的由 API 服务器自己写进对象，所以没有人能冒充别人。',
      },
      approve: {
        heading: '必须有人批准',
        text: '批准之前什么都不签发。个人的请求由某人运行 kubectl certificate approve，或者先检查请求的 certwright approve。kubelet 的客户端证书，第一张和以后的续期，都由集群的控制器批准。kubelet 的服务器证书（给调用它的人看）从不自动批准：要由人或附加组件来做。',
      },
      sign: {
        heading: '控制器管理器签发',
        text: '控制器管理器（控制平面的一个程序）用 --cluster-signing-cert-file 中的 CA（kubeadm 是 ca.crt）和它的私钥签发已批准的请求，把证书放进对象。这个文件里只能有一张证书。它签发的证书最晚和 CA 一起结束。刚刚用这张证书和它的私钥真正连接了一次 API 服务器。',
      },
      rules: {
        heading: '签发者不签什么',
        text: '有些请求立刻被拒绝（Forbidden）：比如发给 kube-apiserver-client、带组 system:masters 的请求。有些可以被批准，但仍不签发，状态变成 Failed。kube-apiserver-client-kubelet 要求组 system:nodes 中的 system:node:名称，不能有其他名称；kubelet-serving 至少要有一个名称。没有 CA 的私钥，就什么都签不了。',
      },
    },
  },
  bootstrap: {
    title: 'TLS 引导如何把令牌变成证书',
    about: '一个新节点、一段短短的秘密，一分钟后就有了证书。',
    steps: {
      token: {
        heading: '引导令牌是一个 Secret',
        text: '新节点没有证书。为了得到证书，它有一个引导令牌：六个字符是它的名称（ID），十六个字符是秘密。在集群里它是 kube-system 中的 Secret，有最后期限（不指定时是 24 小时后）。出示它的人以用户 system:bootstrap:ID 登录，属于 Secret 里写的那些组。这样的用户除了申请证书，几乎什么都不能做。',
      },
      trust: {
        heading: '首先，节点要能相信集群',
        text: '新节点还没有 CA 文件。所以 kubeadm join 从一个还无法检查的服务器读取 ConfigMap cluster-info，然后检查读到的内容：它由令牌的秘密一半签名，里面 CA 的哈希与 join 命令里的相同。（可以看到，换一个令牌，签名就对不上。）现在节点有了可以信任的 CA。',
      },
      kubeconfig: {
        heading: '带令牌的 kubeconfig',
        text: 'kubeadm 写出 bootstrap-kubelet.conf：一个 kubeconfig，里面有地址、CA，还有代替证书的令牌。kubelet 只在自己还没有证书时使用它。这里只显示令牌的 ID。加入之后，kubeadm 会删除这个文件。',
      },
      request: {
        heading: 'kubelet 申请自己的证书',
        text: 'kubelet 生成一个从不离开节点的私钥，用令牌向签发者 kube-apiserver-client-kubelet 发送请求。名称必须是 system:node:名称，组必须是 system:nodes。令牌的组有 nodeclient 权限，可以申请节点的客户端证书，所以由控制器批准，控制器管理器签发。',
      },
      certificate: {
        heading: '证书代替了令牌',
        text: '证书和私钥放进同一个文件 kubelet-client-current.pem，kubelet.conf 指向它。从现在起，节点就是用户 system:node:名称，不再需要令牌。有效期过了 70% 到 90% 时，kubelet 自己续期。刚刚用这张证书做了一次连接。',
      },
      serving: {
        heading: '别人调用 kubelet 时，它出示另一张证书',
        text: 'kubelet 得到的是客户端证书：它去调用时出示。别人调用它时（端口 10250），它出示服务器证书。默认这张由它自己签名，所以没有 CA 文件对得上。设置 serverTLSBootstrap: true 后，它也向集群申请这一张，但必须有人批准。之后 API 服务器就可以用 --kubelet-certificate-authority 检查它，kubeadm 不设置这个参数。',
      },
    },
  },
  rotation: {
    title: '轮换到底改变了什么',
    about: '续期后的证书有什么是新的，谁会察觉，谁必须重启。',
    steps: {
      changed: {
        heading: '新的日期、新的密钥、新的序列号',
        text: '轮换就是给证书续期：每张再做一次，主体、名称、用途和 CA 都相同。新的是日期、密钥（kubeadm 总是生成新的）和序列号，这个 CA 的其他证书都没有这个号。这里是 API 服务器十一个月前的证书，以及刚刚续期后的样子。',
      },
      unnoticed: {
        heading: '其他人不需要知道',
        text: '检查证书的一方，文件里有的是 CA，不是证书。CA 不变，所以每个调用方用一直以来的 CA 文件就能接受续期后的证书。其他节点上的文件都不用改（副本除外：第 5 步）。因此可以一个节点一个节点地续期，顺序随意。',
      },
      reload: {
        heading: '谁读取新文件，谁必须重启',
        text: '运行中的程序把证书放在内存里。API 服务器和 etcd 会自己重新读取续期后的文件，用于新的连接。控制器管理器和调度器只在启动时读取 kubeconfig。所以这两个必须重启，否则到旧证书的最后一天就失败；四个都重启是 kubeadm 的建议（第 4 步）；kubelet 不需要（第 5 步）。',
      },
      order: {
        heading: 'kubeadm 说：四个都重启',
        text: '必须重启的是两个（第 3 步），但 kubeadm 建议四个都重启：这样就不必知道谁会重新读取什么。它们是静态 Pod：由 kubelet 从文件（清单）启动。一次一个节点：etcd、API 服务器、控制器管理器、调度器，然后等节点恢复正常。kubectl delete pod 不会重启静态 Pod：把它的清单移走，等 20 秒，再移回来。',
      },
      kubelets: {
        heading: 'kubelet 自己续期，副本不会',
        text: 'kubeadm certs renew 不管 kubelet：kubelet 自己续期客户端证书，不需要重启。（只有证书在 kubelet.conf 里面时，比如手工搭建的集群，才要有人续期并重启 kubelet。）admin.conf 的副本（如 ~/.kube/config）没有人续期：要重新复制。kubeadm 也不给 CA 续期。',
      },
    },
  },
  'new-ca': {
    title: '更换 CA 时会发生什么',
    about: '先信任旧 CA，再信任两个，最后只信任新的：为什么要分三个阶段，都有真实的握手。',
    steps: {
      namesake: {
        heading: '名称相同，不是同一个 CA',
        text: '新 CA 的名称即使还是 kubernetes，密钥也不同。旧 CA 签发的证书，用新 CA 检查通不过：决定的是签名，不是名称。如果一下子换掉所有 CA 文件，谁都无法和谁通信。所以先改变各方所信任的，再更换证书。',
      },
      both: {
        heading: '第一阶段：两个都信任',
        text: '把两个 CA 放进 API 服务器、kubelet、kubeconfig、Pod 的每个 CA 文件，顺序随意。所有证书还是旧的，所以谁先谁后都不会出问题。（括号里是签发证书的 CA。）只有控制器管理器用来签发的文件，必须仍然只有一张证书。要等到真的每一处都有两个。',
      },
      issue: {
        heading: '第二阶段：重新签发',
        text: '现在由新 CA 一张一张地重新签发所有证书。新旧可以并存，因为各方都信任两个 CA。最后一次调用中，kubelet 只有旧 CA：它在第一阶段被遗漏了，现在它拒绝 API 服务器。所以在这个阶段之前要等待并检查。',
      },
      drop: {
        heading: '第三阶段：去掉旧的',
        text: '等到不再使用旧证书了，就把旧 CA 从每个文件里去掉。从此它签发过的一切都不再被接受。被偷的 CA 私钥或客户端证书也就没有用了。最后一次调用中，kubelet 还是旧证书：它在第二阶段被遗漏了，现在 API 服务器回答它 401。',
      },
      places: {
        heading: 'CA 藏在哪里',
        text: '每个节点的 ca.crt、每个 kubeconfig 及其副本、ConfigMap cluster-info 和 kube-root-ca.crt、旧式令牌的 Secret、webhook（API 服务器会询问的服务器，它的 CA 在 caBundle 里）、join 命令里的哈希。etcd 只在启动时读取 CA 文件。控制器管理器重启后，Pod 才得到新 CA，而里面的许多程序只读一次 ca.crt。',
      },
      'same-key': {
        heading: '简单的情况：密钥不变，只换日期',
        text: '如果 CA 只是快到期，私钥是安全的，就可以用同样的密钥和名称重新签名。它签发过的一切仍然有效，join 命令里的哈希也不变。不需要分阶段：在旧的到期之前分发一个新文件即可。如果私钥被偷了，这样做没有用。',
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
    call: '两端各有的三个文件，及其参数',
    'server-checked': 'API 服务器依次检查的内容',
    'client-checked': 'etcd 依次检查的内容',
    handshake: '127.0.0.1 上的真实握手',
    'etcd-doors': '四次 etcd 不能接受的真实调用',
    'kubelet-call': '真正做过的两次调用',
    'shown-nothing': '没有证书的某一方（?）的两次真实调用',
    'client-names': '用每张证书时你是谁',
    'token-name': '刚刚生成的令牌',
    'who-signs-what': '这个集群的 CA',
    'etcd-door': 'kubelet 调用 etcd：三个 CA 和一个 CA',
    'front-proxy-call': 'API 服务器出示什么，附加组件如何检查',
    'front-proxy-door': '由签发用户的 CA 签发的 front-proxy-client',
    kubeconfig: '刚刚生成的 admin.conf',
    'kubeconfig-names': '用每个 kubeconfig 时你是谁',
    'kubeconfig-server': '一次真实调用，和一次地址不在名称里的调用',
    'sa-files': '两个文件，以及指定它们的参数',
    token: '刚刚生成的令牌，解码后',
    'token-verified': '三次尝试',
    'pod-call': 'Pod 所做的真实握手',
    'two-public-keys': '每一步中，旧密钥的令牌和新密钥的令牌',
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
    'who-reloads': '指定续期文件的参数，以及何时读取',
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
    signedBy: '颁发它的 CA',
    signs: '签发',
    file: '文件',
    mode: '权限',
    flag: '参数',
    shows: '证书',
    keyFile: '私钥',
    caFile: 'CA 文件',
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
    order: '必须重启',
    same: '相同',
    old: '旧',
    new: '新',
  },
  checks: {
    dates: '日期',
    name: '名称',
    authority: '签发者',
    usage: '用途',
    key: '密钥相符',
    signature: '签名',
    subject: '主体',
    names: '名称（SAN）',
  },
  says: {
    accepts: '接受对方',
    'trusts-none': '没有检查：没有用来检查对方的 CA 文件',
    'shown-none': '没有检查：对方没有出示证书',
    'not-reached': '没有检查：对方结束了连接',
    'is-told': '得知被拒绝',
    refuses: '拒绝',
    unauthorized: '回答 401 Unauthorized',
    'not-believed': '不相信请求头',
    'does-not-start': '不启动',
  },
  none: '无',
  onMap: '在图上',
  passed: '是',
  failed: '否',
};
