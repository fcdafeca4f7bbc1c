// Which module of the engine decides a kind, as `Kind::family` of the core says; a test compares the two.
export const FAMILY = { peer: 'certificates', chain: 'certificates', session: 'sessions', pool: 'sessions' };
