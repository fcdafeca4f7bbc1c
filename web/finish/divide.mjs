// Divides the page's module in two: what a first visit draws, and the rest, which comes when that is there.
//
// Both are one program. The rest takes memory, tables, globals and functions from the first module, and puts its own
// functions into the table, behind what is there. In the first module a stub stands for each of them: it calls through the
// table, and asks for the rest (`web/js/rest.js`) where that is not there yet. So nothing that is divided wrongly fails: it
// only waits. Binaryen's own `wasm-split` does the same, and is not among the programs that its npm package has.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { listed, parts } from './wat.mjs';

// What rustc and wasm-bindgen make use of.
const FEATURES = ['mutable-globals', 'nontrapping-float-to-int', 'bulk-memory', 'sign-ext', 'reference-types', 'multivalue'].map(name => `--enable-${name}`);

// What a first visit does not need, by the names of functions and of the types that they were made for: the benches but the
// first, what opens on a click, what reads what people bring, and what the standard library has for long lists and mistakes.
const LATE_NAMES = [
  'admit_core::(?:chain|enclave|session|pool|secret|fabric::(?:presentation|rollout|diagnosis))::',
  'admit_core::certificate::private_key::', '(?:next_value_seed|serialize_entry)::<.*(?:StatedCertificate|case::Trust|case::Level)\\b', 'admit_core::(?:quote|nearest)::',
  'admit_web::(?:axis|decode|form|heat|lanes|ways|recognise::recognise|files::(?:take|measure))\\b',
  'admit_web::bench::(?:artefact|chain|enclave|pool|presentation|rollout|session)::',
  'admit_web::page::(?:artefacts|batch|chain|characters|copy|dialog|diagnosis|difference|enclave|flow|form|gallery|help|life|policy|pool|presented|recipe|redacted|rollout|session|wire)\\b',
  'admit_web::text::(?:batch|chain|enclave|life|pool|recipe|rollout|session)::',
  'State>::(?:add|place|set_policy|show|travel)\\b', 'Engine>::stopped', 'Action as core::clone::Clone',
  'admit_web::(?:bridge::start|keys::use_page_events::inner_fn::\\{closure#1\\}::\\{closure#[367]\\})',
  '\\b(?:sha2|base64|const_oid|console_error_panic_hook)::', 'serde_json::error', 'V(?:Raw|Suspense|Portal)\\b', '\\bB(?:Raw|Suspense|Portal)\\b',
  'BalancingContext', 'BTreeMap<alloc::string::String, alloc::string::String>', 'sort::(?:stable|unstable)::', 'sort::shared::smallsort::',
  'core::fmt::(?:Debug|builders)\\b', '\\bfmt::Debug>', 'escape_debug', 'to_lowercase', 'core::unicode::', 'slice_error_fail', 'libm_math',
];
// Of these what takes apart and passes on a value that is empty in a first visit.
const KEPT_NAMES = ['drop_in_place', 'core::ops::drop::Drop>', 'RawVec', 'core::result::Result<', 'core::iter::adapters::filter_map', 'secrets::\\{closure', 'insert_tail'];

const [late, kept] = [LATE_NAMES, KEPT_NAMES].map(names => new RegExp(names.join('|')));
export const isLate = name => late.test(name) && !kept.test(name);

const run = (program, ...args) => execFileSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'], maxBuffer: 1 << 30 });

// A name as it is written in Rust: without the mark of the version of its crate.
const plain = name => name.replace(/\[[0-9a-f]{16}\]/g, '');

// The names of the functions that can wait: those that `isLate` says, and those that only they call.
export function waiting(module, isLate) {
  const functions = new Map(module.filter(one => one.kind === 'func').map(one => [one.name, one]));
  const begin = module.flatMap(one => (['export', 'start', 'elem'].includes(one.kind) ? listed(one.text) : []));
  const needed = new Set();
  const waits = name => isLate(plain(name));
  const walk = begin.filter(name => functions.has(name) && !waits(name));
  while (walk.length) {
    const name = walk.pop();
    if (needed.has(name)) continue;
    needed.add(name);
    walk.push(...functions.get(name).calls.filter(called => functions.has(called) && !waits(called)));
  }
  // What is called by its name from outside stays.
  for (const one of module) if (one.kind === 'export' || one.kind === 'start') listed(one.text).forEach(name => needed.add(name));
  return [...functions.keys()].filter(name => !needed.has(name));
}

