import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { isLast, IStep } from '../project/publication';
import { stateWords } from './words';

interface IStepsProps {
  readonly steps: readonly IStep[];
  /** Whether the last step is still going on. */
  readonly going: boolean;
  readonly trans: TranslationBundle;
}

/** The steps of a publication so far, the newest last. */
export function Steps({ steps, going, trans }: IStepsProps): React.ReactElement {
  return (
    <ol className="lathe-Steps" aria-live="polite">
      {steps.map((step, index) => {
        const current = going && index === steps.length - 1 && !isLast(step.state);
        return (
          <li
            key={index}
            data-state={step.state === 'failed' ? 'failed' : current ? 'current' : 'past'}
          >
            <span className="lathe-Steps-state">{stateWords(step.state, trans)}</span>
            <span className="lathe-Steps-message">{step.message}</span>
            {step.at !== '' && <time dateTime={step.at}>{clock(step.at)}</time>}
          </li>
        );
      })}
    </ol>
  );
}

function clock(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : date.toLocaleTimeString();
}
