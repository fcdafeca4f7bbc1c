// Two reports side by side: what a change of policy or subject did.

const key = finding => `${finding.rule}\n${finding.message}`;

// { same, verdict: [before, after], cells: [{ what, before, after }], gone: [finding], come: [finding] }
export function compare(before, after) {
  const old = new Set(before.findings.map(key));
  const fresh = new Set(after.findings.map(key));
  const cells = changes(cellsOf(before), cellsOf(after));
  const gone = before.findings.filter(one => !fresh.has(key(one)));
  const come = after.findings.filter(one => !old.has(key(one)));
  const same = before.verdict === after.verdict && !cells.length && !gone.length && !come.length;
  return { same, verdict: [before.verdict, after.verdict], cells, gone, come };
}

// What was judged one by one, by what it is called: cells of a peer, identifiers of a session.
function cellsOf({ answer, certificates = [] }) {
  const name = number => certificates.find(one => one.number === number)?.common_names?.[0] ?? `certificate ${number}`;
  const peer = (answer.peer?.cells ?? []).map(({ certificate, connection, verdict, role }) =>
    [`${name(certificate)}, ${connection}`, role ? `${verdict} as ${role}` : verdict]);
  const session = (answer.session?.identifiers ?? []).map(({ text, verdict }) => [text, verdict]);
  const chain = (answer.chain?.errors ?? []).map(bit => [bit, 'found']);
  return new Map([...peer, ...session, ...chain]);
}

function changes(before, after) {
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all].map(what => ({ what, before: before.get(what) ?? 'none', after: after.get(what) ?? 'none' }))
    .filter(one => one.before !== one.after);
}
