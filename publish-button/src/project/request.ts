import { parseJson } from '../json';
import { Problem, ProblemError } from '../problem';

const DEADLINE_MILLISECONDS = 15_000;

/** A path of the project's API on the page's own host; never below JupyterLab's base URL. */
export function projectUrl(path: string): string {
  return new URL(`/api/v1/project${path}`, window.location.origin).href;
}

/** The JSON answered to a GET. Rejects with a ProblemError, also after 15 seconds without an answer. */
export async function getJson(path: string): Promise<unknown> {
  return sendJson('GET', path);
}

/** As getJson, for a DELETE. */
export async function deleteJson(path: string): Promise<unknown> {
  return sendJson('DELETE', path);
}

async function sendJson(method: string, path: string): Promise<unknown> {
  let response: Response;
  let body: string;
  try {
    response = await fetch(projectUrl(path), {
      method,
      headers: { Accept: 'application/json' },
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(DEADLINE_MILLISECONDS)
    });
    body = await response.text();
  } catch {
    throw new ProblemError({ kind: 'network' });
  }
  if (!response.ok) {
    throw new ProblemError(problemOfResponse(response.status, body));
  }
  return parseJson(body, 'the answer of the project API');
}

/** What an answer that is no success means: a problem document's words where it is one. */
export function problemOfResponse(status: number, body: string): Problem {
  if (status === 401) {
    return { kind: 'signed-out' };
  }
  if (status === 502 || status === 503 || status === 504) {
    return { kind: 'network' };
  }
  return { kind: 'refused', status, text: detail(body) };
}

function detail(body: string): string {
  try {
    const document: unknown = JSON.parse(body);
    if (typeof document === 'object' && document !== null) {
      const { detail, title } = document as { detail?: unknown; title?: unknown };
      return [detail, title].find(part => typeof part === 'string') ?? '';
    }
  } catch {
    // Not a problem document: its text is of no use to the reader.
  }
  return '';
}
