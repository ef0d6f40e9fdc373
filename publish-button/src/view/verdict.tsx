import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { compare, IComparedMetric } from '../project/metrics';
import type { IPublication } from '../project/publication';
import { CopyableCall } from './copyableCall';
import { metricWords } from './words';

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
        {comparison.map(metric => (
          <tr key={metric.name}>
            <th scope="row">{metricWords(metric, trans)}</th>
            <td>{figure(metric.name, metric.value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
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
        </tr>
      </thead>
      <tbody>
        {lines.map(line => (
          <tr key={`${line.name} ${line.label ?? ''}`}>
            <th scope="row">{metricWords(line, trans)}</th>
            <td>{number(line, line.candidate)}</td>
            {production !== null && <td>{number(line, line.production)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function number({ name }: IComparedMetric, value: number | null): string {
  return value === null ? '–' : figure(name, value);
}

function figure(name: string, value: number): string {
  const counts = /rows|^both|^only|Closer$/i.test(name) && Number.isInteger(value);
  return counts ? String(value) : value.toFixed(4);
}
