import {certificatesIn} from '../base/pem.ts';
import type {Secret} from '../base/secret.ts';
import {makeTexts} from '../bundle/contents.ts';
import {type ArtefactRow, check} from '../lessons/artefact.ts';
import type {Cluster} from '../lab/break.ts';
import {makeBlueprint} from '../pki/blueprint.ts';
import type {NotVerified, PlannedConnection, PlannedFile, PlannedKubeconfig, Trust} from '../pki/blueprint-types.ts';
import type {BundleFiles} from '../pki/bundle-files.ts';
import type {EndWord} from '../pki/experiment.ts';
import type {IssuedAuthority, IssuedCertificate} from '../pki/issued.ts';
import {layouts} from '../pki/layouts.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import {type Check, checksOf, type ChecksWish} from '../proof/checks.ts';
import type {ShownFiles} from '../proof/ends.ts';
import {type HeardConnection, type Listener, listenTo} from '../proof/listen.ts';
import {loopbackWire} from '../proof/loopback.ts';
import {meetings, type Opinion} from '../proof/meeting.ts';
import {seeCertificate} from '../proof/seen-certificate.ts';
import {makeBootstrapToken} from '../x509/bootstrap-token.ts';
import {issueBlueprint} from '../x509/issue.ts';

export interface StorySurroundings {
  readonly now: Date;
  readonly signal: AbortSignal | undefined;
}

/**
 * A cluster's certificates made for a story, in memory: no key of it is ever on disk. Its connections are real TLS ones on
 * loopback.
 */
export class StoryCluster {
  readonly cluster: Cluster;
  /** Of a node that joins it. */
  readonly bootstrapToken = makeBootstrapToken();
  /** Whether a kubelet of this plan, once it has joined, keeps its client certificate in a file of its own and renews it. */
  readonly keepsOwn: boolean;
  readonly #around: StorySurroundings;
  readonly #textOf: (path: string) => string | undefined;

