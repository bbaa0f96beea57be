import { getMetadataArgsStorage } from 'typeorm';
import { sql } from './statement';

type EntityClass<Row> = abstract new (...args: never[]) => Row;

export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Property → column, as the entity declares it. */
export const columnNames = (entity: EntityClass<object>): ReadonlyMap<string, string> =>
  new Map(
    getMetadataArgsStorage()
      .columns.filter((column) => column.target === entity)
      .map((column) => [column.propertyName, column.options.name ?? snakeCase(column.propertyName)]),
  );

/** What the entity declares of one of its columns. */
export const columnOf = (
  entity: EntityClass<object>,
  property: string,
): { readonly name: string; readonly type: unknown; readonly isList: boolean } => {
  const name = columnNames(entity).get(property);
  if (name === undefined) throw new Error(`${entity.name} has no column for ${property}`);
  const declared = getMetadataArgsStorage().columns.find(
    (column) => column.target === entity && column.propertyName === property,
  );
  return { name, type: declared?.options.type, isList: declared?.options.array ?? false };
};

/** The select list of an entity’s columns under their property names: `r.id as "id", r.person_id as "personId", …`. */
export const selectList = <Row extends object>(
  entity: EntityClass<Row>,
  alias: string,
  without: readonly (keyof Row & string)[] = [],
): string =>
  [...columnNames(entity)]
    .filter(([property]) => !(without as readonly string[]).includes(property))
    .map(([property, column]) => `${alias}.${column} as "${property}"`)
    .join(', ');

/** The insert of whole rows of an entity, without what the database or a later step fills, and one row’s values in its order. */
export const insertionOf = <Row extends object>(
  entity: EntityClass<Row>,
  table: string,
  without: readonly (keyof Row & string)[] = [],
) => {
  const written = [...columnNames(entity)].filter(([property]) => !(without as readonly string[]).includes(property));
  const columns = written.map(([, column]) => column).join(', ');
  const places = written.map((_, index) => `$${index + 1}`).join(', ');
  return {
    statement: sql(`insert into ${table} (${columns}) values (${places})`),
    valuesOf: (row: Partial<Row>): unknown[] => written.map(([property]) => row[property as keyof Row]),
  };
};
