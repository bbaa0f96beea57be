/** Any text a client sends: long enough for a case note, short enough to never be a weapon. In UTF-16 units. */
export const TEXT_LIMIT = 10_000;
/** Of lists and objects in each other, in a request or in a row that is read by itself. */
export const DEPTH_LIMIT = 32;
const VALUE_LIMIT = 10_000;

// Tab, line feed and carriage return stay; PostgreSQL refuses U+0000, and the rest forges log lines and terminals.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\p{Surrogate}]/gu;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** False for half a character pair, which UTF-8 cannot carry. */
export const isWellFormed = (text: string): boolean => !LONE_SURROGATE.test(text);

/** Why a text may not come in, or null. */
export const textFault = (text: string): string | null => {
  if (text.length > TEXT_LIMIT) return `Text is longer than ${TEXT_LIMIT} characters.`;
  if (CONTROL.test(text)) return 'Text has a control character that is not allowed.';
  if (!isWellFormed(text)) return 'Text is not well-formed Unicode.';
  return null;
};

/** A text that is safe in a header, a log line or a message. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, ' ');

export interface ValueFault {
  readonly path: string;
  readonly message: string;
}

interface Visit {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
}

const childrenOf = ({ value, path, depth }: Visit): Visit[] => {
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => ({ value: item, path: `${path}[${index}]`, depth: depth + 1 }));
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).map(([key, item]) => ({
    value: item as unknown,
    path: path ? `${path}.${key}` : key,
    depth: depth + 1,
  }));
};

/** Every value of a JSON value, itself first. Walks without recursion, and breadth is no argument list: both are the client’s choice. */
function* valuesIn(root: unknown, at: string): Generator<Visit> {
  const open: Visit[] = [{ value: root, path: at, depth: 0 }];
  for (let visit = open.pop(); visit; visit = open.pop()) {
    yield visit;
    for (const child of childrenOf(visit)) open.push(child);
  }
}

const keyFault = (value: unknown): string | null =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (Object.keys(value).map(textFault).find(Boolean) ?? null)
    : null;

/** First text in a JSON value that may not come in, with its path. */
export const valueFault = (root: unknown, at = ''): ValueFault | null => {
  let visited = 0;
  for (const visit of valuesIn(root, at)) {
    visited += 1;
    if (visited > VALUE_LIMIT) return { path: at, message: 'Too many values.' };
    if (visit.depth > DEPTH_LIMIT) return { path: at, message: 'Values are nested too deeply.' };
    const message = typeof visit.value === 'string' ? textFault(visit.value) : keyFault(visit.value);
    if (message) return { path: printable(visit.path).slice(0, 200), message };
  }
  return null;
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Names of what every object inherits. In JSON they are keys like any other; what copies objects drops them or stumbles over them. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype);

/** First key of that kind in a JSON value that `valueFault` finds nothing in: no input has such a field. */
export const inheritedKeyFault = (root: unknown): ValueFault | null => {
  for (const { value, path } of valuesIn(root, '')) {
    const key = INHERITED.find((name) => isObject(value) && Object.hasOwn(value, name));
    if (key) return { path: path ? `${path}.${key}` : key, message: 'No input has a field of this name.' };
  }
  return null;
};

const poisons = (value: object): boolean => {
  const { constructor: made } = value as { readonly constructor: unknown };
  return (
    Object.hasOwn(value, '__proto__') ||
    (Object.hasOwn(value, 'constructor') && isObject(made) && Object.hasOwn(made, 'prototype'))
  );
};

/** Whether a JSON value of any depth holds keys that would change what all objects inherit, were it copied carelessly. */
export const isPoisoned = (root: unknown): boolean => {
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (!isObject(value)) continue;
    if (poisons(value)) return true;
    for (const item of Object.values(value)) open.push(item);
  }
  return false;
};
