// Which lines of the policy decide something: each is left out in turn, and what is decided otherwise without it was
// decided by it. Tried on the case's own subject at every instant of interest, and on the subjects of the examples.

// Parameters that are tried, and subjects; more would take longer than anybody waits.
const LINES = 80;
const SUBJECTS = 40;

// The parts of a policy that can be left out: { label, document, line, start, end, without(asked) }.
export function pieces(asked) {
  const found = [];
  const { manifest } = asked.policy;
  if (typeof manifest === 'string') {
    for (const match of manifest.matchAll(/<Parameter\s[^>]*?\/>/g)) {
      const start = match.index;
      const end = start + match[0].length;
      found.push({
        label: /Name\s*=\s*"([^"]*)"/.exec(match[0])?.[1] ?? match[0], document: 'policy.manifest',
        line: manifest.slice(0, start).split('\n').length, start, end,
        without: case_ => ({ ...case_, policy: { ...case_.policy, manifest: manifest.slice(0, start) + manifest.slice(end) } }),
      });
    }
  }
  for (const name of Object.keys(asked.policy)) {
    if (name === 'manifest') continue;
    found.push({
      label: name, document: `policy.${name}`, line: 0,
      without: case_ => { const policy = { ...case_.policy }; delete policy[name]; return { ...case_, policy }; },
    });
  }
  return found;
}

// Whom the policy is tried on: the case itself, and whoever asks in the examples of its kind.
export function subjects(asked, report, examples) {
  const instants = [asked.at, ...report.flips.slice(0, 4).map(flip => flip.at)];
  const own = instants.map(at => ({ ...asked, at }));
  const seen = new Set([JSON.stringify(asked.subject)]);
  const others = [];
  for (const { case: example } of examples.filter(one => one.case.kind === asked.kind)) {
    const subject = JSON.stringify(example.subject);
    if (seen.has(subject)) continue;
    seen.add(subject);
    others.push({ ...asked, at: example.at, subject: example.subject, trust: example.trust });
  }
  return [...own, ...others].slice(0, SUBJECTS).map(({ expect, ...rest }) => rest);
}

const outcome = ({ report }) => JSON.stringify([
  report.verdict, (report.answer.peer?.cells ?? []).map(({ verdict, role }) => [verdict, role]), report.answer.chain?.errors,
  report.findings.filter(one => one.severity === 'error').map(one => one.rule),
]);

// Tries every piece; `told` hears how far it is. Gives the pieces with how many subjects each decided something about.
export async function cover(asked, report, examples, engine, told, signal) {
  const all = subjects(asked, report, examples);
  const tried = pieces(asked).slice(0, LINES);
  const decide = async question => { try { return outcome(await engine.evaluate(question)); } catch { return 'unreadable'; } };
  const whole = [];
  for (const subject of all) whole.push(await decide(subject));
  const covered = [];
  for (const [place, piece] of tried.entries()) {
    if (signal.aborted) return null;
    let decided = 0;
    for (const [number, subject] of all.entries()) if (await decide(piece.without(subject)) !== whole[number]) decided += 1;
    covered.push({ ...piece, decided });
    told(place + 1, tried.length);
  }
  return { covered, subjects: all.length };
}
