// A receipt: what was decided about what, at which instant, by which engine. It holds no document, only their hashes, so
// that it can be kept where the documents can't. `admit verify RECEIPT CASE` decides again and compares.

export async function receipt(question, answer) {
  const { kind, at } = JSON.parse(question);
  const report = JSON.parse(answer);
  return `${JSON.stringify({
    receipt: 1, kind, at: report.at ?? at, engine: report.engine, verdict: report.verdict, summary: report.summary,
    case: await sha256(question), report: await sha256(answer),
  }, null, 2)}\n`;
}

export async function sha256(text) {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `sha256:${Array.from(new Uint8Array(hash), byte => byte.toString(16).padStart(2, '0')).join('')}`;
}
