import type {ArtefactTexts, StoryTexts} from '../stories.ts';

/** The stories in English, and what is said of the things they show. One file because it is one table. */

export const stories: StoryTexts = {
  certificate: {
    title: 'What a certificate and a CA are',
    about: 'A certificate ties a name to a key: who signs it, who believes it, and for how long.',
    steps: {
      identity: {
        heading: 'A certificate is a name and a key, signed',
        text: 'A certificate says: this public key belongs to this name, from this day to that day, for this use. Here is the one of the API server, which all others in a cluster talk to. The subject is its own name (CN: common name). The names below it (SAN: subject alternative names) are the addresses at which others may call it. The issuer has signed it. The use server auth means: to be called; client auth: to call.',
      },
      key: {
        heading: 'The private key is shown to nobody',
        text: 'Keys come in pairs. The public key is in the certificate, which everyone gets who connects. The private key stays in its file and is the proof: in each connection the API server signs something with it, and only the key of this certificate fits. So only root may read the key file (mode 0600), and with the key of another certificate the API server does not start. Both files are text (PEM).',
      },
      authority: {
        heading: 'A CA is a certificate that may sign others',
        text: 'A certificate authority (CA) has a key and a certificate too. Its certificate says CA:TRUE and keyCertSign: it may sign others. (digitalSignature and keyEncipherment: the key may also be used in TLS.) Subject and issuer are the same: it has signed itself. kubeadm, a tool to set up clusters, gives a CA ten years, and one year to what it signs. Whoever has the key of the CA can make a certificate with any name.',
      },
      trust: {
        heading: 'Trust is a file: the CA certificate that you check with',
        text: 'Nobody believes a certificate because of what it says. Whoever checks it has a file with CA certificates, often ca.crt, and accepts what one of these CAs has signed. Here the same certificate is checked with the right CA file, and with another one. Each program is told its CA file by a flag (an option at its start), or has it in a kubeconfig (the file to log in with). Most errors about certificates begin with x509.',
      },
      end: {
        heading: 'It ends by itself, and nobody can take it back',
        text: 'After its last day everyone who checks it refuses it, even if all the rest is right: callers and etcd end the handshake, the API server answers 401 Unauthorized. Before that day nobody can take it back: Kubernetes reads no lists of certificates that are no longer good (CRL), and asks nobody about them (OCSP). A stolen client certificate works until its last day, or until its CA is replaced. So it is better that a certificate does not live long.',
      },
    },
  },
  handshake: {
    title: 'The mutual TLS handshake',
    about: 'Who shows what, who checks it with what, and who may refuse.',
    steps: {
      call: {
        heading: 'The API server calls etcd',
        text: "In mutual TLS (mTLS) both ends show a certificate, and both check the other's. The one who calls is the caller (or client), the other one is the server. Each has three files, named by three flags: its certificate, the key of it, and the CA file to check the other with. Here the API server calls etcd, the database of the cluster. When a kubelet (the agent on each node) calls, the API server is the server.",
      },
      server: {
        heading: 'First the server shows its certificate',
        text: 'etcd shows its serving certificate, and the API server checks it, in this order: the dates; is the address that it called (127.0.0.1) among the names; who signed it; is it for servers (server auth). The first thing that is wrong ends the connection. To check who signed it, the API server takes the CA file that is in its flag --etcd-cafile.',
      },
      client: {
        heading: 'Then the caller shows its own',
        text: 'etcd demands a certificate from everyone. The API server shows its client certificate, and etcd checks the dates, who signed it, and that it is for callers (client auth). The CA file is the one in its flag --trusted-ca-file. Names are not compared: a caller may call from anywhere. (Only between etcd members the address of the caller must be among the names.)',
      },
      met: {
        heading: 'Both accept: now they talk',
        text: 'This handshake was made just now on this machine, with the files of a cluster that exists only for this story. Each end signed with its private key, and each checked the other. From now on all that they say is encrypted. etcd asks nothing more: whoever passes this check may read and write everything in it.',
      },
      refused: {
        heading: 'Who is not let in',
        text: "Four others called etcd just now. The first shows a kubelet's certificate, the second a server's: etcd does not know their CA. The third shows none. The CA of the fourth has the right name, but another key. (In a cluster with only one CA the first gets in; the second is refused for its use.) The end that refuses knows why; the other hears little of it. So ask first: which end refused?",
      },
      kubelet: {
        heading: 'What does the API server show a kubelet? Who checks it?',
        text: 'The kubelet checks it, with ca.crt. What is shown depends on who calls:\nAPI server calls (logs, exec): it shows apiserver-kubelet-client.crt, and checks the kubelet only with --kubelet-certificate-authority. The setting authentication.x509.clientCAFile of the kubelet names ca.crt.\nKubelet calls: the API server shows apiserver.crt. In kubelet.conf there is a copy of ca.crt (certificate-authority-data).',
      },
    },
  },
  'token-or-certificate': {
    title: 'Client certificate or token',
    about: 'Two ways to say who you are, and why pods use tokens.',
    steps: {
      'two-ways': {
        heading: 'A certificate: in the handshake. A token: after it',
        text: 'A caller can say who it is in two ways. A client certificate is shown in the handshake. A token is text that is sent later, inside the connection. The API server takes both: it asks for a certificate, but goes on without one. Even with a bad one the handshake ends well, and the answer inside is 401 Unauthorized: I do not know who you are. etcd takes no tokens: without a certificate, or with a bad one, it ends the handshake with an error.',
      },
      'by-certificate': {
        heading: 'With a certificate the subject is the user',
        text: 'The API server reads the subject: the common name (CN) is the user, each organization (O) is a group. It looks for this user in no list, because Kubernetes has none. What the user may do is decided later, by RBAC (role-based access control): rules that give rights to users and groups. Its no is 403 Forbidden: I know you, but you may not do this. The group system:masters needs no rule: it may do everything.',
      },
      'by-token': {
        heading: "With a service account's token the claim sub is the user",
        text: 'A program in a pod logs in as a service account. Its token is a small signed document (a JWT); what it says are its claims. The claim sub names the user, aud says for whom the token is, exp when it ends (in seconds since 1970). The groups follow from the namespace (a part of the cluster with a name). These claims were signed just now with a key of the cluster in this story.',
      },
      pods: {
        heading: 'Why pods use tokens',
        text: 'A pod may live for minutes, a certificate of kubeadm lives for a year, and nobody can take it back. A token ends with its pod. The kubelet puts a new one into the pod within each hour. (For programs that do not read it again, the API server may let it live for up to a year.) Nobody has to approve anything for each pod. And a token can be good for one server only (aud).',
      },
      components: {
        heading: 'Why the control plane uses certificates',
        text: 'The API server makes and checks the tokens of service accounts: before it runs there are none. But the programs that run the cluster (the control plane) must log in while nothing else works yet. To check a certificate one CA file is enough, so it works from the first second. A new kubelet uses a token once, a bootstrap token, to get its certificate (story bootstrap). The price: somebody must renew certificates before they end.',
      },
    },
  },
  'one-ca-or-three': {
    title: 'One CA or three',
    about: 'What each CA of its own protects, and what it costs.',
    steps: {
      question: {
        heading: 'Any number works, if each has the right CA file',
        text: 'Kubernetes demands neither one CA nor three. Each connection needs only this: the CA that signed what is shown is in the file of the end that checks it. One CA for everything is the easiest: the same file everywhere. But kubeadm makes three, and the documentation of Kubernetes shows three. Why? The next steps answer that.',
      },
      split: {
        heading: 'Three CAs, and what each of them signs',
        text: 'The first CA signs the API server and all who call it: kubelets, people, controllers. The second is for etcd alone. The third is for the front proxy: that is the API server when it passes on the requests of others. A certificate is accepted only where its own CA is in the file. Here is what each CA of this cluster signs.',
      },
      etcd: {
        heading: 'One CA opens etcd to every client of the cluster',
        text: 'etcd does not ask RBAC: whoever passes the check with its CA file reads and writes every object, even Secrets (objects with passwords and keys). With one CA that is every kubelet, and every person with a certificate. Here a kubelet calls etcd with its own certificate, once in a cluster with three CAs and once in one with a single CA. The etcd that has a CA of its own refuses it.',
      },
      'front-proxy': {
        heading: 'Who shows front-proxy-client, and who checks it',
        text: 'Some add-ons bring an API of their own, an aggregated API: metrics-server, for example, answers kubectl top. The API server passes such a request on, shows front-proxy-client.crt, and names the user in a header. The add-on checks it with requestheader-client-ca-file (front-proxy-ca.crt, from a ConfigMap: an object with settings). Without a good one it refuses, and kubectl top fails.',
      },
      'any-user': {
        heading: 'With such a certificate you can be any user',
        text: 'The API server believes a front proxy before it, too: whoever shows it a certificate of the CA in --requestheader-client-ca-file can name any user in the header X-Remote-User. Here somebody got a certificate named front-proxy-client from the CA for users. It is accepted only where one CA signs everything. (So a kube-apiserver 1.36 does not start with the same CA in both files, unless --requestheader-allowed-names limits the names.)',
      },
      cost: {
        heading: 'What three CAs cost',
        text: 'Three keys must be kept safe, three CAs will end one day, and there are more files to mix up. In return a stolen kubelet certificate does not open etcd, and one CA can be replaced without the others. You can also have one root CA that signs the three (intermediate CAs), and keep its key away from the cluster. Our advice: give at least etcd and the front proxy a CA of their own.',
      },
    },
  },
  kubeconfig: {
    title: 'How a kubeconfig carries an identity',
    about: 'Where to call, whom to believe, who you are: three things in one file.',
    steps: {
      parts: {
        heading: 'Three things in one file',
        text: 'A kubeconfig is the file with which a program logs in to the API server. cluster: the address of the API server, and the CA to check it with. user: the client certificate and its private key. context: which user at which cluster. Certificates and key are inside as base64 (bytes written as letters), so the file is as secret as the key. The key is not shown here.',
      },
      who: {
        heading: 'The name is in the certificate, not in the file',
        text: 'The names in the file are only labels: change them, and nothing else changes. The API server reads the subject of the certificate: CN is the user, each O is a group. admin.conf is an administrator because of its group: an object in the cluster (a binding) gives this group the role cluster-admin. super-admin.conf needs none: its group is system:masters.',
      },
      server: {
        heading: 'The address must be a name of the server',
        text: "The caller takes the address that stands after server: and looks for it among the names of the API server's certificate. If it is not there, the caller refuses the server. For example 127.0.0.1, when somebody has made an SSH tunnel. If you call by an address, the error lists only the addresses in it, not the names. Call one of these, or make a certificate that has the new name too.",
      },
      copies: {
        heading: 'Copies end too, and nobody renews them',
        text: 'If a certificate is inside the file, each copy of the file has a copy of it: ~/.kube/config, a file in a CI system, the one of a colleague. All end on the same day, and none is renewed with the first. The controller manager and the scheduler read their kubeconfig only at the start. kubelet.conf is different: it names a file, kubelet-client-current.pem, which the kubelet renews itself.',
      },
    },
  },
  'service-account': {
    title: 'How a service-account token is signed and verified',
    about: 'A key pair without a certificate, and a token that is really signed with it.',
    steps: {
      pair: {
        heading: 'A key pair, and no certificate',
        text: 'Programs in pods log in as service accounts. Their tokens are signed with a key pair: sa.key is the private half, sa.pub the public half. (sa.pub need not be secret, though kubeadm gives it the same mode.) No CA signs them, and they have no name and no last day. The API server signs tokens with sa.key and checks them with sa.pub. The controller manager has sa.key too, for an old kind of token that is kept in Secrets.',
      },
      sign: {
        heading: 'The API server signs claims',
        text: 'For each pod the kubelet asks the API server for a token, and puts it into a file in the pod. A token has three parts: a header that says which key signed it, the claims, and a signature over both. The first two are only base64: everyone can read them. This token was signed just now. Its signature is not shown: whoever has all three parts can use the token.',
      },
      verify: {
        heading: 'The API server checks with sa.pub',
        text: 'Three tries. First the token as it is: the signature fits sa.pub. Then the same signature under another user: it does not fit, so nobody can change a token. Last the good token, but checked with the public key of another pair: it does not fit, and the pod would get 401 Unauthorized. The issuer (iss), the audience (aud) and the time must be right too.',
      },
      'other-half': {
        heading: 'The pod checks the API server with ca.crt',
        text: 'A token says who the pod is. It does not say who the server is: the pod checks that first, and only then sends its token. It checks the certificate of the API server with ca.crt, a file beside the token, which comes from the ConfigMap kube-root-ca.crt. The pod calls kubernetes.default.svc, so this must be among the names. It shows no certificate itself.',
      },
      change: {
        heading: 'To change the pair, check with both for a while',
        text: 'All control-plane nodes need the same pair, or pods are refused now and then. For a new pair, first give every API server --service-account-key-file twice: the old public key and the new one. Then sign with the new key. Take the old one away when the old tokens have ended: up to a year, for programs that read their token only once. Each step is a restart: the flags are read at the start.',
      },
    },
  },
  'signing-api': {
    title: 'How certificates.k8s.io signs',
    about: 'A request with your own key, an approval, and the controller manager that signs.',
    steps: {
      request: {
        heading: 'It begins with a key and a request',
        text: 'certificates.k8s.io is the part of the Kubernetes API that gives certificates to those who ask. You make a key and keep it. Your request (CSR: certificate signing request) has the public key and the name that you want, and is signed with the private key: this shows that the key is yours. This one was made just now, for a user viewer in a group readers.',
      },
      object: {
        heading: 'The request becomes an object of the API',
        text: 'The request is sent inside an object, a CertificateSigningRequest, as base64. signerName says who shall sign: each signer has a name and its own rules. usages says what for, expirationSeconds for how long (600 seconds or more). The API server itself writes into the object who sent it, so nobody can send it as somebody else.',
      },
      approve: {
        heading: 'Somebody must approve it',
        text: 'Nothing is signed before it is approved. For the request of a person somebody runs kubectl certificate approve, or certwright approve, which looks at the request first. A client certificate of a kubelet, the first one and each renewal, is approved by a controller of the cluster. A serving certificate of a kubelet (for those who call it) is never approved by itself: a person or an add-on has to do it.',
      },
      sign: {
        heading: 'The controller manager signs',
        text: 'The controller manager (a program of the control plane) signs what was approved, with the CA in --cluster-signing-cert-file (with kubeadm: ca.crt) and its key, and puts the certificate into the object. The file must have exactly one certificate in it. What it signs ends with the CA at the latest. With this certificate and its key a real connection to the API server was made just now.',
      },
      rules: {
        heading: 'What a signer does not sign',
        text: 'Some requests are refused at once (Forbidden): for example one to kube-apiserver-client with the group system:masters. Others can be approved and are still not signed; they get the condition Failed. kube-apiserver-client-kubelet wants system:node:NAME in the group system:nodes and no other names; kubelet-serving wants at least one name. Without the key of the CA nothing is signed at all.',
      },
    },
  },
  bootstrap: {
    title: 'How TLS bootstrap turns a token into a certificate',
    about: 'A new node, a short secret, and a certificate a minute later.',
    steps: {
      token: {
        heading: 'A bootstrap token is a Secret',
        text: 'A new node has no certificate. To get one it has a bootstrap token: six characters that are its name (ID), and sixteen that are secret. In the cluster it is a Secret in kube-system, and ends after 24 hours if you say nothing else. Whoever shows it logs in as the user system:bootstrap:ID, in the groups that the Secret names. Such a user may do little more than ask for a certificate.',
      },
      trust: {
        heading: 'First the node must believe the cluster',
        text: 'The new node has no CA file yet. So kubeadm join reads the ConfigMap cluster-info from a server that it cannot check yet. Then it checks what it has read: it is signed with the secret half of the token, and the CA in it has the hash that stands in the join command. (The signature does not fit another token, as you see.) Now the node has a CA that it can trust.',
      },
      kubeconfig: {
        heading: 'A kubeconfig with a token',
        text: 'kubeadm writes bootstrap-kubelet.conf: a kubeconfig with the address, the CA, and the token where others have a certificate. The kubelet uses it only as long as it has no certificate of its own. Only the ID of the token is shown here. kubeadm removes the file after the join.',
      },
      request: {
        heading: 'The kubelet asks for its own certificate',
        text: 'The kubelet makes a private key, which never leaves the node. With the token it sends a request to the signer kube-apiserver-client-kubelet. The name must be system:node:NAME, the group system:nodes. A controller approves it, because the group of the token has the right nodeclient: to ask for the client certificate of a node. The controller manager signs it.',
      },
      certificate: {
        heading: 'The certificate takes the place of the token',
        text: 'Certificate and key go into one file, kubelet-client-current.pem, and kubelet.conf names it. From now on the node is the user system:node:NAME, and does not need the token any more. The kubelet renews the certificate itself when 70 to 90 percent of its time is over. With this certificate a connection was made just now.',
      },
      serving: {
        heading: 'When others call the kubelet, it shows another one',
        text: 'What the kubelet got is a client certificate: it shows it when it calls. When others call it (on port 10250) it shows its serving certificate. By default it signs that one itself, so no CA file fits. With serverTLSBootstrap: true it asks the cluster for this one too, and somebody must approve it. Then the API server can check it: with --kubelet-certificate-authority, which kubeadm leaves out.',
      },
    },
  },
  rotation: {
    title: 'What a rotation really changes',
    about: 'What is new in a renewed certificate, who notices, and who must be restarted.',
    steps: {
      changed: {
        heading: 'New dates, a new key, a new serial number',
        text: 'A rotation renews certificates: each is made again, with the same subject, names, use and CA. The dates are new, the key (kubeadm always makes a new one), and the serial number, which no other certificate of this CA has. Here is the certificate of the API server as it was eleven months ago, and as it was renewed just now.',
      },
      unnoticed: {
        heading: 'Nobody else has to learn of it',
        text: 'Whoever checks a certificate has a file with the CA, not with the certificate. The CA stays the same, so every caller accepts the renewed certificate with the CA file that it has had all the time. No file on another node has to change (but copies: step 5). So you can renew the certificates of one node after the other, in any order.',
      },
      reload: {
        heading: 'Who reads the new file, and who must be restarted',
        text: 'A program that runs has its certificate in memory. The API server and etcd read a renewed file again by themselves, for new connections. The controller manager and the scheduler read their kubeconfig only at the start. So two must be restarted, or they fail on the last day of the old certificate; kubeadm advises all four (step 4); the kubelet needs no restart (step 5).',
      },
      order: {
        heading: 'kubeadm says: restart all four',
        text: 'Two must be restarted (step 3), but kubeadm advises all four: then nobody has to know who reads what again. They are static pods: the kubelet starts each from a file, its manifest. One node at a time: etcd, API server, controller manager, scheduler, then wait until the node is well. kubectl delete pod does not restart a static pod: move its manifest away, wait 20 seconds, and move it back.',
      },
      kubelets: {
        heading: 'Kubelets renew themselves, copies do not',
        text: 'kubeadm certs renew does not touch the kubelet: the kubelet renews its client certificate itself, and needs no restart. (Only where the certificate is inside kubelet.conf, as in clusters made by hand, somebody must renew it and restart the kubelet.) Nobody renews copies of admin.conf, such as ~/.kube/config: copy it again. And kubeadm does not renew the CAs.',
      },
    },
  },
  'new-ca': {
    title: 'What happens when the CA changes',
    about: 'Trust the old CA, then both, then the new one: why it takes three phases, with handshakes.',
    steps: {
      namesake: {
        heading: 'The same name is not the same CA',
        text: 'A new CA has another key, even if its name is kubernetes again. A certificate that the old CA signed does not pass with the new one: the signature counts, not the name. If you exchanged all CA files at once, nobody could talk to anybody. So first change what everyone trusts, and then the certificates.',
      },
      both: {
        heading: 'Phase 1: trust both',
        text: 'Put both CAs into every CA file: of API servers, kubelets, kubeconfigs and pods, in any order. All certificates are still old, so nothing breaks, whoever is first. (In brackets you see which CA signed a certificate.) Only the file that the controller manager signs with must still have one certificate. Wait until really everybody has both.',
      },
      issue: {
        heading: 'Phase 2: issue anew',
        text: 'Now the new CA signs all certificates again, one by one. Old and new ones work side by side, because everyone trusts both CAs. In the last call the kubelet has only the old CA: it was forgotten in phase 1, and now it refuses the API server. That is why you wait and check before this phase.',
      },
      drop: {
        heading: 'Phase 3: drop the old one',
        text: 'When no old certificate is in use any more, take the old CA out of every file. From now on nothing that it signed is accepted. So a stolen CA key, or a stolen client certificate, is of no use any more. In the last call the kubelet still has an old certificate: it was forgotten in phase 2, and now the API server answers it with 401.',
      },
      places: {
        heading: 'Where a CA hides',
        text: 'ca.crt on every node, every kubeconfig and its copies, the ConfigMaps cluster-info and kube-root-ca.crt, old token Secrets, webhooks (servers that the API server asks; their CA is in caBundle), the hash in join commands. etcd reads its CA files only at the start. Pods get a new CA after a restart of the controller manager, and many programs in them read ca.crt only once.',
      },
      'same-key': {
        heading: 'The cheap case: the same key with a new date',
        text: 'If the CA only comes to its end, and its key is safe, it can be signed again with the same key and name. Everything that it signed stays good, and the hash in join commands stays the same. There are no phases: you hand out one new file before the old one ends. If the key was stolen, this does not help.',
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
    call: 'The three files of both ends, with their flags',
    'server-checked': 'What the API server checks, in this order',
    'client-checked': 'What etcd checks, in this order',
    handshake: 'A real handshake on 127.0.0.1',
    'etcd-doors': 'Four real calls that etcd must not accept',
    'kubelet-call': 'The two calls, really made',
    'shown-nothing': 'Two real calls of somebody (?) without a certificate',
    'client-names': 'Who you are with each certificate',
    'token-name': 'A token made just now',
    'who-signs-what': 'The CAs of this cluster',
    'etcd-door': 'A kubelet calls etcd, with three CAs and with one',
    'front-proxy-call': 'What the API server shows, and how it is checked',
    'front-proxy-door': 'A front-proxy-client that the CA for users has signed',
    kubeconfig: 'admin.conf, made just now',
    'kubeconfig-names': 'Who you are with each kubeconfig',
    'kubeconfig-server': 'A real call, and an address that is not a name',
    'sa-files': 'The two files, and who names them',
    token: 'A token made just now, decoded',
    'token-verified': 'Three tries',
    'pod-call': 'A real handshake as a pod makes it',
    'two-public-keys': 'Tokens of the old and the new key, in each step',
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
    'who-reloads': 'Flags that name a renewed file, and when it is read',
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
    signedBy: 'Issued by',
    signs: 'Signs',
    file: 'File',
    mode: 'Mode',
    flag: 'Flag',
    shows: 'Certificate',
    keyFile: 'Key',
    caFile: 'CA file',
    user: 'User',
    groups: 'Groups',
    server: 'Server',
    serverShows: 'Server shows',
    callerShows: 'Caller shows',
    callerTrusts: 'Caller checks with',
    serverTrusts: 'Server checks with',
    trusts: 'Checked with',
    pin: 'Hash of the key',
    byItself: 'Read again',
    afterRestart: 'Only at the start',
    order: 'Must be restarted',
    same: 'The same',
    old: 'Old',
    new: 'New',
  },
  checks: {
    dates: 'Dates',
    name: 'Name',
    authority: 'Signed by',
    usage: 'Use',
    key: 'Key fits',
    signature: 'Signature',
    subject: 'Subject',
    names: 'Names (SAN)',
  },
  says: {
    accepts: 'accepts the other',
    'trusts-none': 'not checked: it has no CA file for the other',
    'shown-none': 'not checked: the other shows no certificate',
    'not-reached': 'not checked: the other has ended the connection',
    'is-told': 'hears that it is refused',
    refuses: 'refuses',
    unauthorized: 'answers 401 Unauthorized',
    'not-believed': 'does not believe the header',
    'does-not-start': 'does not start',
  },
  none: 'none',
  onMap: 'On the map',
  passed: 'ok',
  failed: 'no',
};
