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
};
