import type {EndId} from '../../pki/blueprint-types.ts';
import type {KubeconfigId, TrustId} from '../../pki/certificate.ts';
import type {DelegationId, Lesson} from '../lessons.ts';
import type {AuthorityTextId, CertificateTextId, ConnectionTextId} from './en-things.ts';

/** Certificates, authorities, files and connections in Japanese. One file because it is one table. */

export const certificates: Readonly<Record<CertificateTextId, Lesson>> = {
  apiserver: {
    what: 'API サーバーが、呼び出してくるすべての相手に見せるサーバー証明書です。',
    without:
      '証明書と鍵がないと API サーバーは起動しません。期限切れや SAN の不足があると、kubectl、kubelet、コントローラー、Pod のすべてが接続を拒否します。',
  },
  'apiserver-kubelet-client': {
    what: 'API サーバーが kubelet を呼び出すとき(logs や exec)に見せるクライアント証明書です。',
    without: 'kubectl logs、exec、attach、port-forward が失敗します。Pod 自体は動き続けます。',
  },
  'apiserver-etcd-client': {
    what: 'API サーバーが etcd を呼び出すときのクライアント証明書です。これを持つ者は、クラスターの全オブジェクトを読み書きできます。',
    without:
      'API サーバーは何も読み書きできません。約 20 秒後に "context deadline exceeded" で終了し、コントロールプレーン全体が止まります。',
  },
  'front-proxy-client': {
    what: 'API サーバーが集約 API サーバーに見せる証明書です。相手はヘッダーに書かれたユーザー名を信用します。',
    without:
      '集約 API が API サーバーを拒否します。kubectl top とメトリクスによる自動スケールが止まり、ほかは動き続けます。',
  },
  'etcd-server': {
    what: 'etcd がクライアントに見せるサーバー証明書です。etcd 自身のゲートウェイも同じポートをこの証明書で呼ぶため、クライアント用途も必要です。',
    without: 'etcd が起動しないか、クライアントに拒否されます。そのノードの API サーバーも働けません。',
  },
  'etcd-peer': {
    what: 'etcd のメンバー同士が、接続の両端で見せ合う証明書です。',
    without: 'そのメンバーは仲間に加われません。過半数が離れると、etcd は書き込みを受け付けなくなります。',
  },
  'etcd-healthcheck-client': {
    what: 'このノードの etcdctl やバックアップが etcd を呼び出すときの証明書です。',
    without: 'このノードでの etcdctl、スナップショット、バックアップが失敗します。クラスターは動き続けます。',
  },
  admin: {
    what: '管理者と kubeadm が使うクライアント証明書です。',
    without:
      'admin.conf で管理できなくなります。~/.kube/config などのコピーも同時に切れます。クラスターは動き続けます。',
  },
  'super-admin': {
    what: '非常時用の証明書です。グループ system:masters は RBAC を素通りし、取り消せません。オフラインで保管してください。',
    without: '普段は何も起きません。admin.conf のバインディングを失ったとき、RBAC を越える入口がなくなります。',
  },
  'controller-manager': {
    what: 'コントローラーマネージャーが system:kube-controller-manager として API を呼び出すときの証明書です。',
    without:
      '何も調整されなくなります。Deployment の新しい Pod、証明書要求への署名、トークンの掃除が止まり、落ちたノードも Ready のままです。',
  },
  scheduler: {
    what: 'スケジューラーが system:kube-scheduler として API を呼び出すときの証明書です。',
    without: '新しい Pod は Pending のままです。動いている Pod はそのままです。',
  },
  'kubelet-client': {
    what: 'このノードの kubelet が API を呼び出すときの証明書です。Node オーソライザーにより、自分の Pod に必要なものだけに触れられます。',
    without: 'Node が NotReady になります。Pod は動き続けますが、状態は伝わらず、新しい Pod も来ません。',
  },
  'kubelet-serving': {
    what: 'kubelet がポート 10250 で API サーバーやメトリクス収集に見せるサーバー証明書です。',
    without:
      'API サーバーが kubelet を検証する設定では logs と exec が失敗します。metrics-server には --kubelet-insecure-tls が要ります。ない場合 kubelet は自己署名の証明書を作りますが、誰も検証できません。',
  },
  'kube-proxy': {
    what: 'kube-proxy が API を呼び出すときの証明書です。kubeadm では DaemonSet とサービスアカウントなので、ありません。',
    without: 'kube-proxy が変更を知らず、Service がもういない Pod を指します。',
  },
  user: {
    what: '人が API を呼び出すときの証明書です。O(組織)がグループになり、できることは RBAC が決めます。',
    without: 'その人はログインできません。証明書は取り消せず、期限切れを待つしかありません。',
  },
};

