import type { TranslationBundle } from '@jupyterlab/translation';

/** Whether a notebook can publish now; if not, why. */
export type Readiness = 'ready' | 'not-java' | 'no-kernel' | 'starting' | 'busy' | 'disconnected';

export interface IKernelSituation {
  /** The language of the kernel, else the one the notebook was written in; empty where neither is known. */
  readonly language: string;
  readonly hasKernel: boolean;
  readonly status: string;
  readonly connection: string;
}

export function readinessOf(situation: IKernelSituation): Readiness {
  if (situation.language.toLowerCase() !== 'java') {
    return 'not-java';
  }
  if (!situation.hasKernel || situation.status === 'dead' || situation.status === 'terminating') {
    return 'no-kernel';
  }
  if (situation.connection !== 'connected') {
    return situation.status === 'unknown' || situation.status === 'starting'
      ? 'starting'
      : 'disconnected';
  }
  switch (situation.status) {
    case 'idle':
    // Some kernels report no status before they have run their first cell.
    case 'unknown':
      return 'ready';
    case 'busy':
      return 'busy';
    default:
      return 'starting';
  }
}

/** What to tell a user about it. */
export function explanation(readiness: Readiness, trans: TranslationBundle): string {
  switch (readiness) {
    case 'ready':
      return trans.__('Publish a model of this notebook');
    case 'not-java':
      return trans.__('Models are published from notebooks with a Java kernel');
    case 'no-kernel':
      return trans.__('No kernel is running: start one and train a model to publish it');
    case 'starting':
      return trans.__('The kernel is starting: wait until it is ready');
    case 'busy':
      return trans.__('The kernel is busy: wait until it has run its cells');
    case 'disconnected':
      return trans.__('The kernel cannot be reached: wait until it is connected again');
  }
}
