// A case as a folder in an archive: what `admit evaluate FOLDER` reads, and what people review (docs/case-format.md).
import { strToU8, zipSync } from 'fflate';

// Names that are parts of a path; others stay in case.json.
const NAME = /^[\w-]+$/;

const ENDINGS = [[/^\s*</, 'xml'], [/-----BEGIN /, 'pem'], [/^\s*[{[]/, 'json'], [/(?:)/, 'txt']];

// The files of a case by name: texts of several lines beside a case.json with everything else.
export function files(asked) {
  const rest = structuredClone(asked);
  const found = {};
  const take = (object, path) => {
    for (const [key, value] of Object.entries(object)) {
      if (!NAME.test(key)) continue;
      if (typeof value === 'string' && value.includes('\n')) {
        found[`${path}.${key}.${ENDINGS.find(([looks]) => looks.test(value))[1]}`] = value;
        delete object[key];
      } else if (value && typeof value === 'object' && !Array.isArray(value)) take(value, `${path}.${key}`);
    }
  };
  for (const section of ['policy', 'subject', 'trust']) if (rest[section]) take(rest[section], section);
  return { 'case.json': `${JSON.stringify(rest, null, 2)}\n`, ...found };
}

// The archive, with further files beside the folder. The same files give the same bytes: no file has the hour of its making.
export function archive(asked, beside) {
  const folder = Object.fromEntries(Object.entries(files(asked)).map(([name, text]) => [`case/${name}`, strToU8(text)]));
  const others = Object.fromEntries(Object.entries(beside).map(([name, text]) => [name, strToU8(text)]));
  return zipSync({ ...folder, ...others }, { mtime: new Date(1980, 0, 1) });
}
