import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { copyText } from '../copy';

interface ICopyableCallProps {
  readonly model: string;
  readonly call: string;
  readonly trans: TranslationBundle;
}

/** A call of the model to paste into a terminal. */
export function CopyableCall({ model, call, trans }: ICopyableCallProps): React.ReactElement {
  const [said, setSaid] = React.useState('');
  const text = React.useRef<HTMLPreElement>(null);
  const copy = async () => {
    if (await copyText(call)) {
      setSaid(trans.__('Copied'));
    } else {
      text.current?.focus();
      window.getSelection()?.selectAllChildren(text.current ?? document.body);
      setSaid(trans.__('The browser refused: it is selected, copy it with Ctrl+C'));
    }
  };
  return (
    <div className="lathe-Call">
      <div className="lathe-Call-head">
        <span>{trans.__('Call it')}</span>
        <span role="status">{said}</span>
        <button
          type="button"
          className="jp-Dialog-button jp-mod-styled jp-mod-reject"
          onClick={() => void copy()}
        >
          {trans.__('Copy')}
        </button>
      </div>
      <pre ref={text} className="lathe-Code" tabIndex={0}>
        {call}
      </pre>
      <p className="lathe-Note">
        {trans.__(
          'A call needs the token of a consumer. Make one in a terminal: ./lathe consumer add NAME --model %1, with --data DIR where the workbench has a data folder of its own',
          model
        )}
      </p>
    </div>
  );
}
