// Subresource integrity of everything WebAssembly: the hashes that the loaders ask the browser to check.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const sha = (algorithm, bytes) => `${algorithm}-${createHash(algorithm).update(bytes).digest('base64')}`;

export function integrity(dist) {
  const modules = readdirSync(dist).filter(name => name.endsWith('.wasm'));
  const hashes = Object.fromEntries(modules.map(name => [name, sha('sha384', readFileSync(join(dist, name)))]));
  writeFileSync(join(dist, 'integrity.js'), `export default ${JSON.stringify(hashes, null, 1)};\n`);
}
