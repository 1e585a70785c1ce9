import type {SideId} from '../error-row.ts';
import type {ErrorId} from '../errors.ts';
import type {ErrorLesson} from '../lessons.ts';

/** Why each error is said, and what to do, in Japanese. One file because it is one table. */

export const sides: Readonly<Record<SideId, string>> = {
  caller:
    '呼び出した側です。サーバーが見せたものを受け入れません。サーバーのログにはほとんど何も残らないので、呼び出した側のファイルと、サーバーが見せる証明書を調べてください。',
  provider:
    '呼び出された側(サーバー)のログです。呼び出した側が見せた証明書を受け入れません。相手には "remote error" としか伝わりません。呼び出した側の証明書と、このサーバーがクライアントの検証に使うファイルを調べてください。',
  either:
    'どちらの側でもありえます。呼び出した側がサーバーの証明書について言うことも、サーバーが呼び出した側の証明書について言うこともあり、言葉は同じです。誰のログや出力かを見てください。"Unable to connect to the server" や Get "https://..." の後なら呼び出した側、"TLS handshake error from" や "rejected connection" の後ならサーバーが言っています。言っている側が、相手の見せたものを受け入れていません。',
  apiserver:
    'API サーバーのログです。呼び出した相手を受け入れません。相手には "Unauthorized" としか伝わりません。集約 API やコントローラーマネージャーも、自分を呼び出した相手について同じ言葉で言います。',
  kubelet:
    'kubelet です。自分のログで言うか、API サーバーが取り次ぐ返事として言います。呼び出した相手(たいていは API サーバー)を拒否しています。',
  etcd: 'etcd のログです。呼び出した相手を受け入れません。相手には "bad certificate" としか伝わりません。',
  'far-end':
    '相手側です。"remote error" は、このプログラムが拒否されたが理由は知らない、という意味です。理由は相手側のログにあります。',
  'in-vain':
    '呼び出した側です。待っても応答がありませんでした。誰も応じなかったのか、どちらが相手を拒否したのかは、この文からは分かりません。',
  'before-tls': '気付いた側です。TLS の接続は成立せず、証明書が拒否されたわけではありません。',
  answer: 'API サーバーの返事です。TLS は成功していて、要求の内容が断られました。',
  itself: 'そのプログラム自身が、何も送る前に、自分のファイルやフラグについて言っています。',
};

