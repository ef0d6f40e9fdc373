import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { PanelLayout, Widget } from '@lumino/widgets';
import * as React from 'react';

import type { PublishSession } from '../publish/session';
import { Stage } from './stage';

/** The modal window of one publish. It is disposed when it closes; the session is not. */
export class PublishDialog extends Widget {
  private readonly element: HTMLDialogElement;

  constructor(session: PublishSession, trans: TranslationBundle) {
    const element = document.createElement('dialog');
    super({ node: element });
    this.element = element;
    this.addClass('lathe-PublishDialog');
    this.addClass('jp-ThemedContainer');
    element.setAttribute('aria-label', trans.__('Publish model'));
    const layout = new PanelLayout();
    layout.addWidget(new DialogBody(session, trans, () => this.dispose()));
    this.layout = layout;
  }

  open(): void {
    Widget.attach(this, document.body);
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this.element.addEventListener('cancel', this);
    this.element.addEventListener('keydown', this);
    this.element.showModal();
  }

  protected override onBeforeDetach(message: Message): void {
    this.element.removeEventListener('cancel', this);
    this.element.removeEventListener('keydown', this);
    this.element.close();
    super.onBeforeDetach(message);
  }

  handleEvent(event: Event): void {
    if (event.type === 'cancel') {
      event.preventDefault();
      this.dispose();
    } else {
      // Keys meant for the form must not reach the notebook's shortcuts.
      event.stopPropagation();
    }
  }
}

class DialogBody extends ReactWidget {
  constructor(
    private readonly session: PublishSession,
    private readonly trans: TranslationBundle,
    private readonly onClose: () => void
  ) {
    super();
    this.addClass('lathe-PublishDialog-body');
  }

  protected render(): React.ReactElement {
    return React.createElement(UseSignal<PublishSession, unknown>, {
      signal: this.session.stateChanged,
      children: () =>
        React.createElement(Stage, {
          session: this.session,
          state: this.session.state,
          trans: this.trans,
          close: this.onClose
        })
    });
  }
}
