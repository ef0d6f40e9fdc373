import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, IToolbarWidgetRegistry } from '@jupyterlab/apputils';
import { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { PublishButton } from './button/button';
import { NotebookReadiness } from './button/notebookReadiness';
import { addPublishCommand, COMMAND } from './commands';
import { NotebookPublishes } from './publishes';

const TOOLBAR_ITEM = 'lathe-publish-model';

export const publishPlugin: JupyterFrontEndPlugin<void> = {
  id: '@lathe/publish-button:plugin',
  description: 'Publishes a model from a Java notebook.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ITranslator, ICommandPalette, IToolbarWidgetRegistry],
  activate
};

function activate(
  app: JupyterFrontEnd,
  tracker: INotebookTracker,
  translator: ITranslator | null,
  palette: ICommandPalette | null,
  toolbars: IToolbarWidgetRegistry | null
): void {
  const trans = (translator ?? nullTranslator).load('lathe_publish_button');
  const publishes = new NotebookPublishes(trans);

  addPublishCommand(app.commands, tracker, publishes, trans);
  palette?.addItem({ command: COMMAND, category: trans.__('Lathe') });
  toolbars?.addFactory<NotebookPanel>(
    'Notebook',
    TOOLBAR_ITEM,
    panel =>
      new PublishButton(
        new NotebookReadiness(panel),
        () => publishes.show(panel),
        trans
      )
  );
}
