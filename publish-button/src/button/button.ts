import type { TranslationBundle } from '@jupyterlab/translation';
import { ToolbarButtonComponent, ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';

import { publishIcon } from '../icon';
import type { NotebookReadiness } from './notebookReadiness';
import { explanation } from './readiness';

/** The toolbar's button of one notebook; not there where the notebook is not a Java one. */
export class PublishButton extends ReactWidget {
  constructor(
    private readonly readiness: NotebookReadiness,
    private readonly onPress: () => void,
    private readonly trans: TranslationBundle
  ) {
    super();
    this.addClass('jp-ToolbarButton');
    this.addClass('lathe-PublishButton');
    readiness.changed.connect(this.refresh, this);
    this.refresh();
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this.readiness.dispose();
      super.dispose();
    }
  }

  protected render(): React.ReactElement {
    const tooltip = explanation(this.readiness.value, this.trans);
    return React.createElement(ToolbarButtonComponent, {
      icon: publishIcon,
      label: this.trans.__('Publish model'),
      enabled: this.readiness.value === 'ready',
      tooltip,
      onClick: this.onPress
    });
  }

  private refresh(): void {
    this.setHidden(this.readiness.value === 'not-java');
    this.update();
  }
}
