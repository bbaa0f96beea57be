import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Module, type DynamicModule, type Type } from '@nestjs/common';
import {
  Args,
  ArgsType,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { GraphQLError } from 'graphql';
import { Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { Type as Shape } from 'class-transformer';
import type { Actor, Facts } from '../../access';
import { Refusal } from '../../kernel/refusal';
import { Access, type AccessPolicy } from '../auth';
import { SignedOut, Unavailable } from '../database/failures';
import type { Reader } from '../database/reader';
import { UnitOfWork } from '../database/unit-of-work';
import { ReleaseLog } from '../disclosure/release-log';
import {
  CalendarDate,
  connectionOf,
  ConnectionArgs,
  CurrentActor,
  Ctx,
  defineLoader,
  keysetOf,
  pageOf,
  resultOf,
  type GraphqlContext,
} from '../graphql';
import { READINESS_CHECKS, type ReadinessCheck } from '../health';
import { EdgeModule, type EdgeSettings } from './edge.module';

/** A small region to try the edge on: one resource, every way an answer can turn out, no database. */
export const AGENCY = '11111111-1111-4111-8111-111111111111';
const AUDIENCE = 'handrail-specs';

interface ReferralRow {
  readonly id: string;
  readonly createdAt: Date;
  readonly state: string;
  readonly summary: string;
  readonly relations: Facts['relations'];
  readonly consents: Facts['consents'];
}

const idOf = (index: number): string => `22222222-2222-4222-8222-${String(index).padStart(12, '0')}`;

export const referrals: readonly ReferralRow[] = Array.from({ length: 25 }, (_, index) => ({
  id: idOf(index),
  createdAt: new Date(Date.UTC(2026, 0, 1 + index)),
  state: 'OFFERED',
  summary: `note ${index}`,
  relations: index % 2 === 0 ? ['SENDER'] : [],
  consents: [],
})) as unknown as readonly ReferralRow[];

/** What the fake unit of work was asked for. */
export class Calls {
  signIns = 0;
  notes = 0;
  batches = 0;
  summaries = 0;
}

class FakeUnitOfWork {
  constructor(readonly calls: Calls) {}

  signIn(issuer: string, subject: string, agencyId: string, role: string): Promise<Actor | null> {
    this.calls.signIns += 1;
    if (subject === 'outage') return Promise.reject(new Unavailable('away'));
    if (agencyId !== AGENCY || subject !== 'officer') return Promise.resolve(null);
    return Promise.resolve({
      kind: 'STAFF',
      id: `${issuer}/${subject}`,
      membershipId: AGENCY,
      agencyId,
      agencyKind: 'LAW_ENFORCEMENT',
      role: role as Actor['role'],
      scopes: null,
    });
  }

  note(): Promise<void> {
    this.calls.notes += 1;
    return Promise.resolve();
  }

  reader(actor: Actor): Reader {
    return {
      actor,
      query: <Row>() => {
        this.calls.batches += 1;
        return Promise.resolve(referrals as unknown as Row[]);
      },
    };
  }

  operation(actor: Actor): Reader & { enter: () => Promise<void>; end: () => Promise<void> } {
    return { ...this.reader(actor), enter: () => Promise.resolve(), end: () => Promise.resolve() };
  }
}

@ObjectType()
class Referral {
  @Field(() => ID) id: string;
  @Field() createdAt: Date;
  @Field() state: string;
  @Field(() => String, { nullable: true }) summary: string | null;
}

@InputType()
class PlaceInput {
  @Field(() => Int) @Min(1) @Max(50) beds: number;
}

@InputType()
class CreateReferralInput {
  @Field()
  @MaxLength(200, { message: 'The note is too long.', context: { remedy: 'Keep it below 200.' } })
  note: string;
  @Field(() => ID, { nullable: true }) personId?: string;
  @Field(() => [PlaceInput], { nullable: true })
  @ValidateNested({ each: true })
  @Shape(() => PlaceInput)
  places?: PlaceInput[];
}

@ArgsType()
class ReferralArgs extends ConnectionArgs {
  @Field(() => Date, { nullable: true }) since?: Date;
  @Field(() => CalendarDate, { nullable: true }) born?: string;
  @Field(() => String, { nullable: true }) search?: string;
}

const ReferralResult = resultOf(Referral);
const ReferralConnection = connectionOf(Referral);
const byId = defineLoader<string, ReferralRow>(async (reader, ids) => {
  const rows = await reader.query<ReferralRow>({ name: 'referrals', text: 'select' });
  return ids.map((id) => rows.find((row) => row.id === id) ?? null);
});

const breakages: Readonly<Record<string, () => unknown>> = {
  refuse: () =>
    new Refusal('NO_CAPACITY', 'No place is left.', { field: 'input.places', remedy: 'Ask again.', pool: 1 }),
  crash: () => {
    throw new Error('secret detail of the inside');
  },
  leak: () => {
    throw new GraphQLError('secret', { extensions: { code: 'SECRET_CODE', secret: 1 } });
  },
  chat: () => {
    throw new GraphQLError('Said aloud.', { extensions: { code: 'FORBIDDEN', secret: 1 } });
  },
  signOut: () => {
    throw new SignedOut('ended');
  },
  outage: () => {
    throw new Unavailable('away');
  },
};

@Resolver(() => Referral)
class ReferralsResolver {
  @Access({ resource: 'Referral', command: 'read' })
  @Query(() => String)
  health(): string {
    return 'ok';
  }

  @Access({ resource: 'Referral', command: 'read' })
  @Query(() => String)
  me(@CurrentActor() actor: Actor): string {
    return actor.role;
  }

  @Access({ resource: 'Referral', command: 'read' })
  @Query(() => Referral, { nullable: true })
  referral(@Args('id', { type: () => ID }) id: string, @Ctx() context: GraphqlContext) {
    return byId(context).load(id);
  }

  @Access({ resource: 'Referral', command: 'read' })
  @Query(() => ReferralConnection)
  referrals(@Args() args: ReferralArgs) {
    const after = keysetOf(args);
    const rows = referrals.filter((row) => !after || row.createdAt.toISOString() > after.createdAt);
    return pageOf(rows.slice(0, args.first + 1), args);
  }

  @Access({ resource: 'Referral', command: 'administer' })
  @Query(() => String)
  administered(): string {
    return 'never for an officer';
  }

  @Access({ resource: 'Referral', command: 'read' })
  @Query(() => String, { nullable: true })
  broken(@Args('how') how: string): unknown {
    return Object.hasOwn(breakages, how) ? breakages[how]?.() : null;
  }

  @Access({ resource: 'Referral', command: 'create' })
  @Mutation(() => ReferralResult)
  createReferral(@Args('input') input: CreateReferralInput): unknown {
    return Object.hasOwn(breakages, input.note) ? breakages[input.note]?.() : referrals[0];
  }

  @ResolveField(() => [Referral], { nullable: true })
  siblings(@Parent() row: ReferralRow, @Ctx() context: GraphqlContext) {
    return byId(context).loadMany([row.id, idOf(1), idOf(2)]);
  }

  @ResolveField(() => String, { nullable: true })
  summary(@Parent() row: ReferralRow): string {
    this.calls.summaries += 1;
    return row.summary;
  }

  constructor(private readonly calls: Calls) {}
}

const open = ['id', 'createdAt', 'state', 'siblings'];

export const referralPolicy: AccessPolicy = {
  resources: {
    Referral: {
      fields: { id: 'D', createdAt: 'D', state: 'D', siblings: 'D', summary: 'C' },
      commands: { read: [], administer: [], create: [] },
    },
  },
  fieldClassOf: () => 'DIRECTORY',
  isOpenField: (_resource, field) => open.includes(field),
  isOpenType: () => true,
  reading: (_actor, _resource, _field, { relations }) =>
    relations.includes('SENDER')
      ? { grant: { relation: 'SENDER', roles: ['OFFICER'], classes: ['DIRECTORY'] } }
      : { withheld: 'RELATION' },
  mayCount: () => true,
  mayCall: (actor, _resource, command) => actor.role === 'OFFICER' && command !== 'administer',
  mayDo: () => false,
  narrowingOf: () => 'Referral.state',
  mayNarrow: () => true,
};

export const edgeSettings = (changes: Partial<EdgeSettings> = {}): EdgeSettings => ({
  logLevel: 'silent',
  introspection: false,
  limits: { percent: 100_000 },
  auth: { audience: AUDIENCE, issuers: [], developmentKeysDir: mkdtempSync(join(tmpdir(), 'handrail-edge-')) },
  ...changes,
});

export interface Region {
  readonly settings: EdgeSettings;
  readonly checks?: readonly ReadinessCheck[];
  readonly policy?: AccessPolicy;
  readonly resolvers?: readonly Type[];
}

export class RegionModule {
  /** The app module, and the counts of what its fakes were asked for. */
  static build({ settings, checks = [], policy = referralPolicy, resolvers = [] }: Region): {
    module: DynamicModule;
    calls: Calls;
  } {
    const calls = new Calls();
    @Global()
    @Module({
      providers: [
        { provide: UnitOfWork, useValue: new FakeUnitOfWork(calls) },
        { provide: ReleaseLog, useValue: {} },
        { provide: READINESS_CHECKS, useValue: checks },
      ],
      exports: [UnitOfWork, ReleaseLog, READINESS_CHECKS],
    })
    class FakesModule {}
    const module: DynamicModule = {
      module: RegionModule,
      imports: [FakesModule, EdgeModule.register(settings, policy)],
      providers: [{ provide: Calls, useValue: calls }, ReferralsResolver, ...resolvers],
    };
    return { module, calls };
  }
}
