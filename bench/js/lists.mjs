// Judges lists of 100,000 identifiers as WebAssembly. A JSON object a line: the milliseconds of each round.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [bindings] = process.argv.slice(2);
const admit = await import(pathToFileURL(bindings));
admit.initSync({ module: readFileSync(bindings.replace(/\.js$/, '_bg.wasm')) });

const ROUNDS = 9;
for (const [op, uuid] of [['CSV: identifier, user, conversation, time', false], ['UUIDs, one a line', true]]) {
  const text = admit.list(uuid);
  const millis = [];
  // The first round is for the just-in-time compiler.
  for (let round = 0; round <= ROUNDS; round++) {
    const start = performance.now();
    if (admit.judge(text) !== 100_000) throw new Error(`${op}: wrong answer`);
    if (round > 0) millis.push(performance.now() - start);
  }
  console.log(JSON.stringify({ op, millis }));
}
