import type {Proof} from '../pki/verdict.ts';

/** `certwright verify --output json`: every finding, connection and door with its verdict. No key material is in it. */
export function proofJson({state, findings, connections, intrusions}: Proof): Record<string, unknown> {
  return {
    proofVersion: 1,
    state,
    findings,
    connections: connections.map(({connection: {id, caller, provider, host, port}, verdict}) => ({
      id,
      caller,
      provider,
      host,
      port,
      verdict,
    })),
    intrusions: intrusions.map(({intrusion: {id, provider, host, port, expected, why}, outcome, said}) => ({
      id,
      provider,
      host,
      port,
      expected,
      outcome,
      said,
      why,
    })),
  };
}
