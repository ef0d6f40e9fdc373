/** Why a step went wrong, told apart by what the user can do about it. */
export type Problem =
  | { readonly kind: 'kernel-error'; readonly text: string }
  | { readonly kind: 'kernel-gone' }
  | { readonly kind: 'kernel-silent'; readonly seconds: number }
  | { readonly kind: 'kernel-without-lathe' }
  | { readonly kind: 'unexpected-reply'; readonly text: string }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'refused'; readonly status: number; readonly text: string }
  | { readonly kind: 'network' }
  | { readonly kind: 'no-news'; readonly minutes: number };

export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(readonly problem: Problem) {
    super(problem.kind);
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) {
    return error.problem;
  }
  return {
    kind: 'unexpected-reply',
    text: error instanceof Error ? error.message : String(error)
  };
}
