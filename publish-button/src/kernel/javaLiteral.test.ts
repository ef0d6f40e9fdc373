import { expect, test } from 'vitest';

import { javaLiteral } from './javaLiteral';

test('plain text is only quoted', () => {
  expect(javaLiteral('penguins-test@v1')).toBe('"penguins-test@v1"');
});

test('what would end the literal is escaped', () => {
  expect(javaLiteral('a"); System.exit(1); ("')).toBe(
    '"a\\"); System.exit(1); (\\""'
  );
  expect(javaLiteral('a\\')).toBe('"a\\\\"');
  expect(javaLiteral('a\r\n\tb')).toBe('"a\\r\\n\\tb"');
});

test('a unicode escape in the value stays text', () => {
  expect(javaLiteral('\\u0022')).toBe('"\\\\u0022"');
});

test('control characters never become unicode escapes, which Java reads too early', () => {
  expect(javaLiteral('\u0000\u000b\u007f')).toBe('"\\000\\013\\177"');
});

test('an octal escape does not swallow a digit after it', () => {
  expect(javaLiteral('\u00017')).toBe('"\\0017"');
});

test('text beyond ASCII, line separators and lone surrogates included, is escaped', () => {
  expect(javaLiteral('é\u2028😀\ud800')).toBe(
    '"\\u00e9\\u2028\\ud83d\\ude00\\ud800"'
  );
});

test('nothing in the literal looks like a magic', () => {
  expect(javaLiteral('x = %maven a')).toBe('"x = \\045maven a"');
});
