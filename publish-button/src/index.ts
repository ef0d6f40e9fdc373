import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { publishPlugin } from './plugin';

const plugins: JupyterFrontEndPlugin<void>[] = [publishPlugin];

export default plugins;
