import type {MapWords} from '../map-words.ts';

/** The map's sentences, in Japanese. */
export const map: MapWords = {
  labels: {
    verdict: '結果',
    order: '確かめる順番',
    instances: 'この種類の呼び出しすべて',
    held: '持っているもの',
    verifies: '相手を検証するファイル',
    nodes: '動いているノード',
  },
  dials: (address) => `${address} を呼び出す`,
  showsAs: (certificate, subject) => `${certificate} を見せる: ${subject}`,
  names: (names) => `中の名前: ${names}`,
  fromFile: (file) => `ファイル: ${file}`,
  checksWithFile: (file, authorities) => `相手を ${file} で検証する(中身は ${authorities})`,
  because: () => '',
  callsItself: '自分自身を呼び出します。両端は同じプロセスです。',
  opens: (caller, address) => `${caller} が ${address} へ TLS 接続を開きます。`,
  serverShows: (provider, certificate) => `${provider} が ${certificate} を見せます。`,
  callerChecks: {
    dates: (caller) => `${caller} はまず期間を見ます。始まっていて、まだ切れていないか。`,
    name: (host) => `名前: 呼び出した ${host} が証明書の中にあるか。`,
    chain: (authorities, file) => `チェーン: ${file} にある ${authorities} が署名したものか。`,
    usage: '用途: サーバー用 (server auth) か。',
    no: (caller) => `一つでも合わなければ、${caller} は TLS アラートを送って切り、理由を述べます ("x509: ...")。`,
  },
  callerChecksNothing: (caller) => `${caller} はこの証明書を検証しません。`,
  asks: {
    demanded: (provider) => `${provider} はクライアント証明書を要求します。なければ TLS はここで終わります。`,
    requested: (provider) => `${provider} はクライアント証明書を求めますが、なくても先へ進みます。`,
    unused: (provider) => `${provider} はクライアント証明書を求めません。`,
  },
  clientShows: (caller, certificate) => `${caller} が ${certificate} を見せます。`,
  providerChecks: (provider, authorities, file, names) =>
    `${provider} は期間、チェーン(${file} にある ${authorities})、用途 (client auth) を見ます。${names === 'ignored' ? '名前 (SAN) は見ません。' : ''}`,
  providerChecksNothing: (provider) => `${provider} はクライアント証明書を検証しません。`,
  noMeans: {
    alert:
      '一つでも合わなければ、アラートで TLS を終わらせます。呼び出した側には "remote error: tls: ..." と聞こえます。',
    unauthorized: '一つでも合わなければ、返事は 401 Unauthorized です。TLS 自体は成り立ったままです。',
  },
  peerAddress: 'etcd は、呼び出してきたメンバーのアドレスが、その証明書のアドレスの中にあるかも見ます。',
  identity: (commonName, organizations) =>
    `誰が呼び出したかはサブジェクトで決まります。ユーザーは CN の ${commonName}${organizations === '' ? ' で、O がないのでグループはありません。' : `、グループは O の ${organizations} です。`}`,
  noIdentity: 'この設定の etcd は名前を問いません。入れた者は、すべてを読み書きできます。',
  frontProxy: (commonName) =>
    `CN の ${commonName} は許された名前です。だから、ヘッダー X-Remote-User に書かれたユーザーを信用します。`,
  thenRights: '次は RBAC です。許されていないことには 403 Forbidden が返ります。これは証明書の問題ではありません。',
  pastRights: 'グループ system:masters には何でも許されます。RBAC には問い合わせもされず、取り消すこともできません。',
  token: {
    bootstrap:
      '接続の中でブートストラップトークンを送ります。API サーバーは kube-system の Secret と照らし合わせます。合わなければ 401 Unauthorized です。',
    serviceAccount:
      '接続の中でトークンを送ります。API サーバーは署名を sa.pub (--service-account-key-file) で検証します。合わなければ 401 Unauthorized です。',
    review: (provider) =>
      `接続の中でトークンを送ります。${provider} は API サーバーに確認してもらいます (TokenReview)。合わなければ 401 Unauthorized です。`,
    memory: '接続の中で、自分のメモリーにだけあるトークンを送ります。',
  },
  noCredential: '呼び出す側は何も見せません。何が許されるかは、ほかの方法で決まります。',
  proved: 'つながります',
  fails: 'つながりません',
  failed: (end) => `つながりません。${end} が拒否します`,
  unverified: '設計上、検証しません',
  notProvable: 'ファイルからは証明できません',
  notTried: 'まだ試していません',
  more: (count) => `ほか ${count} 件`,
  endsOn: (day) => `${day} まで有効`,
  keyFile: (file) => `鍵: ${file}`,
  verifiesIt: (verifier, file) => `${verifier} が ${file} で検証する`,
  signsTitle: '図の記号',
  signs: {
    number:
      '呼び出す側から応じる側への接続です。番号は接続の種類ごとに決まっていて、どのクラスターでも同じです。ない番号は、このクラスターにない種類です。',
    certificate: '呼び出す側は証明書を見せます。',
    token: '呼び出す側はトークンを見せるか、何も見せません。',
    doubled: '二重線 (箱の枠も): 今いる場所か、この段階で話題になっているものです。',
    pointer: '今いる場所です。',
    dot: 'この段階で話題になっている、箱のないものです。',
    good: '試したところ、つながりました。',
    bad: '試したところ、一方が拒否しました。',
    open: 'ファイルからは分からないか、設計上、一方が相手を検証しません。',
    scraper: 'メトリクスを集めるもの(Prometheus など)です。',
  },
  calls: (number, other) => `${number}: ${other} を呼び出す`,
  answers: (number, other) => `${number}: ${other} に応じる`,
};
