import { LabIcon } from '@jupyterlab/ui-components';

import svgstr from '../style/icons/publish.svg';

export const publishIcon = new LabIcon({ name: 'lathe:publish', svgstr });
