import type {ArtefactTexts, StoryTexts} from '../stories.ts';

/** The stories in English, and what is said of the things they show. One file because it is one table. */

export const stories: StoryTexts = {
  certificate: {
    title: 'What a certificate and a CA are',
    about: 'A name, a public key and a signature: who vouches for whom, and for how long.',
    steps: {
      identity: {
        heading: 'A certificate is a name and a key, signed',
        text: "A certificate says: this public key belongs to this name, from this day to that day, for this use. Here is the API server's. The subject is its own name. The names below it (SAN) are what callers may dial: a server's certificate is good for these names only. Whoever signed it is the issuer.",
      },
      key: {
        heading: 'The private key never travels',
        text: 'The certificate is public: everyone who connects gets it. The private key beside it is the proof. In a handshake the API server signs something with the key, and only the key of this certificate fits. So the key file has mode 0600, and a certificate with the key of another one is of no use: the process does not start.',
      },
      authority: {
        heading: 'A CA is a certificate that may sign others',
        text: "A certificate authority (CA) has a certificate too. It says CA:TRUE and keyCertSign. In kubeadm's CA subject and issuer are the same: it signed itself, so nobody above vouches for it. kubeadm gives it ten years, and one year to what it signs. Whoever holds the CA's key can make any identity of the cluster.",
      },
      trust: {
        heading: 'Trust is a file: the CA certificate that you verify with',
        text: 'Nobody trusts a certificate because of what it says. A verifier has a file with CA certificates, and takes what one of them has signed. The same certificate passes with the right CA file and fails with another one. That is why every component has a flag that names such a file.',
      },
      end: {
        heading: 'It ends by itself, and nobody can call it back',
        text: 'After its last day every verifier refuses it, whatever else is right. Before that day nothing stops it: Kubernetes checks neither revocation lists (CRL) nor OCSP. A stolen client certificate works until it ends, or until its CA is replaced. Short lives are the only brake.',
      },
    },
  },
  handshake: {
    title: 'The mutual TLS handshake',
    about: 'Who shows what in which order, what is checked, and who may refuse.',
    steps: {
      call: {
        heading: 'The API server calls etcd',
        text: 'The one who dials is the caller, the one who answers is the server. Each has a certificate with a key to show, and a CA file to check the other with: three files, and three flags, on each side. One component is often both: the API server is a server for kubelets and a caller of etcd.',
      },
      server: {
        heading: 'First the server shows its certificate',
        text: 'etcd shows its serving certificate. The API server looks at the dates, then whether the name it dialled is among the names, then who signed it, then whether it is for servers. The first thing that does not fit ends the connection. The CA comes from --etcd-cafile.',
      },
      client: {
        heading: 'Then the caller shows its own',
        text: 'etcd demands a certificate from everyone. The API server shows its client certificate, and etcd checks dates, signature and use with --trusted-ca-file. Names are not compared here: a client has no address to prove. (Between etcd members they are: the address a peer calls from must be in its certificate.)',
      },
      met: {
        heading: 'Both accept: now they talk',
        text: 'This handshake was just made on this machine, with the files of a throw-away cluster. Both ends signed with their private keys, both checked the other. From now on everything is encrypted. For etcd the check was all: who is let in may read and write everything.',
      },
      refused: {
        heading: 'Who is not let in',
        text: "A client of the cluster, a server's certificate, nobody, a stranger with the right name: etcd refuses them. (Where one CA signs everything, the first of them gets in.) A refusal comes from one side, and the other side only hears that it is over. So when a connection fails, first ask: which side refused?",
      },
      kubelet: {
        heading: 'Who calls the kubelet, and with what?',
        text: 'For logs and exec the API server is the caller. It shows apiserver-kubelet-client to the kubelet, and the kubelet checks it with authentication.x509.clientCAFile, which is ca.crt. The API server checks the kubelet only if --kubelet-certificate-authority is set; kubeadm leaves it out. When the kubelet is the caller, it is shown apiserver.crt and checks it with the CA in kubelet.conf.',
      },
    },
  },
  'token-or-certificate': {
    title: 'Client certificate or token',
    about: 'Two ways to say who one is, and why pods use tokens.',
    steps: {
      'two-ways': {
        heading: 'A certificate is checked in the handshake, a token after it',
        text: 'A client certificate is part of the TLS handshake. A token travels inside the connection, as a header of the request. So the API server only asks for a certificate: a caller without one gets in, and must show a token, or is anonymous. etcd knows no tokens: it demands a certificate and breaks off without one.',
      },
      'by-certificate': {
        heading: 'With a certificate the subject is the user',
        text: 'The common name (CN) becomes the user name, each organization (O) becomes a group. Nothing is looked up: there is no list of users in Kubernetes. What this user may do is decided later, by RBAC. Whoever is in system:masters may do everything, past RBAC.',
      },
      'by-token': {
        heading: "With a service account's token the claim sub is the user",
        text: 'The token is a small signed document. Its claim sub names the service account, and the groups follow from the namespace. It also says for whom it is (aud) and when it ends (exp). These claims were signed just now with the key of the throw-away cluster.',
      },
      pods: {
        heading: 'Why pods use tokens',
        text: 'A pod lives for minutes or days, a certificate of kubeadm for a year, and it cannot be called back. A token lasts an hour, is renewed by the kubelet in the file, and ends with its pod. Nobody has to approve or sign a request for each pod. And a token can be for one audience only.',
      },
      components: {
        heading: 'Why the control plane uses certificates',
        text: 'A token needs an API server that makes and checks it. The control plane and the kubelets must be able to log in before anything else runs. A certificate is checked with one file and nothing else, so it works from the first second. The price: somebody must renew it in time.',
      },
    },
  },
  'one-ca-or-three': {
    title: 'One CA or three',
    about: 'What each split protects, and what it costs.',
    steps: {
      question: {
        heading: 'Any split works, if each verifier has the right CA',
        text: 'Nothing in Kubernetes demands one CA, or three. Each connection only needs this: the CA that signed what is shown is in the file of the one who checks. One CA for all is easiest to hand out. So why do kubeadm and the documentation have three?',
      },
      split: {
        heading: 'Three CAs, three circles',
        text: 'One CA signs the API server and all its clients: kubelets, people, controllers. One is for etcd alone. One is for the front proxy, which may speak for other users. A certificate is good only in the circle of its CA. Here is who signs what in this cluster.',
      },
      etcd: {
        heading: 'One CA opens etcd to every client of the cluster',
        text: 'etcd has no RBAC for these callers: who passes its CA file reads and writes every object, Secrets too. With one CA that is every kubelet and every person with a certificate. Both doors were just tried with the same kind of kubelet certificate. With a CA of its own etcd refuses it.',
      },
      'front-proxy': {
        heading: 'The front proxy may name any user',
        text: 'For aggregated APIs a caller with a front-proxy certificate writes the user into a header (X-Remote-User), and is believed. With one CA a client certificate that is named front-proxy-client is believed as well. An API server of 1.36 does not start when both CA files are the same and no name is required with --requestheader-allowed-names.',
      },
      cost: {
        heading: 'What three cost',
        text: 'Three keys to guard, three days on which a CA ends, more files to mix up. In return a stolen kubelet certificate does not open etcd, and one CA can be replaced without the others. A root above three intermediates keeps the key of the root offline. Our advice: at least etcd and the front proxy have their own CA.',
      },
    },
  },
  kubeconfig: {
    title: 'How a kubeconfig carries an identity',
    about: 'Where to call, whom to believe, who one is: three things in one file.',
    steps: {
      parts: {
        heading: 'Three things in one file',
        text: 'cluster: the address of the API server, and the CA to check it with. user: the client certificate and its key. context: which user at which cluster. Certificates and key are embedded as base64, so the file is as secret as the key in it. The key is not shown here.',
      },
      who: {
        heading: 'The name is in the certificate, not in the file',
        text: 'The names of the entries are labels: rename the user in the file, and nothing changes. The API server reads the subject of the certificate: CN is the user, O are the groups. admin.conf is an administrator only because a binding gives its group the role cluster-admin. super-admin.conf needs no binding.',
      },
      server: {
        heading: 'The address must be a name of the server',
        text: "The host of server: is what the caller looks for among the names of the API server's certificate. By an address that is not there, a tunnel to 127.0.0.1 for one, the caller refuses the server. The message lists the names that would do. Then add the name to the certificate, or dial another one.",
      },
      copies: {
        heading: 'Copies end too, and nobody renews them',
        text: 'An embedded certificate is a copy. ~/.kube/config, the file in a CI system, a colleague: each has a copy of its own that ends on the same day. The controller manager and the scheduler read their kubeconfig only at the start. The kubelet differs: its kubelet.conf names a file, kubelet-client-current.pem, and the kubelet renews that file itself.',
      },
    },
  },
  'service-account': {
    title: 'How a service-account token is signed and verified',
    about: 'A key pair without a certificate, and a token really signed with it.',
    steps: {
      pair: {
        heading: 'A key pair, and no certificate',
        text: 'sa.key and sa.pub are two halves of a pair. No CA signs them, there is no name and no last day in them. The API server signs tokens with the private half and verifies them with the public half. The controller manager has the private half for old tokens in Secrets.',
      },
      sign: {
        heading: 'The API server signs claims',
        text: 'The kubelet asks the API server for a token for each pod, and puts it into a file in the pod. The token has three parts: a header that names the key, the claims, and a signature over both. The first two are only base64: everyone can read them. This one was signed just now; its signature is not shown, because with it the token is whole.',
      },
      verify: {
        heading: 'The API server verifies with sa.pub',
        text: 'The signature fits sa.pub: the token is good. The same signature under other claims does not fit, so nobody can promote a token. And with the public key of another pair the good token fails: the pod gets 401 Unauthorized. The issuer, the audience and the time must be right too.',
      },
      'other-half': {
        heading: 'The pod checks the API server with ca.crt',
        text: 'A token proves who the pod is, not who the server is. Before it sends the token, the pod verifies the certificate of the API server with ca.crt, which lies beside the token. That file comes from the ConfigMap kube-root-ca.crt in each namespace. The name dialled is kubernetes.default.svc, so it must be in the certificate.',
      },
      change: {
        heading: 'To change the pair, verify with both for a while',
        text: 'All control-plane nodes must have the same pair, or pods fail now and then. For a new pair give --service-account-key-file twice, old and new, on every API server first. Only then sign with the new key. Take the old one away when the old tokens have ended: that is up to a year for programs that read their token only once. The flags are read at the start: each step is a restart.',
      },
    },
  },
  'signing-api': {
    title: 'How certificates.k8s.io signs',
    about: "A request with one's own key, an approval, and the controller manager that signs.",
    steps: {
      request: {
        heading: 'It begins with a key and a request',
        text: 'Who wants a certificate makes the key, and keeps it. A request (CSR) holds the public key and the wished name, and is signed with the private key. So the signer knows that who asks has the key. This one was made just now for a person who may read.',
      },
      object: {
        heading: 'The request becomes an object of the API',
        text: 'A CertificateSigningRequest carries the request as base64. signerName says who shall sign, usages what for, expirationSeconds for how long (not less than 600). The API server writes down who sent it: that cannot be forged.',
      },
      approve: {
        heading: 'Somebody must approve it',
        text: 'Nothing is signed without an approval. For people it is kubectl certificate approve, or certwright approve, which looks closely first. The first client certificate of a kubelet and its renewals are approved by a controller. A serving certificate of a kubelet is never approved by itself: a person, or an add-on, has to do it.',
      },
      sign: {
        heading: 'The controller manager signs',
        text: 'With --cluster-signing-cert-file and its key it signs what was approved, and puts the certificate into the status of the object. The file must hold one certificate only. The life is cut at the end of the CA. With this certificate and the key a real connection to the API server was just made.',
      },
      rules: {
        heading: 'What a signer does not sign',
        text: 'Each signer has rules. kube-apiserver-client refuses the group system:masters. kube-apiserver-client-kubelet takes only system:node:NAME in the group system:nodes, without other names; kubelet-serving wants at least one name. Approved but against the rules: the object gets the condition Failed. And without the key of the CA on the node nothing is signed at all.',
      },
    },
  },
  bootstrap: {
    title: 'How TLS bootstrap turns a token into a certificate',
    about: 'A new node, a short secret, and a certificate a minute later.',
    steps: {
      token: {
        heading: 'A bootstrap token is a Secret',
        text: 'It has two halves: six characters that name it, and sixteen that are secret. In the cluster it is a Secret in kube-system with a last day (24 hours by default). Who shows it is the user system:bootstrap:ID, in the groups that the Secret names. They may do little: ask for a certificate.',
      },
      trust: {
        heading: 'First the node must believe the cluster',
        text: 'The new node has no CA file yet. It reads the ConfigMap cluster-info without verifying anybody. Then it checks two things: a signature over it with the secret half of the token, and the hash of the CA that stands in the join command. Another token does not fit the signature. Now the node has a CA that it can trust.',
      },
      kubeconfig: {
        heading: 'A kubeconfig with a token',
        text: 'kubeadm writes bootstrap-kubelet.conf: the address, the CA, and the token in the place of a certificate. The kubelet uses it only as long as it has no certificate. Of the token only the public half is shown here. kubeadm removes the file after the join.',
      },
      request: {
        heading: 'The kubelet asks for its own certificate',
        text: 'It makes a key (ECDSA P-256) that never leaves the node, and asks the signer kube-apiserver-client-kubelet. The name must be system:node:NAME, the group system:nodes. A controller approves, because the group of the token may ask (nodeclient). The controller manager signs.',
      },
      certificate: {
        heading: 'The certificate takes the place of the token',
        text: 'Certificate and key go into one file, kubelet-client-current.pem, and kubelet.conf names it. From now on the node is system:node:NAME, and the token is not needed any more. The kubelet renews the certificate itself, between 70 and 90 percent of its life. This connection was made with it just now.',
      },
      serving: {
        heading: 'The other direction is not part of it',
        text: 'All this gives the kubelet a client certificate. What it shows to callers on port 10250 is another certificate, by default one that it signs itself. With serverTLSBootstrap: true it asks for that one too, and somebody must approve it. Then --kubelet-certificate-authority can be set.',
      },
    },
  },
  rotation: {
    title: 'What a rotation really changes',
    about: 'Which fields are new, who notices, and who has to be restarted.',
    steps: {
      changed: {
        heading: 'New dates, a new key, a new serial number',
        text: 'A renewal issues the same certificate again: same subject, same names, same use, same CA. New are the dates, the serial number and the key; kubeadm always makes a new key. Here is a certificate of eleven months ago, and the same renewed now.',
      },
      unnoticed: {
        heading: 'Nobody else has to learn of it',
        text: 'Those who verify have the CA, not the certificate. The CA stays, so every caller accepts the renewed one with the file it had all the time. No file on another node changes. This is why leaves can be renewed node by node, in any order.',
      },
      reload: {
        heading: 'Who takes the new file, and who must be restarted',
        text: 'The API server and etcd read a renewed certificate by themselves, for new connections. (The API server of 1.20 looks once a minute.) The controller manager and the scheduler read their kubeconfig only at the start. Until they are restarted they show the old certificate, and fail on the day that it ends.',
      },
      order: {
        heading: 'One node at a time, etcd first',
        text: 'kubeadm says: restart all four static pods after a renewal. The order is etcd, API server, controller manager, scheduler; then wait until the node is well, then the next node. kubectl delete pod does not restart a static pod. Move its manifest away, wait twenty seconds, and move it back.',
      },
      kubelets: {
        heading: 'Kubelets renew themselves, copies do not',
        text: 'kubeadm certs renew does not touch the kubelet: it asks for a new client certificate itself. Copies of admin.conf, such as ~/.kube/config, are not renewed by anybody. And the CAs stay as they are: kubeadm does not renew them.',
      },
    },
  },
  'new-ca': {
    title: 'What happens when the CA changes',
    about: 'Old trust, both, new: why it takes three phases, with a handshake for each.',
    steps: {
      namesake: {
        heading: 'The same name is not the same CA',
        text: 'A new CA has another key, though its name is kubernetes again. What the old one signed does not pass with the new one: the signature decides, not the name. If all CA files were exchanged at once, nobody could talk to anybody. So trust must change before certificates do.',
      },
      both: {
        heading: 'Phase 1: trust both',
        text: 'Every CA file gets both certificates, end by end: API servers, kubelets, kubeconfigs, pods. All certificates are still old, so nothing breaks, whoever is first. Only the file that the controller manager signs with must hold one certificate. Wait until really everybody has both.',
      },
      issue: {
        heading: 'Phase 2: issue anew',
        text: 'Now every certificate is issued by the new CA, one by one. Old and new live side by side, because both ends trust both. The last call is of a node that was forgotten in phase 1: it refuses the API server. That is why one waits and checks before this phase.',
      },
      drop: {
        heading: 'Phase 3: drop the old one',
        text: 'When no old certificate is left, the old CA is taken out of every file. From now on whatever it signed is worthless: this is how a stolen CA key, or a stolen client certificate, loses its power. The last call is with a certificate that was forgotten: the API server refuses it.',
      },
      places: {
        heading: 'Where a CA hides',
        text: 'ca.crt on every node, every kubeconfig and its copies, cluster-info, kube-root-ca.crt in every namespace, old token Secrets, caBundle of webhooks, the hash in join commands. etcd reads its CA files only when it starts. The controller manager hands a new root to pods after a restart, and many programs in pods read ca.crt only once.',
      },
      'same-key': {
        heading: 'The cheap case: the same key with a new date',
        text: 'If the CA only comes to its end, and its key is safe, it can be signed again with the same key and name. Everything that it signed stays good, and the hash of join commands stays the same. There are no phases: one file is handed out before the old one ends. Against a stolen key this does not help.',
      },
    },
  },
};

