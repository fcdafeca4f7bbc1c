// Which module of the engine decides a kind, as `Kind::family` of the core says; a test compares the two.
export const FAMILY = {
  peer: 'peers', chain: 'chains', presentation: 'nodes', rollout: 'nodes',
  session: 'sessions', pool: 'sessions', enclave: 'enclaves',
  // Not a kind: renders a report in the formats of other tools.
  formats: 'formats',
};
