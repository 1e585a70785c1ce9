import type {IdentityTextId} from '../identities.ts';

/** Flags and settings that name no file, and names with a meaning, in Japanese; keys as `COMPONENT FLAG`. */

const gate = '1.20 では、2 つのアドレスファミリーにこの feature gate が必要です。';
const plainPort = '指定しないと、認証のない平文 HTTP でも応答します。';
const corruption = '提供を始める前に、自分のデータをほかのメンバーと比べます。';
const progress = 'watch にリビジョンを知らせる間隔です。';
const runtime = 'コンテナーランタイムの待ち受け場所です。';
const leader = '複数のうち 1 つだけが働きます。';
const podAddresses = 'Pod のアドレスの範囲です。';

export const settings = {
  'etcd --name': 'メンバーの名前です。--initial-cluster で使われます。',
  'etcd --data-dir': 'データの置き場所です。',
  'etcd --client-cert-auth': '証明書のないクライアントを拒否します。',
  'etcd --peer-client-cert-auth': '証明書のないメンバーを拒否します。',
  'etcd --listen-client-urls': 'このノードの API サーバーはループバックを、ほかは別のアドレスを呼び出します。',
  'etcd --advertise-client-urls': 'クライアントに知らせるアドレスです。etcd-server の SAN に必要です。',
  'etcd --listen-peer-urls': 'メンバーが呼び出すアドレスです。',
  'etcd --initial-advertise-peer-urls': 'メンバーに知らせるアドレスです。etcd-peer の SAN に必要です。',
  'etcd --initial-cluster': '全メンバーと、互いを見つける場所です。',
  'etcd --listen-metrics-urls': 'ループバックの平文 HTTP です。プローブにクライアント証明書が要りません。',
  'etcd --snapshot-count': 'この回数の変更ごとにスナップショットを取ります。',
  'etcd --experimental-initial-corrupt-check': corruption,
  'etcd --experimental-watch-progress-notify-interval': progress,
  'etcd --feature-gates': corruption,
  'etcd --watch-progress-notify-interval': progress,
  'kube-apiserver --advertise-address': 'ほかのコンポーネントに知らせるアドレスです。SAN に入ります。',
  'kube-apiserver --allow-privileged': 'ネットワークプラグインと kube-proxy は特権 Pod です。',
  'kube-apiserver --authorization-mode': 'Node は各 kubelet を自分の Pod に限り、RBAC がほかの全員を決めます。',
  'kube-apiserver --enable-admission-plugins':
    'kubelet は自分の Node だけを変更でき、自分の名前の証明書だけを要求できます。',
  'kube-apiserver --enable-bootstrap-token-auth': '参加する kubelet をブートストラップトークンで認証します。',
  'kube-apiserver --etcd-servers': 'etcd の場所です。どのホストも etcd-server の SAN に必要です。',
  'kube-apiserver --kubelet-preferred-address-types':
    'Node のどのアドレスを呼び出すかを決めます。kubelet のサーバー証明書に必要な SAN も、これで決まります。',
  'kube-apiserver --requestheader-allowed-names':
    'この CN だけが、ほかのユーザーを代弁できます。指定しないと、その CA のどの証明書でもできます。',
  'kube-apiserver --requestheader-extra-headers-prefix': 'フロントプロキシが追加の情報を書くヘッダーです。',
  'kube-apiserver --requestheader-group-headers': 'フロントプロキシがユーザーのグループを書くヘッダーです。',
  'kube-apiserver --requestheader-username-headers': 'フロントプロキシがユーザーを書くヘッダーです。',
  'kube-apiserver --secure-port': 'TLS で応答するポートです。',
  'kube-apiserver --insecure-port': '指定しないと、認証のない平文 HTTP がループバックで開きます。',
  'kube-apiserver --service-account-issuer': 'サービスアカウントのトークンに、発行者として書かれる名前です。',
  'kube-apiserver --service-cluster-ip-range':
    'Service のアドレスです。各範囲の最初のアドレスが API サーバーの SAN になります。',
  'kube-apiserver --feature-gates': gate,
  'kube-controller-manager --allocate-node-cidrs': '各 Node に Pod のアドレス範囲を割り当てます。',
  'kube-controller-manager --cluster-cidr': podAddresses,
  'kube-controller-manager --bind-address': '自分のポート 10257 は、このノードの中だけで応答します。',
  'kube-controller-manager --cluster-name': '作るものの名前の先頭に付きます。',
  'kube-controller-manager --controllers':
    '既定では無効の 2 つを加えます。1 つは参加するノードのために cluster-info に署名し、もう 1 つは切れたトークンを消します。',
  'kube-controller-manager --leader-elect': leader,
  'kube-controller-manager --service-cluster-ip-range': 'Service のアドレスです。Node には割り当てません。',
  'kube-controller-manager --use-service-account-credentials':
    '各コントローラーが、自分のサービスアカウントで動きます。',
  'kube-controller-manager --port': plainPort,
  'kube-controller-manager --feature-gates': gate,
  'kube-scheduler --bind-address': '自分のポート 10259 は、このノードの中だけで応答します。',
  'kube-scheduler --leader-elect': leader,
  'kube-scheduler --port': plainPort,
  'kubelet --config': 'kubelet の設定です。誰を検証するかも、ここで決まります。',
  'kubelet --kubeconfig': '証明書が届くと、kubelet が自分で書きます。',
  'kubelet --hostname-override': 'Node の名前です。証明書の名前と同じでなければなりません。',
  'kubelet --node-ip': 'Node の InternalIP です(ファミリーごとに 1 つ)。サーバー証明書に必要です。',
  'kubelet --container-runtime': '組み込みの dockershim ではなく、CRI のランタイムを使います。',
  'kubelet --container-runtime-endpoint': runtime,
  'kubelet authentication.anonymous.enabled': '証明書もトークンもない相手を拒否します。',
  'kubelet authentication.webhook.enabled': 'トークンを API サーバーに確認してもらいます。',
  'kubelet authorization.mode': '相手に許すかどうかを、API サーバーが決めます。',
  'kubelet cgroupDriver': 'systemd のマシンで、コンテナーランタイムが使うものに合わせます。',
  'kubelet clusterDNS': '最初の Service サブネットの 10 番目のアドレスで、クラスター DNS の場所です。',
  'kubelet clusterDomain': 'Service の名前が属するドメインです。',
  'kubelet containerRuntimeEndpoint': runtime,
  'kubelet featureGates.IPv6DualStack': gate,
  'kubelet rotateCertificates': 'kubelet が、期限の前に新しいクライアント証明書を要求します。',
  'kubelet serverTLSBootstrap': 'kubelet がサーバー証明書を要求します。誰かが承認しなければなりません。',
  'kubelet staticPodPath': 'コントロールプレーンは、ここから Static Pod として動きます。',
  'kube-proxy --config': 'kube-proxy の設定です。kubeconfig の場所も含みます。',
  'kube-proxy clusterCIDR': podAddresses,
  'kube-proxy featureGates.IPv6DualStack': gate,
  'kube-proxy hostnameOverride': 'Node の名前です。',
  'kube-proxy mode': '通信を振り分ける方法です。',
} satisfies Record<string, string>;
export type SettingTextId = keyof typeof settings;