export const artefacts: ArtefactTexts = {
  titles: {
    leaf: "The API server's certificate",
    'key-pair': 'Which certificate this key belongs to',
    authority: 'The CA that signed it',
    'trust-tried': 'One certificate, verified with two CA files',
    ended: 'The same certificate today, and after its last day',
    call: 'Both ends and their files',
    'server-checked': 'What the API server checks, in this order',
    'client-checked': 'What etcd checks, in this order',
    handshake: 'A real handshake on 127.0.0.1',
    'etcd-doors': 'Real attempts at the door of etcd',
    'kubelet-call': 'The API server calls the kubelet',
    'shown-nothing': 'Two real handshakes without a client certificate',
    'client-names': 'Who the certificates make one',
    'token-name': 'A token made just now',
    'who-signs-what': 'The CAs of this cluster',
    'etcd-door': 'A client of the cluster at the door of etcd',
    'front-proxy-door': 'A client certificate with the name of the front proxy',
    kubeconfig: 'admin.conf, made just now',
    'kubeconfig-names': 'Who each kubeconfig makes one',
    'kubeconfig-server': 'A real call, and one by a name that is not there',
    'sa-files': 'The two files, and who names them',
    token: 'A token made just now, decoded',
    'token-verified': 'Three tries',
    'pod-call': 'A real handshake as a pod makes it',
    'two-public-keys': 'An old and a new token in each step',
    request: 'A request made just now',
    'request-object': 'The object',
    signed: 'The certificate, and a real connection with it',
    'token-secret': 'A token made just now',
    'cluster-info': 'What the new node reads and checks',
    'bootstrap-kubeconfig': 'The kubeconfig of the first start',
    'node-request': 'The request, and the rules of the signer',
    'node-certificate': 'The certificate, and a real connection with it',
    renewed: 'Before and after',
    'renewed-call': 'A real handshake with the renewed certificate',
    'who-reloads': 'Files that a renewal changes',
    namesake: 'Two CAs of one name',
    'phase-both': 'Real handshakes of phase 1',
    'phase-issue': 'Real handshakes of phase 2',
    'phase-drop': 'Real handshakes of phase 3',
    'same-key': 'The CA signed again with its own key',
  },
  facts: {
    subject: 'Subject',
    issuer: 'Issuer',
    names: 'Names (SAN)',
    usage: 'Use',
    valid: 'Valid',
    key: 'Key',
    serial: 'Serial number',
    signer: 'Signer',
    signs: 'Signs',
    file: 'File',
    flag: 'Flag',
    user: 'User',
    groups: 'Groups',
    server: 'Server',
    serverShows: 'Server shows',
    callerShows: 'Caller shows',
    callerTrusts: 'Caller checks with',
    serverTrusts: 'Server checks with',
    trusts: 'Checked with',
    pin: 'Hash of the key',
    byItself: 'Taken by itself',
    afterRestart: 'Only at the start',
    order: 'Restart',
    same: 'The same',
    changed: 'Old and new',
  },
  checks: {
    dates: 'Dates',
    name: 'Name',
    authority: 'Signed by',
    usage: 'Use',
    key: 'Key fits',
    signature: 'Signature',
  },
  says: {
    accepts: 'accepts the other',
    'not-asked': 'checks no certificate',
    'not-reached': 'was never called',
    'is-told': 'hears that it is refused',
    refuses: 'refuses',
    'does-not-start': 'does not start',
  },
  onMap: 'On the map',
  passed: 'ok',
  failed: 'no',
};
