const NAMED: { readonly [character: string]: string } = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t'
};

/**
 * A Java string literal, quotes included, that means exactly `value`.
 *
 * Java translates `\uXXXX` before it looks for quotes and line ends, so only characters beyond ASCII are written that way; what could
 * end the literal early is written by name or in octal. `%` is written in octal because Java kernels look for magics in the text.
 */
export function javaLiteral(value: string): string {
  let literal = '"';
  for (let index = 0; index < value.length; index++) {
    literal += escaped(value.charAt(index), value.charCodeAt(index));
  }
  return literal + '"';
}

function escaped(character: string, code: number): string {
  const named = NAMED[character];
  if (named !== undefined) {
    return named;
  }
  if (code < 0x20 || code === 0x7f || character === '%') {
    return '\\' + code.toString(8).padStart(3, '0');
  }
  return code > 0x7f ? '\\u' + code.toString(16).padStart(4, '0') : character;
}
