import type { TranslationBundle } from '@jupyterlab/translation';

import type { Problem } from '../problem';
import type { IMetric } from '../project/metrics';
import type { IPublication } from '../project/publication';
import type { PublishState } from '../publish/state';

/** Where a publish stands, in one line. */
export function headline(state: PublishState, trans: TranslationBundle): string {
  switch (state.at) {
    case 'asking':
      return trans.__('Asking the kernel for its models…');
    case 'refused':
      return trans.__('The kernel could not list its models');
    case 'empty':
      return trans.__('No model to publish yet');
    case 'choosing':
      return trans.__('Publish a model');
    case 'building':
      return trans.__('Publishing %1: the kernel builds the bundle…', state.choice.name);
    case 'not-started':
      return trans.__('%1 was not published', state.choice.name);
    case 'unknown-start':
      return trans.__('It is unknown whether %1 was uploaded', state.choice.name);
    case 'following':
      return trans.__('Publishing %1…', state.choice.name);
    case 'unknown':
      return trans.__('It is unknown how %1 fared', state.choice.name);
    case 'ended':
      return ending(state.publication, state.choice.name, trans);
  }
}

function ending(
  publication: IPublication,
  name: string,
  trans: TranslationBundle
): string {
  const subject =
    publication.version === null
      ? name
      : trans.__('%1 version %2', name, publication.version);
  if (publication.state === 'cancelled') {
    return trans.__('The publication of %1 was cancelled: production is unchanged', name);
  }
  switch (publication.verdict?.outcome) {
    case 'promoted':
      return publication.state === 'failed'
        ? trans.__('%1 was judged good, but its publication failed: production is unchanged', subject)
        : trans.__('%1 is in production', subject);
    case 'held':
      return trans.__('%1 was held back: production is unchanged', subject);
    case 'rejected':
      return trans.__('%1 was rejected: production is unchanged', subject);
    default:
      return publication.state === 'failed'
        ? trans.__('The publication of %1 failed', subject)
        : trans.__('%1 was published', subject);
  }
}

export function problemWords(problem: Problem, trans: TranslationBundle): string {
  switch (problem.kind) {
    case 'kernel-error':
      return trans.__('The kernel answered with an error:');
    case 'kernel-gone':
      return trans.__('The kernel ended or restarted before it answered.');
    case 'kernel-silent':
      return trans.__(
        'The kernel has not answered for %1 seconds. It may be busy: look at its cells, interrupt it, then try again.',
        problem.seconds
      );
    case 'kernel-without-lathe':
      return trans.__(
        'This kernel answered nothing Lathe understands. Choose the Java kernel of Lathe and run the notebook again.'
      );
    case 'unexpected-reply':
      return trans.__('The answer was not understood: %1.', problem.text);
    case 'signed-out':
      return trans.__(
        'Your access to this project has ended. Open the project again from the workbench, then look again.'
      );
    case 'refused':
      return problem.text === ''
        ? trans.__('The workbench refused with status %1.', problem.status)
        : problem.text;
    case 'network':
      return trans.__('The workbench cannot be reached.');
    case 'no-news':
      return trans.__('Nothing was heard of it for %1 minutes.', problem.minutes);
  }
}

export function stateWords(state: string, trans: TranslationBundle): string {
  switch (state) {
    case 'uploaded':
      return trans.__('Uploaded');
    case 'verifying':
      return trans.__('Verifying');
    case 'judging':
      return trans.__('Judging');
    case 'storing':
      return trans.__('Judged');
    case 'deploying':
      return trans.__('Deploying');
    case 'switching':
      return trans.__('Switching');
    case 'cancelled':
      return trans.__('Cancelled');
    case 'not-cancelled':
      return trans.__('Not cancelled');
    case 'done':
      return trans.__('Done');
    case 'failed':
      return trans.__('Failed');
    default:
      return state;
  }
}

export function metricWords(
  metric: Pick<IMetric, 'name' | 'label'>,
  trans: TranslationBundle
): string {
  if (metric.name === 'errorQuantiles' && metric.label !== null) {
    return trans.__('Error, quantile %1', metric.label);
  }
  const name = metricName(metric.name, trans);
  return metric.label === null ? name : trans.__('%1 of %2', name, metric.label);
}

function metricName(name: string, trans: TranslationBundle): string {
  switch (name) {
    case 'rows':
      return trans.__('Rows');
    case 'correctRows':
      return trans.__('Correct rows');
    case 'refusedRows':
      return trans.__('Refused rows');
    case 'accuracy':
      return trans.__('Accuracy');
    case 'macroF1':
      return trans.__('Macro F1');
    case 'logLoss':
      return trans.__('Log loss (lower is better)');
    case 'rmse':
      return trans.__('RMSE (lower is better)');
    case 'mae':
      return trans.__('MAE (lower is better)');
    case 'r2':
      return trans.__('R²');
    case 'meanError':
      return trans.__('Mean error');
    case 'baselineRmse':
      return trans.__('RMSE of always answering the mean');
    case 'recallByLabel':
      return trans.__('Recall');
    case 'bothRight':
      return trans.__('Rows both got right');
    case 'onlyCandidate':
      return trans.__('Rows only this model got right');
    case 'onlyProduction':
      return trans.__('Rows only production got right');
    case 'bothWrong':
      return trans.__('Rows both got wrong');
    case 'difference':
      return trans.__('Difference, this model minus production');
    case 'mcNemar':
      return trans.__('Exact McNemar p');
    case 'rowsByLabel':
      return trans.__('Rows');
    default:
      return name;
  }
}
