// After Trunk: `node web/finish/main.mjs DIST`. Writes what needs the hashes of what Trunk made, and what is packed from it.
import { demo } from './demo.mjs';
import { dividePage } from './divide.mjs';
import { integrity } from './integrity.mjs';
import { npm } from './npm.mjs';
import { offline } from './offline.mjs';
import { single } from './single.mjs';

const dist = process.argv[2];
demo(dist);
dividePage(dist);
integrity(dist);
npm(dist);
await single(dist);
// Last: what is cached is what is there.
offline(dist);
