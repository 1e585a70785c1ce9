import type {ControlPlane} from '../../helpers/control-plane.ts';
import type {RealCluster} from '../../helpers/real-cluster.ts';

/** A cluster whose control plane runs, and what else a test of it needs. */
export interface Started {
  readonly cluster: RealCluster;
  readonly plane: ControlPlane;
  /** Of the node whose kubelet runs. */
  readonly kubelet: string;
}
