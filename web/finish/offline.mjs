// The service worker's list: every file of the page with its hash, and a version that changes with any of them.
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import { sha } from './integrity.mjs';

// What a host reads, what is of the API or a download of its own, and the worker itself.
const LEFT_OUT = /^(_headers|api\/.*|admit\.html|service-worker\.js|.*\.LEGAL\.txt)$/;

function files(folder) {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

export function offline(dist) {
  const found = files(dist).map(path => [relative(dist, path).split(sep).join('/'), path]).filter(([name]) => !LEFT_OUT.test(name)).sort();
  const list = found.map(([name, path]) => [name, sha('sha256', readFileSync(path))]);
  const template = readFileSync(new URL('./service-worker.js', import.meta.url), 'utf8');
  const version = sha('sha256', JSON.stringify(list) + template).slice(7, 23).replace(/[^\w]/g, '-');
  const made = template.replace('__VERSION__', version).replace("'__FILES__'", () => JSON.stringify(list.map(([name]) => name)));
  writeFileSync(join(dist, 'service-worker.js'), made);
}