export const authorities: Readonly<Record<AuthorityTextId, Lesson>> = {
  'kubernetes-ca': {
    what: 'クラスターの CA です。API サーバーの証明書と、人も含むすべてのクライアントの証明書に署名します。',
    without:
      'ファイルがないと誰も検証できず、何も起動しません。鍵がないと新しい署名ができず、今あるものは期限まで使えます。鍵を持つ者は誰にでもなれます。',
  },
  'etcd-ca': {
    what: 'etcd 専用の CA です。この CA の証明書を見せる者は、RBAC を通らずに全オブジェクトを読み書きできます。',
    without: 'etcd と API サーバーが互いを検証できず、コントロールプレーンが起動しません。',
  },
  'front-proxy-ca': {
    what: 'フロントプロキシの CA です。許可された名前を持つクライアントは、ヘッダーで別のユーザーを名乗れます。ほかのものに署名させてはいけません。',
    without: 'metrics-server などの集約 API が、API サーバーからの要求を拒否します。',
  },
  'root-ca': {
    what: '3 つの CA の上にあるルート CA です。ほかには署名せず、鍵はオフラインに置きます。',
    without: '動いているものは動き続けます。鍵がないと中間 CA を取り替えられません。',
  },
};

export const serviceAccount: Lesson = {
  what: '証明書ではなく鍵の組です。秘密鍵(sa.key)がサービスアカウントのトークンに署名し、公開鍵(sa.pub)が検証します。すべてのコントロールプレーンノードで同じでなければならず、期限はありません。',
  without:
    'Pod がログインできません。ネットワークプラグイン、CoreDNS、Pod のコントローラーが 401 で失敗します。ノードごとに組が違うと、ときどき失敗します。',
};

export const kubeconfigs: Readonly<Record<KubeconfigId, string>> = {
  admin: '管理者と kubeadm が使います。~/.kube/config にコピーしてクラスターを操作します。',
  'super-admin':
    'admin.conf のバインディングを失った日のためのものです。取り消せないので、オフラインで保管してください。',
  'controller-manager': 'コントローラーマネージャーが自分のノードの API サーバーに接続するために使います。',
  scheduler: 'スケジューラーが自分のノードの API サーバーに接続するために使います。',
  kubelet: 'このノードの kubelet が API に接続するために使います。',
  'bootstrap-kubelet': 'kubelet の最初の起動用です。中のトークンで自分の証明書を要求します。',
  'kube-proxy': 'kube-proxy が Service と EndpointSlice を監視するために使います。',
  user: '人が使うものです。kubectl --kubeconfig で指定すると、その人の名前で操作します。',
};

