// The rest of the page's module: what a first visit does not draw (`web/finish/divide.mjs` parts it off). It is fetched when
// the first answer is there, or before the page starts where a visit begins elsewhere. Its functions are called through the
// module's table; whoever is faster than the network waits for it here, once.

// Where it is, from `boot.js`: { address, integrity, digest }, or { module }. Nothing, where the module is whole.
let part;
let page;
let linked = false;
let coming;

const link = module => {
  if (linked) return;
  linked = true;
  // It puts its functions into the table by itself.
  new WebAssembly.Instance(module, { page });
};

const fetched = () => {
  // The browser refuses a module that is not the one that was built. What does not come is asked for again when it is needed.
  coming ??= fetch(part.address, { integrity: part.integrity })
    .then(response => response.arrayBuffer()).then(bytes => WebAssembly.compile(bytes)).then(link)
    .catch(() => { coming = undefined; });
};

// Nothing on a page can wait without letting go but this; and it can't check what comes, so that is done here.
function atOnce() {
  const request = new XMLHttpRequest();
  request.open('GET', part.address, false);
  request.overrideMimeType('text/plain; charset=x-user-defined');
  request.send();
  const bytes = Uint8Array.from(request.responseText, unit => unit.charCodeAt(0) & 0xff);
  if (sha256(bytes) !== part.digest) throw new Error('a part of the page is not the one that was built');
  return new WebAssembly.Module(bytes);
}

// The page's exports, which the rest is linked to.
export const begin = exports => {
  page = exports;
  part = globalThis.admitRest ?? {};
  linked = !part.module && !part.address;
  if (part.module) link(part.module);
};

// Wants the rest: `now`, or when nothing else is to be done.
export const restOfPage = now => {
  if (linked) return;
  if (!now) {
    (globalThis.requestIdleCallback ?? setTimeout)(fetched);
    return;
  }
  try {
    link(atOnce());
  } catch (error) {
    const alert = document.createElement('p');
    alert.setAttribute('role', 'alert');
    alert.textContent = `A part of the page could not be loaded: ${error.message}. Reloading helps if the connection broke.`;
    document.body.prepend(alert);
    throw error;
  }
};

// SHA-256 of bytes, in small hexadecimal digits (FIPS 180-4, section 6.2). The browser's own can only be waited for.
const roots = power => {
  const found = [];
  for (let number = 2; found.length < 64; number += 1) {
    let prime = true;
    for (let by = 2; by * by <= number && prime; by += 1) prime = number % by > 0;
    // The first 32 bits of the fraction.
    if (prime) found.push(((number ** power % 1) * 2 ** 32) | 0);
  }
  return found;
};

const K = roots(1 / 3);
const turn = (word, by) => (word >>> by) | (word << (32 - by));

function sha256(bytes) {
  const padded = new Uint8Array((Math.floor((bytes.length + 8) / 64) + 1) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length << 3);
  const state = Int32Array.from(roots(1 / 2).slice(0, 8));
  const w = new Int32Array(64);
  for (let block = 0; block < padded.length; block += 64) {
    for (let at = 0; at < 16; at += 1) w[at] = view.getInt32(block + at * 4);
    for (let at = 16; at < 64; at += 1) {
      const [x, y] = [w[at - 15], w[at - 2]];
      w[at] = w[at - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + w[at - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let at = 0; at < 64; at += 1) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[at] + w[at]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, at) => { state[at] += word; });
  }
  return Array.from(state, word => (word >>> 0).toString(16).padStart(8, '0')).join('');
}
