// The page as one file, `admit.html`: everything inside, a policy with the hashes of its own scripts and styles, and no
// request at all. For machines without a network, and for what must be kept as it was.
import { build } from 'esbuild';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { sha } from './integrity.mjs';

const DATA = ['first.json', 'gallery.json', 'rules.json', 'results.json'];

export async function single(dist) {
  const read = name => readFileSync(join(dist, name), 'utf8');
  const page = read('index.html');
  const [, js, wasm] = /data-js="\.\/([^"]+)" data-wasm="\.\/([^"]+)"/.exec(page);
  const [, rest] = /data-rest="\.\/([^"]+)"/.exec(page);
  const style = read(/href="\.?\/?(style-[^"]+\.css)"/.exec(page)[1]);
  const engines = readdirSync(dist).filter(name => name.endsWith('_bg.wasm') && name !== wasm).map(name => name.replace('_bg.wasm', ''));

  const bundle = async (contents, format) => {
    const made = await build({
      stdin: { contents, resolveDir: dist, loader: 'js' }, bundle: true, write: false, minify: true, format, target: 'es2022', charset: 'utf8',
      legalComments: 'inline', logLevel: 'error', define: { 'import.meta.url': 'globalThis.admitBase' },
    });
    // A script element ends where it says so, wherever that stands.
    return made.outputFiles[0].text.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
  };

  const workers = {};
  for (const name of engines) {
    workers[name.replace('admit-', '')] = await bundle(`
      import init, { evaluate } from './${name}.js';
      globalThis.admitBase = 'https://admit.invalid/';
      let ready;
      self.onmessage = async ({ data }) => {
        if (data.module) { ready = init({ module_or_path: data.module }); return; }
        try { await ready; self.postMessage({ id: data.id, report: evaluate(data.text) }); }
        catch (error) { self.postMessage({ id: data.id, stopped: String(error?.message ?? error) }); }
      };`, 'iife');
  }

  const script = await bundle(`
    globalThis.admitBase ??= 'https://admit.invalid/';
    const bytes = id => Uint8Array.from(atob(document.getElementById(id).textContent.trim()), character => character.charCodeAt(0));
    const text = id => document.getElementById(id).textContent;
    const known = ${JSON.stringify(DATA)};
    // What the page would fetch beside itself is inside; anything else is refused, as the policy would.
    globalThis.fetch = async address => {
      const name = String(address?.url ?? address).split('/').pop();
      if (!known.includes(name)) throw new TypeError('this page makes no request');
      return new Response(text('file-' + name), { headers: { 'content-type': 'application/json' } });
    };
    const policy = globalThis.trustedTypes?.createPolicy('admit-engine', { createScriptURL: address => address }) ?? { createScriptURL: address => address };
    globalThis.admitSpawn = name => {
      const address = URL.createObjectURL(new Blob([text('worker-' + name)], { type: 'text/javascript' }));
      const worker = new Worker(policy.createScriptURL(address), { name });
      worker.postMessage({ module: bytes('wasm-admit-' + name) });
      return worker;
    };
    globalThis.admitModules = { editor: () => import('./lazy/editor.js'), tools: () => import('./lazy/tools.js'), hungarian: () => import('./lazy/hungarian.js') };
    globalThis.admitRest = { module: await WebAssembly.compile(bytes('wasm-rest')) };
    const { default: init } = await import('./${js}');
    await init({ module_or_path: bytes('wasm-page') });`, 'esm');

  const theme = 'try { const theme = localStorage.getItem("admit.theme"); if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme; } catch { /* forbidden */ }';
  const data = (id, text) => `<script type="text/plain" id="${id}">${text}</script>`;
  const base64 = name => readFileSync(join(dist, name)).toString('base64');
  const json = name => JSON.stringify(JSON.parse(read(name))).replaceAll('<', '\\u003c');
  const blocks = [
    data('wasm-page', base64(wasm)),
    data('wasm-rest', base64(rest)),
    ...engines.map(name => data(`wasm-${name}`, base64(`${name}_bg.wasm`))),
    ...Object.entries(workers).map(([name, text]) => data(`worker-${name}`, text)),
    ...DATA.map(name => data(`file-${name}`, json(name))),
  ];
  const hashes = [theme, script].map(text => `'${sha('sha256', text)}'`).join(' ');
  const csp = `default-src 'none'; script-src ${hashes} 'wasm-unsafe-eval'; style-src '${sha('sha256', style)}'; worker-src blob:; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types admit-engine`;
  const kept = page
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, () => `<meta http-equiv="Content-Security-Policy" content="${csp}">`)
    .replace(/<link rel="(?:modulepreload|preload|stylesheet)"[^>]*>\s*/g, '')
    .replace(/<script[^>]*boot\.js[^>]*><\/script>/, '')
    // The page draws itself in place of the body: what it reads later stands in the head.
    .replace('</head>', () => `<style>${style}</style>\n<script>${theme}</script>\n${blocks.join('\n')}\n</head>`)
    .replace('</body>', () => `<script type="module">${script}</script>\n</body>`);
  writeFileSync(join(dist, 'admit.html'), kept);
}
