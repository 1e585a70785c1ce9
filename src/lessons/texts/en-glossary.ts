import type {WordId, WordLesson} from '../glossary.ts';

/** What the words of certificates and clusters mean, in English. One file because it is one table. */
export const glossary: Readonly<Record<WordId, WordLesson>> = {
  certificate: {
    what: 'A public key with a name, dates and uses, signed by a CA.',
    use: 'A server or user shows it to say who it is, and proves with the private key that it is its own. A certificate is no secret: everybody may see it.',
  },
  'key-pair': {
    what: 'A private key and the public key that belongs to it: what the one signs, the other verifies.',
    use: 'The public key stands in the certificate. The private key stays in a file that only its owner may read (.key, mode 0600): a thief of it can be that server or user.',
  },
  ca: {
    what: 'A certificate authority: a certificate that may sign other certificates, and its private key.',
    use: 'With the CA’s certificate in a file, a program can verify everything that the CA signed. With its private key anybody can make any identity. kubeadm makes three CAs: for the cluster, for etcd and for the front proxy.',
  },
  intermediate: {
    what: 'A CA whose own certificate was signed by another CA; a root CA has signed its own.',
    use: 'The root’s key can then lie offline, and the intermediates sign from day to day. A server that shows a certificate of an intermediate sends the intermediate’s certificate with it, because the caller may know only the root.',
  },
  leaf: {
    what: 'A certificate at the end of a chain: it belongs to a server or a client, and may sign no other.',
    use: 'With kubeadm these last one year and must be renewed in time. The CAs above them last ten years.',
  },
  chain: {
    what: 'The certificate that is shown, the CA that signed it, the CA that signed that one, and so on.',
    use: 'The end that verifies follows it up to a CA in its own file. If it finds none, it says "certificate signed by unknown authority".',
  },
  bundle: {
    what: 'Several CA certificates in one file. The caBundle of a webhook or an APIService is the same inside its configuration.',
    use: 'Files to verify with may hold several CAs: while a CA is replaced, the old and the new one. The file that the controller manager signs with must hold exactly one (Certwright also calls the folder that it writes for a cluster a bundle).',
  },
  san: {
    what: 'Subject alternative names: the names and addresses that a server’s certificate is good for.',
    use: 'The caller looks for the name or address that it called among them, and refuses the server when it is missing. Of a client’s certificate they are not looked at; only members of etcd do so among themselves.',
  },
  cn: {
    what: 'The common name: a part of the subject of a certificate, which says whose it is.',
    use: 'Of a client’s certificate it is the user name in the cluster, such as system:kube-scheduler. Of a server’s certificate nobody looks at it: there only the SANs count.',
  },
  o: {
    what: 'The organization: a part of the subject of a certificate. There may be several.',
    use: 'Of a client’s certificate each O is a group in the cluster: system:nodes for kubelets. Roles can be given to groups; the group system:masters may do everything, whatever the roles say.',
  },
  eku: {
    what: 'Key usage and extended key usage (EKU) say what a certificate may be used for.',
    use: 'The EKU is "server auth", "client auth" or both: a server that shows a certificate made for clients is refused, and so is a client that shows one made for servers. The key usage of a CA says that it may sign certificates.',
  },
  serial: {
    what: 'The number of a certificate: its CA gives each certificate a different one.',
    use: 'The API server’s log names a refused certificate by its serial, in decimal (SN=...); files and openssl show it in hex. Paste the line into certwright explain: it finds the file.',
  },
  fingerprint: {
    what: 'The SHA-256 of a whole certificate, also called thumbprint. Two certificates with the same one are the same.',
    use: 'It shows whether a server uses the certificate that lies on the disk: certwright inspect prints it for both. The hash in a join command is another: it is of the public key only.',
  },
  pem: {
    what: 'A text form of keys and certificates: base64 between a BEGIN line and an END line. DER is the same in bytes.',
    use: 'Nearly all files of a cluster are in PEM; one file may hold several blocks, for example two CAs. In a kubeconfig the whole PEM text stands once more in base64, in the fields that end in -data.',
  },
  csr: {
    what: 'A certificate signing request: a public key and the names that are wished for, signed with the private key, which stays where it is.',
    use: 'The owner of the CA’s key makes a certificate from it. In a cluster it is an object, CertificateSigningRequest: a kubelet or a person sends it, it is approved, and the controller manager signs.',
  },
  tls: {
    what: 'Transport Layer Security: it encrypts a connection. Its handshake, at the beginning, proves with a certificate who the server is.',
    use: 'The components of a cluster call each other with it. Where the caller must show a certificate as well, it is mutual TLS.',
  },
  mtls: {
    what: 'TLS in which both ends show a certificate, and each verifies that of the other.',
    use: 'So the API server and etcd know each other, and kubelets and the API server. Each end needs three files: its certificate, its key, and the CA that it verifies the other with.',
  },
  caller: {
    what: 'Certwright’s word for the end of a connection that opens it: the client.',
    use: 'It verifies the certificate that the provider shows with its own CA file, and shows a client certificate, a token, or nothing. One program can be both: kube-apiserver is the caller of etcd, and the provider for kubectl.',
  },
  provider: {
    what: 'Certwright’s word for the end of a connection that is called: the server.',
    use: 'It shows a server certificate. Where it asks for a client certificate, it verifies that with its own CA file. One program can be both: a kubelet is the provider when the API server calls it for logs, and the caller at other times.',
  },
  door: {
    what: 'Certwright’s word for a port that lets a caller in or not: that of etcd, of the API server, of a kubelet.',
    use: 'A client certificate opens it when its CA is in the file that the component verifies clients with. Certwright also knocks with certificates that must not open it, and says whether they were refused.',
  },
  rbac: {
    what: 'Role-based access control: roles say what may be done, and bindings give roles to users and groups.',
    use: 'The API server looks at it when it knows who calls. A certificate says who you are, RBAC what you may do: "Forbidden" (403) is an answer of RBAC, and no certificate is wrong.',
  },
  kubeadm: {
    what: 'The usual tool to set up a cluster: it makes the CAs, certificates and kubeconfigs of a node, starts the control plane and lets other nodes join.',
    use: 'Its files lie in /etc/kubernetes. Its certificates last one year and its CAs ten; certwright check says when each ends, and certwright renew renews them.',
  },
  kubeconfig: {
    what: 'A file with three things: where the API server is, which CA to verify it with, and who one is (a certificate with its key, or a token).',
    use: 'kubectl and each component that calls the API server has one. With the file anybody is that user, so keep it as secret as a key.',
  },
  kubelet: {
    what: 'The program on each node that starts the containers of its pods.',
    use: 'It calls the API server on port 6443, shows kubelet-client and verifies the API server with the CA in its kubeconfig. For logs and exec the API server calls it on port 10250, and it verifies apiserver-kubelet-client with its clientCAFile.',
  },
  'static-pod': {
    what: 'A pod that the kubelet starts from a file (a manifest) on its own node, without asking the API server.',
    use: 'With kubeadm, etcd and the control plane are static pods: their flags stand in /etc/kubernetes/manifests. To restart one, its file is moved away and back.',
  },
  'front-proxy': {
    what: 'A program that passes on calls for others, and says in a header (X-Remote-User) who the user is. kube-apiserver is one when it passes calls on to an aggregated API, such as metrics-server.',
    use: 'It shows the certificate front-proxy-client: the aggregated API checks it with requestheader-client-ca-file, the CA of the front proxy, and only then believes the header. Without it aggregated APIs refuse: kubectl top fails.',
  },
  'aggregated-api': {
    what: 'An API server of its own that kube-apiserver passes some calls on to. An APIService announces it; metrics-server is the best known.',
    use: 'kube-apiserver shows it front-proxy-client, and it checks that with requestheader-client-ca-file, which it reads from the ConfigMap extension-apiserver-authentication. Without that certificate it refuses, and kubectl top fails.',
  },
  'service-account': {
    what: 'An identity for the programs in pods. It has no certificate: its pods get a token.',
    use: 'The token is signed with sa.key, and the API server verifies it with sa.pub (--service-account-key-file). RBAC then says what the service account may do.',
  },
  jwt: {
    what: 'JSON Web Token: a short signed text that says who it is (sub), for whom it is (aud) and until when (exp).',
    use: 'Tokens of service accounts are JWTs. Pods send theirs inside the TLS connection; the API server verifies the signature with sa.pub. Anybody who has it can use it, so it is a secret.',
  },
  'token-review': {
    what: 'A question to the API server: is this token good, and whose is it?',
    use: 'A kubelet asks it when somebody calls with a token, as metrics-server does: it has no key to verify tokens with. Then it asks what that user may do.',
  },
  'bootstrap-token': {
    what: 'A password with which a new node joins: six characters, a dot, sixteen characters. It is kept as a Secret in kube-system.',
    use: 'A new kubelet has no certificate yet: with the token it may ask for one. With kubeadm a token ends after 24 hours, unless one says otherwise.',
  },
  'tls-bootstrap': {
    what: 'The way in which a new kubelet gets its first client certificate.',
    use: 'It logs in with a bootstrap token, makes a key, and sends a CSR. That is approved, the controller manager signs it, and from then on the kubelet uses its certificate and renews it by itself.',
  },
  'discovery-hash': {
    what: 'The SHA-256 of a CA’s public key, written sha256:... The public key with its kind is called SPKI; a hash that one compares with is called a pin.',
    use: 'kubeadm join compares it with the CA that the cluster announces, so that a new node does not trust a stranger. A CA that is renewed with the same key keeps its hash.',
  },
  'control-plane': {
    what: 'The programs that run the cluster: etcd, kube-apiserver, kube-controller-manager and kube-scheduler; also the nodes that they are on.',
    use: 'They log in with client certificates, because they must work before anything else does. With kubeadm the keys of the CAs lie on these nodes: guard them best.',
  },
  node: {
    what: 'A machine of the cluster, real or virtual, with a kubelet on it. In the API it is an object, Node.',
    use: 'Its kubelet logs in as the user system:node:NAME in the group system:nodes. The name in the certificate must be the name of the Node.',
  },
  namespace: {
    what: 'A part of the cluster with a name: most objects are in one, and two objects may have the same name if they are in two.',
    use: 'A service account is in a namespace, which is a part of its user name: system:serviceaccount:NAMESPACE:NAME. The cluster’s own programs are in kube-system.',
  },
  secret: {
    what: 'An object of the cluster for passwords, tokens and keys. Its values are only base64: whoever may read the object has them.',
    use: 'Bootstrap tokens are Secrets in kube-system, and so are service-account tokens of the old kind. They lie in etcd with everything else, so whoever gets into etcd has them all.',
  },
  'config-map': {
    what: 'An object of the cluster for settings and other text that is not secret.',
    use: 'Some hold CA certificates: cluster-info for nodes that join, kube-root-ca.crt for pods, extension-apiserver-authentication for aggregated APIs. When a CA is replaced they must have the new one too.',
  },
  claim: {
    what: 'What a token (JWT) says: sub is who it belongs to, aud for whom it is, iss who made it, exp when it ends.',
    use: 'The API server takes the user from sub. If aud, iss or exp do not fit, the answer is 401 Unauthorized. Everybody can read claims, but nobody can change them, because they are signed.',
  },
  signer: {
    what: 'Who signs requests of certificates.k8s.io. Each signer has a name, such as kubernetes.io/kubelet-serving, and its own rules.',
    use: 'A request says in signerName which signer it wants. The controller manager signs for most of the names that begin with kubernetes.io; an add-on can be the signer for other names.',
  },
  'serving-certificate': {
    what: 'The certificate that a server shows to those who call it.',
    use: 'It must be for servers (server auth), and every name or address that is called must be in it (SAN). The caller checks it with its own CA file.',
  },
  'client-certificate': {
    what: 'The certificate that a caller shows to a server, to say who it is.',
    use: 'It must be for callers (client auth). The API server takes the user from the CN and the groups from the O. etcd only asks which CA signed it.',
  },
  issuer: {
    what: 'Who signed a certificate: the subject of its CA stands there. In a token (iss) it is who made it.',
    use: 'The name proves nothing: another CA can have the same name. Only the signature shows whether this CA signed it. For tokens, the API server is told its issuer by --service-account-issuer.',
  },
  revocation: {
    what: 'A list of certificates that are no longer good before their last day. OCSP is a service that one can ask the same.',
    use: 'Kubernetes checks neither. So a stolen client certificate works until its last day, or until its CA is replaced: short lives are better.',
  },
  'key-usage-bits': {
    what: 'A part of the key usage: the key may sign certificates. The others that you meet are digitalSignature (it may sign in a handshake) and keyEncipherment (it may decrypt keys, in old handshakes with RSA).',
    use: 'A CA needs keyCertSign. kubeadm gives the other two to every certificate, CAs too. Whether a certificate is for a server or a caller stands in the extended key usage (EKU).',
  },
  nodeclient: {
    what: 'The right to get a client certificate for a node without a person who approves it.',
    use: 'The group of bootstrap tokens has it, so a new kubelet gets its first certificate by itself. For renewals, nodes have the right selfnodeclient. A controller looks for the right and approves the request.',
  },
  'certificates-api': {
    what: 'The part of the Kubernetes API that gives certificates to those who ask.',
    use: 'Somebody sends a CertificateSigningRequest, somebody approves it, and the signer that it names puts the certificate into it. Kubelets get and renew their certificates so.',
  },
  'cluster-info': {
    what: 'A ConfigMap in kube-public with the address and the CA of the API server. Everybody may read it.',
    use: 'kubeadm join reads it before it can trust anybody. So it then checks the signature with the bootstrap token, and the CA with the hash in the join command.',
  },
  'kube-root-ca': {
    what: 'A ConfigMap in every namespace with the CA that pods check the API server with.',
    use: 'The controller manager fills it from the file in --root-ca-file. The kubelet puts it into each pod as ca.crt, beside the token.',
  },
  reconcile: {
    what: 'To make things as somebody wants them: a controller compares what is with what is wanted, again and again, and does what is missing.',
    use: 'The controller manager is many such controllers: they start pods again, for example, and sign approved requests. If it cannot log in, nothing is repaired any more; what runs goes on.',
  },
  'node-authorizer': {
    what: 'The part of the API server that lets a kubelet have only what belongs to its own node and the pods on it.',
    use: 'It knows kubelets by the group system:nodes and the user system:node:NAME. So whoever steals the certificate of one kubelet cannot read the Secrets of other nodes’ pods from the API server.',
  },
  'certificate-authority-data': {
    what: 'The place in a kubeconfig for the CA that the API server is checked with, as base64. (certificate-authority names a file instead.)',
    use: 'It is a copy: it does not change when ca.crt changes. When the CA is replaced, every kubeconfig must be changed too, or its owner refuses the API server.',
  },
  gateway: {
    what: 'A part of etcd that takes requests in JSON, and passes them on to etcd’s own client port.',
    use: 'There it shows etcd’s serving certificate as a client. So that certificate must be for clients too (client auth); without that, etcd’s log fills with refused handshakes.',
  },
};
