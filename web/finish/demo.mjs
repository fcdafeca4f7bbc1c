// The demonstration page: each empty <admit-playground data-example="ID"> of `demo.html` becomes the example of the gallery,
// with its heading, what it teaches, and its verdict for who reads without script. So it shows what is tested.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ELEMENT = /<admit-playground([^>]*?) data-example="([^"]+)"([^>]*)><\/admit-playground>/g;

const escaped = text => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);

// Where documents are all that a case of a kind says, they stand by themselves; else the whole case does.
function parts(asked) {
  const subject = Object.entries(asked.subject);
  const plain = { peer: Object.entries(asked.policy), pool: [] }[asked.kind];
  const documents = plain && [...plain, ...subject];
  if (!documents || asked.trust || documents.some(([, value]) => typeof value !== 'string')) {
    const { expect, ...rest } = asked;
    return `<pre data-part="case">${escaped(JSON.stringify(rest, null, 1))}</pre>`;
  }
  return documents.map(([part, text]) => `<pre data-part="${part}">\n${escaped(text)}</pre>`).join('\n');
}

function example({ id, case: asked }, before, after) {
  const verdict = asked.expect.find(one => one.verdict && !one.certificate && !one.connection)?.verdict;
  if (!verdict) throw new Error(`expected a verdict of the whole case, found none in \`${id}\``);
  return `<h2>${escaped(asked.title)}</h2>
<p>${escaped(asked.teaches)}</p>
<admit-playground${before} kind="${asked.kind}" at="${asked.at}" height="260" data-example="${id}"${after}>
${parts(asked)}
<p data-part="expected">${verdict[0].toUpperCase()}${verdict.slice(1)}.</p>
</admit-playground>`;
}

export function demo(dist) {
  const examples = new Map(JSON.parse(readFileSync(join(dist, 'gallery.json'), 'utf8')).map(one => [one.id, one]));
  const place = join(dist, 'demo.html');
  const made = readFileSync(place, 'utf8').replace(ELEMENT, (_, before, id, after) => {
    if (!examples.has(id)) throw new Error(`expected an example of the gallery, found \`${id}\``);
    return example(examples.get(id), before, after);
  });
  writeFileSync(place, made);
}
