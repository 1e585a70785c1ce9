import type {WordId, WordLesson} from '../glossary.ts';

/** What the words of certificates and clusters mean, in Japanese. One file because it is one table. */
export const glossary: Readonly<Record<WordId, WordLesson>> = {
  certificate: {
    what: '公開鍵に、名前と期間と用途を添えて、CA が署名したものです。',
    use: '見せる側は、これで自分が誰かを述べます。自分のものであることは、対になる秘密鍵が証明します。証明書は秘密ではなく、誰が見てもかまいません。',
  },
  'key-pair': {
    what: '秘密鍵と、それと対になる公開鍵です。片方で署名したものを、もう片方で検証できます。',
    use: '公開鍵は証明書に入っています。秘密鍵は、持ち主だけが読めるファイル(.key、モード 0600)に置きます。秘密鍵を手に入れた者は、そのサーバーやユーザーになりすませます。',
  },
  ca: {
    what: '認証局のことです。ほかの証明書に署名してよい証明書と、その秘密鍵です。',
    use: 'CA の証明書をファイルに持つ側は、その CA が署名したものをすべて検証できます。CA の鍵を持つ者は、その CA で検証される身元を何でも作れます。kubeadm は、クラスター用、etcd 用、フロントプロキシ用の 3 つを作ります。',
  },
  intermediate: {
    what: '別の CA に署名された CA です。ルート CA は、自分の証明書に自分で署名しています。',
    use: 'ルートの鍵をオフラインに置いたまま、ふだんの署名を中間 CA に任せられます。中間 CA の証明書を使う側は、中間 CA の証明書もいっしょに送ります。検証する側がルートしか知らないことがあるからです。',
  },
  leaf: {
    what: 'チェーンの末端の証明書です。サーバーやクライアントのもので、ほかの証明書には署名できません。',
    use: 'kubeadm では、これが 1 年で切れるので更新します。その上の CA は 10 年続きます。',
  },
  chain: {
    what: '見せられた証明書、それに署名した CA、その CA に署名した CA、というつながりです。',
    use: '検証する側は、自分のファイルにある CA までこれをたどります。そこに行き着かなければ "certificate signed by unknown authority" と言います。',
  },
  bundle: {
    what: '複数の CA 証明書を 1 つにまとめたファイルです。webhook や APIService の caBundle は、設定の中にある同じものです。',
    use: '検証に使うファイルには CA がいくつあってもよく、CA の交換中は、古いものと新しいものを入れます。コントローラーマネージャーが署名に使うファイルには、1 つだけ入れます(Certwright がクラスターのために書き出すフォルダーも、バンドルと呼びます)。',
  },
  san: {
    what: 'Subject Alternative Name の略で、サーバーの証明書が通用する名前とアドレスです。',
    use: '呼び出す側は、宛先にした名前やアドレスがこの中にあるかを調べ、なければサーバーを拒否します。クライアントの証明書では調べません。例外は etcd のメンバー同士だけです。',
  },
  cn: {
    what: 'Common Name(共通名)の略で、証明書が誰のものかを表すサブジェクトの一部です。',
    use: 'クライアントの証明書では、system:kube-scheduler のような、クラスターでのユーザー名になります。サーバーの証明書では誰も見ません。見るのは SAN だけです。',
  },
  o: {
    what: 'Organization(組織)の略で、証明書のサブジェクトの一部です。複数のこともあります。',
    use: 'クライアントの証明書では、O の一つ一つがクラスターでのグループになります(kubelet なら system:nodes)。ロールはグループにも与えられます。system:masters グループは、ロールに関係なく何でもできます。',
  },
  eku: {
    what: '鍵用途(key usage)と拡張鍵用途(EKU)は、証明書を何に使ってよいかを表します。',
    use: 'EKU は server auth、client auth、またはその両方です。クライアント用の証明書を見せるサーバーも、サーバー用の証明書を見せるクライアントも拒否されます。CA の鍵用途は、証明書に署名してよいことを表します。',
  },
  serial: {
    what: '証明書のシリアル番号です。CA は、署名する証明書ごとに違う番号を付けます。',
    use: 'API サーバーのログは、拒否した証明書をこの番号で示します。ログでは 10 進数(SN=...)、ファイルや openssl では 16 進数です。ログの行を certwright explain に貼り付けると、ファイルを見つけます。',
  },
  fingerprint: {
    what: '証明書全体の SHA-256 です。thumbprint(拇印)とも呼ばれ、同じなら同じ証明書です。',
    use: 'サーバーがディスク上の証明書を使っているかどうかが分かります。certwright inspect は両方のものを表示します。参加コマンドのハッシュは別のもので、公開鍵だけから計算されます。',
  },
  pem: {
    what: '鍵や証明書のテキスト形式で、BEGIN の行と END の行の間に base64 が入ります。DER は同じ内容のバイナリです。',
    use: 'クラスターのファイルはほとんどが PEM です。1 つのファイルに、2 つの CA のように、いくつも入れられます。kubeconfig では、PEM のテキスト全体がもう一度 base64 になり、-data で終わる項目に入ります。',
  },
  csr: {
    what: '証明書署名要求です。公開鍵と希望する名前に、手元に残す秘密鍵で署名したものです。',
    use: 'CA の鍵を持つ側が、これから証明書を作ります。クラスターでは CertificateSigningRequest というオブジェクトです。kubelet や人が送り、承認されると、コントローラーマネージャーが署名します。',
  },
  tls: {
    what: 'Transport Layer Security の略で、接続を暗号化します。最初のハンドシェイクでは、サーバーが誰かを証明書で確かめます。',
    use: 'クラスターのコンポーネントは、これで互いを呼び出します。呼び出す側も証明書を見せる場合は、相互 TLS と呼びます。',
  },
  mtls: {
    what: '両端が証明書を見せ、互いに相手のものを検証する TLS です。',
    use: 'API サーバーと etcd、kubelet と API サーバーは、こうして互いを確かめます。それぞれの端に、証明書、その鍵、相手を検証する CA の 3 つのファイルが要ります。',
  },
  caller: {
    what: '呼び出す側(caller)は Certwright の用語で、接続を始める側、つまりクライアントです。',
    use: '応じる側が見せる証明書を、自分の CA ファイルで検証します。自分はクライアント証明書かトークンを見せるか、何も見せません。同じプログラムが両方になることもあります。kube-apiserver は、etcd を呼び出す側であり、kubectl に応じる側です。',
  },
  provider: {
    what: '応じる側(provider)は Certwright の用語で、呼び出されて応じる側、つまりサーバーです。',
    use: 'サーバー証明書を見せます。クライアント証明書を求める場合は、それを自分の CA ファイルで検証します。同じプログラムが両方になることもあります。kubelet は、API サーバーがログを求めるときは応じる側で、それ以外では呼び出す側です。',
  },
  door: {
    what: '入口(door)は Certwright の用語で、呼び出す側を通すか通さないかを決めるポートです。etcd、API サーバー、kubelet にあります。',
    use: '入口が開くのは、クライアント証明書に署名した CA が、そのコンポーネントの検証用のファイルにあるときです。Certwright は、開いてはいけない証明書でも入口をたたき、拒否されたかどうかを示します。',
  },
  rbac: {
    what: '役割ベースのアクセス制御です。ロールは何をしてよいかを定め、バインディングはロールをユーザーやグループに与えます。',
    use: 'API サーバーは、呼び出したのが誰かが分かった後で、これを調べます。証明書は誰であるか、RBAC は何をしてよいかを表します。"Forbidden"(403)は RBAC の答えで、証明書は間違っていません。',
  },
  kubeadm: {
    what: 'クラスターを構築する標準的なツールです。ノードの CA、証明書、kubeconfig を作り、コントロールプレーンを起動し、ほかのノードを参加させます。',
    use: 'ファイルは /etc/kubernetes にあります。証明書は 1 年、CA は 10 年続きます。certwright check はそれぞれの期限を示し、certwright renew は更新します。',
  },
  kubeconfig: {
    what: '3 つのことが書かれたファイルです。API サーバーの場所、それを検証する CA、そして自分が誰か(証明書と鍵、またはトークン)です。',
    use: 'kubectl と、API サーバーを呼び出す各コンポーネントが持ちます。このファイルを持つ者はそのユーザーになれるので、鍵と同じように秘密にします。',
  },
  kubelet: {
    what: '各ノードで Pod のコンテナーを起動するプログラムです。',
    use: 'API サーバーをポート 6443 で呼び出し、kubelet-client を見せ、kubeconfig の CA で API サーバーを検証します。logs や exec では API サーバーがポート 10250 で kubelet を呼び出し、kubelet は apiserver-kubelet-client を clientCAFile で検証します。',
  },
  'static-pod': {
    what: 'kubelet が、API サーバーに尋ねずに、自分のノードのファイル(マニフェスト)から起動する Pod です。',
    use: 'kubeadm では、etcd とコントロールプレーンが Static Pod です。フラグは /etc/kubernetes/manifests のファイルにあります。再起動するには、ファイルをいったん別の場所に移して戻します。',
  },
  'front-proxy': {
    what: 'ほかのユーザーの代わりに呼び出しを渡し、それが誰かをヘッダー(X-Remote-User)で伝えるプログラムです。kube-apiserver は、metrics-server のような集約 API に呼び出しを渡すとき、フロントプロキシになります。',
    use: '見せるのは証明書 front-proxy-client です。集約 API はそれをフロントプロキシの CA(requestheader-client-ca-file)で検証し、通った場合だけヘッダーを信用します。この証明書がないと集約 API が拒否し、kubectl top が失敗します。',
  },
  'aggregated-api': {
    what: 'kube-apiserver が呼び出しの一部を渡す、別の API サーバーです。APIService で登録し、よく知られているのは metrics-server です。',
    use: 'kube-apiserver が front-proxy-client を見せ、集約 API はそれを requestheader-client-ca-file で検証します。この CA は ConfigMap extension-apiserver-authentication から読みます。この証明書がないと集約 API が拒否し、kubectl top が失敗します。',
  },
  'service-account': {
    what: 'Pod の中のプログラムのための身元です。証明書はなく、Pod がトークンを受け取ります。',
    use: 'トークンは sa.key で署名され、API サーバーが sa.pub(--service-account-key-file)で検証します。何をしてよいかは、その後で RBAC が決めます。',
  },
  jwt: {
    what: 'JSON Web Token の略で、署名された短い文字列です。クレームに、誰か(sub)、誰に宛てたものか(aud)、いつまでか(exp)があります。',
    use: 'サービスアカウントのトークンは JWT です。Pod は TLS 接続の中でこれを送り、API サーバーが sa.pub で署名を検証します。トークンを持つ者は誰でも使えるので、秘密にします。',
  },
  'token-review': {
    what: 'API サーバーへの問い合わせです。このトークンは有効か、誰のものかを尋ねます。',
    use: 'metrics-server のように、トークンを見せて呼び出す者がいると、kubelet がこれを尋ねます。kubelet にはトークンを検証する鍵がないからです。続けて、そのユーザーが何をしてよいかも尋ねます。',
  },
  'bootstrap-token': {
    what: '新しいノードが参加するときのパスワードです。6 文字、ドット、16 文字からなり、kube-system の Secret に置かれます。',
    use: '新しい kubelet はまだ証明書を持っていません。このトークンで証明書を要求できます。kubeadm のトークンは、指定しなければ 24 時間で終わります。',
  },
  'tls-bootstrap': {
    what: '新しい kubelet が最初のクライアント証明書を受け取る手順です。',
    use: 'ブートストラップトークンでログインし、鍵を作り、CSR を送ります。承認されるとコントローラーマネージャーが署名します。その後 kubelet は自分の証明書を使い、自分で更新します。',
  },
  'discovery-hash': {
    what: 'CA の公開鍵の SHA-256 で、sha256:... と書きます。鍵の種類を含む公開鍵を SPKI、照らし合わせるハッシュをピンと呼びます。',
    use: 'kubeadm join は、クラスターが示す CA とこれを照らし合わせます。新しいノードが他人を信じないためです。同じ鍵で CA を更新すれば、ハッシュは変わりません。',
  },
  'control-plane': {
    what: 'クラスターを動かすプログラム(etcd、kube-apiserver、kube-controller-manager、kube-scheduler)です。それらがあるノードも指します。',
    use: 'ほかの何よりも先に動くので、クライアント証明書でログインします。kubeadm では CA の鍵もこのノードにあるので、いちばん大切に守ります。',
  },
  node: {
    what: 'kubelet が動いている、クラスターの物理マシンや仮想マシンです。API では Node というオブジェクトです。',
    use: 'その kubelet は、グループ system:nodes のユーザー system:node:名前 としてログインします。証明書の名前は、Node の名前と同じでなければなりません。',
  },
  namespace: {
    what: 'クラスターの中の、名前の付いた区画です。ほとんどのオブジェクトはどれかに入り、区画が違えば名前が同じでもかまいません。',
    use: 'サービスアカウントも Namespace に属し、ユーザー名 system:serviceaccount:NAMESPACE:名前 に含まれます。クラスター自身のプログラムは kube-system にあります。',
  },
  secret: {
    what: 'パスワード、トークン、鍵のためのオブジェクトです。値は base64 なだけなので、読める者は中身を手に入れます。',
    use: 'ブートストラップトークンは kube-system の Secret です。古い形式のサービスアカウントトークンも Secret です。ほかのオブジェクトと同じく etcd にあるので、etcd に入った者はすべてを読めます。',
  },
  'config-map': {
    what: '設定など、秘密ではないテキストのためのオブジェクトです。',
    use: 'CA 証明書が入るものもあります。参加するノードのための cluster-info、Pod のための kube-root-ca.crt、集約 API のための extension-apiserver-authentication です。CA を取り替えるときは、これらにも新しい CA が必要です。',
  },
  claim: {
    what: 'トークン(JWT)に書いてあることです。sub は誰のものか、aud は誰に宛てたものか、iss は誰が作ったか、exp はいつ終わるかを表します。',
    use: 'API サーバーは sub からユーザーを知ります。aud、iss、exp が合わなければ、答えは 401 Unauthorized です。クレームは誰でも読めますが、署名されているので書き換えられません。',
  },
  signer: {
    what: 'certificates.k8s.io の要求に署名する側です。署名者ごとに、kubernetes.io/kubelet-serving のような名前と、自分の規則があります。',
    use: '要求は signerName で署名者を指定します。kubernetes.io で始まる名前のほとんどはコントローラーマネージャーが署名し、ほかの名前にはアドオンがなれます。',
  },
  'serving-certificate': {
    what: 'サーバーが、呼び出した相手に見せる証明書です。',
    use: 'サーバー用(server auth)で、呼び出される名前とアドレスがすべて SAN に必要です。呼び出す側が、自分の CA ファイルで検証します。',
  },
  'client-certificate': {
    what: '呼び出す側が、自分が誰かを示すためにサーバーに見せる証明書です。',
    use: '呼び出す側用(client auth)でなければなりません。API サーバーは CN からユーザーを、O からグループを知ります。etcd が調べるのは、どの CA が署名したかだけです。',
  },
  issuer: {
    what: '証明書に署名した側、つまり発行者で、CA のサブジェクトが書かれます。トークン(iss)では、それを作った側です。',
    use: '名前は何も証明しません。別の CA が同じ名前のこともあり、この CA が署名したかは署名だけで分かります。トークンの発行者は、API サーバーの --service-account-issuer で決まります。',
  },
  revocation: {
    what: '最後の日より前に無効になった証明書のリストです。OCSP は、同じことを問い合わせるサービスです。',
    use: 'Kubernetes はどちらも調べません。盗まれたクライアント証明書は、最後の日か、CA が取り替えられるまで使えます。だから期間は短いほうがよいのです。',
  },
  'key-usage-bits': {
    what: '鍵用途の一つで、鍵で証明書に署名してよいことを表します。ほかに見かけるのは、digitalSignature(ハンドシェイクで署名してよい)と keyEncipherment(RSA を使う古いハンドシェイクで鍵を復号してよい)です。',
    use: 'CA には keyCertSign が要ります。ほかの二つは、kubeadm が CA を含むすべての証明書に付けます。サーバー用か呼び出す側用かは、拡張鍵用途(EKU)で決まります。',
  },
  nodeclient: {
    what: 'ノードのクライアント証明書を、人の承認なしで得る権限です。',
    use: 'ブートストラップトークンのグループが持つので、新しい kubelet は最初の証明書を自動で得られます。更新のためには、ノードに権限 selfnodeclient があります。コントローラーがこの権限を調べ、要求を承認します。',
  },
  'certificates-api': {
    what: '求める者に証明書を渡す、Kubernetes API の一部です。',
    use: '誰かが CertificateSigningRequest を送り、誰かが承認すると、指定された署名者が証明書をその中に入れます。kubelet は、証明書の取得も更新もこの方法で行います。',
  },
  'cluster-info': {
    what: 'kube-public にある ConfigMap で、API サーバーのアドレスと CA が入ります。誰でも読めます。',
    use: 'kubeadm join は、まだ誰も信頼できないうちにこれを読みます。そのため、署名をブートストラップトークンで、CA を join コマンドのハッシュで検証します。',
  },
  'kube-root-ca': {
    what: '各 Namespace にある ConfigMap で、Pod が API サーバーを検証する CA が入ります。',
    use: 'コントローラーマネージャーが --root-ca-file のファイルから作ります。kubelet はそれを、トークンの隣の ca.crt として Pod に入れます。',
  },
  reconcile: {
    what: '望まれた状態に合わせることです。コントローラーが、今の状態と望まれた状態を繰り返し比べ、足りないことを行います。',
    use: 'コントローラーマネージャーは、そのようなコントローラーの集まりです。たとえば Pod を作り直し、承認された要求に署名します。ログインできなくなると何も直されませんが、動いているものは続きます。',
  },
  'node-authorizer': {
    what: 'kubelet に、自分のノードとその上の Pod に関わるものだけを許す、API サーバーの一部です。',
    use: 'kubelet は、グループ system:nodes とユーザー system:node:名前 で見分けます。そのため、kubelet の証明書を一つ盗んでも、ほかのノードの Pod の Secret を API サーバーから読むことはできません。',
  },
  'certificate-authority-data': {
    what: 'kubeconfig の中の、API サーバーを検証する CA を base64 で書く項目です。(certificate-authority は、代わりにファイルを指します。)',
    use: 'これは写しなので、ca.crt を変えても変わりません。CA を取り替えるときは、すべての kubeconfig も変えます。そうしないと、使う側が API サーバーを拒否します。',
  },
  gateway: {
    what: 'JSON の要求を受け取り、etcd 自身のクライアント用ポートに渡す、etcd の一部です。',
    use: 'そこで、etcd のサーバー証明書をクライアントとして見せます。そのため、この証明書はクライアント用(client auth)でもなければなりません。そうでないと、etcd のログが拒否されたハンドシェイクでいっぱいになります。',
  },
};
