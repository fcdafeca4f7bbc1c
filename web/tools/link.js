// Links that hold a case. All of it stands in the fragment, which browsers send to nobody: a version, a dot, and the
// case with what was decided about it, as JSON, deflated, in base64url. Every version that was ever written is read.

// What a link may unfold to, in bytes: a case has at most 16 MiB of documents, and a link that holds more is a trap.
const LONGEST = 24 * 1024 * 1024;

const VERSION = 1;

// { case, engine, verdict, findings, redacted } -> "1.…"
export async function encode(shared) {
  const text = new TextEncoder().encode(JSON.stringify(shared));
  return `${VERSION}.${base64url(await through(text, new CompressionStream('deflate-raw'), Infinity))}`;
}

// The fragment of an address, with or without its `#`; null where it holds no case.
export async function decode(fragment) {
  const [, version, body] = /^#?(\d+)\.([A-Za-z0-9_-]+)$/.exec(fragment) ?? [];
  if (!version) return null;
  if (Number(version) > VERSION) throw new Error(`the link is of version ${version}; this page reads up to ${VERSION}: reload it`);
  const bytes = await through(bytesOf(body), new DecompressionStream('deflate-raw'), LONGEST);
  const shared = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  if (typeof shared?.case !== 'object') throw new Error('the link holds no case');
  return shared;
}

async function through(bytes, stream, longest) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > longest) throw new Error('the link unfolds to more than a case may hold');
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function base64url(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function bytesOf(text) {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), character => character.charCodeAt(0));
}
