// The parts of a case that may or may not go into a link.

const KEY = /-----BEGIN [^-\n]*PRIVATE KEY-----[\s\S]*?(-----END [^-\n]*PRIVATE KEY-----|$)/g;

const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);

// Documents by name, such as the artefacts of an enclave: each is a part of its own.
const isNamed = value => isObject(value) && Object.values(value).every(one => typeof one === 'string');

const textOf = value => (typeof value === 'string' ? value : JSON.stringify(value));

// Whether a value holds a key or a token: in one of its texts, as it was pasted, or as a whole.
const holds = (value, secret) => secret(textOf(value)) || (typeof value !== 'string' && texts(value).some(secret));

// Every text in a value, names included.
function texts(value) {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(texts);
  return isObject(value) ? Object.entries(value).flatMap(([key, one]) => [key, ...texts(one)]) : [];
}

// Every document and list of a case, in order: { path, size, secret }. `secret` says whether it holds a key or a token.
export function parts(asked, secret) {
  const found = [];
  const add = (path, value) => {
    if (value === undefined || value === '') return;
    found.push({ path, size: textOf(value).length, secret: holds(value, secret) });
  };
  for (const section of ['policy', 'subject', 'trust']) {
    for (const [key, value] of Object.entries(asked[section] ?? {})) {
      const path = `${section}.${key}`;
      // A choice is never left out: without it the question would be another.
      if (section !== 'subject' && textOf(value).length < 100) continue;
      if (section === 'subject' && isNamed(value)) Object.entries(value).forEach(([name, one]) => add(`${path}.${name}`, one));
      else add(path, value);
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
  const isOut = path => all.has(path) && !wanted.has(path);
  for (const section of ['policy', 'subject', 'trust']) {
    for (const [key, value] of Object.entries(kept[section] ?? {})) {
      const path = `${section}.${key}`;
      if (section === 'subject' && isNamed(value)) {
        for (const [name, one] of Object.entries(value)) {
          const safe = isOut(`${path}.${name}`) || secret(name) ? undefined : harmless(one, secret);
          if (safe === undefined) delete value[name];
          else value[name] = safe;
        }
      } else if (isOut(path)) empty(kept[section], key);
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

// A value without its private keys; undefined where it still holds a secret.
function harmless(value, secret) {
  if (typeof value !== 'string') return holds(value, secret) ? undefined : value;
  if (!secret(value)) return value;
  const without = value.replace(KEY, '');
  return secret(without) ? undefined : without;
}
