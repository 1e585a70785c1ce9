import type {MapWords} from '../map-words.ts';

/** The map's sentences, in Chinese. */
export const map: MapWords = {
  labels: {
    verdict: '结果',
    order: '按什么顺序检查',
    instances: '这一类的所有调用',
    held: '它持有的东西',
    verifies: '它用来验证对方的文件',
    nodes: '运行在哪些节点',
  },
  dials: (address) => `调用 ${address}`,
  showsAs: (certificate, subject) => `出示 ${certificate}：${subject}`,
  names: (names) => `其中的名称：${names}`,
  fromFile: (file) => `文件：${file}`,
  checksWithFile: (file, authorities) => `用 ${file} 验证对方（内容是 ${authorities}）`,
  because: () => '',
  callsItself: '它调用自己：两端是同一个进程。',
  opens: (caller, address) => `${caller} 向 ${address} 建立 TLS 连接。`,
  serverShows: (provider, certificate) => `${provider} 出示 ${certificate}。`,
  callerChecks: {
    dates: (caller) => `${caller} 先看日期：是否已生效，是否还没过期？`,
    name: (host) => `名称：所调用的 ${host} 在不在其中？`,
    chain: (authorities, file) => `证书链：是不是 ${file} 里的 ${authorities} 签发的？`,
    usage: '用途：是不是给服务器用的（server auth）？',
    no: (caller) => `只要有一项不符，${caller} 就发出 TLS 警报并断开，原因写在它自己的日志里（"x509: ..."）。`,
  },
  callerChecksNothing: (caller) => `${caller} 不验证这张证书。`,
  asks: {
    demanded: (provider) => `${provider} 要求客户端证书：没有的话 TLS 到此为止。`,
    requested: (provider) => `${provider} 请求客户端证书，没有也会继续。`,
    unused: (provider) => `${provider} 不请求客户端证书。`,
  },
  clientShows: (caller, certificate) => `${caller} 出示 ${certificate}。`,
  providerChecks: (provider, authorities, file) =>
    `${provider} 检查日期、证书链（${file} 里的 ${authorities}）和用途（client auth），不看名称（SAN）。`,
  providerChecksNothing: (provider) => `${provider} 不验证客户端证书。`,
  noMeans: {
    alert: '只要有一项不符，就用警报结束 TLS：调用方听到的是 "remote error: tls: ..."。',
    unauthorized: '只要有一项不符，回答就是 401 Unauthorized：TLS 连接本身仍然成立。',
  },
  peerAddress: 'etcd 还要看调用方成员的地址在不在它证书的地址之中。',
  identity: (commonName, organizations) =>
    `主体说明是谁在调用：用户是 CN，即 ${commonName}；${organizations === '' ? '没有 O，也就没有组。' : `组是 O，即 ${organizations}。`}`,
  noIdentity: '这样配置的 etcd 不问名称：谁进得来，谁就能读写一切。',
  frontProxy: (commonName) => `CN ${commonName} 是允许的名称：所以请求头 X-Remote-User 里写的用户会被相信。`,
  thenRights: '接着是 RBAC：不允许的操作得到 403 Forbidden。那不是证书的问题。',
  token: {
    bootstrap: '连接里发送引导令牌。API 服务器在 kube-system 里查找它的 Secret；不符就是 401 Unauthorized。',
    serviceAccount:
      '连接里发送令牌。API 服务器用 sa.pub（--service-account-key-file）验证它的签名；不符就是 401 Unauthorized。',
    review: (provider) => `连接里发送令牌。${provider} 请 API 服务器审查它（TokenReview）；不符就是 401 Unauthorized。`,
    memory: '连接里发送一个只存在于它自己内存中的令牌。',
  },
  noCredential: '调用方什么都不出示：它能做什么由别的方式决定。',
  proved: '可以连通',
  fails: '连不通',
  failed: (end) => `连不通：${end} 拒绝`,
  unverified: '按设计不验证',
  notProvable: '仅凭文件无法证明',
  notTried: '还没有尝试',
  more: (count) => `还有 ${count} 个`,
  endsOn: (day) => `有效期至 ${day}`,
  keyFile: (file) => `私钥：${file}`,
  verifiesIt: (verifier, file) => `${verifier} 用 ${file} 验证它`,
  calls: (number, other) => `${number}：调用 ${other}`,
  answers: (number, other) => `${number}：应答 ${other}`,
};
