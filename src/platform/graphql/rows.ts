import {
  coerceInputValue,
  GraphQLScalarType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isScalarType,
  valueFromASTUntyped,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  type GraphQLSchema,
} from 'graphql';
import { invalid, type Refusal } from '../../kernel/refusal';
import { readAs } from './input.pipe';
import { inheritedKeyFault, printable, valueFault } from './text';

type Fault = Refusal<'INVALID_INPUT'>;
type Class<Row> = new (...args: never[]) => Row;

/** Stands for a row that nobody is to walk: it holds text that cannot be kept or a key that no copy of it would have, or is nested without end. */
class UnreadableRow {
  constructor(
    readonly path: string,
    readonly message: string,
  ) {}
}

const readable = (row: unknown): unknown => {
  // A compiled operation reads its variables twice.
  if (row instanceof UnreadableRow) return row;
  const fault = valueFault(row) ?? inheritedKeyFault(row);
  return fault ? new UnreadableRow(fault.path, fault.message) : row;
};

/**
 * The type of a row that is read by itself. GraphQL takes a list whole or refuses the request: one strange word would cost all
 * the other rows. It takes anything as such a row, and `readRows` says what is wrong with it.
 */
export const rowScalar = (name: string, shape: string): GraphQLScalarType =>
  new GraphQLScalarType({
    name,
    description: `A row: an object with the fields of \`${shape}\`, by the same rules. It is read by itself: whatever is wrong with it is the answer to this row (INVALID_INPUT with field and remedy) and no error of the request.`,
    parseValue: readable,
    parseLiteral: (node, variables) => readable(valueFromASTUntyped(node, variables)),
    extensions: { isReadByItself: true },
  });

/** Whether `readRows` answers for values of this type, and nobody before it. */
export const isRowType = (type: unknown): boolean =>
  isNonNullType(type) ? isRowType(type.ofType) : isScalarType(type) && type.extensions['isReadByItself'] === true;

/** What is to be sent where a scalar of the language itself does not fit; enums name their values, our own scalars explain themselves. */
const FITTING: Readonly<Record<string, string>> = {
  Int: 'a whole number',
  Float: 'a number',
  Boolean: 'true or false',
  String: 'a text',
};

const remedyFor = (type: GraphQLLeafType): string =>
  isEnumType(type)
    ? `Send one of: ${type
        .getValues()
        .map(({ name }) => name)
        .join(', ')}.`
    : `Send ${FITTING[type.name] ?? `what ${type.name} in the schema asks for`}.`;

const leafFault = (type: GraphQLLeafType, value: unknown, path: string): Fault | null => {
  try {
    if (type.parseValue(value) !== undefined) return null;
  } catch {
    // Its own words may repeat the value, which may be personal data.
  }
  return invalid(path, `This is no ${type.name}.`, remedyFor(type));
};

const firstOf = <Item>(items: Iterable<Item>, faultOf: (item: Item, at: number) => Fault | null): Fault | null => {
  let at = 0;
  for (const item of items) {
    const fault = faultOf(item, at);
    if (fault) return fault;
    at += 1;
  }
  return null;
};

const objectFault = (type: GraphQLInputObjectType, value: unknown, path: string): Fault | null => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return invalid(path, `This is no ${type.name}.`, `Send an object with the fields of ${type.name}.`);
  }
  const fields = type.getFields();
  const sent = value as Readonly<Record<string, unknown>>;
  const strange = Object.keys(sent).find((name) => !Object.hasOwn(fields, name));
  if (strange !== undefined) {
    const name = printable(strange).slice(0, 60);
    return invalid(`${path}.${name}`, `${type.name} has no such field.`, 'Leave it out, or correct its name.');
  }
  return firstOf(Object.values(fields), ({ name, type: inner, defaultValue }) =>
    sent[name] === undefined && defaultValue !== undefined ? null : shapeFault(inner, sent[name], `${path}.${name}`),
  );
};

/** The first place where a value is not of this type. */
const shapeFault = (type: GraphQLInputType, value: unknown, path: string): Fault | null => {
  if (isNonNullType(type)) {
    const inner: GraphQLInputType = type.ofType;
    return value === undefined || value === null
      ? invalid(path, 'This is needed.', `Send ${String(inner)}.`)
      : shapeFault(inner, value, path);
  }
  if (value === undefined || value === null) return null;
  if (isListType(type)) {
    const inner = type.ofType;
    // One value stands for a list of one, as everywhere in GraphQL.
    return Array.isArray(value)
      ? firstOf(value, (item, at) => shapeFault(inner, item, `${path}[${at}]`))
      : shapeFault(inner, value, path);
  }
  return isInputObjectType(type) ? objectFault(type, value, path) : leafFault(type, value, path);
};

export interface RowShape<Row> {
  readonly schema: GraphQLSchema;
  /** The input class; its name is that of the type. */
  readonly of: Class<Row>;
}

/** A row as its input class, or what is wrong with it: first its shape, then the rules of the class. */
const readRow = async <Row extends object>(
  { schema, of }: RowShape<Row>,
  value: unknown,
  path: string,
): Promise<Row | Fault> => {
  const type = schema.getType(of.name);
  if (!isInputType(type)) throw new Error(`there is no input called ${of.name}`);
  if (value === null || value === undefined) return invalid(path, 'This row is empty.', `Send ${of.name}, or no row.`);
  if (value instanceof UnreadableRow) {
    const at = value.path === '' || value.path.startsWith('[') ? value.path : `.${value.path}`;
    return invalid(`${path}${at}`, value.message, 'Remove it and send the row again.');
  }
  const fault = shapeFault(type, value, path);
  if (fault) return fault;
  const read = await readAs(of, coerceInputValue(value, type), path);
  return 'broken' in read ? invalid(read.broken.path, read.broken.message, read.broken.remedy) : read.value;
};

/** Each row by itself, in order; `pathOf` names a row. */
export const readRows = <Row extends object>(
  shape: RowShape<Row>,
  rows: readonly unknown[],
  pathOf: (at: number) => string,
): Promise<(Row | Fault)[]> => Promise.all(rows.map((row, at) => readRow(shape, row, pathOf(at))));
