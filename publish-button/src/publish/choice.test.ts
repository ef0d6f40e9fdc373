import { expect, test } from 'vitest';

import type { IOffer } from '../kernel/offer';
import { changed, defaultChoice, problems } from './choice';

const OFFER: IOffer = {
  models: [
    { variable: 'tree', type: 'TreeModel', labels: [], name: '', evaluatedOn: '' },
    {
      variable: 'model',
      type: 'LinearSGDModel',
      labels: ['Adelie'],
      name: 'penguins',
      evaluatedOn: 'penguins-test@v1'
    }
  ],
  datasets: ['other@v3'],
  project: 'birds'
};
const CHOICE = { variable: 'model', name: 'penguins', evaluatedOn: 'penguins-test@v1' };

test('the model trained last is the default, with its own name and data', () => {
  expect(defaultChoice(OFFER)).toEqual(CHOICE);
});

test('nothing offered, nothing chosen', () => {
  expect(defaultChoice({ ...OFFER, models: [] })).toBeNull();
});

test('another model brings its defaults, else the project and the first dataset', () => {
  expect(changed(CHOICE, 'variable', 'tree', OFFER)).toEqual({
    variable: 'tree',
    name: 'birds',
    evaluatedOn: 'other@v3'
  });
});

test('another name leaves the rest', () => {
  expect(changed(CHOICE, 'name', 'x', OFFER)).toEqual({ ...CHOICE, name: 'x' });
});

test('a good choice has no problems', () => {
  expect(problems(CHOICE, OFFER)).toEqual({});
});

test.each(['Penguins', '1penguins', 'pen guins', '../penguins', 'p"', 'p'.repeat(64)])(
  'the name %j is malformed',
  name => {
    expect(problems({ ...CHOICE, name }, OFFER)).toEqual({ name: 'malformed' });
  }
);

test.each(['penguins-test', 'penguins-test@latest', 'penguins-test@v0', '@v1', 'a@v1\n'])(
  'the evaluation data %j is no fixed version',
  evaluatedOn => {
    expect(problems({ ...CHOICE, evaluatedOn }, OFFER)).toEqual({
      evaluatedOn: 'malformed'
    });
  }
);

test('empty fields are missing and a variable not offered is unknown', () => {
  expect(problems({ variable: 'gone', name: '', evaluatedOn: '' }, OFFER)).toEqual({
    variable: 'unknown',
    name: 'missing',
    evaluatedOn: 'missing'
  });
});
