import { expect, test } from 'vitest';

import { better, compare, inReadingOrder, readMetrics } from './metrics';

const candidate = readMetrics({ accuracy: 0.8, logLoss: 0.4, rows: 68, recallByLabel: { Adelie: 1, Gentoo: 0.5 } });
const production = readMetrics({ accuracy: 0.9, logLoss: 0.5, rows: 68, recallByLabel: { Adelie: 1 } });

test('the better side is the higher accuracy and the lower loss', () => {
  const sides = compare(candidate, production).map(line => [line.name, line.label, better(line)]);
  expect(sides).toEqual([
    ['accuracy', null, 'production'],
    ['logLoss', null, 'candidate'],
    ['recallByLabel', 'Adelie', null],
    ['recallByLabel', 'Gentoo', null],
    ['rows', null, null]
  ]);
});

test('what decides is read before the rest', () => {
  const comparison = readMetrics({ kind: 'classification', bothRight: 53, mcNemar: 0.1, onlyCandidate: 0, difference: -0.2 });
  expect(inReadingOrder(comparison).map(metric => metric.name)).toEqual([
    'difference',
    'onlyCandidate',
    'bothRight',
    'mcNemar'
  ]);
});
