// Holds a report against what a case expects, entry by entry, as the tests of the project do (docs/case-format.md).

// What an entry asks that the report does not give, a sentence each; empty: it is met.
export function unmet(expectation, report) {
  const missing = [];
  const { certificate, connection, verdict, role, findings = [], without = [], errors, flips } = expectation;
  const cells = report.answer.peer?.cells ?? [];
  const named = certificate !== undefined || connection !== undefined;
  const meant = cells.filter(cell => (certificate ?? cell.certificate) === cell.certificate && (connection ?? cell.connection) === cell.connection);
  if (named && !meant.length) missing.push('there is no such cell');
  if (verdict) {
    const found = named ? meant.map(cell => cell.verdict) : [report.verdict];
    const other = found.find(one => one !== verdict);
    if (other) missing.push(`expected ${verdict}, found ${other}`);
  }
  if (role) {
    const granted = cell => cell.role === role;
    if (!(named ? meant.every(granted) : meant.some(granted))) missing.push(`expected the role ${role}, which is not granted`);
  }
  const rules = report.findings.map(one => one.rule);
  for (const rule of findings) if (!rules.includes(rule)) missing.push(`expected ${rule} among the findings`);
  for (const rule of without) if (rules.includes(rule)) missing.push(`expected no finding ${rule}`);
  if (errors) {
    const found = [...new Set(report.answer.chain?.errors ?? [])].sort();
    if (JSON.stringify(found) !== JSON.stringify([...new Set(errors)].sort())) missing.push(`expected the error bits ${errors.join(', ') || 'none'}, found ${found.join(', ') || 'none'}`);
  }
  if (flips) {
    const found = report.flips.map(flip => flip.at);
    const same = found.length === flips.length && found.every((at, place) => Date.parse(at) === Date.parse(flips[place]));
    if (!same) missing.push(`expected changes at ${flips.join(', ') || 'no instant'}, found ${found.join(', ') || 'none'}`);
  }
  return missing;
}

// What an entry asks, in words.
export function asks({ certificate, connection, verdict, role, findings = [], without = [], errors, flips }) {
  const where = [certificate !== undefined && `certificate ${certificate}`, connection && `on ${connection}`].filter(Boolean).join(' ');
  return [
    verdict && `${where || 'the case'}: ${verdict}`, role && `role ${role}`, ...findings.map(rule => `finding ${rule}`),
    ...without.map(rule => `no finding ${rule}`), errors && `error bits ${errors.join(', ') || 'none'}`, flips && `changes at ${flips.join(', ') || 'no instant'}`,
  ].filter(Boolean).join(', ');
}
