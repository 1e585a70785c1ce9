import type {SideId} from '../error-row.ts';
import type {ErrorId} from '../errors.ts';
import type {ErrorLesson} from '../lessons.ts';

/** Why each error is said, and what to do, in English. One file because it is one table. */

export const sides: Readonly<Record<SideId, string>> = {
  caller:
    'The end that called: it does not accept what the server shows. The server logs little or nothing of it, so look at the files of the caller, and at the certificate that the server shows.',
  provider:
    'The end that was called, a server, in its log: it does not accept the certificate that the caller shows. The caller only hears "remote error". Look at the certificate of the caller, and at the file that this server verifies clients with.',
  either:
    'Either end: a caller says it of the server’s certificate, and a server says it of the caller’s, in the same words. See whose log or output it is: after "Unable to connect to the server" or Get "https://..." it is the caller that speaks; after "TLS handshake error from" or "rejected connection" it is the server. Whoever says it does not accept what the other end shows.',
  apiserver:
    'The API server, in its log: it does not accept who called. The caller only hears "Unauthorized". An aggregated API and the controller manager say it of their callers in the same words.',
  kubelet:
    'The kubelet, in its log or as an answer that the API server passes on: it refuses who called, most often the API server.',
  etcd: 'etcd, in its log: it does not accept who called. The caller only hears "bad certificate".',
  'far-end':
    'The other end: "remote error" means that this program was refused, and does not know why. The reason stands in the log of the other end.',
  'in-vain':
    'The end that called: it has waited in vain. The text does not say whether nobody answered, or which end refused the other.',
  'before-tls': 'The end that noticed it: no TLS connection came about, and no certificate was refused.',
  answer: 'The API server, as an answer: TLS has worked, and it says no to what was asked.',
  itself: 'The program itself, about its own files or flags, before anything was sent.',
};

