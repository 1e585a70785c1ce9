import type {
  Advice,
  PlannedAuthority,
  PlannedCertificate,
  PlannedComponent,
  PlannedConnection,
  PlannedFile,
  PlannedFlag,
  PlannedKeyPair,
} from '../pki/blueprint-types.ts';

/** A part of a blueprint that can be looked at. */
export type Thing =
  | {readonly kind: 'authority'; readonly authority: PlannedAuthority}
  | {readonly kind: 'certificate'; readonly certificate: PlannedCertificate}
  | {readonly kind: 'key-pair'; readonly keyPair: PlannedKeyPair}
  | {readonly kind: 'connection'; readonly connection: PlannedConnection}
  | {readonly kind: 'component'; readonly component: PlannedComponent}
  | {readonly kind: 'flag'; readonly flag: PlannedFlag; readonly component: PlannedComponent}
  | {readonly kind: 'file'; readonly file: PlannedFile}
  | {readonly kind: 'advice'; readonly advice: Advice}
  | ThingGroup;

/** Things that belong together: what is on a node, in a folder, or of one kind. */
export interface ThingGroup {
  readonly kind: 'group';
  readonly title: string;
  readonly why: string;
  /** A node's addresses. */
  readonly names: readonly string[];
  readonly members: readonly Thing[];
}
