/**
 * A pod with the name `says` that says which version of etcdctl it is, and ends. It needs no network of pods.
 *
 * @param node where it runs, when nobody schedules it and it is no static pod
 */
export function talkingPod(node?: string): string {
  return `apiVersion: v1
kind: Pod
metadata: {name: says}
spec:
  hostNetwork: true
  restartPolicy: Never${node === undefined ? '' : `\n  nodeName: ${node}`}
  containers:
  - name: says
    image: "certwright.test/etcdctl:1"
    command:
    - etcdctl
    - version
`;
}

export const said = 'etcdctl version: ';
