import type {EndId} from '../pki/blueprint-types.ts';
import type {CheckId, FactId, SaysId} from './artefact.ts';
import type {ConnectionTextId} from './texts/en-things.ts';

/**
 * The stories: what happens in each step on the map, and which real thing is at hand. What is told is in `texts`, in each
 * language; a story or step that a language lacks does not compile.
 *
 * Longer than a page because it is one table.
 */

interface StepOutline {
  readonly id: string;
  /** What the map lights up. */
  readonly components: readonly EndId[];
  readonly connections: readonly ConnectionTextId[];
  /** What is made for it; left out = the step needs none. */
  readonly artefact?: string;
}

interface StoryOutline {
  readonly id: string;
  readonly steps: readonly StepOutline[];
}

const toApiserver = [
  'admin-to-apiserver',
  'controller-manager-to-apiserver',
  'scheduler-to-apiserver',
  'kubelet-to-apiserver',
] as const satisfies readonly ConnectionTextId[];

/** A cluster whose kubelets all have their certificates has only the second. */
const joining = ['joining-kubelet-to-apiserver', 'kubelet-to-apiserver'] as const satisfies readonly ConnectionTextId[];

/** In the order to read them. */
const outlines = [
  {
    id: 'certificate',
    steps: [
      {id: 'identity', components: ['kube-apiserver'], connections: [], artefact: 'leaf'},
      {id: 'key', components: ['kube-apiserver'], connections: [], artefact: 'key-pair'},
      {id: 'authority', components: ['kube-apiserver'], connections: [], artefact: 'authority'},
      {id: 'trust', components: ['kube-apiserver'], connections: toApiserver, artefact: 'trust-tried'},
      {id: 'end', components: ['kube-apiserver'], connections: toApiserver, artefact: 'ended'},
    ],
  },
  {
    id: 'handshake',
    steps: [
      {id: 'call', components: ['kube-apiserver', 'etcd'], connections: ['apiserver-to-etcd'], artefact: 'call'},
      {id: 'server', components: ['kube-apiserver'], connections: ['apiserver-to-etcd'], artefact: 'server-checked'},
      {id: 'client', components: ['etcd'], connections: ['apiserver-to-etcd'], artefact: 'client-checked'},
      {id: 'met', components: ['kube-apiserver', 'etcd'], connections: ['apiserver-to-etcd'], artefact: 'handshake'},
      {id: 'refused', components: ['etcd'], connections: [], artefact: 'etcd-doors'},
      {
        id: 'kubelet',
        components: ['kube-apiserver', 'kubelet'],
        connections: ['apiserver-to-kubelet', 'kubelet-to-apiserver'],
        artefact: 'kubelet-call',
      },
    ],
  },
  {
    id: 'token-or-certificate',
    steps: [
      {
        id: 'two-ways',
        components: ['kube-apiserver', 'etcd'],
        connections: ['admin-to-apiserver', 'pod-to-apiserver', 'apiserver-to-etcd'],
        artefact: 'shown-nothing',
      },
      {id: 'by-certificate', components: ['kube-apiserver'], connections: toApiserver, artefact: 'client-names'},
      {id: 'by-token', components: ['pod'], connections: ['pod-to-apiserver'], artefact: 'token-name'},
      {
        id: 'pods',
        components: ['pod', 'kube-proxy', 'metrics-server'],
        connections: ['pod-to-apiserver', 'kube-proxy-pod-to-apiserver', 'metrics-server-to-kubelet'],
      },
      {
        id: 'components',
        components: ['kube-controller-manager', 'kube-scheduler', 'kubelet'],
        connections: ['controller-manager-to-apiserver', 'scheduler-to-apiserver', 'kubelet-to-apiserver'],
      },
    ],
  },
  {
    id: 'one-ca-or-three',
    steps: [
      {
        id: 'question',
        components: ['kube-apiserver', 'etcd'],
        connections: ['apiserver-to-etcd', 'apiserver-to-aggregated-api', 'kubelet-to-apiserver'],
      },
      {id: 'split', components: ['kube-apiserver', 'etcd'], connections: [], artefact: 'who-signs-what'},
      {id: 'etcd', components: ['etcd', 'kubelet'], connections: [], artefact: 'etcd-door'},
      {
        id: 'front-proxy',
        components: ['kube-apiserver', 'aggregated-api'],
        connections: ['apiserver-to-aggregated-api'],
        artefact: 'front-proxy-call',
      },
      {
        id: 'any-user',
        components: ['kube-apiserver'],
        connections: [],
        artefact: 'front-proxy-door',
      },
      {id: 'cost', components: ['kube-apiserver', 'etcd'], connections: []},
    ],
  },
  {
    id: 'kubeconfig',
    steps: [
      {id: 'parts', components: ['kubectl'], connections: ['admin-to-apiserver'], artefact: 'kubeconfig'},
      {id: 'who', components: ['kube-apiserver'], connections: toApiserver, artefact: 'kubeconfig-names'},
      {id: 'server', components: ['kubectl'], connections: ['admin-to-apiserver'], artefact: 'kubeconfig-server'},
      {
        id: 'copies',
        components: ['kube-controller-manager', 'kube-scheduler', 'kubelet'],
        connections: ['controller-manager-to-apiserver', 'scheduler-to-apiserver', 'kubelet-to-apiserver'],
      },
    ],
  },
  {
    id: 'service-account',
    steps: [
      {id: 'pair', components: ['kube-apiserver', 'kube-controller-manager'], connections: [], artefact: 'sa-files'},
      {id: 'sign', components: ['kube-apiserver', 'kubelet', 'pod'], connections: [], artefact: 'token'},
      {id: 'verify', components: ['kube-apiserver'], connections: ['pod-to-apiserver'], artefact: 'token-verified'},
      {id: 'other-half', components: ['pod'], connections: ['pod-to-apiserver'], artefact: 'pod-call'},
      {id: 'change', components: ['kube-apiserver'], connections: ['pod-to-apiserver'], artefact: 'two-public-keys'},
    ],
  },
  {
    id: 'signing-api',
    steps: [
      {id: 'request', components: ['kubectl'], connections: [], artefact: 'request'},
      {
        id: 'object',
        components: ['kubectl', 'kube-apiserver'],
        connections: ['admin-to-apiserver'],
        artefact: 'request-object',
      },
      {id: 'approve', components: ['kube-controller-manager'], connections: ['controller-manager-to-apiserver']},
      {
        id: 'sign',
        components: ['kube-controller-manager'],
        connections: ['controller-manager-to-apiserver'],
        artefact: 'signed',
      },
      {id: 'rules', components: ['kube-controller-manager'], connections: []},
    ],
  },
  {
    id: 'bootstrap',
    steps: [
      {id: 'token', components: ['kube-apiserver'], connections: [], artefact: 'token-secret'},
      {
        id: 'trust',
        components: ['kubelet', 'kube-apiserver'],
        connections: joining,
        artefact: 'cluster-info',
      },
      {
        id: 'kubeconfig',
        components: ['kubelet'],
        connections: joining,
        artefact: 'bootstrap-kubeconfig',
      },
      {
        id: 'request',
        components: ['kubelet', 'kube-controller-manager'],
        connections: [...joining, 'controller-manager-to-apiserver'],
        artefact: 'node-request',
      },
      {
        id: 'certificate',
        components: ['kubelet'],
        connections: ['kubelet-to-apiserver'],
        artefact: 'node-certificate',
      },
      {id: 'serving', components: ['kubelet'], connections: ['apiserver-to-kubelet']},
    ],
  },
  {
    id: 'rotation',
    steps: [
      {id: 'changed', components: ['kube-apiserver'], connections: [], artefact: 'renewed'},
      {id: 'unnoticed', components: ['kube-apiserver'], connections: toApiserver, artefact: 'renewed-call'},
      {
        id: 'reload',
        components: ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'],
        connections: [],
        artefact: 'who-reloads',
      },
      {
        id: 'order',
        components: ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'],
        connections: [],
      },
      {id: 'kubelets', components: ['kubelet'], connections: ['kubelet-to-apiserver']},
    ],
  },
  {
    id: 'new-ca',
    steps: [
      {id: 'namesake', components: ['kube-apiserver'], connections: toApiserver, artefact: 'namesake'},
      {
        id: 'both',
        components: ['kube-apiserver', 'kubelet'],
        connections: ['kubelet-to-apiserver', 'apiserver-to-kubelet'],
        artefact: 'phase-both',
      },
      {
        id: 'issue',
        components: ['kube-controller-manager', 'kube-apiserver', 'kubelet'],
        connections: ['kubelet-to-apiserver'],
        artefact: 'phase-issue',
      },
      {
        id: 'drop',
        components: ['kube-apiserver', 'kubelet'],
        connections: ['kubelet-to-apiserver'],
        artefact: 'phase-drop',
      },
      {
        id: 'places',
        components: ['kubectl', 'pod', 'kubelet', 'webhook'],
        connections: ['admin-to-apiserver', 'pod-to-apiserver', 'apiserver-to-webhook'],
      },
      {id: 'same-key', components: ['kube-apiserver'], connections: toApiserver, artefact: 'same-key'},
    ],
  },
] as const satisfies readonly StoryOutline[];

