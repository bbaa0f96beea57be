/** @alone It declares types and resolvers of its own, which every schema of the process would carry. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { Args, Field, ID, ObjectType, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { buildSchema, isObjectType } from 'graphql';
import { accessMatrix, narrowings, resources } from '../../src/access';
import { Agency } from '../../src/agencies/agency.type';
import { AppModule, FEATURES } from '../../src/app.module';
import { operationsChapter } from '../../src/cli/operations-chapter';
import { Access } from '../../src/platform/auth';
import { settingsFrom } from '../../src/platform/config';
import { accessRulesOf, printSchemaOf } from '../../src/platform/graphql/print-schema';
import { createHttpApp } from '../../src/platform/http';
import { addressesOf, createDatabase, type TestDatabase } from '../setup/database';

@ObjectType()
class Secret {
  @Field(() => ID) id: string;
}

@Resolver()
class SecretResolver {
  @Access({ resource: 'Viewer', command: 'read' })
  @Query(() => Secret, { nullable: true })
  secret(): null {
    return null;
  }
}

@Resolver(() => Agency)
class SecretNumberResolver {
  @ResolveField(() => String, { nullable: true })
  secretNumber(): null {
    return null;
  }
}

/** One more for the boot: a field that was read once stays known in the process. */
@Resolver(() => Agency)
class SecretWordResolver {
  @ResolveField(() => String, { nullable: true })
  secretWord(): null {
    return null;
  }
}

@Module({})
class MoreModule {}

type Resolvers = (new () => object)[];

/** `npm run schema`, a step of CI. */
const print = (resolvers: Resolvers): Promise<string> => {
  Reflect.defineMetadata('providers', resolvers, MoreModule);
  return printSchemaOf([...(FEATURES as Resolvers), MoreModule]);
};

@Module({})
class RootModule {}

@Resolver()
class NarrowedResolver {
  @Access({ resource: 'Viewer', command: 'read' })
  @Query(() => String, { nullable: true })
  narrowed(@Args('sortBy') _sortBy: string): null {
    return null;
  }
}

@Resolver()
class MisspeltResolver {
  @Access({ resource: 'Viewer', command: 'raed' })
  @Query(() => String, { nullable: true })
  misspelt(): null {
    return null;
  }
}

describe('the build and the boot stop', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'handrail-boot-'));
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(async () => {
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const boot = async (resolvers: Resolvers): Promise<void> => {
    const settings = settingsFrom({
      NODE_ENV: 'test',
      ...addressesOf(database),
      HANDRAIL_DATA_DIR: dataDir,
      HANDRAIL_DEVELOPMENT_KEYS: 'on',
      HANDRAIL_WORKER: 'off',
      AUTH_AUDIENCE: 'handrail',
      LOG_LEVEL: 'silent',
    });
    const root = { module: RootModule, imports: [AppModule.with(settings)], providers: resolvers };
    const app = await createHttpApp(root, settings);
    try {
      await app.init();
    } finally {
      await app.close();
    }
  };

  it('not at what is there', async () => {
    expect(await print([])).toBe(readFileSync(join(__dirname, '../../schema.graphql'), 'utf8'));
    await expect(boot([])).resolves.toBeUndefined();
  });

  it('at a type without a policy', async () => {
    const words = 'Secret.id is not in the access table';
    await expect(print([SecretResolver])).rejects.toThrow(words);
    await expect(boot([SecretResolver])).rejects.toThrow(words);
  });

  it('at a field without a policy', async () => {
    await expect(print([SecretNumberResolver])).rejects.toThrow('Agency.secretNumber is not in the access table');
    await expect(boot([SecretWordResolver])).rejects.toThrow('Agency.secretWord is not in the access table');
  });

  it('at an argument that nothing says what it looks at', async () => {
    await expect(print([NarrowedResolver])).rejects.toThrow('narrowed(sortBy) is not in the access table');
    await expect(boot([NarrowedResolver])).rejects.toThrow('narrowed(sortBy) is not in the access table');
  });

  it('at a rule that names no row', async () => {
    await expect(boot([MisspeltResolver])).rejects.toThrow('MisspeltResolver.misspelt (Viewer:raed is no row');
    expect(() => operationsChapter('type Query { lost: Int }', new Map())).toThrow('lost has no @Access');
  });
});

describe('the access table', () => {
  it('is the page that people read, with every operation and what it is given', () => {
    const sdl = readFileSync(join(__dirname, '../../schema.graphql'), 'utf8');
    const page = accessMatrix() + operationsChapter(sdl, accessRulesOf(FEATURES));
    expect(readFileSync(join(__dirname, '../../docs/access-matrix.md'), 'utf8')).toBe(page);
  });

  it('speaks of no argument that the API does not have', () => {
    const schema = buildSchema(readFileSync(join(__dirname, '../../schema.graphql'), 'utf8'));
    const roots = [schema.getQueryType(), schema.getSubscriptionType()];
    const fieldNamed = (operation: string) => {
      const [type = '', field] = operation.split('.');
      const owner = field === undefined ? null : schema.getType(type);
      if (isObjectType(owner)) return owner.getFields()[field ?? ''];
      return roots.map((root) => root?.getFields()[operation]).find((one) => one !== undefined);
    };
    const unknown = Object.entries(narrowings).flatMap(([operation, looksAt]) =>
      Object.entries(looksAt)
        .filter(([argument, at]) => {
          const [type = '', field = ''] = at.split('.');
          const isOfTable = field === '' || Object.hasOwn(resources[type]?.fields ?? {}, field);
          return !isOfTable || !fieldNamed(operation)?.args.some(({ name }) => name === argument);
        })
        .map(([argument]) => `${operation}(${argument})`),
    );
    expect(unknown).toEqual([]);
  });

  it('speaks of nothing that the API does not have', () => {
    const schema = buildSchema(readFileSync(join(__dirname, '../../schema.graphql'), 'utf8'));
    const unknown = Object.entries(resources).flatMap(([name, { fields }]) => {
      const type = schema.getType(name);
      const served = isObjectType(type) ? type.getFields() : {};
      return Object.keys(fields).flatMap((field) => (Object.hasOwn(served, field) ? [] : [`${name}.${field}`]));
    });
    expect(unknown).toEqual([]);
  });
});
