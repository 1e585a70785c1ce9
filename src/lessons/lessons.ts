import type {ComponentId, EndId} from '../pki/blueprint-types.ts';
import type {KubeconfigId, TrustId} from '../pki/certificate.ts';
import type {SideId} from './error-row.ts';
import type {ErrorId} from './errors.ts';
import type {MapWords} from './map-words.ts';
import type {FaultId, FaultLesson} from './faults.ts';
import type {WordId, WordLesson} from './glossary.ts';
import type {LabWords} from './lab-words.ts';
import type {QuizWords} from './quiz/quiz-words.ts';
import type {ArtefactTexts, StoryTexts} from './stories.ts';
import type {AuthorityTextId, CertificateTextId, ConnectionTextId} from './texts/en-things.ts';

/**
 * Every text of the lessons, in one language: an object of this type is a language, and one that lacks a text does not
 * compile. What the catalogue says in English already is taken from it there.
 */
export interface Lessons {
  readonly labels: Readonly<Record<LabelId, string>>;
  readonly kinds: Readonly<Record<KindId, string>>;
  readonly certificates: Readonly<Record<CertificateTextId, Lesson>>;
  readonly authorities: Readonly<Record<AuthorityTextId, Lesson>>;
  readonly serviceAccount: Lesson;
  readonly kubeconfigs: Readonly<Record<KubeconfigId, string>>;
  readonly trusts: Readonly<Record<TrustId, Lesson>>;
  readonly ends: Readonly<Record<EndId, string>>;
  readonly connections: Readonly<Record<ConnectionTextId, Lesson>>;
  /** Flags and settings that name no file of the tables above. */
  readonly setting: (component: ComponentId, flag: string) => string | undefined;
  readonly signing: Lesson;
  /** What a component asks the API server of those who call its own port; `kubeconfigs` names the file alone. */
  readonly delegation: Readonly<Record<DelegationId, Lesson>>;
  /** What a user or group means to a cluster as it is installed; undefined = nothing, until somebody binds a role to it. */
  readonly identity: (name: string) => string | undefined;
  readonly errors: Readonly<Record<ErrorId, ErrorLesson>>;
  readonly sides: Readonly<Record<SideId, string>>;
  readonly glossary: Readonly<Record<WordId, WordLesson>>;
  readonly faults: Readonly<Record<FaultId, FaultLesson>>;
  readonly lab: LabWords;
  readonly words: Words;
  readonly map: MapWords;
  readonly quiz: QuizWords;
  readonly stories: StoryTexts;
  readonly artefacts: ArtefactTexts;
}

/** Of the flags `--authentication-kubeconfig` and `--authorization-kubeconfig`. */
export type DelegationId = 'authentication' | 'authorization';

export interface Lesson {
  readonly what: string;
  /** What breaks without it. */
  readonly without: string;
}

export interface ErrorLesson {
  readonly cause: string;
  readonly remedy: string;
}

/** What the parts of an explanation are called. */
export type LabelId =
  | 'what'
  | 'reason'
  | 'use'
  | 'see'
  | 'subject'
  | 'shownBy'
  | 'usedBy'
  | 'checkedBy'
  | 'signs'
  | 'holds'
  | 'caller'
  | 'provider'
  | 'without'
  | 'where'
  | 'connections'
  | 'flags'
  | 'rights'
  | 'says'
  | 'side'
  | 'cause'
  | 'remedy'
  | 'commands'
  | 'node';

/** What can be asked about. */
export type KindId =
  | 'certificate'
  | 'authority'
  | 'key-pair'
  | 'kubeconfig'
  | 'component'
  | 'connection'
  | 'flag'
  | 'file'
  | 'subject'
  | 'error'
  | 'word';

/** Sentences with a gap. Names, paths and flags are put in as they are. */
export interface Words {
  readonly none: string;
  readonly keyFlag: (flag: string) => string;
  readonly embedded: string;
  readonly withAuthority: (authority: string) => string;
  /** Of an end that verifies with what another component's flag names. */
  readonly withFileOf: (end: string, trust: string) => string;
  readonly signedBy: (authority: string) => string;
  readonly keyOf: (id: string) => string;
  readonly certificateOf: (id: string) => string;
  readonly kubeconfigOf: (id: string) => string;
  /** What a flag is: it names a file with this in it. */
  readonly namesCertificate: (id: string) => string;
  readonly namesKey: (id: string) => string;
  readonly namesAuthority: (id: string) => string;
  readonly namesKubeconfig: (id: string) => string;
  readonly kubeconfigWith: (certificate: string) => string;
  readonly tokenWith: string;
  readonly manifestOf: (component: string) => string;
  readonly configurationOf: (component: string) => string;
  readonly port: (port: number) => string;
  readonly shows: (what: string) => string;
  readonly checksWith: (what: string) => string;
  readonly token: string;
  readonly checksNothing: string;
  /** Of a call whose other end kubeadm lets sign for itself. */
  readonly kubeadmLeaves: string;
  readonly showsOwn: string;
  readonly showsNothing: string;
  readonly sameFilePublic: string;
  readonly subjectOf: (ids: string) => string;
  readonly subjectUnknown: string;
  readonly noRights: (name: string) => string;
  readonly inLayout: (layout: string, where: string) => string;
  /** What the text says of its own case; times as they stand there. */
  readonly endedAt: (end: string, now: string) => string;
  readonly beginsAt: (begin: string, now: string) => string;
  readonly triedAuthority: (name: string) => string;
  /** What is known of the files of this node; `where` is a path, with the entry of a kubeconfig. */
  readonly serialFound: (decimal: string, where: string, id: string) => string;
  readonly serialHex: (decimal: string, hex: string) => string;
  readonly serialNotHere: (decimal: string, hex: string) => string;
  /** The authority that an unknown certificate names as its signer. */
  readonly signerKeyFound: (where: string, id: string) => string;
  readonly signerKeyNotHere: (identifier: string) => string;
  readonly held: (id: string, where: string, ends: string, signer: string) => string;
  readonly signerElsewhere: (issuer: string) => string;
  readonly endedOn: (day: string) => string;
  readonly endsOn: (day: string) => string;
  readonly beginsOn: (day: string) => string;
  readonly holdsNames: (where: string, names: string) => string;
  readonly nameIsMissing: (name: string) => string;
  readonly nameIsThere: (name: string) => string;
  readonly trustFile: (component: string, flag: string, path: string, holds: string) => string;
  readonly fileMissing: (path: string) => string;
  readonly fileThere: (path: string, mode: string) => string;
  readonly fileNotReadable: (path: string) => string;
  readonly fileOther: (path: string) => string;
  readonly fileUsers: (users: string) => string;
  readonly alsoFound: (message: string) => string;
  readonly nothingHere: (root: string) => string;
  readonly nothingWrong: (root: string) => string;
  /** What can be asked, above the lists. */
  readonly ask: string;
  readonly askMore: string;
  readonly notKnown: (text: string) => string;
  readonly notKnownError: string;
  readonly didYouMean: (names: string) => string;
  readonly listTopics: string;
  readonly wholeLog: string;
  readonly inspectFile: (path: string) => string;
  readonly noSuchOption: (option: string) => string;
}
