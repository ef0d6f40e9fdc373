import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { Problem } from '../problem';
import { problemWords } from './words';

/** A problem in words; what a kernel printed stays text, whatever it holds. */
export function ProblemText({
  problem,
  trans
}: {
  readonly problem: Problem;
  readonly trans: TranslationBundle;
}): React.ReactElement {
  return (
    <div role="alert">
      <p>{problemWords(problem, trans)}</p>
      {problem.kind === 'kernel-error' && <pre className="lathe-Code">{problem.text}</pre>}
    </div>
  );
}
