import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { better, compare, IComparedMetric, inReadingOrder } from '../project/metrics';
import type { IMetric } from '../project/metrics';
import type { IPublication } from '../project/publication';
import { CopyableCall } from './copyableCall';
import { metricWords } from './words';

/** In percent, as the gate's reasons give them. */
const SHARES = ['accuracy', 'recallByLabel'];

interface IVerdictProps {
  readonly publication: IPublication;
  readonly trans: TranslationBundle;
}

/** How the model was judged: reasons, its numbers beside production's, and how to call it. */
export function Verdict({ publication, trans }: IVerdictProps): React.ReactElement {
  const { verdict, endpoint, error, page } = publication;
  return (
    <div className="lathe-Verdict" data-outcome={verdict?.outcome ?? publication.state}>
      {error !== null && <p role="alert">{error}</p>}
      {verdict !== null && (
        <ul className="lathe-Reasons">
          {verdict.reasons.map((reason, index) => (
            <li key={index}>{reason}</li>
          ))}
        </ul>
      )}
      <MetricsTable publication={publication} trans={trans} />
      <RowByRow publication={publication} trans={trans} />
      <TrainedOn publication={publication} trans={trans} />
      {verdict?.outcome === 'held' && page !== null && (
        <p>
          <a href={page} target="_blank" rel="noreferrer">
            {trans.__('Decide on the page of the model: promote it anyway, or reject it')}
          </a>
        </p>
      )}
      {endpoint !== null && (
        <CopyableCall
          model={publication.model}
          call={endpoint.curl ?? endpoint.url}
          trans={trans}
        />
      )}
    </div>
  );
}

/** What the rows themselves say about both models, and how sure that is. */
function RowByRow({ publication, trans }: IVerdictProps): React.ReactElement | null {
  const { comparison } = publication;
  if (comparison.length === 0) {
    return null;
  }
  return (
    <table className="lathe-Metrics">
      <caption>{trans.__('Row by row')}</caption>
      <tbody>
        {inReadingOrder(comparison)
          .filter(({ name }) => name !== 'low' && name !== 'high')
          .map(metric => (
            <tr key={metric.name}>
              <th scope="row">{metricWords(metric, trans)}</th>
              <td>
                {metric.name === 'difference'
                  ? interval(metric.value, comparison, trans)
                  : figure(metric.name, metric.value)}
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

/** A difference with how sure it is. */
function interval(
  difference: number,
  comparison: readonly IMetric[],
  trans: TranslationBundle
): string {
  const find = (name: string): number | undefined =>
    comparison.find(metric => metric.name === name)?.value;
  // Rows are right or wrong for classifiers only; their difference is one of shares.
  const measured = find('bothRight') === undefined ? 'rmse' : 'accuracy';
  const low = find('low');
  const high = find('high');
  return low === undefined || high === undefined
    ? signed(measured, difference, trans)
    : trans.__(
        '%1 (95 %%: %2 to %3)',
        signed(measured, difference, trans),
        signed(measured, low, trans),
        signed(measured, high, trans)
      );
}

function TrainedOn({ publication, trans }: IVerdictProps): React.ReactElement | null {
  const { trainedOn, evaluateOn, production } = publication;
  if (publication.verdict === null) {
    return null;
  }
  const unknown = trans.__('unknown data');
  return (
    <p className="lathe-Note">
      {trans.__('Trained on %1, judged on %2.', trainedOn ?? unknown, evaluateOn ?? unknown)}
      {production !== null &&
        ' ' + trans.__('Production was trained on %1.', production.trainedOn ?? unknown)}
    </p>
  );
}

function MetricsTable({ publication, trans }: IVerdictProps): React.ReactElement | null {
  const { metrics, production } = publication;
  const lines = compare(metrics, production?.metrics ?? []);
  if (lines.length === 0) {
    return null;
  }
  return (
    <table className="lathe-Metrics">
      <thead>
        <tr>
          <th scope="col">{trans.__('Measured')}</th>
          <th scope="col">{trans.__('This model')}</th>
          {production !== null && (
            <th scope="col">
              {production.version === null
                ? trans.__('Production so far')
                : trans.__('Production so far: version %1', production.version)}
            </th>
          )}
          {production !== null && <th scope="col">{trans.__('Difference')}</th>}
        </tr>
      </thead>
      <tbody>
        {lines.map(line => (
          <tr key={`${line.name} ${line.label ?? ''}`}>
            <th scope="row">{metricWords(line, trans)}</th>
            <td>{side(line, 'candidate')}</td>
            {production !== null && <td>{side(line, 'production')}</td>}
            {production !== null && <td>{difference(line, trans)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** One side's number; the better one stands out. */
function side(line: IComparedMetric, of: 'candidate' | 'production'): React.ReactNode {
  const value = line[of];
  if (value === null) {
    return '–';
  }
  const shown = figure(line.name, value);
  return better(line) === of ? <strong>{shown}</strong> : shown;
}

function difference(
  { name, candidate, production }: IComparedMetric,
  trans: TranslationBundle
): string {
  if (candidate === null || production === null) {
    return '–';
  }
  return candidate === production ? '=' : signed(name, candidate - production, trans);
}

/** Shares differ by points of percent. */
function signed(name: string, value: number, trans: TranslationBundle): string {
  const size = SHARES.includes(name)
    ? trans.__('%1 points', (100 * Math.abs(value)).toFixed(2))
    : figure(name, Math.abs(value));
  return (value < 0 ? '−' : '+') + size;
}

function figure(name: string, value: number): string {
  if (SHARES.includes(name)) {
    return `${(100 * value).toFixed(2)} %`;
  }
  if (name === 'mcNemar' && value < 0.0001) {
    return '< 0.0001';
  }
  return isCount(name, value) ? String(value) : value.toFixed(4);
}

function isCount(name: string, value: number): boolean {
  return /rows|^both|^only|Closer$/i.test(name) && Number.isInteger(value);
}
