/** A case: one document (`docs/case-format.md`). */
export interface AdmitCase {
  admit: 1;
  kind: string;
  title?: string;
  at: string;
  policy: Record<string, unknown>;
  subject: Record<string, unknown>;
  trust?: Record<string, unknown>;
  expect?: Record<string, unknown>[];
}

export type AdmitVerdict = 'admitted' | 'refused' | 'indeterminate';

/** A place in a document of the case; bytes from 0, line and column from 1. */
export interface AdmitSpan {
  document: string;
  start: number;
  end: number;
  line: number;
  column: number;
}

export interface AdmitFinding {
  rule: string;
  severity: 'error' | 'warning' | 'info';
  message: string;
  help?: string;
  args?: Record<string, string>;
  span?: AdmitSpan;
  citation: { source: string; place: string };
  fixes?: { title: string; edits: { span: AdmitSpan; text: string }[]; then?: AdmitVerdict }[];
}

/** The report, as every host of Admit gives it. Only what is alike for every kind is typed here. */
export interface AdmitReport {
  admit: 1;
  engine: string;
  kind: string;
  at: string;
  verdict: AdmitVerdict;
  summary: string;
  findings: AdmitFinding[];
  flips: { at: string; verdict: AdmitVerdict; because: string }[];
  [key: string]: unknown;
}

export interface AdmitState {
  case: AdmitCase;
  report: AdmitReport | null;
}

/** `<admit-playground kind at lang readonly loading height src open-href>`. */
export interface AdmitPlaygroundElement extends HTMLElement {
  /** Decides what is shown; loads the engine first, if it must. */
  evaluate(): Promise<AdmitReport>;
  getState(): Promise<AdmitState>;
  /** Shows another case, or other documents of the same one by their parts. */
  setState(state: { case?: AdmitCase; parts?: Record<string, string> }): Promise<AdmitReport>;
}

declare global {
  interface HTMLElementTagNameMap {
    'admit-playground': AdmitPlaygroundElement;
  }
  interface HTMLElementEventMap {
    /** The first report is there. */
    'admit-ready': CustomEvent<AdmitState>;
    /** A report is there. */
    'admit-result': CustomEvent<AdmitState>;
    'admit-error': CustomEvent<{ message: string }>;
  }
}
