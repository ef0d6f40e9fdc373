import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

import { KernelQuestions } from './kernel/ask';
import { ProjectPublications } from './project/publications';
import { PublishSession } from './publish/session';
import { goesOn, PublishState } from './publish/state';
import { PublishDialog } from './view/dialog';
import { headline } from './view/words';

/** The publishes of all open notebooks: at most one of each notebook at a time. */
export class NotebookPublishes {
  private readonly sessions = new Map<NotebookPanel, PublishSession>();
  private readonly dialogs = new Map<PublishSession, PublishDialog>();

  constructor(private readonly trans: TranslationBundle) {}

  /** Shows the notebook's publish that goes on, else begins one. */
  show(panel: NotebookPanel): void {
    const session = this.sessions.get(panel);
    const current =
      session !== undefined && (goesOn(session.state) || this.dialogs.has(session));
    this.open(panel, current ? session : this.begin(panel));
  }

  private begin(panel: NotebookPanel): PublishSession {
    const session = new PublishSession(
      new KernelQuestions(() => panel.sessionContext.session?.kernel ?? null),
      new ProjectPublications()
    );
    this.sessions.set(panel, session);
    panel.disposed.connect(() => this.end(panel, session));
    void session.ask();
    return session;
  }

  private open(panel: NotebookPanel, session: PublishSession): void {
    if (this.dialogs.has(session)) {
      return;
    }
    const dialog = new PublishDialog(session, this.trans);
    this.dialogs.set(session, dialog);
    dialog.disposed.connect(() => {
      this.dialogs.delete(session);
      this.closed(panel, session);
    });
    dialog.open();
  }

  private closed(panel: NotebookPanel, session: PublishSession): void {
    if (session.isDisposed) {
      return;
    }
    panel.content.activate();
    if (goesOn(session.state)) {
      this.watch(panel, session);
    } else {
      this.end(panel, session);
    }
  }

  /** Tells the end of a publish whose dialog was closed. */
  private watch(panel: NotebookPanel, session: PublishSession): void {
    const again = {
      label: this.trans.__('Show'),
      callback: () => this.open(panel, session)
    };
    const id = Notification.info(
      this.trans.__('The publication goes on without its window.'),
      { autoClose: 8000, actions: [again] }
    );
    const onChange = (_: unknown, state: PublishState) => {
      if (goesOn(state)) {
        return;
      }
      session.stateChanged.disconnect(onChange);
      Notification.dismiss(id);
      if (!this.dialogs.has(session)) {
        Notification.info(headline(state, this.trans), {
          autoClose: false,
          actions: [again]
        });
      }
    };
    session.stateChanged.connect(onChange);
  }

  private end(panel: NotebookPanel, session: PublishSession): void {
    if (this.sessions.get(panel) === session) {
      this.sessions.delete(panel);
    }
    session.dispose();
    this.dialogs.get(session)?.dispose();
  }
}
