// A case with facts instead of certificates, and with other names and thumbprints, the same wherever they stand
// (decision 28). It is given only if the engine decides it in the same way, cell by cell.

const LONGEST = 64;

export async function redact(asked, report, engine) {
  if (asked.kind !== 'peer') throw new Error('facts can stand for certificates on the peer bench only');
  const judged = [...new Set(report.answer.peer.cells.map(cell => cell.certificate))];
  if (judged.length > LONGEST) throw new Error(`more than ${LONGEST} certificates are judged`);
  const facts = [];
  for (const number of judged) {
    const one = (report.certificates ?? []).find(one => one.number === number && one.span.document === 'subject.certificates');
    if (one) facts.push(await factsOf(one, asked, engine));
  }
  facts.push(...(asked.subject.facts ?? []));
  const renaming = new Renaming();
  for (const one of facts) {
    renaming.thumbprint(one.thumbprint);
    renaming.thumbprint(one.issuer?.thumbprint);
    renaming.key(one.key);
    renaming.key(one.issuer?.key);
    for (const name of [...(one.common_names ?? []), ...(one.dns_names ?? [])]) renaming.name(name);
  }
  const manifest = (asked.policy.manifest ?? '').replace(COMMENT, '');
  for (const [print] of manifest.matchAll(/[0-9a-fA-F]{40}/g)) renaming.thumbprint(print);
  for (const [, name, value] of manifest.matchAll(PARAMETER)) {
    if (/commonname|clusterid/i.test(name)) value.split(/[,|]/).forEach(one => renaming.name(one.trim()));
  }
  for (const [name] of manifest.matchAll(HOST)) renaming.name(name);

  const kept = {
    admit: asked.admit, kind: asked.kind, at: asked.at,
    policy: { ...asked.policy, manifest: renaming.in(manifest) },
    subject: { certificates: '', facts: facts.map(one => renaming.inFacts(one)) },
  };
  // The chains have been judged, so no root, list or intermediate is needed; what is assumed about them stays.
  if (asked.trust?.revocation) kept.trust = { revocation: asked.trust.revocation };
  if (renaming.leaks(JSON.stringify(kept))) throw new Error('a name or a thumbprint would have stayed');
  const { report: again } = await engine.evaluate(kept);
  const why = differs(report, again);
  if (why) throw new Error(why);
  return { case: kept, report: again, names: renaming.names.size, thumbprints: renaming.thumbprints.size };
}

const COMMENT = /<!--[\s\S]*?-->/g;
const PARAMETER = /<Parameter\s+Name\s*=\s*"([^"]*)"\s+Value\s*=\s*"([^"]*)"/g;
// What is built like a host name, in any attribute; a version or an address has no letter in its last label.
const HOST = /(?<=")(?:[A-Za-z0-9_-]+\.)+[A-Za-z][A-Za-z0-9-]+(?=")/g;

// The facts that the rules look at. The chain is judged by itself: its errors, and who stands above.
async function factsOf(one, asked, engine) {
  const bytes = new TextEncoder().encode(asked.subject.certificates);
  const slice = (from, to) => new TextDecoder().decode(bytes.subarray(from, to));
  const { start, end } = one.span;
  const certificates = `${slice(start, end)}\n${slice(0, start)}\n${slice(end)}`;
  const policy = { semantics: asked.policy.platform === 'linux' ? 'openssl' : 'windows' };
  const { report } = await engine.evaluate({ admit: 1, kind: 'chain', at: asked.at, policy, subject: { certificates }, trust: asked.trust ?? {} });
  const { errors, elements } = report.answer.chain;
  const isRoot = elements.length === 1 && one.self_issued && !errors.includes('CERT_TRUST_IS_PARTIAL_CHAIN');
  const above = elements[1];
  const sent = new Set((asked.subject.certificates.match(/-----BEGIN CERTIFICATE-----/g) ?? []));
  return {
    thumbprint: one.sha1,
    common_names: one.common_names,
    dns_names: (one.alternative_names ?? []).filter(name => name.dns !== undefined).map(name => name.dns),
    extended_key_usage: one.extended_key_usage ?? [],
    self_signed: isRoot,
    not_before: one.not_before, not_after: one.not_after,
    key: one.subject_key_id ?? one.sha256,
    chain_errors: errors,
    ...(isRoot ? {} : above ? { issuer: { thumbprint: above.sha1, key: one.authority_key_id ?? above.sha1 }, sends_issuer: sent.size > 0 && above.origin === 'subject' } : { issuer_missing: true }),
  };
}

// Names and thumbprints with what stands for them: the same length and form, and the same wherever they stand.
class Renaming {
  names = new Map();
  labels = new Map();
  thumbprints = new Map();
  keys = new Map();

  thumbprint(value) {
    const key = value?.toLowerCase();
    if (key && !this.thumbprints.has(key)) this.thumbprints.set(key, (this.thumbprints.size + 1).toString(16).padStart(40, '5eed'));
  }

  key(value) {
    if (value && !this.keys.has(value)) this.keys.set(value, `key-${this.keys.size + 1}`);
  }

  // Label by label, so that what is below a domain stays below it and a wildcard still fits.
  name(value) {
    if (!value || this.names.has(value.toLowerCase())) return;
    const other = value.split('.').map(label => this.label(label)).join('.');
    this.names.set(value.toLowerCase(), other);
  }

  label(label) {
    if (label === '*' || label === '') return label;
    const key = label.toLowerCase();
    if (!this.labels.has(key)) this.labels.set(key, `n${this.labels.size + 1}`);
    return this.labels.get(key);
  }

  in(text) {
    const all = [...this.names, ...this.thumbprints].sort(([a], [b]) => b.length - a.length);
    if (!all.length) return text;
    const any = new RegExp(all.map(([from]) => from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'gi');
    const to = new Map(all);
    return text.replace(any, found => to.get(found.toLowerCase()));
  }

  inFacts(one) {
    const name = value => this.names.get(value.toLowerCase()) ?? value;
    const print = value => value && this.thumbprints.get(value.toLowerCase());
    const facts = { ...one, thumbprint: print(one.thumbprint), common_names: one.common_names?.map(name), dns_names: one.dns_names?.map(name) };
    if (one.key) facts.key = this.keys.get(one.key);
    if (one.issuer) facts.issuer = { ...one.issuer, thumbprint: print(one.issuer.thumbprint), key: this.keys.get(one.issuer.key) };
    return JSON.parse(JSON.stringify(facts));
  }

  leaks(text) {
    const lower = text.toLowerCase();
    return [...this.names.keys()].some(name => name.includes('.') && lower.includes(name)) || [...this.thumbprints.keys()].some(print => lower.includes(print));
  }
}

// Why two reports don't say the same, or nothing.
function differs(one, other) {
  if (one.verdict !== other.verdict) return `the verdict would be ${other.verdict} instead of ${one.verdict}: ${other.settle?.[0] ?? other.summary}`;
  // Facts are numbered anew: the order is what stays.
  const cells = report => {
    const order = [...new Set(report.answer.peer.cells.map(cell => cell.certificate))];
    return JSON.stringify(report.answer.peer.cells.map(({ certificate, connection, verdict, role }) => [order.indexOf(certificate), connection, verdict, role]));
  };
  return cells(one) === cells(other) ? '' : 'a certificate would be judged otherwise on one of the connections';
}
