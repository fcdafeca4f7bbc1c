// WebAssembly as text, as `wasm-dis` of Binaryen prints it: a line or a block of lines for each part of a module, with the
// names of functions. Enough to divide a module; what it can't read it refuses.

// A name, quoted where it holds what a bare one may not.
const NAME = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s()]+)`;
const REFERRED = new RegExp(String.raw`\((?:return_call|call|ref\.func) (${NAME})`, 'g');
const DEFINED = new RegExp(String.raw`^ \((\w+) (${NAME})`);
const IMPORTED = new RegExp(String.raw`^ \(import "[^"]*" "([^"]*)" \((\w+) (${NAME})`);

// The parts in their order: { kind, name, text }; of a function also `head` (its type, parameters and results) and `calls`;
// of an import also `from`, its name there.
export function parts(wat) {
  const lines = wat.split('\n');
  if (!lines[0].startsWith('(module')) throw new Error(`expected a module, found \`${lines[0]}\``);
  const found = [];
  for (let at = 1; at < lines.length && lines[at] !== ')'; at += 1) {
    if (lines[at].startsWith(' ;;')) continue;
    if (!lines[at].startsWith(' (')) throw new Error(`expected a part of a module, found \`${lines[at].slice(0, 80)}\``);
    const begin = at;
    if (lines[at].startsWith(' (func ')) while (lines[at] !== ' )') at += 1;
    found.push(part(lines.slice(begin, at + 1)));
  }
  return found;
}

function part(lines) {
  const text = lines.join('\n');
  const imported = IMPORTED.exec(lines[0]);
  if (imported) return { kind: 'import', of: imported[2], from: imported[1], name: imported[3], text, head: lines[0].slice(imported[0].length).replace(/\)\)$/, '') };
  const [, kind, name] = DEFINED.exec(lines[0]) ?? [null, /^ \((\w+)/.exec(lines[0])[1], ''];
  const head = lines[0].slice(` (${kind} ${name}`.length);
  return { kind, name, text, head, calls: kind === 'func' ? referred(text) : [] };
}

// The functions that a text refers to.
export const referred = text => [...text.matchAll(REFERRED)].map(([, name]) => name);

// The functions in a list of them.
export const listed = text => [...text.matchAll(new RegExp(NAME, 'g'))].map(([name]) => name);
