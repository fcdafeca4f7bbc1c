// Measures roll-outs as WebAssembly: each case of a folder. A JSON object a line: the microseconds of one in each round.
import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [folder, bindings] = process.argv.slice(2);
const admit = await import(pathToFileURL(bindings));
admit.initSync({ module: readFileSync(bindings.replace(/\.js$/, '_bg.wasm')) });
const ROUNDS = 150;
const ROUNDS_LEAST = 15;
const LONGEST_MS = 4_000;

for (const file of readdirSync(folder).sort()) {
  const text = readFileSync(`${folder}/${file}`, 'utf8');
  const op = `rollout/${file.replace(/\.json$/, '')}`;
  const run = () => { if (!admit.rollout(text)) throw new Error(`${op}: wrong answer`); };
  // Long enough for the just-in-time compilers to have seen it.
  for (const start = performance.now(); performance.now() - start < 400;) run();
  const micros = [];
  const begin = performance.now();
  while (micros.length < ROUNDS && (micros.length < ROUNDS_LEAST || performance.now() - begin < LONGEST_MS)) {
    const start = performance.now();
    run();
    micros.push((performance.now() - start) * 1e3);
  }
  console.log(JSON.stringify({ impl: 'admit, wasm', op, micros }));
}
