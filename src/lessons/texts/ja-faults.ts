import type {FaultId, FaultLesson} from '../faults.ts';

/** What can be broken in the lab, in Japanese. One file because it is one table. */

export const faults: Readonly<Record<FaultId, FaultLesson>> = {
  'etcd-server-expired': {
    title: 'etcd のサーバー証明書が期限切れ',
    broken: 'etcd のサーバー証明書が昨日切れました。鍵、名前、CA は正しいままです。',
    why: '先にサーバーを検証するのは呼び出す側なので、API サーバーが拒否します。etcd 自身は証明書を何も言わずに読み、応じ続けます。自分の期限を見るサーバーはありません。ただし、etcd が自分のゲートウェイのクライアントになるときも同じ証明書を見せるので、そこでは自分自身を拒否します。',
    remedy: 'etcd CA で etcd-server を更新します。etcd は次の接続のときに新しいファイルを読みます。',
  },
  'etcd-client-expired': {
    title: 'etcd に見せる証明書が期限切れ',
    broken: 'API サーバーが etcd に見せる証明書が昨日切れました。',
    why: 'API サーバーから見て、etcd に問題はありません。etcd はクライアント証明書を要求し、期限切れなのでハンドシェイクを打ち切ります。API サーバーには "bad certificate" としか伝わりません。',
    remedy: 'etcd CA で apiserver-etcd-client を更新します。API サーバーは次に etcd へ接続するときに読みます。',
  },
  'admin-expired': {
    title: '管理者の証明書が期限切れ',
    broken: 'admin.conf のクライアント証明書が昨日切れました。',
    why: 'API サーバーは証明書を求めますが、必須ではないので、ハンドシェイクは成功します。そのあとで期限切れと分かり、呼び出した相手を知らない者として扱います。401 Unauthorized です。',
    remedy: 'admin.conf を更新し、kubectl が読む場所(~/.kube/config)にコピーし直します。',
  },
  'apiserver-not-yet-valid': {
    title: 'API サーバーの証明書がまだ有効でない',
    broken: 'API サーバーの証明書が明日から始まります。時計の進んだマシンで署名したときと同じです。',
    why: '呼び出す側はどれも、日付を自分の時計と比べて拒否します。API サーバーはそれでもこの証明書を見せます。',
    remedy: '時計を合わせてから(chrony、NTP)、証明書を発行し直します。',
  },
  'scheduler-not-yet-valid': {
    title: 'スケジューラーの証明書がまだ有効でない',
    broken: 'スケジューラーのクライアント証明書が明日から始まります。API サーバーの時計が遅れているときと同じです。',
    why: 'スケジューラーは API サーバーを受け入れます。API サーバーは日付を自分の時計と比べ、スケジューラーを知らない者として扱います。401 Unauthorized です。',
    remedy: '時計を合わせてから(chrony、NTP)、証明書を発行し直します。',
  },
  'old-kubeconfig': {
    title: '別のクラスターの CA が入った kubeconfig',
    broken: 'admin.conf の CA は名前が正しく、鍵が違います。クラスターを作り直す前の古いコピーです。',
    why: '呼び出す側は正しい名前の CA を見つけますが、署名が合いません。kubeadm のクラスターでは CA の名前はどれも "kubernetes" です。名前からは何も分からず、鍵で決まります。',
    remedy: 'このクラスターの CA を kubeconfig(certificate-authority-data)に入れるか、kubeconfig をコピーし直します。',
  },
  'old-client-ca': {
    title: '別のクラスターの CA でクライアントを検証',
    broken: '--client-ca-file のファイルの CA は名前が正しく、鍵が違います。',
    why: '呼び出す側は API サーバーを信頼したままですが、API サーバーは誰のことも知りません。証明書に署名した鍵が違うからです。同じファイルはほかの検証にも使われることが多く(Pod には --root-ca-file で渡ります)、それで検証する側も拒否します。',
    remedy: 'クラスターの CA を戻します。CA の交換中は、このファイルに両方を入れます。',
  },
  'unknown-etcd-ca': {
    title: 'API サーバーが etcd の CA を知らない',
    broken: '--etcd-cafile のファイルに、ここでは何にも署名していない CA が入っています。',
    why: 'API サーバーは発行者の名前の CA を見つけられず、etcd を拒否します。etcd がクライアントの検証に同じファイルを読む場合は、両方が拒否するはずですが、呼び出す側が先です。',
    remedy: '--etcd-cafile のファイルに etcd CA を入れます。',
  },
  'unknown-client': {
    title: 'etcd の知らない CA のクライアント',
    broken: 'API サーバーが etcd に見せる証明書は、名前は正しく、署名した CA を誰も知りません。',
    why: '証明書にはどんな名前でも書けます。etcd は --trusted-ca-file の CA の署名を探しますが、見つかりません。',
    remedy: 'apiserver-etcd-client に etcd CA で署名します。',
  },
  'etcd-without-name': {
    title: 'etcd の証明書に、呼び出すアドレスがない',
    broken: 'etcd のサーバー証明書に、API サーバーが呼び出すアドレスがありません。ほかの名前はあります。',
    why: '呼び出す側は、呼び出すときの名前を SAN の中で探し(アドレスはアドレスの中で探します)、なければ拒否します。CN は数えません。別の名前で呼び出すものには影響がありません。',
    remedy: 'そのアドレスを SAN に入れて etcd-server を発行し直します。',
  },
  'apiserver-without-name': {
    title: 'API サーバーの証明書にエンドポイントがない',
    broken:
      'API サーバーの証明書に、kubectl が呼び出すエンドポイントがありません。ロードバランサーの後ろに移したあとと同じです。',
    why: '足りない名前で呼び出すものは拒否し、別の名前で呼び出すものは入れます。中からは動くのに、外からは動かないクラスターです。',
    remedy:
      'その名前を入れて証明書を発行します(certSANs)。kubeadm の更新は古い名前を引き継ぐので、先に証明書と鍵を消してから init phase certs apiserver を実行します。',
  },
  'apiserver-without-san': {
    title: 'API サーバーの証明書に SAN がない',
    broken: 'API サーバーの証明書に CN だけがあり、SAN がありません。古い手順で作るとこうなります。',
    why: 'Go 1.15 から CN は見られません。検証する側は、どの名前で呼び出しても、すべて拒否します。',
    remedy: '呼び出しに使われるすべての名前とアドレスを SAN に入れて発行します。',
  },
  'server-for-clients-only': {
    title: 'サーバーがクライアント専用の証明書を見せる',
    broken: 'API サーバーの証明書がクライアント専用です。拡張鍵用途に server auth がありません。',
    why: 'CA も名前も日付も正しいです。呼び出す側はサーバーに使える証明書を求めるので、これを拒否します。',
    remedy: 'server auth を入れて発行し直します。',
  },
  'client-for-servers-only': {
    title: 'クライアントが etcd にサーバー専用の証明書を見せる',
    broken: 'API サーバーが etcd に見せる証明書がサーバー専用です。拡張鍵用途に client auth がありません。',
    why: 'etcd が検証するのはクライアントなので、クライアントに使える証明書を求めます。誰が署名していても、これは拒否します。',
    remedy:
      'client auth を入れて発行し直します。外部の CA には、それを伝える必要があります。kubeadm の要求には書かれていません。',
  },
  'user-for-servers-only': {
    title: '人がサーバー専用の証明書を見せる',
    broken: 'admin.conf のクライアント証明書がサーバー専用です。',
    why: 'ハンドシェイクは成功し、API サーバーは呼び出した相手を知らない者として扱います。ログには理由が 2 つ出ます。最初はフロントプロキシの CA のもので、先に試しただけなので関係ありません。本当の理由はその次です。',
    remedy: 'client auth を入れて発行し直します。',
  },
  'etcd-for-servers-only': {
    title: 'etcd のサーバー証明書がサーバー専用',
    broken: 'etcd のサーバー証明書に client auth がありません。サーバーなら当然に思えます。',
    why: 'API サーバーに不満はありません。しかし etcd 自身のゲートウェイが、サーバー証明書を使って etcd のポートを呼び出し、etcd がそれを拒否します。だからクライアント用途も必要です。',
    remedy: 'server auth と client auth の両方を入れて etcd-server を発行します。',
  },
  'etcd-swapped-key': {
    title: 'etcd の証明書の隣の鍵が違う',
    broken: 'etcd のサーバー証明書の隣の鍵が、別の証明書のものです。',
    why: 'プロセスは待ち受けを始める前に自分の組を読み、2 つが合いません。失敗するハンドシェイクさえ起きません。',
    remedy: '鍵を戻すか、両方を一緒に発行し直します。',
  },
  'apiserver-swapped-key': {
    title: 'API サーバーの証明書の隣の鍵が違う',
    broken: 'API サーバーの証明書の隣の鍵が、別の証明書のものです。コピーが途中で終わったときと同じです。',
    why: 'API サーバーは待ち受けを始める前に自分の組を読み、2 つが合わないので終了します。呼び出しても誰もいません。すでに動いているものは、再起動するまで古い組を使い続けます。',
    remedy: '鍵を戻すか、両方を一緒に発行し直します。証明書と鍵は 1 つのものなので、まとめて更新します。',
  },
  'client-swapped-key': {
    title: 'クライアントの証明書の隣の鍵が違う',
    broken: 'API サーバーが etcd のために持つ鍵が、別の証明書のものです。',
    why: 'API サーバーは呼び出す前に組を読み、2 つが合いません。etcd には何も届きません。',
    remedy: '鍵を戻すか、両方を一緒に発行し直します。',
  },
  'intermediate-missing': {
    title: '中間 CA の証明書がない',
    broken:
      'API サーバーが、署名した中間 CA の証明書を付けずに自分の証明書を送ります。admin.conf にはルートだけが入っています。',
    why: '証明書からルートまでの間に隙間があり、サーバーが埋めなければなりません。中間 CA を自分で持っているものは気づかないので、動く相手と動かない相手が出ます。',
    remedy: '同じファイルの証明書の後ろに、中間 CA の証明書を入れます。ルートは入れません。',
  },
  'one-ca-for-all': {
    title: 'CA が 1 つだけで、kubelet が etcd を呼び出す',
    broken: 'クラスター全体の CA が 1 つです。etcd は、kubelet や人に署名する CA でクライアントを検証します。',
    why: '誰も拒否しません。証明書は正しく、etcd に RBAC はありません。入れた相手は、Secret も含むすべてのオブジェクトを読み書きできます。',
    remedy: 'etcd に専用の CA を与え、etcd とそのクライアントだけに署名させます。',
  },
  'front-proxy-name': {
    title: 'CA が 1 つで、front-proxy-client という名のユーザー',
    broken:
      'クラスター全体の CA が 1 つで、誰かが front-proxy-client という名のクライアント証明書に署名させました。普通の要求です。',
    why: '誰も拒否しません。API サーバーは、その CA とその名前の証明書を見せる相手なら、ヘッダーを信用します。X-Remote-Group: system:masters と書けば管理者になれます。',
    remedy: 'フロントプロキシに専用の CA を与え、ほかの誰にも署名させません。',
  },
  'front-proxy-any-name': {
    title: 'フロントプロキシの許可する名前の一覧がない',
    broken:
      '--requestheader-allowed-names の指定がなく、フロントプロキシの CA が aggregator という名の 2 つ目の証明書に署名しています。',
    why: '誰も拒否しません。一覧がなければ、その CA のどの証明書でも、どのユーザーの代わりにもなれます。',
    remedy: '--requestheader-allowed-names=front-proxy-client を指定します。',
  },
  'another-sa-pub': {
    title: 'sa.pub が別の組のもの',
    broken:
      'ある API サーバーの sa.pub が、トークンに署名する sa.key の公開鍵ではありません。ノードごとに組を作ったときと同じです。',
    why: 'トークンは証明書ではないので、ハンドシェイクは成功します。その中で API サーバーがトークンの署名を自分の sa.pub で調べ、合いません。API サーバーが複数あると、同じ Pod があるところでは入れ、別のところでは入れません。',
    remedy: '1 つの組(sa.key と sa.pub)を、すべてのコントロールプレーンノードにコピーします。',
  },
  'bundle-in-signing-file': {
    title: '署名に使うファイルに証明書が 2 つ',
    broken: '--cluster-signing-cert-file のファイルに 2 つ目の CA が入っています。検証用のファイルなら問題ありません。',
    why: '検証する側は CA をいくつでも使えます。署名する側に必要なのは 1 つだけです。コントローラーマネージャーは次の起動で終了します。すでに動いているものはログに残すだけで、古い CA を使い続けます。',
    remedy: '署名用には CA が 1 つだけのファイルを渡し、バンドルは検証用のファイルに入れます。',
  },
};
