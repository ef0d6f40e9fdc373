import { record } from '../json';

/** One measured number; `label` is set where it was measured for one label only. */
export interface IMetric {
  readonly name: string;
  readonly label: string | null;
  readonly value: number;
}

/** The finite numbers of a metrics object, in its order; what is nested one level deep is per label. */
export function readMetrics(value: unknown): readonly IMetric[] {
  return Object.entries(record(value, 'metrics')).flatMap(([name, entry]) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.entries(entry).flatMap(([label, number]) =>
          measured(name, label, number)
        )
      : measured(name, null, entry)
  );
}

function measured(
  name: string,
  label: string | null,
  value: unknown
): readonly IMetric[] {
  return typeof value === 'number' && Number.isFinite(value)
    ? [{ name, label, value }]
    : [];
}

/** One line of a comparison; a side is null where it was not measured. */
export interface IComparedMetric {
  readonly name: string;
  readonly label: string | null;
  readonly candidate: number | null;
  readonly production: number | null;
}

/** What is read first; what is not named here follows in the order it came. */
const ORDER = [
  'accuracy',
  'macroF1',
  'logLoss',
  'rmse',
  'r2',
  'mae',
  'meanError',
  'baselineRmse',
  'recallByLabel',
  'rows',
  'difference',
  'onlyCandidate',
  'onlyProduction',
  'candidateCloser',
  'productionCloser',
  'bothRight',
  'bothWrong',
  'bothPredicted'
];

export function inReadingOrder(metrics: readonly IMetric[]): readonly IMetric[] {
  return [...metrics].sort((one, other) => place(one) - place(other));
}

/** Two sets of metrics side by side. */
export function compare(
  candidate: readonly IMetric[],
  production: readonly IMetric[]
): readonly IComparedMetric[] {
  const missing = production.filter(metric => find(candidate, metric) === null);
  return [...candidate, ...missing]
    .sort((one, other) => place(one) - place(other))
    .map(({ name, label }) => ({
      name,
      label,
      candidate: find(candidate, { name, label }),
      production: find(production, { name, label })
    }));
}

/** What is better when there is more of it, and when there is less; of other numbers neither side is the better one. */
const MORE = ['accuracy', 'macroF1', 'correctRows', 'recallByLabel', 'r2'];
const LESS = ['logLoss', 'rmse', 'mae', 'refusedRows'];

/** Which side of a line has the better number; null where neither has. */
export function better(line: IComparedMetric): 'candidate' | 'production' | null {
  const { name, candidate, production } = line;
  if (candidate === null || production === null || candidate === production) {
    return null;
  }
  if (MORE.includes(name)) {
    return candidate > production ? 'candidate' : 'production';
  }
  if (LESS.includes(name)) {
    return candidate < production ? 'candidate' : 'production';
  }
  return null;
}

function place({ name }: IMetric): number {
  const index = ORDER.indexOf(name);
  return index < 0 ? ORDER.length : index;
}

function find(
  metrics: readonly IMetric[],
  { name, label }: Pick<IMetric, 'name' | 'label'>
): number | null {
  const found = metrics.find(
    metric => metric.name === name && metric.label === label
  );
  return found?.value ?? null;
}
