import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { roles, type Role } from '../../access';
import { budgetOf, classOf, namedOperations, operationClasses } from './budgets';

describe('the table of budgets', () => {
  it('names operations that exist', () => {
    const schema = buildSchema(readFileSync(join(__dirname, '../../../schema.graphql'), 'utf8'));
    const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}),
    );
    expect(fields).toEqual(expect.arrayContaining([...namedOperations]));
  });

  it('has one for every role, never less for a partner system than for a person of the same role', () => {
    for (const role of Object.keys(roles) as Role[]) {
      for (const operationClass of operationClasses) {
        const person = budgetOf({ kind: 'STAFF', role }, operationClass);
        const system = budgetOf({ kind: 'SERVICE_ACCOUNT', role }, operationClass);
        expect(person.perMinute).toBeGreaterThan(0);
        expect(system.perMinute).toBeGreaterThanOrEqual(person.perMinute);
      }
    }
  });

  it('are the ones the guide to the API names', () => {
    const guide = readFileSync(join(__dirname, '../../../docs/api.md'), 'utf8');
    for (const operationClass of ['SEARCH', 'BULK'] as const) {
      const [, what = ''] = new RegExp(`^\\| \`${operationClass}\` +\\| ([^|]+)\\|`, 'm').exec(guide) ?? [];
      const named = namedOperations.filter((name) => classOf('query', name) === operationClass);
      expect(what.trim()).toBe(named.map((name) => `\`${name}\``).join(', '));
    }
  });

  it('puts an operation it does not name with its kind', () => {
    expect([
      classOf('query', 'viewer'),
      classOf('mutation', 'submitReferral'),
      classOf('query', 'matchPrograms'),
      classOf('mutation', 'breakGlass'),
    ]).toEqual(['READ', 'COMMAND', 'SEARCH', 'SEARCH']);
    expect(classOf('query', 'constructor')).toBe('READ');
  });
});
