import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
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
  resultOf,
  type GraphqlContext,
} from '../platform/graphql';
import {
  CountNaloxoneInput,
  DiscardNaloxoneInput,
  ReceiveNaloxoneInput,
  SetNaloxoneLevelInput,
  UseNaloxoneInput,
} from './naloxone.inputs';
import { NaloxoneService } from './naloxone.service';
import type { NaloxoneMovementRow } from './naloxone.store';
import { NaloxoneLot, NaloxoneMovement, NaloxoneStock, StockWarning } from './naloxone.type';
import { RespondersLoaders } from './responders.loaders';
import type { StockRow } from './stock-view';

const NaloxoneStockResult = resultOf(NaloxoneStock);
const NaloxoneLotConnection = connectionOf(NaloxoneLot);
const NaloxoneMovementConnection = connectionOf(NaloxoneMovement);

@Resolver(() => NaloxoneStock)
export class NaloxoneResolver {
  constructor(
    private readonly service: NaloxoneService,
    private readonly loaders: RespondersLoaders,
  ) {}

  @Access({ resource: 'NaloxoneStock', command: 'read' })
  @Query(() => NaloxoneStock, { nullable: true, description: 'The naloxone of your agency, all lots together.' })
  naloxoneStock(@CurrentActor() { agencyId }: Actor, @Ctx() context: GraphqlContext) {
    return this.loaders.stock(context).load(agencyId);
  }

  @Access({ resource: 'NaloxoneStock', command: 'receive' })
  @Mutation(() => NaloxoneStockResult, {
    description: 'Doses came in. Refused: INVALID_INPUT for a lot past its date.',
  })
  async receiveNaloxone(
    @Args('input') input: ReceiveNaloxoneInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.stock;
    const command = commandOf(context, { name: 'receiveNaloxone', input, key, answers });
    return answer(await this.service.receive(actor, input, command), answers(context));
  }

  @Access({ resource: 'NaloxoneStock', command: 'use' })
  @Mutation(() => NaloxoneStockResult, {
    description:
      'Doses were given or left. Of two who take the last at once one gets it. Refused: OUT_OF_STOCK where not as many are on hand, NOT_FOUND for a lot or a report of others.',
  })
  async useNaloxone(
    @Args('input') input: UseNaloxoneInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.stock;
    const command = commandOf(context, { name: 'useNaloxone', input, key, answers });
    return answer(await this.service.use(actor, input, command), answers(context));
  }

  @Access({ resource: 'NaloxoneStock', command: 'discard' })
  @Mutation(() => NaloxoneStockResult, {
    description:
      'Doses are thrown away or gone. Refused: OUT_OF_STOCK where not as many are on hand, INVALID_INPUT for EXPIRED before the date.',
  })
  async discardNaloxone(
    @Args('input') input: DiscardNaloxoneInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.stock;
    const command = commandOf(context, { name: 'discardNaloxone', input, key, answers });
    return answer(await this.service.discard(actor, input, command), answers(context));
  }

  @Access({ resource: 'NaloxoneStock', command: 'count' })
  @Mutation(() => NaloxoneStockResult, {
    description: 'A lot was counted: the ledger gets what was more or fewer. Refused: NOT_FOUND for a lot of others.',
  })
  async countNaloxone(
    @Args('input') input: CountNaloxoneInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.stock;
    const command = commandOf(context, { name: 'countNaloxone', input, key, answers });
    return answer(await this.service.count(actor, input, command), answers(context));
  }

  @Access({ resource: 'NaloxoneStock', command: 'setLevel' })
  @Mutation(() => NaloxoneStockResult, {
    description:
      'Below how many doses your agency is warned. While a spike of overdoses is open it is several times as many.',
  })
  async setNaloxoneLevel(
    @Args('input') input: SetNaloxoneLevelInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.stock;
    const command = commandOf(context, { name: 'setNaloxoneLevel', input, key, answers });
    return answer(await this.service.setLevel(actor, input, command), answers(context));
  }

  @ResolveField(() => [StockWarning], { nullable: true, description: 'What your agency is warned of now.' })
  warnings(@Parent() { id }: StockRow, @Ctx() context: GraphqlContext) {
    return this.loaders.warningsOf(context).load(id);
  }
}

@Resolver(() => NaloxoneLot)
export class NaloxoneLotsResolver {
  constructor(private readonly service: NaloxoneService) {}

  @Access({ resource: 'NaloxoneLot', command: 'read' })
  @Query(() => NaloxoneLotConnection, {
    description: 'Lots of your agency with doses on hand; what expires first before the others.',
  })
  naloxoneLots(@Args() args: ConnectionArgs, @Ctx() context: GraphqlContext) {
    return this.service.lotPage(context.reader, args);
  }
}

@Resolver(() => NaloxoneMovement)
export class NaloxoneMovementsResolver {
  constructor(
    private readonly service: NaloxoneService,
    private readonly loaders: RespondersLoaders,
  ) {}

  @Access({ resource: 'NaloxoneMovement', command: 'read' })
  @Query(() => NaloxoneMovementConnection, { description: 'The ledger of your agency’s naloxone, newest first.' })
  naloxoneMovements(@Args() args: ConnectionArgs, @Ctx() context: GraphqlContext) {
    return this.service.movementPage(context.reader, args);
  }

  @ResolveField(() => NaloxoneLot, { nullable: true, description: 'Which lot.' })
  lot(@Parent() { lotId }: NaloxoneMovementRow, @Ctx() context: GraphqlContext) {
    return this.loaders.lot(context).load(lotId);
  }
}
