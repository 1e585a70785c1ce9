import {type Artefact, type ArtefactPart, type ArtefactRow, fact} from '../lessons/artefact.ts';
import type {ComponentId} from '../pki/blueprint-types.ts';
import {fileUseOf} from '../pki/file-flags.ts';
import {layouts} from '../pki/layouts.ts';
import {pickUpOf} from '../pki/restarts.ts';
import {inspectCertificate, spkiPin} from '../x509/inspect.ts';
import {renewCertificate} from '../x509/renew.ts';
import {restartsOf} from './restart-order.ts';
import type {Pair, StoryCluster} from './story-cluster.ts';
import {signer} from './story-new-ca.ts';
import {day, isFileOf, nameText, placeOf, saidRows} from './story-rows.ts';

/** What the story of a rotation shows: a certificate before and after, and who reads it. */

/** The API server's certificate as it was issued eleven months ago, and renewed now. */
async function renewal(cluster: StoryCluster): Promise<{readonly old: Pair; readonly renewed: Pair}> {
  const {planned, certificate} = cluster.certificate('apiserver');
  const authority = signer(cluster.signerOf('apiserver'));
  const then = new Date(cluster.now.getTime() - 335 * 86_400_000);
  const wish = {validity: planned.validity, key: undefined};
  const from = 'apiserver.crt';
  const old = await renewCertificate(inspectCertificate(certificate), authority, wish, {now: then, from});
  const renewed = await renewCertificate(inspectCertificate(old.certificate), authority, wish, {
    now: cluster.now,
    from,
  });
  const along = planned.chain.map((id) => cluster.authority(id).certificate).join('');
  return {
    old: {certificate: old.certificate + along, key: old.key.privateKey},
    renewed: {certificate: renewed.certificate + along, key: renewed.key.privateKey},
  };
}

export async function renewed(cluster: StoryCluster): Promise<Artefact> {
  const made = await renewal(cluster);
  const [old, fresh] = [inspectCertificate(made.old.certificate), inspectCertificate(made.renewed.certificate)];
  const title = placeOf(cluster.file(isFileOf(cluster.certificate('apiserver').planned)));
  const facts = ([old, fresh] as const).map((each) => [
    fact('subject', nameText(each.subject)),
    fact('issuer', nameText(each.issuer)),
    fact('names', each.sans.map(({value}) => value).join(', ')),
    fact('usage', each.usages.join(', ')),
    fact('valid', `${day(each.notBefore)} - ${day(each.notAfter)}`),
    fact('pin', `${spkiPin(each.pem).slice(0, 23)}…`),
    fact('serial', each.serial),
  ]);
  const [before = [], after = []] = facts;
  const told = new Set(before.map((row) => JSON.stringify(row)));
  const kept = new Set(after.map((row) => JSON.stringify(row)).filter((row) => told.has(row)));
  const isKept = (row: ArtefactRow): boolean => kept.has(JSON.stringify(row));
  const isNew = (row: ArtefactRow): boolean => !isKept(row);
  return {
    parts: [
      {label: 'same', title, rows: before.filter(isKept)},
      {label: 'old', title, rows: before.filter(isNew)},
      {label: 'new', title, rows: after.filter(isNew)},
    ],
  };
}

/** Callers meet the renewed certificate with the CA file that they have had all the time. */
export async function renewedCall(cluster: StoryCluster): Promise<Artefact> {
  const {renewed: serving} = await renewal(cluster);
  const connection = cluster.connection('admin-to-apiserver');
  const heard = await cluster.meet({
    serving,
    client: cluster.shown(cluster.certificate('admin')),
    serverTrusts: cluster.anchors(connection.providerTrusts),
    callerTrusts: cluster.anchors(connection.callerTrusts),
  });
  const rows = saidRows(heard, {caller: 'kubectl', provider: 'kube-apiserver'});
  return {parts: [{title: 'kubectl → kube-apiserver', rows}]};
}

/** Which renewed files a process takes by itself, and which it does not read again. */
export function whoReloads({blueprint}: StoryCluster): Artefact {
  const {plan} = blueprint;
  const seen = new Set<ComponentId>();
  const waiting = new Set<ComponentId>();
  const parts: ArtefactPart[] = [];
  for (const {component, flags, settings} of blueprint.components) {
    if (seen.has(component)) continue;
    seen.add(component);
    const renewedFiles = [...flags, ...settings].flatMap(({name}) => {
      const use = fileUseOf(component, name);
      const isRenewed = use !== undefined && ['certificate', 'kubeconfig', 'named-by-kubeconfig'].includes(use.holds);
      return isRenewed ? [{name, pickUp: pickUpOf(component, name, use, blueprint.version)}] : [];
    });
    // It renews its own file, unless its certificate stands inside its kubeconfig.
    if (component === 'kubelet' && layouts[plan.layout].tool === 'kubeadm') {
      parts.push({title: component, rows: [fact('byItself', 'kubelet.conf: kubelet-client-current.pem')]});
      continue;
    }
    if (renewedFiles.some(({pickUp}) => pickUp === 'after a restart')) waiting.add(component);
    const rows = renewedFiles.map(({name, pickUp}) => fact(pickUp === 'by itself' ? 'byItself' : 'afterRestart', name));
    if (rows.length > 0) parts.push({title: component, rows});
  }
  const order = restartsOf(waiting, []).map(({component}) => component);
  return {parts: [...parts, {label: 'order', title: order.join(', '), rows: []}]};
}
