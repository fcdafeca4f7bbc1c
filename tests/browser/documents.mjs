// The documents of the cases, as somebody pastes them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// The folder of the browser's tests.
export const HERE = fileURLToPath(new URL('.', import.meta.url));

// A document of a case.
export const text = (name, file) => readFileSync(join(HERE, '../cases', name, file), 'utf8');

// The documents of a peer's case, and its instant.
export const pasted = name => ({
  manifest: text(name, 'policy.manifest.xml'), certificates: text(name, 'subject.certificates.pem'), at: JSON.parse(text(name, 'case.json')).at,
});

// The documents of a chain's case, its name and its instant.
export const chained = name => {
  const { at, policy } = JSON.parse(text(name, 'case.json'));
  return { certificates: text(name, 'subject.certificates.pem'), roots: text(name, 'trust.roots.pem'), name: policy.name, at };
};
