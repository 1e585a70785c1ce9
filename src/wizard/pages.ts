import type {PageId} from './step.ts';

export interface PageWords {
  readonly title: string;
  /** What the page is about, in a sentence. */
  readonly intro: string;
}

/** How the pages of Set up are headed, whoever asks. */
export const pageWords: Readonly<Record<PageId, PageWords>> = {
  topology: {title: 'Cluster and trust', intro: 'Which cluster it is, and which authority signs what.'},
  nodes: {title: 'Nodes', intro: 'Every machine of the cluster. Their names and addresses go into the certificates.'},
  network: {title: 'Network and names', intro: 'How the cluster is reached, and the addresses it uses inside.'},
  keys: {title: 'Keys and validity', intro: 'What the keys are made of, and when the certificates end.'},
  people: {title: 'People and joining', intro: 'Who gets a kubeconfig, and how further nodes are let in.'},
};
