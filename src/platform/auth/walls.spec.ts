import { Controller, Get, type Type } from '@nestjs/common';
import { Field, ID, Mutation, ObjectType, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { createHttpApp } from '../http';
import { edgeSettings, referralPolicy, RegionModule } from '../http/edge.fixture';
import { Access, type AccessPolicy } from '.';

const boot = async (changes: { policy?: AccessPolicy; resolvers?: Type[]; controllers?: Type[] }) => {
  const { module } = RegionModule.build({ settings: edgeSettings(), ...changes });
  const app = await createHttpApp({ ...module, controllers: changes.controllers ?? [] }, { isProduction: false });
  try {
    await app.init();
  } finally {
    await app.close().catch(() => undefined);
  }
};
const withFields = (fields: Record<string, string>, more: AccessPolicy['resources'] = {}): AccessPolicy => ({
  ...referralPolicy,
  resources: { Referral: { fields, commands: { read: [], administer: [], create: [] } }, ...more },
});
const referralFields = { id: 'D', createdAt: 'D', state: 'D', siblings: 'D', summary: 'C' };

@ObjectType()
class Secret {
  @Field(() => ID) id: string;
}

@ObjectType()
class Inner {
  @Field(() => ID) id: string;
}

@Resolver()
class SecretResolver {
  @Access({ resource: 'Referral', command: 'read' })
  @Query(() => Secret, { nullable: true })
  secret(): null {
    return null;
  }
}

@Resolver()
class OpeningResolver extends SecretResolver {
  @Access({ resource: 'Secret', command: 'open' })
  @Mutation(() => Secret, { nullable: true })
  openSecret(): null {
    return null;
  }
}

@Resolver(() => Secret)
class InnerResolver {
  @ResolveField(() => Secret, { nullable: true })
  deeper(): null {
    return null;
  }

  @ResolveField(() => [Inner], { nullable: true })
  inner(): null {
    return null;
  }
}

@Resolver()
class ForgottenResolver {
  @Query(() => String)
  forgotten(): string {
    return 'x';
  }
}

@Resolver()
class OpenResolver {
  @Access('public')
  @Query(() => String)
  open(): string {
    return 'x';
  }
}

@Controller('forgotten')
class ForgottenController {
  @Get()
  forgotten(): string {
    return 'x';
  }
}

describe('the boot stops', () => {
  it('not when everything is said', async () => {
    await expect(boot({})).resolves.toBeUndefined();
  });

  it('at an operation that does not say who may call it', async () => {
    await expect(boot({ resolvers: [ForgottenResolver] })).rejects.toThrow(
      'No @Access on: ForgottenResolver.forgotten',
    );
  });

  it('at an operation that says nobody need sign in: that is for routes', async () => {
    await expect(boot({ resolvers: [OpenResolver] })).rejects.toThrow('OpenResolver.open (only a route may be public)');
  });

  it('at a route that does not say who may call it', async () => {
    await expect(boot({ controllers: [ForgottenController] })).rejects.toThrow(
      'No @Access on: ForgottenController.forgotten',
    );
  });

  it('at a type the access table does not know', async () => {
    await expect(boot({ resolvers: [SecretResolver] })).rejects.toThrow('Secret.id is not in the access table');
  });

  it('at a field the access table does not know', async () => {
    const fields = { id: 'D', createdAt: 'D', state: 'D', siblings: 'D' };
    await expect(boot({ policy: withFields(fields) })).rejects.toThrow('Referral.summary is not in the access table');
  });

  it('at a field that may be withheld and cannot be null', async () => {
    const policy = withFields(referralFields, { Secret: { fields: { id: 'D' }, commands: {} } });
    await expect(
      boot({
        policy: { ...policy, isOpenField: (type, field) => type === 'Referral' && field !== 'state' },
        resolvers: [SecretResolver],
      }),
    ).rejects.toThrow('Referral.state may be withheld and so must be nullable; Secret.id may be withheld');
  });

  it('at a field that leads to another type, unless the table says so or everybody knows of its rows', async () => {
    const secretOf = (leadsTo: Record<string, string>): AccessPolicy => ({
      ...withFields(referralFields, {
        Secret: { fields: { id: 'D', inner: 'D', deeper: 'D' }, leadsTo, commands: {} },
        Inner: { fields: { id: 'D' }, commands: {} },
      }),
      isOpenField: () => true,
      isOpenType: () => false,
    });
    const resolvers = [SecretResolver, InnerResolver];
    const words = 'Secret.inner leads to Inner, and the access table does not say so';
    await expect(boot({ policy: secretOf({}), resolvers })).rejects.toThrow(words);
    await expect(boot({ policy: secretOf({ inner: 'Secret' }), resolvers })).rejects.toThrow(words);
    await expect(boot({ policy: secretOf({ inner: 'Inner' }), resolvers })).resolves.toBeUndefined();
    const told = { ...secretOf({}), isOpenType: (type: string) => type === 'Inner' };
    await expect(boot({ policy: told, resolvers })).resolves.toBeUndefined();
  });

  it('at a step on a record that does not say when it can be taken', async () => {
    const commands = { open: [{ relation: 'SENDER' }] };
    const policy = withFields(referralFields, { Secret: { fields: { id: 'D' }, commands } });
    await expect(boot({ policy, resolvers: [OpeningResolver] })).rejects.toThrow(
      'Secret does not say when openSecret can be called on it (@Steps)',
    );
  });
});
