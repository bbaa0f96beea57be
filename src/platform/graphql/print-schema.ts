import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { printSchema, specifiedDirectives } from 'graphql';
import { accessPolicy } from '../auth/access-policy';
import { ACCESS, type AccessRule } from '../auth/access.decorator';
import { checkGoverned, sayWhereClientsStand } from './field-access';
import { Refused, RefusedResolver } from './refused.type';
import { DateTime } from './scalars';
import { sortWithCheckedIds } from './uuid-ids';

type Class = new (...args: never[]) => object;

const providersOf = (module: Class): Class[] => (Reflect.getMetadata('providers', module) as Class[] | undefined) ?? [];

/** The classes among a module’s providers that carry GraphQL operations or fields. */
const resolversOf = (module: Class): Class[] =>
  providersOf(module).filter(
    (provider) => typeof provider === 'function' && Reflect.hasMetadata('graphql:resolver_type', provider),
  );

/** The rule of every operation of the API, by the operation’s name. */
export const accessRulesOf = (modules: readonly Class[]): ReadonlyMap<string, AccessRule> => {
  const rules = new Map<string, AccessRule>();
  for (const resolver of modules.flatMap(resolversOf)) {
    const methods = resolver.prototype as unknown as Record<string, object>;
    for (const method of Object.getOwnPropertyNames(methods)) {
      const handler = methods[method];
      const rule = handler && (Reflect.getMetadata(ACCESS, handler) as AccessRule | undefined);
      const name = handler && (Reflect.getMetadata('graphql:resolver_name', handler) as string | undefined);
      if (rule) rules.set(name ?? method, rule);
    }
  }
  return rules;
};

/**
 * The schema in SDL, sorted, as partners get it: made from the code alone, without a database. Throws at a type or field
 * without a policy, so that the build stops where the boot would.
 */
export const printSchemaOf = async (modules: readonly Class[]): Promise<string> => {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  try {
    const resolvers = [...modules.flatMap(resolversOf), RefusedResolver];
    const schema = await app.get(GraphQLSchemaFactory).create(resolvers, [], {
      scalarsMap: [{ type: Date, scalar: DateTime }],
      orphanedTypes: [Refused],
      directives: [...specifiedDirectives],
    });
    const governed = checkGoverned(sayWhereClientsStand(schema, accessPolicy), accessPolicy);
    return `${printSchema(sortWithCheckedIds(governed))}\n`;
  } finally {
    await app.close();
  }
};
