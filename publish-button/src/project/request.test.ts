import { expect, test } from 'vitest';

import { problemOfResponse } from './request';

test("a problem document's detail is told", () => {
  const body = JSON.stringify({ title: 'Not found', status: 404, detail: 'No publication p9.' });
  expect(problemOfResponse(404, body)).toEqual({
    kind: 'refused',
    status: 404,
    text: 'No publication p9.'
  });
});

test('a page of HTML is never shown', () => {
  expect(problemOfResponse(500, '<html>boom</html>')).toEqual({
    kind: 'refused',
    status: 500,
    text: ''
  });
});

test('an ended login and a workbench that is away are told apart', () => {
  expect(problemOfResponse(401, '')).toEqual({ kind: 'signed-out' });
  expect(problemOfResponse(502, '')).toEqual({ kind: 'network' });
});
