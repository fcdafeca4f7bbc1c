// A link that somebody shared: opens its case, and says where the verdict is another than when the link was made.
import { decode } from './link.js';
import { changedSince, engineOnly, goneRules, linkFailed, newRules, words } from './words.js';

export async function openShared(page, fragment) {
  let shared;
  try {
    shared = await decode(fragment);
  } catch (error) {
    return afterAnswer(page, () => page.act('say', linkFailed(error.message)));
  }
  if (!shared) return null;
  const asked = JSON.stringify(shared.case, null, 2);
  // The address no longer needs to show it; a reload shows what was kept.
  history.replaceState(null, '', location.pathname + location.search);
  // The first answer to what was not asked before the case was opened is the answer to it.
  const { revision } = page.asked;
  page.act('case', asked);
  const stop = page.on(what => {
    if (what !== 'answered' || page.answered.revision <= revision || page.answered.revision !== page.asked.revision) return;
    const { report } = page.read() ?? {};
    if (report?.kind !== shared.case.kind) return;
    stop();
    page.act('say', told(shared, report));
  });
  return null;
}

// What is shown first would take a sentence away that comes before it.
function afterAnswer(page, say) {
  if (page.answered.revision >= 0) return say();
  const stop = page.on(what => {
    if (what !== 'answered') return;
    stop();
    setTimeout(say, 100);
  });
  return null;
}

// What has changed since the link was made, in a sentence.
export function told(shared, report) {
  const found = [...new Set(report.findings.map(one => one.rule))];
  const then = shared.findings ?? [];
  if (shared.verdict && shared.verdict !== report.verdict) {
    const rules = newRules(found.filter(rule => !then.includes(rule))) + goneRules(then.filter(rule => !found.includes(rule)));
    return changedSince(shared.engine, report.engine, shared.verdict, report.verdict, rules);
  }
  return shared.engine === report.engine || !shared.verdict ? words.sameAsThen : engineOnly(shared.engine, report.engine);
}
