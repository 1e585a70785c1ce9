import {
  type Artefact,
  type ArtefactPart,
  type ArtefactRow,
  check,
  documentRows,
  fact,
  nothing,
} from '../lessons/artefact.ts';
import {writeYaml} from '../kubeconfig/write-yaml.ts';
import type {Subject} from '../pki/blueprint-types.ts';
import {inspectCertificate} from '../x509/inspect.ts';
import {generateKeys, type KeyPair} from '../x509/keys.ts';
import {readRequest} from '../x509/read-request.ts';
import {makeRequest, signRequest} from '../x509/request.ts';
import type {StoryCluster} from './story-cluster.ts';
import {certificateRows, nameText, saidRows} from './story-rows.ts';

/** What the stories of signing requests show: one for a person, one for a kubelet, made and signed with real keys. */

interface Asked {
  readonly subject: Subject;
  readonly signer: string;
  readonly key: KeyPair;
  /** PEM. */
  readonly request: string;
}

const person: Subject = {commonName: 'viewer', organizations: ['readers']};
const personSigner = 'kubernetes.io/kube-apiserver-client';
const kubeletSigner = 'kubernetes.io/kube-apiserver-client-kubelet';

/** Hours that a signer grants: of eight and more it takes the five minutes off that it dates back. */
const granted = (asked: number): number => asked - 5 / 60;

async function ask(subject: Subject, signer: string): Promise<Asked> {
  const key = await generateKeys('ECDSA-P256');
  const request = await makeRequest({subject, sans: [], usages: ['client auth'], isAuthority: false}, key);
  return {subject, signer, key, request};
}

export async function request(): Promise<Artefact> {
  const asked = await ask(person, personSigner);
  return {parts: [{title: 'viewer.csr', rows: requestRows(asked)}]};
}

/** Reading verifies the signature: who asks holds the key. */
function requestRows({request: pem}: Asked): readonly ArtefactRow[] {
  const {subject, usages, sans, key} = readRequest(pem);
  return [
    fact('subject', nameText(subject)),
    fact('names', sans.length === 0 ? nothing : sans.map(({value}) => value).join(', ')),
    fact('usage', usages.join(', ')),
    fact('key', key.name),
    check('signature', true, nameText(subject)),
  ];
}

export async function requestObject(): Promise<Artefact> {
  const asked = await ask(person, personSigner);
  return {parts: [{title: 'kubectl create -f -', rows: objectRows(asked, 'viewer')}]};
}

function objectRows({request: pem, signer}: Asked, name: string): readonly ArtefactRow[] {
  const document = writeYaml([
    {
      apiVersion: 'certificates.k8s.io/v1',
      kind: 'CertificateSigningRequest',
      metadata: {name},
      spec: {
        request: `${Buffer.from(pem).toString('base64').slice(0, 24)}…`,
        signerName: signer,
        usages: ['client auth'],
        expirationSeconds: 86_400,
      },
    },
  ]);
  return documentRows(document);
}

export async function signed(cluster: StoryCluster): Promise<Artefact> {
  return {parts: await signedParts(cluster, await ask(person, personSigner), {caller: 'kubectl', validity: 24})};
}

/** What the controller manager would sign, and a real connection with it. */
async function signedParts(
  cluster: StoryCluster,
  asked: Asked,
  {caller, validity}: {readonly caller: string; readonly validity: number},
): Promise<readonly ArtefactPart[]> {
  const {certificate: by, key} = cluster.signerOf('admin');
  if (key === undefined) throw new TypeError('this cluster does not have the key of its CA');
  const made = await signRequest(
    asked.request,
    {certificate: by, key},
    {now: cluster.now, validity: granted(validity), isAuthority: false, usages: ['client auth']},
  );
  const {callerTrusts, providerTrusts} = cluster.connection('admin-to-apiserver');
  const heard = await cluster.meet({
    serving: cluster.shown(cluster.certificate('apiserver')),
    client: {certificate: made.certificate, key: asked.key.privateKey},
    serverTrusts: cluster.anchors(providerTrusts),
    callerTrusts: cluster.anchors(callerTrusts),
  });
  const {subject} = inspectCertificate(made.certificate);
  return [
    {
      title: 'status.certificate',
      rows: [fact('signer', asked.signer), ...certificateRows(made.certificate)],
    },
    {
      title: `${caller} → kube-apiserver`,
      rows: [
        ...saidRows(heard, {caller, provider: 'kube-apiserver'}),
        fact('user', subject.commonName),
        fact('groups', [...subject.organizations, 'system:authenticated'].join(', ')),
      ],
    },
  ];
}

/** A worker of the plan, or one that joins it. */
function nodeSubject({blueprint}: StoryCluster): Subject {
  const worker = blueprint.nodes.find(({roles}) => roles.includes('worker'));
  return {commonName: `system:node:${worker?.name ?? 'worker-1'}`, organizations: ['system:nodes']};
}

/** The request of a kubelet, and what its signer demands of it. */
export async function nodeRequest(cluster: StoryCluster): Promise<Artefact> {
  const asked = await ask(nodeSubject(cluster), kubeletSigner);
  const {subject, sans, usages} = readRequest(asked.request);
  const isNode = subject.commonName.startsWith('system:node:') && subject.organizations.join() === 'system:nodes';
  return {
    parts: [
      {title: 'CertificateSigningRequest', rows: requestRows(asked)},
      {
        title: kubeletSigner,
        rows: [
          check('subject', isNode, 'CN=system:node:*, O=system:nodes'),
          check('names', sans.length === 0, nothing),
          check('usage', usages.join() === 'client auth', 'client auth'),
        ],
      },
    ],
  };
}

export async function nodeCertificate(cluster: StoryCluster): Promise<Artefact> {
  const [made, ...others] = await signedParts(cluster, await ask(nodeSubject(cluster), kubeletSigner), {
    caller: 'kubelet',
    validity: 8_760,
  });
  if (made === undefined) return {parts: others};
  return {parts: [{...made, title: '/var/lib/kubelet/pki/kubelet-client-current.pem'}, ...others]};
}
