import { expect, test } from 'vitest';

import { errorText } from './errorText';

test('terminal codes are taken out of a trace', () => {
  expect(
    errorText({
      ename: 'E',
      evalue: 'v',
      traceback: ['\u001b[1m\u001b[31mLatheException: no data\u001b[0m', '  at x']
    })
  ).toBe('LatheException: no data\n  at x');
});

test('without a trace the name and value are told', () => {
  expect(errorText({ ename: 'E', evalue: 'v', traceback: [] })).toBe('E: v');
});

test('markup stays text', () => {
  expect(errorText({ traceback: ['<img src=x onerror=alert(1)>'] })).toBe(
    '<img src=x onerror=alert(1)>'
  );
});

test('a huge trace is cut', () => {
  expect(errorText({ traceback: ['x'.repeat(1e6)] }).length).toBeLessThan(5000);
});
