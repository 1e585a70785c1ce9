import type {EndId} from '../pki/blueprint-types.ts';
import type {Point, Side} from './map-canvas.ts';

/**
 * Where a map's boxes stand and its arrows run, set by hand for three sizes: no arrow crosses a box or another arrow.
 * Longer than a page because it is one table.
 */

export interface BoxPlace {
  /** What is written in it. */
  readonly name: string;
  /** Upper left cell. */
  readonly at: Point;
  /** Cells, the frame among them; a box without a frame is one row. */
  readonly width: number;
  readonly height: number;
  /** Left out = it has one. */
  readonly isBare?: true;
}

export interface ArrowPlace {
  /** From the caller's frame to the head, beside the provider's. */
  readonly line: readonly Point[];
  /** The number's first cell; one cell before it and one behind it are free for marks. */
  readonly number: Point;
  /** Where the head points; left out = as the line goes. */
  readonly head?: Side;
}

export interface MapPlaces {
  readonly width: number;
  readonly height: number;
  readonly boxes: Readonly<Record<EndId, BoxPlace>>;
  readonly arrows: Readonly<Record<string, ArrowPlace>>;
}

/** Straight across, from frame to head. */
function across(y: number, from: number, to: number, number: number): ArrowPlace {
  return {
    line: [
      [from, y],
      [to, y],
    ],
    number: [number, y],
  };
}

const normal: MapPlaces = {
  width: 76,
  height: 15,
  boxes: {
    scraper: {name: 'scraper', at: [4, 0], width: 21, height: 3},
    'kube-controller-manager': {name: 'controller-manager', at: [4, 2], width: 21, height: 3},
    'kube-scheduler': {name: 'scheduler', at: [4, 4], width: 21, height: 3},
    kubectl: {name: 'kubectl', at: [4, 6], width: 21, height: 5},
    'kube-proxy': {name: 'kube-proxy', at: [4, 10], width: 21, height: 3},
    pod: {name: 'pods', at: [4, 12], width: 21, height: 3},
    etcdctl: {name: 'etcdctl', at: [32, 0], width: 17, height: 3},
    'kube-apiserver': {name: 'kube-apiserver', at: [32, 2], width: 17, height: 13},
    etcd: {name: 'etcd', at: [55, 0], width: 17, height: 5},
    kubelet: {name: 'kubelet', at: [55, 4], width: 17, height: 5},
    'metrics-server': {name: 'metrics-server', at: [55, 8], width: 17, height: 3},
    'aggregated-api': {name: 'aggregated-api', at: [55, 10], width: 17, height: 3},
    webhook: {name: 'webhook', at: [55, 12], width: 17, height: 3},
  },
  arrows: {
    'controller-manager-to-apiserver': across(3, 24, 31, 27),
    'scheduler-to-apiserver': across(5, 24, 31, 27),
    'admin-to-apiserver': across(7, 24, 31, 27),
    'super-admin-to-apiserver': across(8, 24, 31, 27),
    'user-to-apiserver': across(9, 24, 31, 27),
    'kube-proxy-to-apiserver': across(11, 24, 31, 27),
    'kube-proxy-pod-to-apiserver': across(11, 24, 31, 27),
    'pod-to-apiserver': across(13, 24, 31, 27),
    'etcdctl-to-etcd': across(1, 48, 54, 51),
    'apiserver-to-etcd': across(3, 48, 54, 51),
    'apiserver-to-kubelet': across(5, 48, 54, 51),
    'kubelet-to-apiserver': across(6, 55, 49, 51),
    'joining-kubelet-to-apiserver': across(7, 55, 49, 51),
    'apiserver-to-aggregated-api': across(11, 48, 54, 51),
    'apiserver-to-webhook': across(13, 48, 54, 51),
    'scraper-to-controller-manager': {
      line: [
        [4, 1],
        [1, 1],
        [1, 3],
        [3, 3],
      ],
      number: [1, 2],
    },
    'scraper-to-scheduler': {
      line: [
        [4, 1],
        [1, 1],
        [1, 5],
        [3, 5],
      ],
      number: [1, 4],
    },
    'metrics-server-to-kubelet': {
      line: [
        [71, 9],
        [74, 9],
        [74, 7],
        [72, 7],
      ],
      number: [73, 8],
    },
    'etcd-to-etcd': {
      line: [
        [71, 1],
        [74, 1],
        [74, 2],
        [72, 2],
      ],
      number: [66, 1],
    },
    'etcd-gateway-to-itself': {
      line: [
        [71, 1],
        [74, 1],
        [74, 2],
        [72, 2],
      ],
      number: [69, 1],
    },
    'apiserver-to-itself': {
      line: [
        [36, 14],
        [36, 12],
        [44, 12],
        [44, 13],
      ],
      number: [39, 12],
    },
  },
};

