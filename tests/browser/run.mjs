// Runs one scenario in Chromium: `ADMIT_DIST=dist node tests/browser/run.mjs peer`. Exits 0 where it holds.
// ADMIT_CHROMIUM names another browser than /usr/bin/chromium.

import { chromium } from 'playwright-core';

import { Bench } from './bench.mjs';
import * as beginning from './beginning.mjs';
import * as benches from './scenarios.mjs';
import * as editors from './editor.mjs';
import * as embeds from './embed.mjs';
import * as keeping from './keeping.mjs';
import * as matrices from './matrix.mjs';
import * as people from './people.mjs';
import * as rollouts from './rollout.mjs';
import * as sharing from './sharing.mjs';
import * as trying from './trying.mjs';
import { serve } from './server.mjs';

const scenarios = { ...beginning, ...benches, ...editors, ...embeds, ...keeping, ...matrices, ...people, ...rollouts, ...sharing, ...trying };
const name = process.argv[2] ?? '';
const scenario = scenarios[name.replace(/-./g, part => part[1].toUpperCase())];
if (!scenario) throw new Error(`expected one of ${Object.keys(scenarios).join(', ')}, found \`${name}\``);
if (!process.env.ADMIT_DIST) throw new Error('ADMIT_DIST must name the folder of the built page');

// A scenario that hangs fails, with a message, before cargo's own patience ends.
setTimeout(() => { console.error(`${name}: not done after two minutes`); process.exit(1); }, 120_000).unref();

const server = await serve(process.env.ADMIT_DIST);
const browser = await chromium.launch({
  executablePath: process.env.ADMIT_CHROMIUM || '/usr/bin/chromium',
  // Nothing but the server has an address: a request to anywhere else fails, and is seen.
  args: ['--no-sandbox', '--disable-background-networking', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
});
try {
  const bench = options => Bench.open(browser, server, options);
  await scenario({ bench, server });
  console.log(`passed: ${name}`);
  process.exitCode = 0;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
await browser.close();
// The server would keep the process alive.
process.exit();
