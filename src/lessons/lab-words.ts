import type {Finding, Outcome} from '../pki/experiment.ts';

/** What the lab says besides the faults' own texts. Names, paths, addresses and the words of TLS are put in as they are. */
export interface LabWords {
  /** Above the page of the reference. */
  readonly pageTitle: string;
  /** Above the columns of the list. */
  readonly faultHeading: string;
  readonly wrongHeading: string;
  /** Who refuses, as a clause without its mark: `the caller refuses`. */
  readonly outcomes: Readonly<Record<Outcome, string>>;
  /** What becomes of a component that is started: there is nobody to refuse anybody. */
  readonly startOutcomes: Readonly<Record<'nobody' | 'does-not-start', string>>;
  /** Why no connection is marked on the map: what was broken keeps a component from starting, or opens a door. */
  readonly unmarked: Readonly<Record<'start' | 'door', (component: string) => string>>;
  readonly onNode: (component: string, node: string) => string;
  readonly kubectlAs: (certificate: string) => string;
  readonly fault: (title: string) => string;
  readonly changed: string;
  readonly filesInAll: (files: number) => string;
  /** What a person is asked; `at` is an address with its port. */
  readonly asksConnection: (caller: string, provider: string, at: string) => string;
  readonly asksDoor: (caller: string, provider: string, at: string) => string;
  readonly asksToken: (caller: string, provider: string, at: string) => string;
  readonly asksStart: (component: string) => string;
  readonly byCatalogue: (outcome: string) => string;
  readonly guessedRight: (guess: string) => string;
  readonly guessedWrong: (guess: string, happened: string) => string;
  /** Above what happened; of a start there is no TLS. */
  readonly happened: string;
  readonly happenedAtStart: string;
  /** Above those that it went so for. */
  readonly wentSo: (outcome: string) => string;
  readonly callerSays: (words: string) => string;
  readonly providerSays: (words: string) => string;
  readonly itFinds: (words: string) => string;
  readonly nothingAgainst: string;
  readonly callerVerifiesNobody: string;
  readonly providerShownNothing: string;
  readonly callerFindsNobody: string;
  readonly providerNotCalled: string;
  readonly byOpenssl: (words: string) => string;
  readonly byGo: (words: string) => string;
  readonly tokenFits: (file: string) => string;
  readonly tokenFitsNot: (file: string) => string;
  readonly certificatesIn: (certificates: number, file: string) => string;
  readonly realOnesPrint: string;
  readonly realOnesPrinted: string;
  readonly nothingLike: (words: string) => string;
  readonly notPredicted: (predicted: string) => string;
  readonly why: string;
  readonly howMended: string;
  readonly mended: (counts: MendedCounts) => string;
  readonly refusedNow: string;
  readonly notWhole: string;
  /** Below the list; the first names the command. */
  readonly tryOne: string;
  readonly sayFirst: string;
  readonly startingReal: string;
  /** On the screen: above the list, and how much of it is done. */
  readonly chooseFault: string;
  readonly mendedSoFar: (mended: number, all: number) => string;
  readonly inPreset: (preset: string) => string;
  /** While something goes on. */
  readonly breaking: string;
  readonly trying: string;
  readonly mending: string;
  readonly startingOnScreen: string;
  /** Instead of a guess. */
  readonly showMe: string;
  /** Besides the connection that was asked about. */
  readonly alsoTried: (connections: number) => string;
  readonly othersTried: string;
  readonly brokenOnMap: string;
}

/** Once it is mended, counted as the map shows it: all calls of a row are one arrow. */
export interface MendedCounts {
  /** Arrows whose connections work. */
  readonly works: number;
  /** Arrows of which nothing can be verified from files. */
  readonly open: number;
  /** Attempts that had to be refused, and were. */
  readonly refused: number;
}

/** What was found where nobody shakes hands. */
export function findingText(
  finding: Finding,
  {tokenFits, tokenFitsNot, certificatesIn}: Pick<LabWords, 'tokenFits' | 'tokenFitsNot' | 'certificatesIn'>,
): string {
  switch (finding.kind) {
    case 'token':
      return finding.fits ? tokenFits(finding.file) : tokenFitsNot(finding.file);
    case 'certificates':
      return certificatesIn(finding.certificates, finding.file);
    case 'words':
      return finding.words;
    default:
      return finding satisfies never;
  }
}