export const identities: Readonly<Record<IdentityTextId, string>> = {
  'system:masters': 'RBAC を素通りして何でもできます。期限が来るまで取り消せません',
  'kubeadm:cluster-admins': 'ClusterRoleBinding kubeadm:cluster-admins がある間、cluster-admin です',
  'system:nodes':
    'ノードのグループです。system:node:名前 と一緒なら、その kubelet に Node オーソライザーが与えるものを得ます',
  'system:node-proxier': '同名の ClusterRole により、kube-proxy に必要なものを得ます',
  'system:bootstrappers':
    '参加するノードです。kubeadm:kubelet-bootstrap などのバインディングがあれば、証明書を要求できます',
  'system:authenticated': '認証された全員がすでに属しているので、書いても何も増えません',
  'system:unauthenticated': '誰とも分からない相手です。証明書に書いても意味がありません',
  'system:serviceaccounts': 'サービスアカウントのグループです。サービスアカウントはトークンを使います',
  'system:kube-controller-manager': '同名の ClusterRole による、コントローラーマネージャーです',
  'system:kube-scheduler': '同名の ClusterRole による、スケジューラーです',
  'system:kube-proxy': 'ClusterRole system:node-proxier による、kube-proxy です',
  'system:node:*': 'グループが system:nodes なら、そのノードの kubelet です',
  'kube-apiserver-kubelet-client':
    'kubelet を呼び出す API サーバーです。system:kubelet-api-admin へのバインディング(またはグループの権限)によります',
  'front-proxy-client': 'フロントプロキシ CA の署名があれば、ヘッダーでどのユーザーも代弁できます',
};