const wide: MapPlaces = {
  width: 116,
  height: 20,
  boxes: {
    scraper: {name: 'scraper', at: [0, 1], width: 10, height: 6},
    'kube-controller-manager': {name: 'kube-controller-manager', at: [16, 0], width: 26, height: 4},
    'kube-scheduler': {name: 'kube-scheduler', at: [16, 4], width: 26, height: 4},
    kubectl: {name: 'kubectl', at: [16, 8], width: 26, height: 5},
    'kube-proxy': {name: 'kube-proxy', at: [16, 13], width: 26, height: 4},
    pod: {name: 'pods', at: [16, 17], width: 26, height: 3},
    'kube-apiserver': {name: 'kube-apiserver', at: [50, 0], width: 18, height: 20},
    etcd: {name: 'etcd', at: [75, 0], width: 18, height: 7},
    kubelet: {name: 'kubelet', at: [75, 7], width: 18, height: 5},
    'aggregated-api': {name: 'aggregated-api', at: [75, 13], width: 18, height: 3},
    webhook: {name: 'webhook', at: [75, 17], width: 18, height: 3},
    etcdctl: {name: 'etcdctl', at: [99, 0], width: 17, height: 3},
    'metrics-server': {name: 'metrics-server', at: [99, 8], width: 17, height: 3},
  },
  arrows: {
    'scraper-to-controller-manager': across(2, 9, 15, 12),
    'scraper-to-scheduler': across(5, 9, 15, 12),
    'controller-manager-to-apiserver': across(2, 41, 49, 45),
    'scheduler-to-apiserver': across(5, 41, 49, 45),
    'admin-to-apiserver': across(9, 41, 49, 45),
    'super-admin-to-apiserver': across(10, 41, 49, 45),
    'user-to-apiserver': across(11, 41, 49, 45),
    'kube-proxy-to-apiserver': across(14, 41, 49, 45),
    'kube-proxy-pod-to-apiserver': across(14, 41, 49, 45),
    'pod-to-apiserver': across(18, 41, 49, 45),
    'apiserver-to-etcd': across(2, 67, 74, 70),
    'apiserver-to-kubelet': across(8, 67, 74, 70),
    'kubelet-to-apiserver': across(9, 75, 68, 71),
    'joining-kubelet-to-apiserver': across(10, 75, 68, 71),
    'apiserver-to-aggregated-api': across(14, 67, 74, 70),
    'apiserver-to-webhook': across(18, 67, 74, 70),
    'etcdctl-to-etcd': across(1, 99, 93, 96),
    'metrics-server-to-kubelet': across(9, 99, 93, 95),
    'etcd-to-etcd': {
      line: [
        [92, 2],
        [97, 2],
        [97, 3],
        [93, 3],
      ],
      number: [95, 2],
    },
    'etcd-gateway-to-itself': {
      line: [
        [92, 4],
        [97, 4],
        [97, 5],
        [93, 5],
      ],
      number: [95, 4],
    },
    'apiserver-to-itself': {
      line: [
        [54, 19],
        [54, 16],
        [63, 16],
        [63, 18],
      ],
      number: [58, 16],
    },
  },
};

function bare(name: string, at: Point): BoxPlace {
  return {name, at, width: name.length + 1, height: 1, isBare: true};
}

/** Names without frames; the API server alone keeps its own. */
const narrow: MapPlaces = {
  width: 56,
  height: 11,
  boxes: {
    'kube-controller-manager': bare('controller-manager', [0, 1]),
    scraper: bare('scraper', [0, 2]),
    'kube-scheduler': bare('scheduler', [9, 3]),
    kubectl: bare('kubectl', [11, 4]),
    'kube-proxy': bare('kube-proxy', [8, 7]),
    pod: bare('pods', [14, 8]),
    'kube-apiserver': {name: 'apiserver', at: [24, 0], width: 12, height: 11},
    etcd: bare('etcd', [41, 1]),
    etcdctl: bare('etcdctl', [41, 3]),
    kubelet: bare('kubelet', [41, 4]),
    'metrics-server': bare('metrics-server', [41, 7]),
    'aggregated-api': bare('aggregated-api', [41, 8]),
    webhook: bare('webhook', [41, 9]),
  },
  arrows: {
    'scraper-to-controller-manager': {...across(2, 7, 12, 9), head: 'up'},
    'scraper-to-scheduler': {...across(2, 7, 17, 14), head: 'down'},
    'controller-manager-to-apiserver': across(1, 18, 23, 20),
    'scheduler-to-apiserver': across(3, 18, 23, 20),
    'admin-to-apiserver': across(4, 18, 23, 20),
    'super-admin-to-apiserver': {
      line: [
        [18, 4],
        [19, 4],
        [19, 5],
        [23, 5],
      ],
      number: [21, 5],
    },
    'user-to-apiserver': {
      line: [
        [18, 4],
        [19, 4],
        [19, 6],
        [23, 6],
      ],
      number: [21, 6],
    },
    'kube-proxy-to-apiserver': across(7, 18, 23, 20),
    'kube-proxy-pod-to-apiserver': across(7, 18, 23, 20),
    'pod-to-apiserver': across(8, 18, 23, 20),
    'etcdctl-to-etcd': {
      line: [
        [43, 3],
        [43, 2],
      ],
      number: [50, 3],
    },
    'etcd-to-etcd': {
      line: [
        [45, 1],
        [54, 1],
        [54, 2],
        [45, 2],
      ],
      number: [48, 1],
      head: 'up',
    },
    'etcd-gateway-to-itself': {
      line: [
        [45, 1],
        [54, 1],
        [54, 2],
        [45, 2],
      ],
      number: [51, 1],
      head: 'up',
    },
    'metrics-server-to-kubelet': {
      line: [
        [47, 7],
        [47, 5],
      ],
      number: [47, 6],
    },
    'apiserver-to-etcd': across(1, 35, 40, 37),
    'apiserver-to-kubelet': across(4, 35, 40, 37),
    'kubelet-to-apiserver': {
      line: [
        [42, 4],
        [42, 5],
        [36, 5],
      ],
      number: [38, 5],
    },
    'joining-kubelet-to-apiserver': {
      line: [
        [42, 4],
        [42, 6],
        [36, 6],
      ],
      number: [38, 6],
    },
    'apiserver-to-aggregated-api': across(8, 35, 40, 37),
    'apiserver-to-webhook': across(9, 35, 40, 37),
    'apiserver-to-itself': {
      line: [
        [27, 10],
        [27, 8],
        [33, 8],
        [33, 9],
      ],
      number: [29, 8],
    },
  },
};

export const mapPlaces: readonly MapPlaces[] = [wide, normal, narrow];