type Outline = (typeof outlines)[number];
type OutlineStep = Outline['steps'][number];

export type StoryId = Outline['id'];
export type ArtefactId = Extract<OutlineStep, {readonly artefact: string}>['artefact'];

export interface Story {
  readonly id: StoryId;
  readonly steps: readonly StoryStep[];
}

export interface StoryStep {
  readonly id: string;
  readonly components: readonly EndId[];
  readonly connections: readonly ConnectionTextId[];
  readonly artefact: ArtefactId | undefined;
}

export const stories: readonly Story[] = outlines.map(({id, steps}) => ({id, steps: steps.map(stepOf)}));

export const storyIds: readonly StoryId[] = stories.map(({id}) => id);

function stepOf(step: OutlineStep): StoryStep {
  const {id, components, connections} = step;
  return {id, components, connections, artefact: 'artefact' in step ? step.artefact : undefined};
}

/** What is told of a step: a few short sentences; a line of its own where it says so. */
export interface StepText {
  readonly heading: string;
  readonly text: string;
}

interface StoryText<StepId extends string> {
  readonly title: string;
  /** One sentence: what one knows afterwards. */
  readonly about: string;
  readonly steps: Readonly<Record<StepId, StepText>>;
}

/** Every story in one language. */
export type StoryTexts = {
  readonly [One in Outline as One['id']]: StoryText<One['steps'][number]['id']>;
};

/** What is said of artefacts, in one language. */
export interface ArtefactTexts {
  readonly titles: Readonly<Record<ArtefactId, string>>;
  readonly facts: Readonly<Record<FactId, string>>;
  readonly checks: Readonly<Record<CheckId, string>>;
  readonly says: Readonly<Record<SaysId, string>>;
  /** Where there is no such thing. */
  readonly none: string;
  readonly onMap: string;
  /** How a check went, in a word. */
  readonly passed: string;
  readonly failed: string;
}

export interface ToldStory {
  readonly id: StoryId;
  readonly title: string;
  readonly about: string;
  readonly steps: readonly ToldStep[];
}

export interface ToldStep extends StoryStep, StepText {}

/** A story with what one language tells of it. */
export function tellStory({id, steps}: Story, texts: StoryTexts): ToldStory {
  const {title, about, steps: told} = texts[id];
  const byId: Readonly<Record<string, StepText>> = told;
  return {
    id,
    title,
    about,
    steps: steps.map((step) => {
      const text = byId[step.id];
      if (text === undefined) throw new TypeError(`nothing is told of ${id} ${step.id}`);
      return {...step, ...text};
    }),
  };
}
