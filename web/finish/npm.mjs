// `npm/admit-playground`: a folder that `npm pack` takes as it is. The loader, what it loads, and the types.
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export function npm(dist) {
  const out = join(ROOT, 'npm/admit-playground');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, 'lazy'), { recursive: true });
  const engine = readdirSync(dist).filter(name => /^admit-(?!web-|formats)\w+(_bg\.wasm|\.js)$/.test(name));
  for (const name of ['admit-playground.js', 'lazy/embed.js', 'engine.worker.js', 'integrity.js', ...engine]) cpSync(join(dist, name), join(out, name));
  cpSync(join(ROOT, 'web/embed/package'), out, { recursive: true });
  for (const name of ['LICENSE-APACHE', 'LICENSE-MIT']) cpSync(join(ROOT, name), join(out, name));
}