  private constructor(cluster: Cluster, around: StorySurroundings, keepsOwn: boolean) {
    this.cluster = cluster;
    this.keepsOwn = keepsOwn;
    this.#around = around;
    const textOf = makeTexts({blueprint: cluster.blueprint, issued: cluster.issued, now: around.now});
    const files = new Map(cluster.blueprint.files.map((file) => [file.path, file]));
    this.#textOf = (path) => {
      const file = files.get(path);
      return file === undefined ? undefined : textOf(file.content);
    };
  }

  /** @param plan of a cluster whose authorities are all made here; its keys are quick ones, and its kubelets have theirs */
  static async of(plan: ClusterPlan, around: StorySurroundings): Promise<StoryCluster> {
    const kubelets = {...plan.kubelets, client: 'issued'} as const;
    const blueprint = makeBlueprint({...plan, keys: {algorithm: 'ECDSA-P256'}, kubelets});
    const issued = await issueBlueprint(blueprint, around);
    const keepsOwn = plan.kubelets.client !== 'issued' && layouts[plan.layout].tool !== 'by hand';
    return new StoryCluster({blueprint, issued, texts: new Map(), made: around.now}, around, keepsOwn);
  }

  get blueprint() {
    return this.cluster.blueprint;
  }

  get now(): Date {
    return this.#around.now;
  }

  /** The first of its row, on the first node that has one. */
  certificate(row: string): IssuedCertificate {
    const planned = this.blueprint.certificates.find(({id}) => id === row);
    return found(this.cluster.issued.certificates.get(planned?.name ?? ''), row);
  }

  authority(id: string): IssuedAuthority {
    return found(this.cluster.issued.authorities.get(id), id);
  }

  /** Who signs the certificates of this row. */
  signerOf(row: string): IssuedAuthority {
    return this.authority(this.certificate(row).planned.authority);
  }

  /** The first call of this row. */
  connection(row: string): PlannedConnection {
    return found(
      this.blueprint.connections.find(({id}) => id === row),
      row,
    );
  }

  has(connection: string): boolean {
    return this.blueprint.connections.some(({id}) => id === connection);
  }

  kubeconfig(id: string): PlannedKubeconfig | undefined {
    return this.blueprint.kubeconfigs.find((each) => each.id === id);
  }

  /** The first file with such a content. */
  file(test: (file: PlannedFile) => boolean): PlannedFile | undefined {
    return this.blueprint.files.find(test);
  }

  /** What this end verifies the other with, as PEM; `''` when with nothing. */
  anchors(trust: Trust | NotVerified): string {
    return 'from' in trust ? trust.authorities.map((id) => this.authority(id).certificate).join('') : '';
  }

  /** As it is shown: the leaf, then the intermediates that go along. */
  shown({planned, certificate, key}: IssuedCertificate): Pair {
    return {certificate: certificate + planned.chain.map((id) => this.authority(id).certificate).join(''), key};
  }

  text(path: string): string {
    return found(this.#textOf(path), path);
  }

  /** The files as a verifier reads them; `more` lie beside them. */
  files(more: ReadonlyMap<string, Secret> = new Map()): BundleFiles {
    const planned = new Map(this.blueprint.files.map((file) => [file.path, file]));
    return {
      list: () => [...planned.keys()],
      mode: (path) => planned.get(path)?.mode,
      read: async (path) => more.get(path)?.reveal() ?? this.#textOf(path),
    };
  }

  listener(more?: ReadonlyMap<string, Secret>): Promise<Listener> {
    return listenTo({blueprint: this.blueprint, files: this.files(more), ...this.#around, wire: loopbackWire});
  }

  async call(row: string): Promise<HeardConnection> {
    return (await this.listener()).connection(this.connection(row));
  }

  /** What a verifier would look at, one after the other. */
  checks(wish: Omit<ChecksWish, 'now'>, now = this.now): readonly ArtefactRow[] {
    return checksOf({...wish, now}).map(checkRow);
  }

  /** Two ends with these very files on loopback, and what each says of the other. */
  async meet({serving, client, serverTrusts, callerTrusts, demanded = false}: Encounter): Promise<HeardEnds> {
    const meeting = await meetings(
      this.now,
      this.#around.signal,
      loopbackWire,
    )(
      {
        shown: shownOf(serving),
        trusted: trustedIn(serverTrusts),
        clientCertificate: demanded ? 'demanded' : 'requested',
      },
      {shown: client === undefined ? undefined : shownOf(client), trusted: trustedIn(callerTrusts)},
    );
    const {handshake} = meeting;
    if (handshake.kind === 'broken-off') {
      const {by, callerSays, providerSays} = handshake;
      return {
        caller: brokenWord(by === 'caller', callerSays),
        provider: brokenWord(by === 'provider', providerSays),
      };
    }
    return {caller: wordOf(meeting.caller), provider: wordOf(meeting.provider)};
  }
}

export interface Pair {
  /** PEM. */
  readonly certificate: string;
  readonly key: Secret;
}

interface Encounter {
  readonly serving: Pair;
  /** undefined = the caller shows nothing. */
  readonly client: Pair | undefined;
  /** PEM. */
  readonly serverTrusts: string;
  readonly callerTrusts: string;
  readonly demanded?: boolean;
}

export interface HeardEnds {
  readonly caller: EndWord;
  readonly provider: EndWord;
}

function checkRow({check: name, isPassed, found: value}: Check): ArtefactRow {
  return check(name, isPassed, value);
}

function shownOf({certificate, key}: Pair): ShownFiles {
  const [leaf, ...along] = certificatesIn(certificate).map(seeCertificate);
  return {kind: 'usable', leaf: found(leaf, 'certificate'), along, certificate, key, keyFits: true};
}

function trustedIn(pem: string) {
  return {kind: 'usable', anchors: certificatesIn(pem).map(seeCertificate), pem} as const;
}

function wordOf(opinion: Opinion): EndWord {
  return opinion.kind === 'refuses'
    ? {kind: 'refuses', openssl: undefined, go: opinion.refusal?.words ?? opinion.words}
    : {kind: opinion.kind};
}

function brokenWord(isOwn: boolean, words: string): EndWord {
  return isOwn ? {kind: 'refuses', openssl: words, go: undefined} : {kind: 'is-told', openssl: words};
}

function found<Thing>(thing: Thing | undefined, what: string): Thing {
  if (thing === undefined) throw new TypeError(`this cluster has no ${what}`);
  return thing;
}
