// The parts of a case that may or may not go into a link.

const KEY = /-----BEGIN [^-\n]*PRIVATE KEY-----[\s\S]*?(-----END [^-\n]*PRIVATE KEY-----|$)/g;

// Every document and list of a case, in order: { path, size, secret }. `secret` says whether a text holds a key or a token.
export function parts(asked, secret) {
  const found = [];
  for (const section of ['policy', 'subject', 'trust']) {
    for (const [key, value] of Object.entries(asked[section] ?? {})) {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      // A choice is never left out: without it the question would be another.
      const isChoice = section !== 'subject' && text.length < 100;
      if (text && !isChoice) found.push({ path: `${section}.${key}`, size: text.length, secret: secret(text) });
    }
  }
  if (asked.expect?.length) found.push({ path: 'expect', size: JSON.stringify(asked.expect).length, secret: false });
  return found;
}

// The case without the parts that are not wanted, and without any private key or token whatever is wanted.
export function only(asked, wanted, secret) {
  const kept = structuredClone(asked);
  if (!wanted.has('expect')) delete kept.expect;
  const all = new Set(parts(asked, secret).map(({ path }) => path));
  for (const section of ['policy', 'subject', 'trust']) {
    for (const [key, value] of Object.entries(kept[section] ?? {})) {
      const path = `${section}.${key}`;
      if (all.has(path) && !wanted.has(path)) empty(kept[section], key);
      else kept[section][key] = harmless(value, secret) ?? empty(kept[section], key);
      if (kept[section][key] === undefined) delete kept[section][key];
    }
  }
  for (const key of ['title', 'teaches']) if (secret(kept[key] ?? '')) delete kept[key];
  return kept;
}

// A required document must stand there, if only as nothing.
function empty(section, key) {
  section[key] = typeof section[key] === 'string' ? '' : undefined;
  return section[key];
}

// A text without its private keys; undefined where it still holds a secret.
function harmless(value, secret) {
  if (typeof value !== 'string') return secret(JSON.stringify(value)) ? undefined : value;
  if (!secret(value)) return value;
  const without = value.replace(KEY, '');
  return secret(without) ? undefined : without;
}
