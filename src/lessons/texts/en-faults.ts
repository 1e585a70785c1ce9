import type {FaultId, FaultLesson} from '../faults.ts';

/** What can be broken in the lab, in English. One file because it is one table. */

export const faults: Readonly<Record<FaultId, FaultLesson>> = {
  'etcd-server-expired': {
    title: "etcd's serving certificate has expired",
    broken: "etcd's serving certificate ended yesterday. Its key, its names and its CA are right.",
    why: 'The caller verifies the server first, so the API server refuses. etcd itself reads its certificate without a complaint and goes on serving: no server looks at its own dates. As a client of its own gateway etcd shows the same certificate, and there it refuses itself.',
    remedy: 'Renew etcd-server with the etcd CA. etcd reads the new files at the next connection.',
  },
  'etcd-client-expired': {
    title: 'the certificate shown to etcd has expired',
    broken: 'The certificate that the API server shows to etcd ended yesterday.',
    why: 'The API server has nothing against etcd. etcd demands a client certificate and finds it too old, so etcd breaks the handshake off; the API server hears only "bad certificate".',
    remedy: 'Renew apiserver-etcd-client with the etcd CA. The API server reads it at its next connection to etcd.',
  },
  'admin-expired': {
    title: "the administrator's certificate has expired",
    broken: 'The client certificate in admin.conf ended yesterday.',
    why: 'The API server requests a certificate and demands none, so the handshake ends well. Only then does it find the certificate too old and take the caller for nobody: 401 Unauthorized.',
    remedy: 'Renew admin.conf, and copy it again to where kubectl reads it (~/.kube/config).',
  },
  'apiserver-not-yet-valid': {
    title: "the API server's certificate is not valid yet",
    broken: "The API server's certificate begins tomorrow, as when it was signed on a machine whose clock is ahead.",
    why: 'Every caller compares the dates with its own clock and refuses. The API server serves the certificate all the same.',
    remedy: 'Set the clocks right (chrony, NTP), then issue the certificate anew.',
  },
  'scheduler-not-yet-valid': {
    title: "the scheduler's certificate is not valid yet",
    broken: "The scheduler's client certificate begins tomorrow, as when the API server's clock is behind.",
    why: 'The scheduler accepts the API server. The API server compares the dates with its own clock and takes the scheduler for nobody: 401 Unauthorized.',
    remedy: 'Set the clocks right (chrony, NTP), then issue the certificate anew.',
  },
  'old-kubeconfig': {
    title: 'a kubeconfig with the CA of another cluster',
    broken:
      'admin.conf holds a CA of the right name with another key: an old copy, from before the cluster was made anew.',
    why: 'The caller finds a CA of the right name, and the signature does not fit. Every cluster of kubeadm calls its CA "kubernetes": the name says nothing, the key decides.',
    remedy:
      'Put the CA of this cluster into the kubeconfig (certificate-authority-data), or copy the kubeconfig again.',
  },
  'old-client-ca': {
    title: 'clients are verified with the CA of another cluster',
    broken: 'The file behind --client-ca-file holds a CA of the right name with another key.',
    why: 'The callers still trust the API server, but it knows none of them: their certificates were signed with another key. Often the same file verifies others too (pods get it by --root-ca-file): whoever verifies with it refuses in turn.',
    remedy: "Put back the cluster's CA. While a CA is rotated the file holds both.",
  },
  'unknown-etcd-ca': {
    title: "the API server does not know etcd's CA",
    broken: 'The file behind --etcd-cafile holds a CA that signed nothing here.',
    why: "The API server finds no CA of the issuer's name and refuses etcd. Where etcd reads the same file to verify its clients, both would refuse; the caller is first.",
    remedy: 'Put the etcd CA into the file behind --etcd-cafile.',
  },
  'unknown-client': {
    title: 'a client of a CA that etcd does not know',
    broken: 'The certificate that the API server shows to etcd has the right name, from a CA that nobody here knows.',
    why: 'Anyone can write any name into a certificate. etcd looks for the signature of a CA in --trusted-ca-file and finds none.',
    remedy: 'Have apiserver-etcd-client signed by the etcd CA.',
  },
  'etcd-without-name': {
    title: "etcd's certificate lacks the address that is dialled",
    broken: "etcd's serving certificate lacks the address that the API server dials; its other names are there.",
    why: 'The caller looks for what it dials among the SANs, addresses among addresses, and refuses. The common name never counts. Callers that dial another of the names are not hit.',
    remedy: 'Issue etcd-server with that address among its SANs.',
  },
  'apiserver-without-name': {
    title: "the API server's certificate lacks the endpoint",
    broken:
      "The API server's certificate lacks the endpoint that kubectl dials, as after a move behind a load balancer.",
    why: 'Who dials the missing name refuses, and who dials another one gets in: a cluster that works from inside and not from outside.',
    remedy:
      'Issue the certificate with that name (certSANs). kubeadm renews a certificate with its old names: delete both files first, then run init phase certs apiserver.',
  },
  'apiserver-without-san': {
    title: "the API server's certificate has no SAN at all",
    broken: "The API server's certificate has a common name and no SAN, as old instructions make it.",
    why: 'Since Go 1.15 the common name is not looked at. Every caller that verifies refuses, whatever it dials.',
    remedy: 'Issue the certificate with every name and address that somebody dials as SAN.',
  },
  'server-for-clients-only': {
    title: 'a server shows a certificate for clients only',
    broken: "The API server's certificate is for clients only: its extended key usage lacks server auth.",
    why: 'The CA, the name and the dates are right. The caller wants a certificate that may serve, and refuses this one.',
    remedy: 'Issue it anew for server auth.',
  },
  'client-for-servers-only': {
    title: 'a client shows etcd a certificate for servers only',
    broken:
      'The certificate that the API server shows to etcd is for servers only: its extended key usage lacks client auth.',
    why: 'etcd verifies a client, so it wants a certificate that may be shown by clients, and refuses this one, whoever signed it.',
    remedy: "Issue it anew for client auth. An external CA has to be told: kubeadm's requests do not say it.",
  },
  'user-for-servers-only': {
    title: 'a person shows a certificate for servers only',
    broken: 'The client certificate in admin.conf is for servers only.',
    why: "The handshake ends well, and the API server takes the caller for nobody. Its log names two reasons: first that of the front proxy's CA, which it tries before and is noise, then the true one.",
    remedy: 'Issue it anew for client auth.',
  },
  'etcd-for-servers-only': {
    title: "etcd's serving certificate is for servers only",
    broken: "etcd's serving certificate lacks client auth, as one would expect of a server.",
    why: "The API server is content. But etcd's own gateway calls etcd's port with the serving certificate, and etcd refuses it. So it has to be for clients too.",
    remedy: 'Issue etcd-server for server auth and client auth.',
  },
  'etcd-swapped-key': {
    title: "the key beside etcd's certificate is wrong",
    broken: "The key beside etcd's serving certificate belongs to another certificate.",
    why: 'A process reads its own pair before it listens, and the two do not fit. There is no handshake that could fail.',
    remedy: 'Put back the key, or issue both anew together.',
  },
  'apiserver-swapped-key': {
    title: "the key beside the API server's certificate is wrong",
    broken: "The key beside the API server's certificate belongs to another certificate, as after half a copy.",
    why: 'The API server reads its own pair before it listens, and the two do not fit: it ends, and nobody is there to be called. One that runs already keeps its old pair until it is restarted.',
    remedy: 'Put back the key, or issue both anew together. Renew in one go: a certificate and its key are one thing.',
  },
  'client-swapped-key': {
    title: "the key beside a client's certificate is wrong",
    broken: 'The key that the API server has for etcd belongs to another certificate.',
    why: 'The API server reads the pair before it dials, and the two do not fit. etcd never hears of it.',
    remedy: 'Put back the key, or issue both anew together.',
  },
  'intermediate-missing': {
    title: 'the intermediate is missing',
    broken:
      'The API server sends its certificate without the intermediate that signed it, and admin.conf holds the root alone.',
    why: 'From the certificate to the root there is a gap, which the server has to fill. Who holds the intermediate itself does not notice: it works for some and not for others.',
    remedy: 'Put the intermediate into the same file, after the certificate; the root stays out of it.',
  },
  'one-ca-for-all': {
    title: 'one CA for all, and a kubelet that calls etcd',
    broken: 'The whole cluster has one CA: etcd verifies its clients with the CA that signs kubelets and people.',
    why: 'Nobody refuses. The certificate is right, and etcd knows no RBAC: whoever it lets in reads and writes every object, Secrets too.',
    remedy: 'Give etcd a CA of its own, which signs nobody but etcd and its clients.',
  },
  'front-proxy-name': {
    title: 'one CA, and a user who is called front-proxy-client',
    broken:
      'The whole cluster has one CA, and somebody had it sign a client certificate named front-proxy-client: an ordinary request.',
    why: 'Nobody refuses. The API server believes the headers of whoever shows a certificate of that CA with that name: X-Remote-Group: system:masters makes an administrator.',
    remedy: 'Give the front proxy a CA of its own, which signs nobody else.',
  },
  'front-proxy-any-name': {
    title: 'no list of allowed names for the front proxy',
    broken:
      "--requestheader-allowed-names is not set, and the front proxy's CA has signed a second certificate, named aggregator.",
    why: 'Nobody refuses. Without the list every certificate of that CA may speak for any user.',
    remedy: 'Set --requestheader-allowed-names=front-proxy-client.',
  },
  'another-sa-pub': {
    title: 'sa.pub is of another pair',
    broken:
      'sa.pub of one API server is not the public half of the sa.key that tokens are signed with, as when each node has made a pair of its own.',
    why: 'The handshake ends well: a token is no certificate. Inside it the API server checks the signature of the token with its sa.pub, and it does not fit. With several API servers the same pod gets in at one and not at another.',
    remedy: 'Copy one pair, sa.key and sa.pub, to every control-plane node.',
  },
  'bundle-in-signing-file': {
    title: 'two certificates in the file that signs',
    broken: 'The file behind --cluster-signing-cert-file holds a second CA, as files for verifying may.',
    why: 'Who verifies takes any number of CAs. Who signs needs exactly one: the controller manager ends at its next start. One that runs already only logs it, and goes on with the old CA.',
    remedy: 'Give the signer a file with its one CA; the bundle goes into files that verify.',
  },
};
