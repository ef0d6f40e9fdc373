import type { INotebookTracker } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import { currentReadiness, NotebookReadiness } from './button/notebookReadiness';
import { explanation } from './button/readiness';
import type { NotebookPublishes } from './publishes';

export const COMMAND = 'lathe:publish-model';

/** The command behind palette and menu; it acts on the notebook in front. */
export function addPublishCommand(
  commands: CommandRegistry,
  tracker: INotebookTracker,
  publishes: NotebookPublishes,
  trans: TranslationBundle
): void {
  const readiness = () =>
    tracker.currentWidget === null
      ? 'not-java'
      : currentReadiness(tracker.currentWidget);

  commands.addCommand(COMMAND, {
    label: trans.__('Publish Model…'),
    caption: () => explanation(readiness(), trans),
    isEnabled: () => readiness() === 'ready',
    execute: () => {
      if (tracker.currentWidget !== null && readiness() === 'ready') {
        publishes.show(tracker.currentWidget);
      }
    }
  });

  const changed = () => commands.notifyCommandChanged(COMMAND);
  tracker.currentChanged.connect(changed);
  tracker.widgetAdded.connect((_, panel) => {
    const watched = new NotebookReadiness(panel);
    watched.changed.connect(changed);
    panel.disposed.connect(() => watched.dispose());
  });
}
