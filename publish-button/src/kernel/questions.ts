import { record, text } from '../json';
import { javaLiteral } from './javaLiteral';

export const PUBLICATION_TYPE = 'application/vnd.lathe.publication+json';

export const PUBLISHABLE = 'io.lathe.kernel.Lathe.publishable()';

export function publishCode(
  variable: string,
  name: string,
  evaluatedOn: string
): string {
  const literals = [variable, name, evaluatedOn].map(javaLiteral).join(', ');
  return `io.lathe.kernel.Lathe.publish(${literals})`;
}

/** The id in the kernel's answer to a publish. */
export function readPublicationId(value: unknown): string {
  return text(record(value, 'the answer to the publish'), 'id');
}
