import {type Artefact, check, fact} from '../lessons/artefact.ts';
import {openCertificate} from '../x509/inspect.ts';
import {openPrivateKey, samePublicKey} from '../x509/keys.ts';
import type {StoryCluster} from './story-cluster.ts';
import {certificateRows, isFileOf, placeOf} from './story-rows.ts';

/** What the story of certificates shows. */

export function leaf(cluster: StoryCluster): Artefact {
  const {planned, certificate} = cluster.certificate('apiserver');
  return {parts: [{title: placeOf(cluster.file(isFileOf(planned))), rows: certificateRows(certificate)}]};
}

export function keyPair(cluster: StoryCluster): Artefact {
  const {planned, key} = cluster.certificate('apiserver');
  const keyFile = cluster.file(
    ({content}) => content.kind === 'certificate-key' && content.certificate === planned.name,
  );
  const signingKey = openPrivateKey(key);
  const files = [cluster.file(isFileOf(planned)), keyFile].flatMap((file) =>
    file === undefined ? [] : [fact('file', `${placeOf(file)} ${file.mode.toString(8).padStart(4, '0')}`)],
  );
  const rows = ['apiserver', 'etcd-server'].map((row) => {
    const other = cluster.certificate(row);
    const isOwn = samePublicKey(signingKey, openCertificate(other.certificate).x509.publicKey);
    return check('key', isOwn, placeOf(cluster.file(isFileOf(other.planned))));
  });
  return {parts: [{title: placeOf(keyFile), rows: [...files, ...rows]}]};
}

export function authority(cluster: StoryCluster): Artefact {
  const signer = cluster.signerOf('apiserver');
  const signs = cluster.blueprint.certificates.filter((each) => each.authority === signer.planned.id);
  return {
    parts: [
      {
        title: caFile(cluster, signer.planned.id),
        rows: [...certificateRows(signer.certificate), fact('signs', [...new Set(signs.map(({id}) => id))].join(', '))],
      },
    ],
  };
}

/** The same certificate with the CA that signed it, and with one that did not. */
export function trustTried(cluster: StoryCluster): Artefact {
  const {planned, certificate} = cluster.certificate('apiserver');
  const others = cluster.blueprint.authorities.filter(({id}) => id !== planned.authority);
  const stranger = others.find(({id}) => id === 'etcd-ca') ?? others[0];
  const tried = [planned.authority, ...(stranger === undefined ? [] : [stranger.id])];
  return {
    parts: tried.map((id) => ({
      title: placeOf(cluster.file(isFileOf(planned))),
      rows: [
        fact('trusts', caFile(cluster, id)),
        ...cluster.checks({
          shown: certificate,
          trusts: cluster.authority(id).certificate,
          usage: 'server auth',
          host: undefined,
        }),
      ],
    })),
  };
}

export function ended(cluster: StoryCluster): Artefact {
  const {planned, certificate, facts} = cluster.certificate('apiserver');
  const dayAfter = new Date(facts.notAfter.getTime() + 86_400_000);
  const wish = {
    shown: certificate,
    trusts: cluster.signerOf('apiserver').certificate,
    usage: 'server auth',
    host: undefined,
  } as const;
  const title = placeOf(cluster.file(isFileOf(planned)));
  return {
    parts: [cluster.now, dayAfter].map((at) => ({
      title: `${title}, ${at.toISOString().slice(0, 10)}`,
      rows: cluster.checks(wish, at),
    })),
  };
}

/** The file that holds this authority alone; of several the one nearest to the root of the tree. */
export function caFile(cluster: StoryCluster, id: string): string {
  const places = cluster.blueprint.files.flatMap(({content, target}) =>
    content.kind === 'authorities' && content.authorities.join() === id && target !== undefined ? [target] : [],
  );
  return places.toSorted((one, other) => one.length - other.length)[0] ?? id;
}
