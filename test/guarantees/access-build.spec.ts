import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { Field, ID, ObjectType, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { buildSchema, isObjectType } from 'graphql';
import { resources } from '../../src/access';
import { Agency } from '../../src/agencies/agency.type';
import { AppModule, FEATURES } from '../../src/app.module';
import { Access } from '../../src/platform/auth';
import { settingsFrom } from '../../src/platform/config';
import { printSchemaOf } from '../../src/platform/graphql/print-schema';
import { createHttpApp } from '../../src/platform/http';
import { createDatabase, type TestDatabase } from '../setup/database';

@ObjectType()
class Secret {
  @Field(() => ID) id: string;
}

@Resolver()
class SecretResolver {
  @Access('public')
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
      DATABASE_URL: database.appUrl,
      HANDRAIL_DATA_DIR: dataDir,
      HANDRAIL_DEVELOPMENT_KEYS: 'on',
      HANDRAIL_WORKER: 'off',
      AUTH_AUDIENCE: 'handrail',
      LOG_LEVEL: 'silent',
    });
    const root = { module: RootModule, imports: [AppModule.with(settings)], providers: resolvers };
    const app = await createHttpApp(root, settings);
    await app.init().finally(() => app.close());
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
});

describe('the access table', () => {
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
