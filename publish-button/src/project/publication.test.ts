import { expect, test } from 'vitest';

import { compare, readMetrics } from './metrics';
import { readPublication, readStep } from './publication';

const METRICS = {
  rows: 67,
  accuracy: 0.985,
  recallByLabel: { Adelie: 1, Gentoo: 0.96 }
};

test('a finished publication is read whole', () => {
  const publication = readPublication({
    id: 'p1',
    state: 'done',
    model: 'penguins',
    version: 2,
    verdict: { outcome: 'held', reasons: ['accuracy fell'] },
    metrics: METRICS,
    production: {
      version: 1,
      metrics: { accuracy: 1 },
      facts: { trainedOn: 'penguins@v1' }
    },
    comparison: { kind: 'classification', onlyCandidate: 1, mcNemar: 0.5 },
    page: 'http://localhost:8080/models/penguins',
    endpoint: { url: 'http://h/v1/models/penguins:predict', body: {}, curl: 'curl …' }
  });
  expect(publication.verdict).toEqual({ outcome: 'held', reasons: ['accuracy fell'] });
  expect(publication.metrics).toHaveLength(4);
  expect(publication.production?.version).toBe(1);
  expect(publication.production?.trainedOn).toBe('penguins@v1');
  expect(publication.comparison.map(metric => metric.name)).toEqual(['onlyCandidate', 'mcNemar']);
  expect(publication.page).toContain('/models/penguins');
  expect(publication.endpoint?.curl).toBe('curl …');
});

test('a publication that has just begun has no verdict yet', () => {
  expect(readPublication({ id: 'p1', state: 'uploaded', model: 'm' })).toMatchObject({
    version: null,
    verdict: null,
    metrics: [],
    production: null,
    endpoint: null,
    error: null
  });
});

test('a failed publication tells why', () => {
  const failed = readPublication({ id: 'p1', state: 'failed', error: 'No such data.' });
  expect(failed.error).toBe('No such data.');
});

test.each([
  [{ state: 'done' }],
  [{ id: 'p1', state: 3 }],
  [{ id: 'p1', state: 'done', verdict: 'promoted' }],
  [{ id: 'p1', state: 'done', version: 1.5 }],
  ['done']
])('%j is refused', value => {
  expect(() => readPublication(value)).toThrow();
});

test('a step may lack its time, not its state', () => {
  expect(readStep({ state: 'judging' })).toEqual({ at: '', state: 'judging', message: '' });
  expect(() => readStep({ message: 'm' })).toThrow('"state"');
});

test('what is no finite number is no metric', () => {
  expect(readMetrics({ a: 'x', b: null, c: 1, d: [1] })).toEqual([
    { name: 'c', label: null, value: 1 }
  ]);
});

test('metrics stand beside those of production, one-sided ones included', () => {
  expect(compare(readMetrics(METRICS), readMetrics({ accuracy: 1, logLoss: 0.1 }))).toEqual([
    { name: 'accuracy', label: null, candidate: 0.985, production: 1 },
    { name: 'logLoss', label: null, candidate: null, production: 0.1 },
    { name: 'recallByLabel', label: 'Adelie', candidate: 1, production: null },
    { name: 'recallByLabel', label: 'Gentoo', candidate: 0.96, production: null },
    { name: 'rows', label: null, candidate: 67, production: null }
  ]);
});
