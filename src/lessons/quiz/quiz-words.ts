import type {QuizTopic} from './question.ts';

/** The sentences of the quiz, in one language. Names, paths and flags are put in as they are. */
export interface QuizWords {
  readonly topics: Readonly<Record<QuizTopic, string>>;
  readonly fileInFlag: (flag: string, component: string) => string;
  readonly flagForFile: (component: string, path: string) => string;
  readonly callerShows: (call: CallWords) => string;
  readonly providerShows: (call: CallWords) => string;
  readonly whoShows: (certificate: string) => string;
  readonly whoSigns: (id: string) => string;
  readonly callerVerifies: (call: CallWords) => string;
  readonly providerVerifies: (call: CallWords) => string;
  readonly whoVerifies: (certificate: string) => string;
  /** @param place a certificate's id, or the path of a kubeconfig */
  readonly userIn: (place: string) => string;
  readonly groupsIn: (place: string) => string;
  readonly groupMeans: (group: string) => string;
  readonly restartsAfter: (path: string) => string;
  readonly restartsAfterOwner: (path: string, holds: string) => string;
  /** Of a file that several components read. */
  readonly restartsAmong: (path: string, holds: string | undefined, readers: readonly string[]) => string;
  readonly readsOnce: (component: string) => string;
  /** The reasons of the two before. */
  readonly readsAgain: (component: string, flag: string) => string;
  readonly readsAtStart: (component: string, flag: string) => string;
  readonly errorMeans: string;
  readonly whoSays: string;
  readonly whatIsWrong: (call: CallWords) => string;
  readonly whoRefuses: (call: CallWords, fault: string) => string;
  readonly choices: ChoiceWords;
  readonly faults: FaultWords;
  readonly around: AroundWords;
}

/** A call as it is told: `etcd`, `127.0.0.1:2379`; the caller with its kubeconfig, where that tells it from others. */
export interface CallWords {
  readonly caller: string;
  readonly kubeconfig: string | undefined;
  /** Said of a caller that may run otherwise in other clusters. */
  readonly isInPod: boolean;
  readonly provider: string;
  readonly at: string;
}

/** Choices that are no name of something. */
export interface ChoiceWords {
  readonly token: string;
  readonly showsNothing: string;
  readonly madeItself: string;
  readonly showsTo: (shower: string, other: string) => string;
  readonly signsItself: string;
  readonly serviceAccountKey: string;
  readonly embeddedIn: (path: string) => string;
  readonly verifiesNothing: string;
  readonly machineAuthorities: string;
  readonly verifiesWith: (component: string, flag: string) => string;
  readonly noGroup: string;
  readonly noRestart: string;
  readonly refusesAsCaller: (component: string) => string;
  readonly refusesAsProvider: (component: string) => string;
  readonly nobodyRefuses: string;
  readonly doesNotStart: string;
}

/** What can be wrong with a connection, as a whole sentence. */
export interface FaultWords {
  readonly expired: (certificate: string) => string;
  readonly notYetValid: (certificate: string) => string;
  readonly namesake: (verifier: string, certificate: string) => string;
  readonly unknownAuthority: (verifier: string, certificate: string) => string;
  readonly wrongName: (certificate: string, host: string) => string;
  readonly noNames: (certificate: string) => string;
  readonly notForServers: (certificate: string) => string;
  readonly notForClients: (certificate: string) => string;
  readonly keyMismatch: (certificate: string) => string;
  readonly anotherKeyPair: (provider: string) => string;
}

/** What stands around the questions: in worksheets, line by line, and on screen. */
export interface AroundWords {
  readonly title: string;
  readonly worksheet: (questions: number, preset: string, seed: number) => string;
  readonly answers: string;
  readonly questionOf: (number: number, total: number) => string;
  readonly againOf: (number: number, total: number) => string;
  readonly right: string;
  readonly wrong: string;
  readonly rightIs: (letterOrNumber: string, text: string) => string;
  readonly readOn: string;
  /** Of a topic: so many of its questions were answered right the last time. */
  readonly known: (known: number, total: number) => string;
  readonly score: (right: number, total: number) => string;
  readonly allRight: string;
  readonly missedFollow: (missed: number) => string;
  readonly missedDone: string;
  readonly yourAnswer: string;
  readonly chooseTopic: string;
  readonly allTopics: string;
  readonly anotherRound: string;
}
