import {sentence} from '../base/sentence.ts';
import type {ComponentId} from '../pki/blueprint-types.ts';
import type {KubeconfigId, TrustId} from '../pki/certificate.ts';
import {certificateRows} from '../pki/certificates.ts';
import {componentRows} from '../pki/components.ts';
import {connectionRows} from '../pki/connections.ts';
import {kubeconfigRow} from '../pki/kubeconfigs.ts';
import {trustRow} from '../pki/trusts.ts';

/** The catalogue's own reasons as sentences: what English lessons say of a thing, so that no reason is written twice. */

export function certificateWhy(id: string): string {
  return whyOf(id, certificateRows);
}

export function connectionWhy(id: string): string {
  return whyOf(id, connectionRows);
}

export function componentWhy(id: ComponentId): string {
  return whyOf(id, componentRows);
}

export function trustWhy(id: TrustId): string {
  return sentence(trustRow(id).why);
}

export function kubeconfigWhy(id: KubeconfigId): string {
  return sentence(kubeconfigRow(id).why);
}

/** Of a flag or setting that names no file; undefined = the component has none of that name. */
export function settingWhy(component: ComponentId, name: string): string | undefined {
  const row = componentRows.find(({id}) => id === component);
  const found = [...(row?.flags ?? []), ...(row?.settings ?? [])].find((flag) => flag.name === name);
  return found === undefined ? undefined : sentence(found.why);
}

function whyOf(id: string, rows: readonly {readonly id: string; readonly why: string}[]): string {
  const row = rows.find((one) => one.id === id);
  if (row === undefined) throw new TypeError(`the catalogue has no row ${id}`);
  return sentence(row.why);
}
