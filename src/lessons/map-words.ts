/** Sentences of the map, with gaps. Names, paths and flags are put in as they are. */
export interface MapWords {
  readonly labels: Readonly<Record<MapLabelId, string>>;
  /** Of a connection's two ends: `file` = its path, with the flag that names it. */
  readonly dials: (address: string) => string;
  readonly showsAs: (certificate: string, subject: string) => string;
  readonly names: (names: string) => string;
  readonly fromFile: (file: string) => string;
  readonly checksWithFile: (file: string, authorities: string) => string;
  /** A reason that is there in English alone: put behind the sentence, or left out. */
  readonly because: (reason: string) => string;
  readonly callsItself: string;
  /** What is checked, one after the other. */
  readonly opens: (caller: string, address: string) => string;
  readonly serverShows: (provider: string, certificate: string) => string;
  readonly callerChecks: {
    readonly dates: (caller: string) => string;
    readonly name: (host: string) => string;
    readonly chain: (authorities: string, file: string) => string;
    readonly usage: string;
    readonly no: (caller: string) => string;
  };
  readonly callerChecksNothing: (caller: string) => string;
  readonly asks: {
    readonly demanded: (provider: string) => string;
    readonly requested: (provider: string) => string;
    readonly unused: (provider: string) => string;
  };
  readonly clientShows: (caller: string, certificate: string) => string;
  /** `names`: whether the addresses in the certificate are looked at as well. */
  readonly providerChecks: (
    provider: string,
    authorities: string,
    file: string,
    names: 'ignored' | 'looked at',
  ) => string;
  readonly providerChecksNothing: (provider: string) => string;
  readonly noMeans: {readonly alert: string; readonly unauthorized: string};
  readonly peerAddress: string;
  /** Who the caller then is. */
  readonly identity: (commonName: string, organizations: string) => string;
  readonly noIdentity: string;
  readonly frontProxy: (commonName: string) => string;
  readonly thenRights: string;
  /** Of `system:masters`. */
  readonly pastRights: string;
  readonly token: {
    readonly bootstrap: string;
    readonly serviceAccount: string;
    readonly review: (provider: string) => string;
    readonly memory: string;
  };
  readonly noCredential: string;
  /** How it went. */
  readonly proved: string;
  readonly fails: string;
  readonly failed: (end: string) => string;
  readonly unverified: string;
  readonly notProvable: string;
  readonly notTried: string;
  readonly more: (count: number) => string;
  readonly endsOn: (day: string) => string;
  readonly keyFile: (file: string) => string;
  /** Of a certificate in a connection. */
  readonly verifiesIt: (verifier: string, file: string) => string;
  /** What the lines and marks of a figure mean. */
  readonly signsTitle: string;
  readonly signs: Readonly<Record<MapSignId, string>>;
  readonly calls: (number: number, other: string) => string;
  readonly answers: (number: number, other: string) => string;
}

/** `doubled`: lines; `dot`: before the name of what has no frame; `scraper`: the one name of a box that is no program’s. */
export type MapSignId =
  | 'number'
  | 'certificate'
  | 'token'
  | 'doubled'
  | 'pointer'
  | 'dot'
  | 'good'
  | 'bad'
  | 'open'
  | 'scraper';

export type MapLabelId = 'verdict' | 'order' | 'instances' | 'held' | 'verifies' | 'nodes';
