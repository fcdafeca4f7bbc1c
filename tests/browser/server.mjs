// Serves the built page as a static host does, `_headers` included, and remembers every request.

import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.css': 'text/css; charset=utf-8', '.html': 'text/html; charset=utf-8', '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8', '.json': 'application/json', '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm', '.woff2': 'font/woff2',
};

// The blocks of a `_headers` file: a pattern, and below it, indented, its headers.
function headersOf(dist) {
  const blocks = [];
  for (const line of readFileSync(join(dist, '_headers'), 'utf8').split('\n')) {
    if (!line.trim() || line.trim().startsWith('#')) continue;
    if (!/^\s/.test(line)) blocks.push({ pattern: line.trim(), headers: [] });
    // "! Name" takes a header of an earlier block away, as on Cloudflare.
    else if (line.trim().startsWith('! ')) blocks.at(-1).headers.push([line.trim().slice(2), null]);
    else blocks.at(-1).headers.push(line.trim().split(/:\s*(.*)/s).slice(0, 2));
  }
  const matches = (pattern, path) =>
    pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
  return path => blocks.filter(block => matches(block.pattern, path)).flatMap(block => block.headers);
}

export async function serve(dist) {
  const headers = headersOf(dist);
  const requests = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1');
    let body = '';
    request.on('data', chunk => { body += chunk; });
    request.on('end', () => requests.push({ method: request.method, url: request.url, body }));
    const file = join(dist, normalize(decodeURIComponent(pathname === '/' ? '/index.html' : pathname)));
    for (const [name, value] of headers(pathname)) {
      if (value === null) response.removeHeader(name);
      else response.setHeader(name, value);
    }
    const found = statSync(file, { throwIfNoEntry: false })?.isFile();
    if (!found) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise(ready => server.listen(0, '127.0.0.1', ready));
  return { dist, origin: `http://127.0.0.1:${server.address().port}`, requests };
}
