import type {MapWords} from '../map-words.ts';

/** The map's sentences, in English. */
export const map: MapWords = {
  labels: {
    verdict: 'How it goes',
    order: 'What is checked, in this order',
    instances: 'Every call of this kind',
    held: 'What it holds',
    verifies: 'What it verifies others with',
    nodes: 'Where it runs',
  },
  dials: (address) => `calls ${address}`,
  showsAs: (certificate, subject) => `shows ${certificate}: ${subject}`,
  names: (names) => `names in it: ${names}`,
  fromFile: (file) => `from ${file}`,
  checksWithFile: (file, authorities) => `verifies the other end with ${file}, which holds ${authorities}`,
  because: (reason) => `: ${reason}`,
  callsItself: 'It calls itself: both ends are one process.',
  opens: (caller, address) => `${caller} opens a TLS connection to ${address}.`,
  serverShows: (provider, certificate) => `${provider} shows ${certificate}.`,
  callerChecks: {
    dates: (caller) => `${caller} checks the dates: has it begun, and not ended?`,
    name: (host) => `Then the names: is ${host}, which it called, among them?`,
    chain: (authorities, file) => `Then the chain: was it signed by ${authorities}, which it finds in ${file}?`,
    usage: 'Then the use: is it for servers (server auth)?',
    no: (caller) => `If one answer is no, ${caller} ends the connection with a TLS alert and says why ("x509: ...").`,
  },
  callerChecksNothing: (caller) => `${caller} verifies nothing of it`,
  asks: {
    demanded: (provider) => `${provider} demands a client certificate: without one TLS ends here.`,
    requested: (provider) => `${provider} asks for a client certificate, and goes on without one too.`,
    unused: (provider) => `${provider} asks for no client certificate.`,
  },
  clientShows: (caller, certificate) => `${caller} shows ${certificate}.`,
  providerChecks: (provider, authorities, file, names) =>
    `${provider} checks the dates, the chain (${authorities}, in ${file}) and the use (client auth).${names === 'ignored' ? ' Names do not count here.' : ''}`,
  providerChecksNothing: (provider) => `${provider} verifies no client certificate`,
  noMeans: {
    alert: 'If one is wrong, it ends the connection with a TLS alert: the caller reads "remote error: tls: ...".',
    unauthorized: 'If one is wrong, the answer is 401 Unauthorized: the TLS connection itself stays.',
  },
  peerAddress: 'etcd looks whether the address that the peer calls from is among the addresses in its certificate.',
  identity: (commonName, organizations) =>
    `The subject says who calls: the user is the CN, ${commonName}${organizations === '' ? '; without an O there are no groups' : `, the groups are the O, ${organizations}`}.`,
  noIdentity: 'etcd as it is set up asks for no name: whoever is in may read and write everything.',
  frontProxy: (commonName) =>
    `The CN, ${commonName}, is an allowed name: so the user that the header X-Remote-User names is believed.`,
  thenRights: 'Then RBAC: what this user may not do is answered with 403 Forbidden. That is no fault of a certificate.',
  pastRights: 'The group system:masters may do everything: RBAC is not asked at all, and nobody can take it back.',
  token: {
    bootstrap:
      'Inside, the bootstrap token is sent. The API server looks for its Secret in kube-system; a wrong one is 401 Unauthorized.',
    serviceAccount:
      'Inside, the token is sent. The API server verifies its signature with sa.pub (--service-account-key-file); a wrong one is 401 Unauthorized.',
    review: (provider) =>
      `Inside, a token is sent. ${provider} has the API server review it (TokenReview); a wrong one is 401 Unauthorized.`,
    memory: 'Inside, a token is sent that lives only in its memory.',
  },
  noCredential: 'The caller shows nothing: what it may do is decided by other means.',
  proved: 'it works',
  fails: 'it fails',
  failed: (end) => `it fails: ${end} refuses`,
  unverified: 'not verified, by design',
  notProvable: 'cannot be proved from files',
  notTried: 'not tried yet',
  more: (count) => `and ${count} more`,
  endsOn: (day) => `ends on ${day}`,
  keyFile: (file) => `its key: ${file}`,
  verifiesIt: (verifier, file) => `${verifier} verifies it with ${file}`,
  signsTitle: 'Signs on the map',
  signs: {
    number:
      'A connection, from who calls to who answers. Each kind has its number, the same in every cluster: where one is missing, this cluster has none of that kind.',
    certificate: 'The caller shows a certificate.',
    token: 'The caller shows a token, or nothing.',
    doubled: 'Doubled lines, also around a box: you are here, or the step is about it.',
    pointer: 'You are here.',
    dot: 'The step is about this one, which has no box.',
    good: 'It was tried, and it works.',
    bad: 'It was tried, and one end refuses.',
    open: 'Files cannot tell, or one end does not verify the other: by design.',
    scraper: 'Whoever collects metrics, Prometheus for example.',
  },
  calls: (number, other) => `${number}: calls ${other}`,
  answers: (number, other) => `${number}: answers ${other}`,
};
