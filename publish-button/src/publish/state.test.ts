import { expect, test } from 'vitest';

import type { IOffer } from '../kernel/offer';
import { readPublication } from '../project/publication';
import { goesOn, next, PublishEvent, PublishState } from './state';

const OFFER: IOffer = {
  models: [
    { variable: 'model', type: 'T', labels: [], name: 'penguins', evaluatedOn: 'test@v1' }
  ],
  datasets: [],
  project: 'penguins'
};
const PUBLICATION = readPublication({ id: 'p1', state: 'done' });
const STEP = { at: '', state: 'judging', message: 'Evaluating' };

function after(...events: PublishEvent[]): PublishState {
  return events.reduce(next, { at: 'asking' } as PublishState);
}

const BUILDING: PublishEvent[] = [
  { type: 'offered', offer: OFFER },
  { type: 'chose', field: 'name', value: 'birds' },
  { type: 'submitted' }
];

test('a publish goes from question to verdict', () => {
  const ended = after(
    ...BUILDING,
    { type: 'started', id: 'p1' },
    { type: 'stepped', step: STEP },
    { type: 'ended', publication: PUBLICATION }
  );
  expect(ended).toEqual({
    at: 'ended',
    choice: { variable: 'model', name: 'birds', evaluatedOn: 'test@v1' },
    id: 'p1',
    steps: [STEP],
    publication: PUBLICATION
  });
});

test('a notebook without models is told so', () => {
  expect(after({ type: 'offered', offer: { ...OFFER, models: [] } })).toEqual({ at: 'empty' });
});

test("the kernel's error leads back to the same choice", () => {
  const refused = after(...BUILDING, {
    type: 'failed',
    problem: { kind: 'kernel-error', text: 'no' }
  });
  expect(refused.at).toBe('not-started');
  expect(next(refused, { type: 'reconsidered' })).toMatchObject({
    at: 'choosing',
    choice: { name: 'birds' }
  });
});

test('an answer lost while building leaves open whether it started', () => {
  expect(after(...BUILDING, { type: 'failed', problem: { kind: 'kernel-gone' } }).at).toBe(
    'unknown-start'
  );
});

test('a lost network is unknown, and can be looked at again by id', () => {
  const lost = after(
    ...BUILDING,
    { type: 'started', id: 'p1' },
    { type: 'stepped', step: STEP },
    { type: 'failed', problem: { kind: 'network' } }
  );
  expect(lost).toMatchObject({ at: 'unknown', id: 'p1', steps: [STEP] });
  expect(next(lost, { type: 'looked-again' })).toMatchObject({
    at: 'following',
    id: 'p1',
    steps: []
  });
});

test('events that come late change nothing', () => {
  const ended = after(
    ...BUILDING,
    { type: 'started', id: 'p1' },
    { type: 'ended', publication: PUBLICATION }
  );
  for (const event of [
    { type: 'stepped', step: STEP },
    { type: 'failed', problem: { kind: 'network' } },
    { type: 'submitted' },
    { type: 'offered', offer: OFFER }
  ] as PublishEvent[]) {
    expect(next(ended, event)).toBe(ended);
  }
});

test('only building and following go on after the dialog is closed', () => {
  expect(goesOn(after(...BUILDING))).toBe(true);
  expect(goesOn(after(...BUILDING, { type: 'started', id: 'p1' }))).toBe(true);
  expect(goesOn(after())).toBe(false);
  expect(goesOn(after({ type: 'offered', offer: OFFER }))).toBe(false);
});