export const trusts: Readonly<Record<TrustId, Lesson>> = {
  'etcd-clients': {
    what: 'この CA のクライアント証明書を見せる者は、etcd のすべてを読み書きできます。',
    without:
      '別の CA を入れると etcd が API サーバーを拒否し、余分に入れると他人を通します。etcd が読むのは起動時だけです。',
  },
  'etcd-peers': {
    what: 'どちらが呼び出しても、ほかのメンバーはこれで検証されます。',
    without: '別の CA を入れると、メンバー同士が拒否し合います。etcd が読むのは起動時だけです。',
  },
  'etcd-servers': {
    what: 'API サーバーが etcd のサーバー証明書を検証するための CA です。',
    without: '別の CA を入れると API サーバーが etcd を拒否し、起動しません。読むのは起動時だけです。',
  },
  'etcdctl-servers': {
    what: 'etcdctl が etcd のサーバー証明書を検証するための CA です。',
    without: 'etcdctl が etcd を拒否します。ほかには影響しません。',
  },
  'apiserver-clients': {
    what: 'この CA のクライアント証明書を見せる者は、サブジェクトに書かれたユーザーになります。',
    without: '別の CA を入れると、すべてのクライアント証明書が 401 Unauthorized になります。変更はすぐ反映されます。',
  },
  'apiserver-front-proxies': {
    what: 'この CA のクライアントで名前が許可されていれば、ヘッダーで別のユーザーを名乗っても信用されます。',
    without:
      'ないとフロントプロキシは信用されません。クライアント用と同じ CA で許可名もないと、誰でも誰にでもなれます。1.36 からは API サーバーが起動しません。',
  },
  'apiserver-kubelets': {
    what: 'API サーバーが kubelet のサーバー証明書を検証するための CA です。指定しないと検証しません。',
    without:
      'kubeadm は指定しないので、kubelet は検証されません。署名していない CA を入れると logs と exec が失敗します。',
  },
  'controller-manager-clients': {
    what: 'コントローラーマネージャーのポート 10257 を呼び出す相手を検証します。',
    without: '証明書を見せるメトリクス収集が拒否されます。クラスターは動き続けます。',
  },
  'controller-manager-front-proxies': {
    what: 'フロントプロキシ経由の呼び出しについて、同じことをします。',
    without: 'そのポートではフロントプロキシ経由の相手が信用されません。クラスターは動き続けます。',
  },
  'pods-apiserver': {
    what: 'Pod が API サーバーを検証するための CA です。各 Namespace の ConfigMap kube-root-ca.crt に入ります。',
    without:
      '別の CA を入れると Pod が API サーバーを拒否します("signed by unknown authority")。読むのは起動時だけです。',
  },
  'kubelet-clients': {
    what: 'logs や exec で呼び出されたとき、kubelet が API サーバーを検証するための CA です。',
    without: '別の CA を入れると kubelet が API サーバーを拒否し、logs と exec が 401 Unauthorized になります。',
  },
  'kubeconfig-apiserver': {
    what: 'kubeconfig に certificate-authority-data として埋め込まれ、API サーバーの証明書を検証します。',
    without: '別の CA を入れると、その kubeconfig の利用者が API サーバーを拒否します("signed by unknown authority")。',
  },
};

export const ends: Readonly<Record<EndId, string>> = {
  etcd: 'クラスターの全オブジェクトを保管します。',
  'kube-apiserver': 'クラスターへのただひとつの入口です。',
  'kube-controller-manager': 'コントローラーを動かします。証明書要求とサービスアカウントの旧式トークンにも署名します。',
  'kube-scheduler': 'Pod を置くノードを決めます。',
  kubelet: 'このノードの Pod を動かします。',
  'kube-proxy': 'このノードで Service に届くようにします。',
  kubectl: '人が使う道具です。kubeconfig で API を呼び出します。',
  etcdctl: 'etcd の状態確認、スナップショット、修復に使います。',
  pod: 'Pod の中のプログラムです。証明書ではなく、サービスアカウントのトークンで API を呼び出します。',
  'metrics-server': 'アドオンです。kubelet から CPU とメモリーを読み、kubectl top と自動スケールに使います。',
  scraper: 'Prometheus など、メトリクスを集めるものです。',
  'aggregated-api': 'この API サーバーの後ろにある別の API サーバーで、APIService で登録されます。',
  webhook: 'オブジェクトを受け付ける前に尋ねられる、または変換するサービスです。',
};

