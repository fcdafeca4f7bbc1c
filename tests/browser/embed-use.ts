// How a page written in TypeScript uses the element. Checked, never run.
import type { AdmitCase, AdmitReport } from '../../web/embed/package/admit-playground';

const element = document.querySelector('admit-playground');
if (element) {
  element.addEventListener('admit-result', event => console.log(event.detail.report?.verdict, event.detail.case.at));
  element.addEventListener('admit-error', ({ detail }) => console.error(detail.message));
  const asked: AdmitCase = { admit: 1, kind: 'peer', at: '2026-11-22T00:00:00Z', policy: { manifest: '' }, subject: {} };
  const report: Promise<AdmitReport> = element.setState({ case: asked, parts: { manifest: '<Section/>' } });
  void report.then(({ findings }) => findings.map(({ rule, severity }) => `${severity} ${rule}`));
  // @ts-expect-error a verdict is one of three
  void element.evaluate().then(({ verdict }) => verdict === 'perhaps');
}