export const errors: Readonly<Record<ErrorId, ErrorLesson>> = {
  'requestheader-overlap': {
    cause:
      '1 つの CA がクライアントとフロントプロキシの両方に署名し、許可する名前も限っていません。これではどのクライアントもヘッダーで誰にでもなれます。1.36 からはこの状態で API サーバーが起動しません。',
    remedy:
      'API サーバーに --requestheader-allowed-names=front-proxy-client を指定します。フロントプロキシ専用の CA にするほうがよいです。',
  },
  'signing-file-has-two': {
    cause:
      '--cluster-signing-cert-file のファイルに CA が 2 つあります(CA の交換中の ca.crt など)。検証用のファイルには複数あってよいのですが、ここは 1 つだけです。',
    remedy:
      '署名する CA(隣の鍵と組になるもの)だけを別のファイルに入れ、--cluster-signing-cert-file でそれを指定します。',
  },
  'signing-pair-mismatch': {
    cause:
      '--cluster-signing-cert-file の最初の証明書が、隣の鍵のものではありません。古い CA が先に並んだバンドルか、鍵を替えずに CA だけ替えた場合が多いです。',
    remedy: '鍵と組になる証明書 1 つだけを指定します。',
  },
  'root-ca-unreadable': {
    cause: '--root-ca-file(各 Namespace の kube-root-ca.crt になる)のファイルが、ないか、空か、証明書ではありません。',
    remedy: 'クラスターの CA を置き直します。ほかのコントロールプレーンノードにあるものと同じファイルです。',
  },
  'parent-key-mismatch': {
    cause:
      'kubeadm は ca.key で署名しますが、ca.crt の最初の証明書がその鍵のものではありません。古い CA が先に並んだバンドルの場合が多いです。',
    remedy: '鍵と組になる証明書を先頭に置くか、正しい組を戻します。',
  },
  'join-wrong-pin': {
    cause:
      'join コマンドのハッシュが、クラスターが知らせる CA のものと違います。別のクラスターのコマンドか、CA を替える前のものです。誰かが間に入っている可能性もあります。',
    remedy: 'コントロールプレーンノードで join コマンドを作り直します。検証を省いてはいけません。',
  },
  'join-no-signature': {
    cause:
      'cluster-info がこのトークンで署名されていません。トークンが期限切れ(既定で 24 時間)か削除されたか、署名する bootstrapsigner を持つコントローラーマネージャーが動いていません。',
    remedy: 'トークンが一覧にあるか見ます。なければ作り直し、あればコントローラーマネージャーを調べます。',
  },
  'bootstrap-kubeconfig-missing': {
    cause:
      'kubelet に有効なクライアント証明書がないため、ブートストラップトークンで要求しようとしました。その kubeconfig はノードの参加後に削除されています。期限が切れたとき、マシンの電源が切れていたか、通信できなかった場合がほとんどです。',
    remedy:
      'まず kubelet の証明書の期限を確認します。足りないファイルを手で作るのが先ではありません。新しいトークンで参加し直すか、クラスター CA で署名した system:node:ノード名(グループ system:nodes)の kubelet.conf を発行します。',
  },
  'certificate-key-gone': {
    cause: 'コントロールプレーンの鍵はほかのノードのためにアップロードされましたが、その Secret は 2 時間で消えます。',
    remedy: 'コントロールプレーンノードで再びアップロードし、新しい鍵を join コマンドに使います。',
  },
  'certificate-key-wrong': {
    cause: '--certificate-key が、最後にアップロードしたときの鍵と違います。',
    remedy: 'もう一度アップロードします。対応する鍵が表示されます。',
  },
  'certificates-not-copied': {
    cause:
      'ノードをコントロールプレーンにしようとしていますが、全コントロールプレーンノードで共通のファイル(CA とその鍵、sa.key と sa.pub)がありません。',
    remedy:
      'これらだけを別のコントロールプレーンノードからコピーするか、--certificate-key を付けて参加します。ほかの証明書はノードごとのものなので、コピーしません。',
  },
  'external-authority': {
    cause:
      'CA の証明書はあって鍵がありません。外部 CA なので、ここでは署名できません。鍵を別の場所で保管しているなら正常です。',
    remedy: '鍵のある場所で署名してもらうか、更新の間だけ鍵を戻します。',
  },
  'leaf-of-other-authority': {
    cause:
      'ここにある証明書は、隣にある CA ではなく別の CA が署名したものです。2 つのクラスターのファイルか、CA 交換前後のファイルが混ざっています。',
    remedy: '正しい CA を戻すか、証明書と鍵をよけてから発行し直します。',
  },
  'csr-other-node': {
    cause:
      'kubelet は自分の名前の証明書しか要求できません。あるノードとしてログインし、別のノードの名前を要求しています。ホスト名の変更、大文字と小文字の違い、別ノードのファイルのコピーが原因です。',
    remedy: 'Node の名前、--hostname-override、kubelet の証明書のサブジェクトを、小文字で同じにします。',
  },
  'csr-masters': {
    cause: '証明書 API は system:masters グループには署名しません。取り消せない権限になるからです。',
    remedy: '独自のグループを使い、ロールをバインドします。バインディングによる cluster-admin なら取り消せます。',
  },
  'csr-no-names': {
    cause:
      'サーバー証明書の要求に DNS 名もアドレスもありません。そのため承認されても署名されませんでした。要求時に Node のアドレスがなかったのです。',
    remedy: '要求を削除し、Node に InternalIP があることを確かめ、kubelet を再起動して要求し直させます。',
  },
  'csr-too-short': {
    cause: '要求された有効期間が、API が受け付ける最短の 10 分より短いです。',
    remedy: 'spec.expirationSeconds を 600 以上にします。',
  },
  'kubelet-not-signed-yet': {
    cause:
      'kubelet にサーバー証明書がまだありません。serverTLSBootstrap では要求が出ますが、誰かが承認しなければならず、自動では承認されません。',
    remedy: '保留中の要求の名前を Node と照合し、承認します。',
  },
  'token-flags-missing': {
    cause: '1.20 から、API サーバーにはトークンに署名するサービスアカウントの秘密鍵と、発行者の名前が必要です。',
    remedy: '両方のフラグを追加します。ファイルは --service-account-key-file のものの隣にあります。',
  },
  'ca-bundle-wrong': {
    cause:
      'API サーバーが webhook か集約 API を呼び出し、その証明書を受け入れません。クラスターの CA とは関係なく、証明書は運用者が作り、設定の caBundle が検証に使う CA を決めます。',
    remedy:
      '運用元(cert-manager や Helm chart)で直します。caBundle は今の証明書に署名した CA であること、名前は SERVICE.NAMESPACE.svc であることが必要です。',
  },
  'etcd-peer-address': {
    cause:
      'あるメンバーからの呼び出しで、その送信元アドレスが証明書にありません。別のメンバーの証明書をコピーしたか、アドレスが変わりました。',
    remedy:
      '呼び出したメンバーで、このアドレスを入れて etcd-peer を発行し直します。メンバーごとに専用のものが必要です。',
  },
  'front-proxy-name': {
    cause:
      'フロントプロキシ CA の証明書が見せられましたが、その名前は --requestheader-allowed-names にありません。普通のクライアントとしても知られていません。CA が 1 つの場合、古い API サーバーはほかのクライアントにも前半を記録します。',
    remedy: 'フロントプロキシの証明書を許可された名前(front-proxy-client)で発行するか、フラグに名前を加えます。',
  },
  'service-account-key': {
    cause:
      'Pod のトークンが、この API サーバーに公開鍵のない鍵で署名されています。コントロールプレーンが複数なら、ノードごとに sa.key と sa.pub が違うため、ときどき失敗します。',
    remedy:
      '同じ sa.key と sa.pub を全コントロールプレーンノードに置き、API サーバーとコントローラーマネージャーを再起動します。鍵を替えたときは、古いトークンが切れるまで、古い公開鍵も 2 つ目の --service-account-key-file で残します。',
  },
  'service-account-token-ended': {
    cause: 'サービスアカウントのトークンが切れました。プログラムが一度しか読まないか、時計がずれています。',
    remedy: '時計を比べます。そのうえで Pod を再起動し、新しいトークンを読ませます。',
  },
  'bearer-token-unknown': {
    cause: 'API サーバーがこのトークンを知りません。ブートストラップトークンは既定で 24 時間で切れ、削除されます。',
    remedy: 'まだ一覧にあるか見て、なければ作り直します。',
  },
  'kubelet-client-expired': {
    cause:
      'kubelet のクライアント証明書が切れました。動いている間は自分で更新するので、マシンが長く止まっていたか、kubelet.conf が kubelet-client-current.pem を指さず最初の証明書を埋め込んだままです。',
    remedy:
      'kubelet に新しい証明書を発行するか、トークンで参加し直します。その後、kubelet.conf が kubelet-client-current.pem を指すようにします。',
  },
  'loopback-expired': {
    cause:
      'API サーバーは、起動のたびにメモリーで作る証明書で自分自身と話します。1 年間再起動しないと切れます。ファイルに誤りはありません。',
    remedy: 'API サーバーを再起動します。',
  },
  'no-names': {
    cause: 'サーバーの証明書に CN しかありません。名前は SAN だけで調べられます。',
    remedy: '名前とアドレスを SAN に入れて発行し直します。kubeadm で行うときは、先に証明書と鍵を消します。',
  },
  'no-address-names': {
    cause:
      'アドレスで呼び出されましたが、証明書にアドレスが 1 つもありません。kubelet が自分で署名した証明書がそうで、metrics-server がよく出会います。',
    remedy:
      'kubelet にサーバー証明書を要求させて(serverTLSBootstrap: true)承認するか、ノードのアドレスを入れて発行します。',
  },
  'name-mismatch': {
    cause: '呼び出しに使った名前かアドレスが、サーバーの見せた証明書の SAN にありません。',
    remedy:
      'その名前を入れて証明書を発行し直すか、証明書にある名前で呼び出します。"kubeadm certs renew" は名前をそのまま引き継ぐので、解決しません。',
  },
  'etcd-client-expired': {
    cause: 'etcd のクライアント(たいてい API サーバー)が、期限切れの証明書を見せました。',
    remedy: 'apiserver-etcd-client(メンバー間なら etcd-peer)を更新し、API サーバーを再起動します。',
  },
  'etcd-client-wrong-usage': {
    cause:
      'etcd のクライアントが、クライアント用でない証明書を見せました。アドレスが etcd 自身なら etcd-server か etcd-peer です。どちらも server auth と client auth の両方が必要です。',
    remedy: '用途に client auth を入れて発行し直します。',
  },
  'etcd-client-unknown-authority': {
    cause:
      'etcd のクライアントの証明書が、--trusted-ca-file にない CA のものです。etcd CA ではなくクラスター CA で署名した場合が多いです。',
    remedy:
      '呼び出す側に etcd CA の証明書を渡すか、etcd に正しい CA を渡します。etcd がこのファイルを読むのは起動時だけです。',
  },
  'client-shows-nothing': {
    cause: 'etcd はクライアント証明書を要求しますが、相手は何も見せませんでした。',
    remedy: 'API サーバーには --etcd-certfile と --etcd-keyfile、etcdctl には --cert と --key を指定します。',
  },
  'caller-refused-etcd': {
    cause:
      '拒否したのは etcd ではなくクライアントです。--etcd-cafile が別の CA か、呼び出した名前(多くは 127.0.0.1)が SAN にないか、証明書が切れています。',
    remedy: '呼び出した側(たいてい API サーバー)のログを読みます。3 つのどれかがそこに書かれています。',
  },
  'caller-refused-apiserver': {
    cause:
      'そこに書かれたアドレスのクライアントが、このサーバーの証明書を拒否しました。別の CA を信頼しているか、名前が足りません。古い kubeconfig や監視が典型です。',
    remedy: 'そのクライアントを調べます。kubeconfig の CA を新しくするか、証明書に名前を加えます。',
  },
  'etcd-refused-caller': {
    cause:
      'etcd が API サーバーのクライアント証明書を拒否しました。別の CA のものか、期限切れか、クライアント用ではないか、見せていません。API サーバー側では、接続が切れたとしか見えないことがよくあります。',
    remedy: '同じ時刻の etcd のログを読みます。"rejected connection" の行に理由があります。',
  },
  'etcd-server-unknown-authority': {
    cause: 'API サーバーが etcd の証明書を受け入れません。--etcd-cafile の CA が、署名した CA と違います。',
    remedy: 'etcd の CA を指定します。このファイルは API サーバーの起動時にだけ読まれます。',
  },
  'client-expired': {
    cause: '呼び出した側のクライアント証明書が期限切れです。ログのシリアル番号で、どの証明書か分かります。',
    remedy:
      'その証明書か kubeconfig を更新し、一度しか読まないもの(コントローラーマネージャー、スケジューラー)を再起動します。~/.kube/config などのコピーはコピーし直します。',
  },
  'client-wrong-usage': {
    cause: '呼び出した側が、サーバー専用の証明書を見せました。',
    remedy: 'client auth を入れて発行し直します。',
  },
  'client-not-yet-valid': {
    cause: 'サーバーの時計では、クライアントの証明書はまだ始まっていません。どちらかの時計がずれています。',
    remedy: '両方の時計を合わせます。ずれた時計で署名した証明書は発行し直します。',
  },
  'client-unknown-authority': {
    cause:
      '呼び出した側の証明書が、--client-ca-file にない CA のものです。別のクラスターのもの、CA 交換前のもの、または etcd やフロントプロキシの CA のものです。',
    remedy: 'クラスター CA で証明書を発行します。CA の交換中は --client-ca-file に両方を入れます。',
  },
  'not-yet-valid': {
    cause: 'このマシンの時計では、証明書はまだ始まっていません。ここか、署名した場所の時計がずれています。',
    remedy: '時計を比べて合わせます。作ったばかりの証明書が数分早いだけのこともあります。',
  },
  'certificate-expired': {
    cause: '相手側の見せた証明書が期限切れです。kubeadm のサーバーとクライアントの証明書は、有効期間が 1 年です。',
    remedy:
      'どちらが言っているかを確かめ、相手側が見せる証明書を更新します。ファイルが更新済みなら、プログラムがまだ古いものを持っているので再起動します。',
  },
  'wrong-usage': {
    cause:
      '相手側の見せた証明書が、その役割のものではありません。サーバーには server auth、クライアントには client auth が要ります。',
    remedy: '必要な用途を入れて発行し直すか、フラグに正しいファイルを指定します。',
  },
  'authority-namesake': {
    cause:
      '言っている側が信頼する CA は、名前は同じでも鍵が違います。kubeadm の CA はどれも "kubernetes" という名前です。kubeconfig か CA ファイルが別のクラスターのものか、クラスターや CA を作り直す前のものです。',
    remedy:
      'kubectl やコンポーネントが呼び出す側として言っているなら、その kubeconfig の CA(certificate-authority-data)をこのクラスターのものにするか、admin.conf をコピーし直します。サーバーが言っているなら、呼び出した側の証明書が別の CA のものなので、発行し直します。',
  },
  'signer-is-no-authority': {
    cause:
      '証明書に署名したものが CA ではない(basicConstraints にない)か、SHA-1 など、もう受け付けられない方式で署名されています。',
    remedy: '本物の CA で、SHA-256 で署名し直します。',
  },
  'unknown-authority': {
    cause: '言っている側に CA が渡されていないか、相手側の証明書に署名した CA とは別の CA が渡されています。',
    remedy:
      '言っている側に、署名した CA を渡します。kubeconfig なら certificate-authority-data、コンポーネントなら CA のフラグです。または、信頼されている CA の証明書を相手側に渡します。検証を切ってはいけません。',
  },
  'other-end-refused': {
    cause:
      'このプログラムの見せた証明書を、相手側が受け入れませんでした。"expired certificate" や "unknown certificate authority" のように理由が分かることもありますが、"bad certificate" だけでは分かりません。',
    remedy:
      '同じ時刻の相手側のログを読みます。理由はそこにあります。次に、このプログラムが見せる証明書の期限、CA、用途(サーバー用かクライアント用か)を調べます。',
  },
  'pair-mid-change': {
    cause: '証明書と鍵が書き換えられている最中に、サーバーが読みました。両方が合うまで古い組を使い続けます。',
    remedy:
      '一度だけなら何もしなくて大丈夫です。繰り返すなら組が合っていません。別名で書いてから、鍵、証明書の順にリネームします。',
  },
  'key-mismatch': {
    cause: '証明書と秘密鍵が組になっていません。片方だけ取り替えたか、フラグが別々の組のファイルを指しています。',
    remedy: '一緒に作られたものを組み合わせるか、証明書を発行し直します。',
  },
  'pem-broken': {
    cause: 'ファイルが空か、PEM ではないか、期待と違うもの(証明書の場所に鍵、途中で切れたコピー、DER)が入っています。',
    remedy: '中身を確かめ、正しいファイルを置きます。',
  },
  'file-missing': {
    cause:
      'フラグか kubeconfig が指すファイルがありません。Static Pod では、マシンにあっても Pod にマウントされていないことがあります。',
    remedy: 'ファイルを置くか、フラグを直すか、マニフェストでフォルダーをマウント(hostPath)します。',
  },
  'file-not-permitted': {
    cause:
      'ファイルはありますが、プログラムを実行するユーザーには読めません。鍵は root だけが読めるのが正しい状態です。',
    remedy: '正しいユーザーか sudo で実行するか、ファイルの所有者を変えます。鍵を全員に公開してはいけません。',
  },
  'forbidden-admin': {
    cause:
      'admin.conf は受け入れられています。同名の ClusterRoleBinding がないため、グループ kubeadm:cluster-admins に権限がありません。',
    remedy: 'バインディングの要らない super-admin.conf で作り直します。',
  },
  'forbidden-kubelet-api': {
    cause:
      'kubelet は API サーバーの証明書を受け入れましたが、そのユーザーに kubelet API の権限がありません。1.36.1 からグループがなくなり、バインディングが必要です。',
    remedy: 'CN を ClusterRole system:kubelet-api-admin にバインドします。',
  },
  'forbidden-anonymous': {
    cause:
      '証明書もトークンも見せなかったので、匿名です。kubeconfig にユーザーがないか、途中のプロキシが TLS を終端して証明書を落としています。',
    remedy: 'kubeconfig の現在のコンテキストとユーザーを確かめます。ロードバランサーは TCP をそのまま通します。',
  },
  'node-name-differs': {
    cause:
      'kubelet の証明書のノード名と、登録しようとする名前が違います。ホスト名の変更か、別ノードのファイルのコピーが原因です。',
    remedy: '名前を合わせます。Node の名前で証明書を発行するか、--hostname-override を設定します。',
  },
  'forbidden-node': {
    cause:
      'kubelet の身分で操作しています。自分のノードの Pod に必要なものしか見られません。kubectl に kubelet.conf を渡したか、Pod がそれを使っています。',
    remedy: 'admin.conf か自分の kubeconfig を使います。',
  },
  'forbidden-token': {
    cause:
      'ブートストラップトークンは受け入れられましたが、kubeadm が与えるはずの権限がグループにありません。バインディングがないか、トークンのグループが違います。',
    remedy: 'バインディングを作り直し、トークンをグループ system:bootstrappers:kubeadm:default-node-token で作ります。',
  },
  forbidden: {
    cause:
      '証明書やトークンは受け入れられています。ユーザーは知られていて、権限がないだけです。証明書に誤りはありません。',
    remedy: 'ユーザーかそのグループにロールをバインドします。',
  },
  'plain-http': {
    cause: '片方が平文の HTTP、もう片方が TLS を話しています。https:// のはずが http:// か、ポートが違います。',
    remedy: 'kubeconfig やフラグのアドレスと、そのポートが何を話すかを確かめます。',
  },
  unauthorized: {
    cause:
      'API サーバーは呼び出した相手を知りません。こちら側に理由は伝わりません。多くは、クライアント証明書の期限切れ、別の CA、またはトークンの消滅です。(Forbidden、403 なら「誰かは分かるが、許されない」という意味です。)',
    remedy:
      'クライアント自身の証明書を見てから、同じ時刻の API サーバーのログを読み、"Unable to authenticate the request" の行でもう一度尋ねてください。',
  },
  'etcd-unreachable': {
    cause:
      'API サーバーが時間内に etcd に届きませんでした。この行には理由が出ません。etcd が落ちているか、どちらかが相手の証明書を拒否しています。',
    remedy:
      '前の行と etcd のログを読みます。"signed by unknown authority" なら --etcd-cafile の誤り、"bad certificate" なら etcd がクライアント証明書を拒否しています。',
  },
  'connection-refused': {
    cause:
      'そのポートで待ち受けるものがありません。それ自体は証明書の問題とは限りませんが、証明書のせいで API サーバーが起動していないことがよくあります。',
    remedy: 'コンテナーが動いているか見て、最後のログを読み、その行でもう一度尋ねてください。',
  },
  'handshake-noise': {
    cause:
      '誰かがポートを開き、何も言わずに去りました。ロードバランサーの死活監視、ポートスキャン、あきらめたクライアントなどです。証明書に誤りはありません。',
    remedy:
      'クライアントが動いているなら何もしなくて大丈夫です。静かにするには、ロードバランサーに HTTPS で /readyz を確認させます。',
  },
  'kubelet-refuses-apiserver': {
    cause:
      'kubelet が API サーバーのクライアント証明書を受け入れないため、logs と exec が失敗します。証明書が期限切れか、kubelet の clientCAFile の CA が署名していません。Unauthorized(401)は「誰だか分からない」、Forbidden(403)なら「誰かは分かるが、許されない」という意味です。',
    remedy:
      'apiserver-kubelet-client を更新するか、kubelet にクラスターの CA を渡します。1.36 より前の kubelet は一度しか読まないので再起動します。',
  },
  'kubelet-not-configured': {
    cause:
      'kubeadm が設定を書く前に kubelet が起動しました。kubeadm init か join を実行するまで再起動を繰り返しますが、それで正常です。',
    remedy:
      'このマシンで kubeadm init か kubeadm join を実行します。以前に参加していたなら、ファイルが消えています。参加し直してください。',
  },
  'no-kubeconfig': {
    cause:
      'kubectl に kubeconfig がないため、既定のアドレスを呼び出しましたが、そこでは誰も待ち受けていません。証明書に誤りはありません。',
    remedy:
      'kubeconfig を渡します。--kubeconfig、環境変数 KUBECONFIG、または admin.conf を ~/.kube/config にコピーします。sudo では root のものが使われます。',
  },
};