export const errors: Readonly<Record<ErrorId, ErrorLesson>> = {
  'requestheader-overlap': {
    cause:
      'One CA signs both the clients and the front proxies, and no name is singled out: then any client could call itself anybody by a header. From 1.36 the API server does not start like that.',
    remedy:
      'Give the API server --requestheader-allowed-names=front-proxy-client. Better: a CA of its own for the front proxy.',
  },
  'signing-file-has-two': {
    cause:
      'The file of --cluster-signing-cert-file holds two CAs, as ca.crt does while a CA is replaced. The controller manager takes exactly one there, although the files that verify may hold several.',
    remedy:
      'Put the one CA that signs, the one whose key lies beside it, into a file of its own and let --cluster-signing-cert-file name that.',
  },
  'signing-pair-mismatch': {
    cause:
      'The first certificate in the file of --cluster-signing-cert-file is not the one of the key beside it: often a bundle with the old CA first, or a CA replaced without its key.',
    remedy: 'Give the controller manager the one certificate that belongs to the key.',
  },
  'root-ca-unreadable': {
    cause:
      'The file of --root-ca-file, which becomes kube-root-ca.crt in every namespace, is missing, empty or no certificate.',
    remedy: 'Put the CA of the cluster there again; the copy of another control-plane node is the same file.',
  },
  'parent-key-mismatch': {
    cause:
      'kubeadm signs with ca.key, and the first certificate in ca.crt is not the one of that key: often a bundle with the old CA first.',
    remedy: 'Put the certificate of the key first, or the right pair back.',
  },
  'join-wrong-pin': {
    cause:
      'The hash in the join command is not that of the CA that the cluster announces: the command is of another cluster, or from before the CA was replaced. Or somebody is in between.',
    remedy: 'Make a new join command on a control-plane node. Do not skip the check.',
  },
  'join-no-signature': {
    cause:
      'cluster-info is not signed with this token: the token has ended (after 24 hours by default) or was deleted, or the controller manager, whose bootstrapsigner signs, does not run.',
    remedy: 'Look whether the token is still listed; if not, make a new one. If it is, look at the controller manager.',
  },
  'bootstrap-kubeconfig-missing': {
    cause:
      'The kubelet has no client certificate that is still valid, so it wants to ask for a new one with a bootstrap token. That kubeconfig was deleted after the node had joined. Most often the machine was off, or without contact, when the certificate ended.',
    remedy:
      'Do not write the missing file by hand first: look at the end of the kubelet’s certificate. Then let the node join anew with a fresh token, or issue it a kubelet.conf for system:node:NAME, group system:nodes, signed by the cluster CA.',
  },
  'certificate-key-gone': {
    cause:
      'The control plane’s keys were uploaded for other control-plane nodes, and the Secret lives for two hours only.',
    remedy: 'Upload them again on a control-plane node and use the new key in the join command.',
  },
  'certificate-key-wrong': {
    cause: 'The --certificate-key is not the one with which the keys were uploaded last.',
    remedy: 'Upload them again; the command prints the key that belongs to it.',
  },
  'certificates-not-copied': {
    cause:
      'A node is to become a control plane, and the files that are the same on every control-plane node are not on it: the CAs with their keys, and sa.key with sa.pub.',
    remedy:
      'Copy exactly these from another control-plane node, or join with --certificate-key. All other certificates are the node’s own: do not copy them.',
  },
  'external-authority': {
    cause:
      'There is a CA certificate without its key: the CA is external, so nothing can be signed here. That is as it should be when the key is kept elsewhere.',
    remedy: 'Have the certificate signed where the key is, or put the key back for the time of the renewal.',
  },
  'leaf-of-other-authority': {
    cause:
      'The certificate that lies there was signed by another CA than the one that lies beside it: files of two clusters, or from before the CA was replaced, are mixed.',
    remedy: 'Put the right CA back, or move the certificate and its key away and issue them anew.',
  },
  'csr-other-node': {
    cause:
      'A kubelet may ask only for a certificate of its own name. It is logged in as one node and asks for another: the host name has changed, its letters differ in case, or the files of another node were copied.',
    remedy:
      'Let the name of the Node, --hostname-override and the subject of the kubelet’s certificate be the same, in lower case.',
  },
  'csr-masters': {
    cause:
      'The certificates API signs nothing for the group system:masters: it would be a right that cannot be taken back.',
    remedy: 'Use a group of your own and bind a role to it; cluster-admin by a binding can be taken away again.',
  },
  'csr-no-names': {
    cause:
      'A request for a serving certificate names no DNS name and no address, so it was approved and still not signed. The node had no address when it asked.',
    remedy:
      'Delete the request, see that the Node has an InternalIP, and start the kubelet anew so that it asks again.',
  },
  'csr-too-short': {
    cause: 'A request asks for less than ten minutes, which is the least that the API takes.',
    remedy: 'Ask for at least 600 seconds in spec.expirationSeconds.',
  },
  'kubelet-not-signed-yet': {
    cause:
      'The kubelet has no serving certificate: with serverTLSBootstrap it asks for one, and somebody must approve that; nothing does so by itself.',
    remedy: 'Compare the names in the pending requests with the Nodes, then approve them.',
  },
  'token-flags-missing': {
    cause:
      'Since 1.20 the API server needs the private half of the service-account pair to sign tokens, and a name as their issuer.',
    remedy: 'Add both flags; the files lie beside the one that --service-account-key-file names.',
  },
  'ca-bundle-wrong': {
    cause:
      'The API server calls a webhook or an aggregated API and does not accept its certificate. Neither comes from the cluster’s CAs: whoever runs it makes the certificate, and the caBundle in its configuration says what to verify it with.',
    remedy:
      'Mend it at its operator (cert-manager, a Helm chart): the caBundle must be of the CA that signed what is served now, and the name is SERVICE.NAMESPACE.svc.',
  },
  'etcd-peer-address': {
    cause:
      'A member called, and the address from which it called is not in its certificate. The certificate was copied from another member, or its address has changed.',
    remedy: 'On the member that called: issue etcd-peer anew with this address. Each member needs its own.',
  },
  'front-proxy-name': {
    cause:
      'Somebody showed a certificate of the front-proxy CA whose name is not in --requestheader-allowed-names; as an ordinary client it is not known either. With one CA for everything, older API servers also say the first half of every other client.',
    remedy:
      'Issue the front proxy’s certificate with the allowed name (front-proxy-client), or add its name to the flag.',
  },
  'service-account-key': {
    cause:
      'A pod’s token was signed with a key whose public half this API server does not have. On several control-plane nodes: they hold different sa.key and sa.pub, so it fails now and then.',
    remedy:
      'Copy the same sa.key and sa.pub to every control-plane node and start API server and controller manager anew. After a change of keys, keep the old public half in a second --service-account-key-file until its tokens have ended.',
  },
  'service-account-token-ended': {
    cause: 'A token of a service account has ended: a program read it once and never again, or a clock is wrong.',
    remedy: 'Compare the clocks; then start the pod anew so that it reads the fresh token.',
  },
  'bearer-token-unknown': {
    cause:
      'The token is not known to the API server. A bootstrap token ends after 24 hours by default and is then deleted.',
    remedy: 'See whether it is still listed; make a new one where it is not.',
  },
  'kubelet-client-expired': {
    cause:
      'The kubelet’s client certificate has ended. It renews it by itself while it runs, so the machine was off for long, or kubelet.conf still embeds the first certificate instead of naming kubelet-client-current.pem.',
    remedy:
      'Issue the kubelet a new certificate or let the node join anew with a token; then let kubelet.conf name kubelet-client-current.pem.',
  },
  'loopback-expired': {
    cause:
      'The API server talks to itself with a certificate that it makes in memory at each start. After a year without a restart it has ended. No file is wrong.',
    remedy: 'Start the API server anew.',
  },
  'no-names': {
    cause: 'The server’s certificate has a common name only. Names are looked for in the SANs alone.',
    remedy:
      'Issue it anew with its names and addresses as SANs; delete certificate and key first when kubeadm does it.',
  },
  'no-address-names': {
    cause:
      'The caller used an address, and the certificate names no address at all. That is so with the certificate that a kubelet signs for itself, which metrics-server meets.',
    remedy:
      'Let kubelets ask for serving certificates (serverTLSBootstrap: true) and approve them, or issue ones with the address of the node.',
  },
  'name-mismatch': {
    cause: 'The server was called by a name or address that is not among the SANs of the certificate it shows.',
    remedy:
      'Issue the certificate anew with that name, or call one that is in it. "kubeadm certs renew" keeps the old names: it does not help.',
  },
  'etcd-client-expired': {
    cause: 'A client of etcd, most often the API server, showed a certificate that has ended.',
    remedy: 'Renew apiserver-etcd-client (for a peer: etcd-peer) and start the API server anew.',
  },
  'etcd-client-wrong-usage': {
    cause:
      'A client of etcd showed a certificate that is not made for clients. If the address is etcd’s own, it is etcd-server or etcd-peer: both need server auth and client auth.',
    remedy: 'Issue it anew with client auth among its usages.',
  },
  'etcd-client-unknown-authority': {
    cause:
      'A client of etcd showed a certificate of another CA than the ones in --trusted-ca-file, often one of the cluster CA instead of the etcd CA.',
    remedy:
      'Give the caller a certificate of the etcd CA, or etcd the right CA. etcd reads that file only when it starts.',
  },
  'client-shows-nothing': {
    cause: 'etcd demands a client certificate, and the caller showed none.',
    remedy: 'Give the API server --etcd-certfile and --etcd-keyfile; give etcdctl --cert and --key.',
  },
  'caller-refused-etcd': {
    cause:
      'The client refused the certificate that etcd shows: --etcd-cafile holds another CA, the name it calls (often 127.0.0.1) is not a SAN, or the certificate has ended. It is not etcd that refused.',
    remedy: 'Read the log of the caller, most often the API server: there stands which of the three it is.',
  },
  'caller-refused-apiserver': {
    cause:
      'A client at the address named there refused the certificate of this server: it trusts another CA, or the name is missing. Old kubeconfigs and probes are the usual ones.',
    remedy: 'Look at that client: renew the CA in its kubeconfig, or add the name to the certificate.',
  },
  'etcd-refused-caller': {
    cause:
      'etcd refused the client certificate of the API server: it is of another CA, has ended, is not made for clients, or none was shown. Often the API server only sees that the connection breaks.',
    remedy: 'Read the log of etcd at this moment: its line "rejected connection" names the reason.',
  },
  'etcd-server-unknown-authority': {
    cause:
      'The API server does not accept the certificate of etcd: --etcd-cafile holds another CA than the one that signed it.',
    remedy: 'Give it the CA of etcd. The file is read only when the API server starts.',
  },
  'client-expired': {
    cause: 'The client certificate of whoever called has ended. The serial number in the log says which one it is.',
    remedy:
      'Renew that certificate or kubeconfig, and start anew what reads it once: controller manager and scheduler. Copies such as ~/.kube/config are renewed by copying.',
  },
  'client-wrong-usage': {
    cause: 'The caller showed a certificate that is made for servers only.',
    remedy: 'Issue it anew with client auth.',
  },
  'client-not-yet-valid': {
    cause: 'The client’s certificate begins in the future by the clock of the server: one of the two clocks is wrong.',
    remedy:
      'Set the clocks right on both machines; a certificate that was signed with a wrong clock must be issued anew.',
  },
  'client-unknown-authority': {
    cause:
      'The caller’s certificate is of a CA that is not in --client-ca-file: of another cluster, from before the CA was replaced, or of the etcd or front-proxy CA.',
    remedy: 'Issue the client a certificate of the cluster CA; while a CA is replaced, let --client-ca-file hold both.',
  },
  'not-yet-valid': {
    cause:
      'The certificate begins in the future by the clock of this machine: a clock is wrong, here or where it was signed.',
    remedy: 'Compare the clocks and set them right; a fresh certificate can also be some minutes too young.',
  },
  'certificate-expired': {
    cause:
      'The certificate that the other end shows has ended. kubeadm’s certificates for servers and clients last one year.',
    remedy:
      'Find out which end says it; then renew what the other end shows. If that file is renewed already, the program still holds the old one: start it anew.',
  },
  'wrong-usage': {
    cause:
      'The other end shows a certificate that is not made for its part: a server’s needs server auth, a client’s needs client auth.',
    remedy: 'Issue that certificate anew with the usage it needs, or let the flag name the right file.',
  },
  'authority-namesake': {
    cause:
      'The end that says this has a CA of the right name, but with another key. Every kubeadm cluster calls its CA "kubernetes": a kubeconfig or a CA file is of another cluster, or from before the cluster or the CA was made anew.',
    remedy:
      'Where kubectl or a component says it as the caller: put the CA of this cluster into its kubeconfig (certificate-authority-data), or copy admin.conf anew. Where a server says it: the caller shows a certificate of the other CA; issue it anew.',
  },
  'signer-is-no-authority': {
    cause:
      'What signed the certificate is no CA (its basic constraints do not say so), or it was signed with a way that is no longer accepted, such as SHA-1.',
    remedy: 'Have it signed by a real CA with SHA-256.',
  },
  'unknown-authority': {
    cause:
      'The end that says this has no CA to verify with, or not the one that signed the certificate of the other end.',
    remedy:
      'Give that end the CA that signed: certificate-authority-data in a kubeconfig, the CA flag of a component. Or give the other end a certificate of the CA that is trusted. Do not turn the verification off.',
  },
  'other-end-refused': {
    cause:
      'The other end did not accept the certificate that this program shows. The alert may name the reason, such as "expired certificate" or "unknown certificate authority"; "bad certificate" can mean any.',
    remedy:
      'Read the log of the other end at this moment: the reason stands there. Then look at the certificate that this program shows: its end, its CA, and whether it is made for servers or for clients.',
  },
  'pair-mid-change': {
    cause: 'The server read certificate and key while they were being written. It keeps the old pair until both fit.',
    remedy:
      'Nothing, if it said so once. If it repeats: the two do not belong together. Write such files beside their place and rename them, the key first.',
  },
  'key-mismatch': {
    cause:
      'Certificate and private key are not of one pair: only one of the two was replaced, or the flags name files of different pairs.',
    remedy: 'Put the two together that were made together, or issue the certificate anew.',
  },
  'pem-broken': {
    cause:
      'The file is empty, no PEM text, or holds something else than was expected: a key for a certificate, a half copied file, DER.',
    remedy: 'Look at what it holds and put the right file there.',
  },
  'file-missing': {
    cause:
      'A flag or kubeconfig names a file that is not there. In a static pod it may be on the machine and still not be mounted into the pod.',
    remedy: 'Put the file there, mend the flag, or mount its folder (hostPath) in the manifest.',
  },
  'file-not-permitted': {
    cause:
      'The file is there, and the user that the program runs as may not read it. Keys are readable by root alone, as they should be.',
    remedy:
      'Run the program as the right user or with sudo, or give the file to that user. Do not open keys to everyone.',
  },
  'forbidden-admin': {
    cause:
      'admin.conf is accepted; its group kubeadm:cluster-admins has no rights because the ClusterRoleBinding of the same name is missing.',
    remedy: 'Make the binding again with super-admin.conf, which needs none.',
  },
  'forbidden-kubelet-api': {
    cause:
      'The kubelet has accepted the API server’s certificate, and the user in it may not use the kubelet’s API. Since 1.36.1 it has no group any more and needs a binding.',
    remedy: 'Bind its common name to the ClusterRole system:kubelet-api-admin.',
  },
  'forbidden-anonymous': {
    cause:
      'The caller showed no certificate and no token, so it is nobody: its kubeconfig names no user, or a proxy in between ends TLS and drops the certificate.',
    remedy: 'Look at the current context of the kubeconfig and its user; let the load balancer pass TCP through.',
  },
  'node-name-differs': {
    cause:
      'The kubelet’s certificate is of one node name and the kubelet registers under another: the host was renamed, or files of another node were copied.',
    remedy: 'Let the names be the same: issue the certificate for the name of the Node, or set --hostname-override.',
  },
  'forbidden-node': {
    cause:
      'Somebody works with a kubelet’s identity. It may only see what the pods of its own node need: kubectl was given kubelet.conf, or a pod runs with it.',
    remedy: 'Use admin.conf or a kubeconfig of your own.',
  },
  'forbidden-token': {
    cause:
      'The bootstrap token is accepted, and its group has none of the rights that kubeadm gives it: the bindings are missing, or the token has another group.',
    remedy: 'Make the bindings again, and the token with the group system:bootstrappers:kubeadm:default-node-token.',
  },
  forbidden: {
    cause:
      'The certificate or token is accepted: the user is known and has no right to do this. No certificate is wrong.',
    remedy: 'Bind a role to the user or to one of its groups.',
  },
  'plain-http': {
    cause: 'One end speaks plain HTTP and the other TLS: http:// instead of https://, or the wrong port.',
    remedy: 'Look at the address in the kubeconfig or flag, and at what the port speaks.',
  },
  unauthorized: {
    cause:
      'The API server does not know who called; this side is not told why. Most often the client certificate has ended, is of another CA, or the token is gone. (Forbidden, 403, would mean: I know you, but you may not do this.)',
    remedy:
      'Look at the client’s own certificate, then read the API server’s log at that moment, and ask again with its line "Unable to authenticate the request".',
  },
  'etcd-unreachable': {
    cause:
      'The API server could not reach etcd in time. This line hides the reason: etcd is down, or one of the two refuses the other’s certificate.',
    remedy:
      'Read the lines above it, and the log of etcd: "signed by unknown authority" there is a wrong --etcd-cafile, "bad certificate" is a client certificate that etcd refused.',
  },
  'connection-refused': {
    cause:
      'Nothing listens at that port. That says nothing of certificates by itself; often the API server does not start because of one.',
    remedy: 'See whether its container runs, read its last log, and ask again with the lines in it.',
  },
  'handshake-noise': {
    cause:
      'Somebody opened the port and left without a word: the health check of a load balancer, a port scan, a client that gave up. No certificate is wrong.',
    remedy: 'Nothing, as long as clients work. To have it quiet, let the load balancer check /readyz over HTTPS.',
  },
  'kubelet-refuses-apiserver': {
    cause:
      'The kubelet does not accept the API server’s client certificate, so logs and exec fail: the certificate has ended, or the CA in the kubelet’s clientCAFile did not sign it. Unauthorized (401) means: I do not know who you are. Forbidden (403) would mean: I know you, but you may not do this.',
    remedy:
      'Renew apiserver-kubelet-client, or give the kubelet the CA of the cluster; then start what reads it only once anew: a kubelet before 1.36.',
  },
  'kubelet-not-configured': {
    cause:
      'The kubelet was started before kubeadm wrote its configuration. Until kubeadm init or join has run, it starts again and again, and that is as it should be.',
    remedy:
      'Run kubeadm init or kubeadm join on this machine. If it has joined before, its files were removed: join again.',
  },
  'no-kubeconfig': {
    cause:
      'kubectl has no kubeconfig and so calls its default address, at which nobody listens. No certificate is wrong.',
    remedy:
      'Give it one: --kubeconfig, the variable KUBECONFIG, or a copy of admin.conf as ~/.kube/config. With sudo it is root’s.',
  },
};
