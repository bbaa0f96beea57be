import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { isUuid } from '../../kernel/id';
import { badInput } from './errors';
import { printable } from './text';

const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const CALENDAR_DATE = /^\d{4}-\d{2}-\d{2}$/;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2200;

const literalText = (node: ValueNode, what: string): string => {
  if (node.kind !== Kind.STRING) throw badInput(`${what} must be a string.`);
  return node.value;
};

/** `2026-02-30` parses as 2 March in JavaScript: a day that does not exist is refused instead of moved. */
const isRealDay = (date: string): boolean => {
  const day = new Date(`${date}T00:00:00Z`);
  const isInYears = day.getUTCFullYear() >= FIRST_YEAR && day.getUTCFullYear() <= LAST_YEAR;
  return !Number.isNaN(day.getTime()) && isInYears && day.toISOString().slice(0, 10) === date;
};

/** Takes a `Date` too: compiled operations read variables that have been read before. JSON carries none. */
const parseDateTime = (value: unknown): Date => {
  if (value instanceof Date) return value;
  const isShaped = typeof value === 'string' && RFC_3339.test(value) && isRealDay(value.slice(0, 10));
  const moment = new Date(isShaped ? value : Number.NaN);
  if (Number.isNaN(moment.getTime())) {
    throw badInput(`DateTime must be RFC 3339 with an offset, years ${FIRST_YEAR} to ${LAST_YEAR}.`);
  }
  return moment;
};

const parseDate = (value: unknown): string => {
  if (typeof value !== 'string' || !CALENDAR_DATE.test(value) || !isRealDay(value)) {
    throw badInput(`Date must be a calendar day as YYYY-MM-DD, years ${FIRST_YEAR} to ${LAST_YEAR}.`);
  }
  return value;
};

const parseId = (value: unknown): string => {
  if (typeof value !== 'string' || !isUuid(value)) {
    throw badInput('An ID must be a UUID.', undefined, 'Send the id as Handrail gave it.');
  }
  return value.toLowerCase();
};

/** Bound to the TypeScript type `Date`: `@Field() createdAt: Date` needs no further word. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: `A moment, RFC 3339 with an offset, for example \`2026-03-01T14:30:00Z\`. Years ${FIRST_YEAR} to ${LAST_YEAR}. Answered in UTC.`,
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(literalText(node, 'DateTime')),
  serialize: (value) => new Date(value as Date | string).toISOString(),
});

/** A day without a time, `YYYY-MM-DD`, kept as text so that no time zone can move it. */
export const CalendarDate = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: `A calendar day as \`YYYY-MM-DD\`, without time zone. Years ${FIRST_YEAR} to ${LAST_YEAR}.`,
  parseValue: parseDate,
  parseLiteral: (node) => parseDate(literalText(node, 'Date')),
  serialize: (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value)),
});

/** Takes the place of the built-in `ID` everywhere: a malformed id never reaches the database. */
export const UuidId = new GraphQLScalarType<string, string>({
  name: 'ID',
  description: 'The id of a record: a UUID.',
  parseValue: parseId,
  parseLiteral: (node) => parseId(literalText(node, 'ID')),
  serialize: (value) => String(value),
});

export const RefusalFacts = new GraphQLScalarType<unknown, unknown>({
  name: 'RefusalDetails',
  description:
    'Facts behind a refusal as a JSON object, for machines; which facts there are depends on the code. Never personal data.',
  parseValue: (value) => {
    throw new GraphQLError(`RefusalDetails is answered, never sent: ${printable(typeof value)}.`, {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  },
  serialize: (value) => value,
});