export const connections: Readonly<Record<ConnectionTextId, Lesson>> = {
  'apiserver-to-etcd': {
    what: 'クラスターの全オブジェクトがこの接続で読み書きされます。',
    without: 'API サーバーは ready にならず、まもなく終了します。何も読み書きできません。',
  },
  'etcd-to-etcd': {
    what: 'メンバーがすべての書き込みについて合意します。呼び出し元のアドレスが証明書に必要です。',
    without: 'そのメンバーが遅れます。過半数がないと何も書き込めません。',
  },
  'etcdctl-to-etcd': {
    what: '状態確認とスナップショットです。etcd はクライアント証明書のない者を通さないので、専用のものがあります。',
    without: '状態確認とバックアップができません。',
  },
  'etcd-gateway-to-itself': {
    what: 'etcd の JSON ゲートウェイが、サーバー証明書を使って自分のポートを呼びます。だからクライアント用途も必要です。',
    without: '自分のアドレスからの拒否されたハンドシェイクがログに溜まります。クライアントは気づきません。',
  },
  'admin-to-apiserver': {
    what: '管理者と kubeadm が API を呼び出します。',
    without: '管理者と kubeadm が締め出されます。クラスターは動き続けます。',
  },
  'super-admin-to-apiserver': {
    what: 'admin.conf のバインディングを失った日のためのものです。',
    without: 'RBAC を越える最後の入口がなくなります。',
  },
  'user-to-apiserver': {
    what: '人がそれぞれの名前で、kubectl から API を呼び出します。',
    without: 'その人は作業できません。',
  },
  'controller-manager-to-apiserver': {
    what: 'コントローラーがオブジェクトを監視し、変更します。',
    without: '何も調整されず、証明書要求にも署名されません。',
  },
  'scheduler-to-apiserver': {
    what: 'スケジューラーが Pod を監視し、ノードに割り当てます。',
    without: '新しい Pod は Pending のままです。',
  },
  'kubelet-to-apiserver': {
    what: 'kubelet が Node の状態を報告し、自分の Pod を知ります。',
    without: 'Node が NotReady になり、数分後に Pod が別のノードで起動されます。',
  },
  'joining-kubelet-to-apiserver': {
    what: '証明書をまだ持たない kubelet が、証明書を要求します。',
    without: 'ノードが参加できません。',
  },
  'kube-proxy-to-apiserver': {
    what: 'kube-proxy が Service と EndpointSlice を監視します。',
    without: 'このノードの Service が古いままになります。',
  },
  'kube-proxy-pod-to-apiserver': {
    what: 'kubeadm では kube-proxy は DaemonSet です。サービスアカウントを使い、証明書はありません。',
    without: 'このノードの Service が古いままになります。',
  },
  'pod-to-apiserver': {
    what: 'Pod が Service kubernetes を通し、自分のサービスアカウントのトークンで API と話します。',
    without: 'Pod のコントローラー、CoreDNS、ネットワークプラグインが失敗します。',
  },
  'apiserver-to-kubelet': {
    what: 'kubectl logs、exec、port-forward がこの経路を通ります。',
    without: 'logs、exec、attach、port-forward が失敗します。Pod は動き続けます。',
  },
  'metrics-server-to-kubelet': {
    what: 'kubectl top と自動スケールが、kubelet から CPU とメモリーを読みます。',
    without: 'kubectl top が何も表示せず、CPU とメモリーによる自動スケールが止まります。',
  },
  'apiserver-to-aggregated-api': {
    what: '集約 API への要求が、ユーザー名をヘッダーに書いて渡されます。',
    without: 'その集約 API が使えません。Namespace の削除が終わらないことがあります。',
  },
  'apiserver-to-webhook': {
    what: 'Admission webhook と変換 webhook に尋ねます。証明書を見せるのは、Admission の設定で指定したときだけです。',
    without: 'failurePolicy が Fail なら、webhook に尋ねる必要のあるものを作成も変更もできません。',
  },
  'scraper-to-controller-manager': {
    what: 'コントローラーマネージャーのメトリクスです。',
    without: 'コントローラーマネージャーのメトリクスが取れません。',
  },
  'scraper-to-scheduler': {
    what: 'スケジューラーのメトリクスです。',
    without: 'スケジューラーのメトリクスが取れません。',
  },
  'apiserver-to-itself': {
    what: 'API サーバーは自分自身のクライアントでもあります。証明書はメモリーにあり、起動のたびに作り直されます。',
    without:
      '古いリリースでは、1 年動き続けるとメモリーの証明書が切れます。その前に再起動が必要です。1.36 からは /livez が知らせます。',
  },
};

export const signing: Lesson = {
  what: 'コントローラーマネージャーが certificates.k8s.io の要求(kubelet や人のもの)に署名するための組です。',
  without:
    '要求は承認されても署名されません。参加する kubelet は証明書を得られず、動いている kubelet も更新できません。証明書ファイルに入れる証明書は 1 つだけです。そうでないとコントローラーマネージャーが起動しません。',
};

export const delegation: Readonly<Record<DelegationId, Lesson>> = {
  authentication: {
    what: '自分のポートを呼び出した相手(メトリクスを集めるものなど)が誰かを、これで API サーバーに尋ねます(TokenReview)。コンポーネント自身の仕事には使いません。',
    without:
      'トークンを見せる相手は匿名とみなされ、クライアント用の CA もクラスターから得られません。メトリクスを集めるものは拒否されます。ほかはそのまま動きます。',
  },
  authorization: {
    what: '自分のポートを呼び出した相手がそれをしてよいか(/metrics を読むなど)を、これで API サーバーに尋ねます(SubjectAccessReview)。コンポーネント自身の仕事には使いません。',
    without:
      '自分のポートでは、ヘルスチェックのほかは誰にも何も許されません。メトリクスを集めるものは 403 Forbidden になります。ほかはそのまま動きます。',
  },
};
