import type { NotebookPanel } from '@jupyterlab/notebook';
import { IDisposable } from '@lumino/disposable';
import { ISignal, Signal } from '@lumino/signaling';

import { Readiness, readinessOf } from './readiness';

/** Whether one notebook can publish, watched. */
export class NotebookReadiness implements IDisposable {
  private current: Readiness;
  private disposed = false;
  private readonly changes = new Signal<this, Readiness>(this);

  constructor(private readonly panel: NotebookPanel) {
    this.current = currentReadiness(panel);
    const { sessionContext } = panel;
    sessionContext.kernelChanged.connect(this.refresh, this);
    sessionContext.statusChanged.connect(this.refresh, this);
    sessionContext.connectionStatusChanged.connect(this.refresh, this);
    sessionContext.specsManager.specsChanged.connect(this.refresh, this);
    panel.model?.metadataChanged.connect(this.refresh, this);
    void panel.context.ready.then(() => this.refresh());
  }

  get value(): Readiness {
    return this.current;
  }

  get changed(): ISignal<this, Readiness> {
    return this.changes;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  dispose(): void {
    this.disposed = true;
    Signal.clearData(this);
  }

  private refresh(): void {
    if (this.disposed || this.panel.isDisposed) {
      return;
    }
    const readiness = currentReadiness(this.panel);
    if (readiness !== this.current) {
      this.current = readiness;
      this.changes.emit(readiness);
    }
  }
}

export function currentReadiness(panel: NotebookPanel): Readiness {
  const { session, specsManager } = panel.sessionContext;
  const kernel = session?.kernel ?? null;
  const language =
    kernel === null ? null : specsManager.specs?.kernelspecs[kernel.name]?.language;
  return readinessOf({
    language: language ?? writtenIn(panel),
    hasKernel: kernel !== null,
    status: kernel?.status ?? 'unknown',
    connection: kernel?.connectionStatus ?? 'disconnected'
  });
}

function writtenIn(panel: NotebookPanel): string {
  return panel.model?.defaultKernelLanguage ?? '';
}
