const MAX_CHARACTERS = 4000;

const TERMINAL_CODES = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;

interface IErrorContent {
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: readonly string[];
}

/** A kernel's error as plain text: no terminal codes, no HTML, bounded. */
export function errorText(error: IErrorContent): string {
  const headline = [error.ename, error.evalue].filter(Boolean).join(': ');
  const trace = (error.traceback ?? []).join('\n');
  const whole = (trace || headline || 'The kernel gave no reason.')
    .replace(TERMINAL_CODES, '')
    .trim();
  return whole.length > MAX_CHARACTERS
    ? whole.slice(0, MAX_CHARACTERS) + '\n…'
    : whole;
}
