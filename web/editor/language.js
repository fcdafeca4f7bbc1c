// Which language a text is written in, and how it is coloured. Nothing is decided by it: the engine reads for itself.
import { StreamLanguage } from '@codemirror/language';
import { xml } from '@codemirror/lang-xml';
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import { toml } from '@codemirror/legacy-modes/mode/toml';

// PEM: armour, headers within it, base64, and text around it.
const pem = StreamLanguage.define({
  name: 'pem',
  startState: () => ({ inside: false }),
  token(stream, state) {
    if (stream.sol() && stream.match(/-----(BEGIN|END) [^-]*-----/)) {
      state.inside = stream.current().startsWith('-----BEGIN');
      return 'keyword';
    }
    if (state.inside && stream.sol() && stream.match(/[A-Za-z-]+:/)) return 'propertyName';
    const base64 = state.inside && stream.match(/[A-Za-z0-9+/=]+/);
    if (base64) return 'string';
    stream.next();
    return state.inside ? null : 'comment';
  },
});

const LANGUAGES = { xml, json, yaml, toml: () => StreamLanguage.define(toml), pem: () => pem, text: () => [] };

// A text says by its beginning what it is; `document` is its name in the case and decides between what begins alike.
export function languageOf(text, document) {
  const begin = text.slice(0, 4000).trimStart();
  if (begin.startsWith('<')) return 'xml';
  if (begin.includes('-----BEGIN ')) return 'pem';
  if (/^[[{]\s*(["[{\]}]|$)/.test(begin)) return 'json';
  if (/^\[{1,2}[\w."-]+\]{1,2}\s*$/m.test(begin) || /^[\w.-]+\s*=\s*\S/m.test(begin)) return 'toml';
  if (/\.(certificates|roots|intermediates|crls)$/.test(document)) return 'pem';
  return /^[\w-]+:(\s|$)/m.test(begin) && !/^(GET|POST|PUT|HTTP)/.test(begin) ? 'yaml' : 'text';
}

export const extensionOf = name => LANGUAGES[name]?.() ?? [];
