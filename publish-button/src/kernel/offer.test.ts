import { expect, test } from 'vitest';

import { readOffer } from './offer';

test('an offer is read as the kernel sends it', () => {
  const offer = readOffer({
    models: [
      {
        variable: 'model',
        type: 'LinearSGDModel',
        labels: ['Adelie', 'Gentoo'],
        name: 'penguins',
        evaluatedOn: 'penguins-test@v1'
      }
    ],
    datasets: ['penguins-test@v1', 'penguins@v1'],
    project: 'penguins'
  });
  expect(offer.models[0]?.labels).toEqual(['Adelie', 'Gentoo']);
  expect(offer.models[0]?.evaluatedOn).toBe('penguins-test@v1');
  expect(offer.datasets).toHaveLength(2);
});

test('a model without a name or evaluation is offered without defaults', () => {
  const offer = readOffer({
    models: [{ variable: 'm', type: 'T', labels: [], name: null }],
    datasets: []
  });
  expect(offer.models[0]).toMatchObject({ name: '', evaluatedOn: '' });
  expect(offer.project).toBe('');
});

test('a model that answers numbers has no labels', () => {
  const offer = readOffer({
    models: [{ variable: 'forest', type: 'WeightedEnsembleModel', name: 'mass' }],
    datasets: []
  });
  expect(offer.models[0]).toMatchObject({ variable: 'forest', labels: [] });
});

test.each([
  ['a text', 'nothing'],
  ['a list', []],
  ['models that are no list', { models: {} }],
  ['a model without a variable', { models: [{ type: 'T' }] }],
  ['labels that are numbers', { models: [{ variable: 'm', type: 'T', labels: [1] }] }]
])('%s is refused with its place', (_, value) => {
  expect(() => readOffer(value)).toThrow(/not a|is not/);
});
