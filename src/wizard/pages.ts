import type {PageId} from './step.ts';

export interface PageWords {
  /** For a rail, where there is little room. */
  readonly short: string;
  readonly title: string;
  /** What the page is about, in a sentence that fits a line of 80 columns. */
  readonly intro: string;
}

/** How the pages of Set up are headed, whoever asks. */
export const pageWords: Readonly<Record<PageId, PageWords>> = {
  topology: {
    short: 'Cluster',
    title: 'Cluster and trust',
    intro: 'Which cluster it is, and which authority signs what.',
  },
  nodes: {short: 'Nodes', title: 'Nodes', intro: 'Every machine. Its names and addresses go into its certificates.'},
  network: {
    short: 'Network',
    title: 'Network and names',
    intro: 'How the cluster is reached, and which addresses it uses inside.',
  },
  keys: {short: 'Keys', title: 'Keys and validity', intro: 'What the keys are made of, and when the certificates end.'},
  people: {
    short: 'People',
    title: 'People and joining',
    intro: 'Who gets a kubeconfig, and how further nodes are let in.',
  },
};
