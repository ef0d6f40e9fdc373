/** What a server or a kernel answered is not what was agreed; the message says where. */
export class UnexpectedReply extends Error {
  override readonly name = 'UnexpectedReply';
}

export type JsonRecord = { readonly [key: string]: unknown };

export function record(value: unknown, where: string): JsonRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UnexpectedReply(`${where} is not an object`);
  }
  return value as JsonRecord;
}

export function text(from: JsonRecord, key: string): string {
  const value = from[key];
  if (typeof value !== 'string') {
    throw new UnexpectedReply(`"${key}" is not a text`);
  }
  return value;
}

/** The text under `key`, or null where it is absent or JSON null. */
export function optionalText(from: JsonRecord, key: string): string | null {
  return absent(from[key]) ? null : text(from, key);
}

/** The whole number under `key`, or null where it is absent or JSON null. */
export function optionalInteger(from: JsonRecord, key: string): number | null {
  const value = from[key];
  if (absent(value)) {
    return null;
  }
  if (!Number.isSafeInteger(value)) {
    throw new UnexpectedReply(`"${key}" is not a whole number`);
  }
  return value as number;
}

/** The list under `key`; empty where it is absent or JSON null. */
export function list<T>(
  from: JsonRecord,
  key: string,
  read: (item: unknown) => T
): readonly T[] {
  const value = from[key];
  if (absent(value)) {
    return [];
  }
  if (!Array.isArray(value)) {
    throw new UnexpectedReply(`"${key}" is not a list`);
  }
  return value.map(read);
}

export function texts(from: JsonRecord, key: string): readonly string[] {
  return list(from, key, item => {
    if (typeof item !== 'string') {
      throw new UnexpectedReply(`"${key}" holds something that is not a text`);
    }
    return item;
  });
}

export function optional<T>(
  from: JsonRecord,
  key: string,
  read: (value: unknown) => T
): T | null {
  const value = from[key];
  return absent(value) ? null : read(value);
}

export function parseJson(source: string, where: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    throw new UnexpectedReply(`${where} is not JSON`);
  }
}

function absent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}
