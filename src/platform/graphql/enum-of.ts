import { registerEnumType } from '@nestjs/graphql';

type EnumObject<K extends string> = Readonly<Record<K, K>>;

const known = new Map<string, EnumObject<string>>();

/**
 * A GraphQL enum from a table of value → description, such as the closed lists of `kernel/vocabulary`. Made once per name, so
 * every room may ask for it: `enumOf('Payer', payers, 'How treatment is paid for.')`.
 */
export const enumOf = <K extends string>(
  name: string,
  table: Readonly<Record<K, string>>,
  description: string,
): EnumObject<K> => {
  const made = known.get(name);
  const values = Object.keys(table) as K[];
  if (made) {
    // Two rooms that each mean another list by one word would silently get the first.
    if (Object.keys(made).join() !== values.join()) throw new Error(`two lists are called ${name}`);
    return made as EnumObject<K>;
  }
  const object = Object.fromEntries(values.map((value) => [value, value])) as EnumObject<K>;
  registerEnumType(object, {
    name,
    description,
    valuesMap: Object.fromEntries(values.map((value) => [value, { description: table[value] }])) as Record<
      K,
      { description: string }
    >,
  });
  known.set(name, object);
  return object;
};
