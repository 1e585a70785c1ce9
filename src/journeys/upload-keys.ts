import {Failure} from '../base/failure.ts';
import type {Secret} from '../base/secret.ts';
import {firstControlPlane} from '../bundle/node-groups.ts';
import {secretConfiguration} from '../kubeadm/configuration.ts';
import type {Kubeadm} from '../kubeadm/kubeadm.ts';
import {withSecretFile} from '../kubeadm/secret-file.ts';
import {uploadCertificates, uploadWords} from '../kubeadm/upload-certificates.ts';
import {kubectlFor} from '../kubectl/kubectl.ts';
import {isRefusal} from '../kubectl/refusal.ts';
import {runProgram as runReally, type RunProgram} from '../run/run-program.ts';
import {makeCertificateKey} from '../x509/bootstrap-token.ts';
import type {Admin} from './admin.ts';
import {textIn, type BundleAt} from './bundle-at.ts';

interface UploadWorld {
  readonly runProgram?: RunProgram | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The key is made here and goes to kubeadm in a file, so that no list of processes ever shows it. */
export async function uploadKeys(
  kubeadm: Kubeadm,
  where: {readonly admin: Admin; readonly at: BundleAt | undefined},
  world: UploadWorld,
  onCommand: (words: readonly string[]) => void,
): Promise<Secret> {
  const key = makeCertificateKey();
  const [version, cluster] = [await kubeadm.version(), await clusterConfiguration(where, world)];
  const text = secretConfiguration({version, certificateKey: key, cluster});
  await withSecretFile('upload.yaml', text, async (file) => {
    onCommand(kubeadm.commandOf(uploadWords(file)));
    await uploadCertificates(kubeadm, file, key);
  });
  return key;
}

/** Where the certificates lie and which etcd there is: as the cluster itself has it, else as the bundle has it. */
async function clusterConfiguration(
  {admin, at}: {readonly admin: Admin; readonly at: BundleAt | undefined},
  {runProgram = runReally, signal}: UploadWorld,
): Promise<string> {
  const kubectl = kubectlFor({kubeconfig: admin.kubeconfig, runProgram, signal});
  const words = [
    'get',
    'configmap',
    'kubeadm-config',
    '--namespace=kube-system',
    '--output=jsonpath={.data.ClusterConfiguration}',
  ];
  try {
    const text = await kubectl.run(words);
    if (text.trim() !== '') return text;
  } catch (error) {
    const isWithoutKubectl = error instanceof Failure && error.code === 'program-missing' && at !== undefined;
    if (!isRefusal(error, 'api-not-found') && !isWithoutKubectl) throw error;
  }
  const node = at === undefined ? undefined : firstControlPlane(at.blueprint);
  const inBundle = at === undefined ? '' : await textIn(at, `nodes/${node ?? ''}/kubeadm-config.yaml`);
  const document = inBundle.split(/^---$/m).find((one) => /^kind: ClusterConfiguration$/m.test(one));
  if (document !== undefined) return document.trimStart();
  throw new Failure(
    'no-cluster-configuration',
    'the cluster has no ConfigMap kubeadm-config, so nothing says which certificates to upload',
    {
      nextSteps: [
        'make it once: kubeadm init phase upload-config kubeadm --config kubeadm-config.yaml',
        'or name the bundle of the cluster: --bundle DIR',
      ],
    },
  );
}
