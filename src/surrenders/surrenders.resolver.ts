import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Access } from '../platform/auth';
import {
  answer,
  commandOf,
  ConnectionArgs,
  connectionOf,
  Ctx,
  CurrentActor,
  IdempotencyKey,
  RequestReader,
  resultOf,
  type GraphqlContext,
} from '../platform/graphql';
import type { Reader } from '../platform/database/reader';
import { SurrenderIntakeService } from './surrender-intake.service';
import { CountersignSurrenderInput, OpenSurrenderInput } from './surrender.inputs';
import { CustodyAlert, CustodyEvent, NoArrestPromise, SlipCheck, Surrender } from './surrender.type';
import { SurrendersLoaders } from './surrenders.loaders';
import { SurrendersService } from './surrenders.service';
import type { SurrenderRow } from './surrenders.store';

export const SurrenderResult = resultOf(Surrender);
const SurrenderConnection = connectionOf(Surrender);

@Resolver(() => Surrender)
export class SurrendersResolver {
  constructor(
    private readonly service: SurrendersService,
    private readonly intake: SurrenderIntakeService,
    private readonly loaders: SurrendersLoaders,
  ) {}

  @Access({ resource: 'NoArrestPromise', command: 'read' })
  @Query(() => NoArrestPromise, {
    description:
      'The promise that your agency makes to whoever hands something over, and what it does not cover. Show it whole before anything changes hands. BAD_USER_INPUT for a language without a text.',
  })
  noArrestPromise(
    @Args('language', { defaultValue: 'en', description: 'BCP 47, for example `es`.' }) language: string,
    @RequestReader() reader: Reader,
  ) {
    return this.service.promise(reader, language);
  }

  @Access({ resource: 'Surrender', command: 'open' })
  @Mutation(() => SurrenderResult, {
    description:
      'Takes in what is handed over, after the promise was shown. A surrender carries no person: if the person wants help, send `submitReferral` with pathway SELF_REFERRAL at once, in a request of its own, as for anybody else. Refused: INVALID_INPUT for a promise that is not the current one or was not shown, ALREADY_EXISTS for a property number in use.',
  })
  async openSurrender(
    @Args('input') input: OpenSurrenderInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.surrender;
    const command = commandOf(context, { name: 'openSurrender', input, key, answers });
    return answer(await this.intake.open(actor, input, command), answers(context));
  }

  @Access({ resource: 'Surrender', command: 'countersign' })
  @Mutation(() => SurrenderResult, {
    description:
      'The second officer signs, from their own sign-in. Refused: FORBIDDEN for the officer who opened it, ILLEGAL_TRANSITION when it is signed.',
  })
  async countersignSurrender(
    @Args('input') input: CountersignSurrenderInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.surrender;
    const command = commandOf(context, { name: 'countersignSurrender', input, key, answers });
    return answer(await this.intake.countersign(actor, input, command), answers(context));
  }

  @Access({ resource: 'Surrender', command: 'read' })
  @Query(() => Surrender, {
    nullable: true,
    description: 'One surrender by its id, which is on the bag; null for any that your agency did not take in.',
  })
  surrender(@Args('id', { type: () => ID }) id: string, @Ctx() context: GraphqlContext) {
    return this.loaders.surrender(context).load(id);
  }

  @Access({ resource: 'Surrender', command: 'list' })
  @Query(() => SurrenderConnection, { description: 'What the property room has had, newest first.' })
  surrenders(@Args() args: ConnectionArgs, @CurrentActor() actor: Actor) {
    return this.service.page(actor, args);
  }

  @Access({ resource: 'SlipCheck', command: 'check' })
  @Query(() => SlipCheck, {
    nullable: true,
    description:
      'Whether the one-way token that somebody brings is the one this surrender was opened with: they compute it from the secret on their slip and their referral’s id. Handrail itself can compute it from neither side. Null for a surrender that your agency did not take in.',
  })
  async surrenderSlip(
    @Args('surrenderId', { type: () => ID }) surrenderId: string,
    @Args('slip', { description: '64 hexadecimal digits.' }) slip: string,
    @CurrentActor() actor: Actor,
  ) {
    const isMatch = await this.service.isSlip(actor, surrenderId, slip);
    return isMatch === null ? null : { isMatch, relations: ['OWN_AGENCY'], consents: [] };
  }

  @ResolveField(() => [CustodyEvent], { nullable: true, description: 'From hand to hand, in order; fewer than 100.' })
  events(@Parent() { id }: SurrenderRow, @Ctx() context: GraphqlContext) {
    return this.loaders.eventsOf(context).load(id);
  }

  @ResolveField(() => [CustodyAlert], {
    nullable: true,
    description: 'What had or has to be looked into, in order; fewer than 100.',
  })
  alerts(@Parent() { id }: SurrenderRow, @Ctx() context: GraphqlContext) {
    return this.loaders.alertsOf(context).load(id);
  }
}