// The two modules as text. `rest` is the name of the imported function that asks for the rest.
export function divide(module, names, rest) {
  const parted = new Set(names);
  const asks = module.find(one => one.kind === 'import' && one.of === 'func' && one.from.includes(rest));
  const table = module.find(one => one.kind === 'table' && / funcref\)$/.test(one.text));
  const size = Number(/ (\d+) \d+ funcref\)$/.exec(table?.text ?? '')?.[1]);
  if (!asks || !size) throw new Error(`expected an import \`${rest}\` and a table of functions`);

  const first = [];
  const second = [];
  // By the place of the part in the module, so that a name is short and the same wherever it is used.
  const outward = new Map();
  const give = (kind, one, place) => {
    outward.set(`p${place}`, ` (export "p${place}" (${kind} ${one.name}))`);
    return `(import "page" "p${place}" `;
  };
  module.forEach((one, place) => {
    if (one.kind === 'type') { first.push(one.text); second.push(one.text); return; }
    if (one.kind === 'func' && parted.has(one.name)) {
      first.push(stub(one, table.name, size + names.indexOf(one.name)));
      second.push(one.text);
      return;
    }
    if (one === table) first.push(one.text.replace(/ \d+ \d+ funcref\)$/, ` ${size + names.length} ${size + names.length} funcref)`));
    else first.push(one.text);
    const kind = one.kind === 'import' ? one.of : one.kind;
    const whole = { func: one.head, memory: one.head.replace(/\)$/, ''), table: one.head.replace(/\)$/, ''), global: type(one) }[kind];
    if (whole === undefined) return;
    second.push(` ${give(kind, one, place)}(${kind} ${one.name}${kind === 'func' ? signature(whole) : whole}))`.replace(/ \d+ \d+ funcref\)\)$/, ` ${size + names.length} ${size + names.length} funcref))`));
  });
  first.push(
    ' (global $rest-is-there (mut i32) (i32.const 0))',
    ` (func $slot-of-rest (param $0 i32) (result i32)\n  (if (i32.eqz (global.get $rest-is-there)) (then (call ${asks.name} (i32.const 1)) (global.set $rest-is-there (i32.const 1))))\n  (local.get $0)\n )`);
  second.push(` (elem $rest (table ${table.name}) (i32.const ${size}) func ${names.join(' ')})`);
  return { first, second: `(module\n${sorted(second).join('\n')}\n)\n`, outward };
}

// Imports come before everything else.
const sorted = texts => {
  const rank = text => (text.startsWith(' (type') ? 0 : text.startsWith(' (import') ? 1 : 2);
  return [...texts].sort((a, b) => rank(a) - rank(b));
};

// Type, parameters and results, without locals and body.
const signature = head => head.replace(/\)$/, text => text).match(/^(?: \((?:type|param|result) [^()]*\))*/)[0];

const type = one => / (\(mut \w+\)|\w+)/.exec(one.head)?.[0] ?? '';

function stub(one, table, slot) {
  const taken = [...signature(one.head).matchAll(/\(param (\$\S+) \w+\)/g)].map(([, name]) => `(local.get ${name})`).join(' ');
  // The call says its type as the function does, without the names of parameters.
  const kind = signature(one.head).replace(/\(param \$\S+ /g, '(param ');
  return ` (func ${one.name}${signature(one.head)}\n  (call_indirect ${table} ${kind} ${taken} (call $slot-of-rest (i32.const ${slot})))\n )`;
}

// Divides the module of a built page, makes both small, and says so in `index.html`.
export function dividePage(dist) {
  const index = join(dist, 'index.html');
  const page = readFileSync(index, 'utf8');
  const [, wasm] = /data-wasm="\.\/([^"]+)"/.exec(page);
  const folder = mkdtempSync(join(tmpdir(), 'admit-divide-'));
  const at = name => join(folder, name);
  const source = join(dist, wasm);
  // As rustc left it: an optimiser would put functions that wait into those that don't.
  run('wasm-dis', ...FEATURES, source, '-o', at('whole.wat'));
  const module = parts(readFileSync(at('whole.wat'), 'utf8'));
  const { first, second, outward } = divide(module, waiting(module, isLate), 'restOfPage');

  writeFileSync(at('rest.wat'), second);
  run('wasm-opt', '-Oz', ...FEATURES, at('rest.wat'), '-o', at('rest.wasm'));
  // The first module gives what the rest takes, and no more: what else nobody calls is left out of it.
  run('wasm-dis', ...FEATURES, at('rest.wasm'), '-o', at('taken.wat'));
  const taken = parts(readFileSync(at('taken.wat'), 'utf8')).filter(one => one.kind === 'import').map(one => outward.get(one.from));
  writeFileSync(at('first.wat'), `(module\n${[...first, ...taken].join('\n')}\n)\n`);
  run('wasm-opt', '-Oz', ...FEATURES, at('first.wat'), '-o', at('first.wasm'));

  // Their names change with what is in them, as those of other modules do.
  const place = (file, end) => {
    const bytes = readFileSync(at(file));
    const digest = createHash('sha256').update(bytes).digest('hex');
    const name = wasm.replace(/-\w+_bg\.wasm$/, `-${digest.slice(0, 16)}_${end}.wasm`);
    rmSync(join(dist, name), { force: true });
    writeFileSync(join(dist, name), bytes);
    return { name, digest };
  };
  const [begin, rest] = [place('first.wasm', 'bg'), place('rest.wasm', 'rest')];
  rmSync(source);
  rmSync(folder, { recursive: true });
  const attributes = ` data-rest="./${rest.name}" data-digest="${rest.digest}"`;
  writeFileSync(index, page.replaceAll(wasm, begin.name).replace(/(<script type="module" src="[^"]*boot\.js"[^>]*)>/, `$1${attributes}>`));
}
