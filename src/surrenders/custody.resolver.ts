import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Access } from '../platform/auth';
import { answer, commandOf, Ctx, CurrentActor, IdempotencyKey, type GraphqlContext } from '../platform/graphql';
import { CustodyService } from './custody.service';
import {
  ProposeDestructionInput,
  ReceiveAtLaboratoryInput,
  ReceiveCustodyInput,
  RecordLaboratoryResultInput,
  ReleaseCustodyInput,
  ReleaseFromLaboratoryInput,
  WitnessDestructionInput,
} from './surrender.inputs';
import { Surrender } from './surrender.type';
import { SurrendersLoaders } from './surrenders.loaders';
import { SurrenderResult } from './surrenders.resolver';

@Resolver(() => Surrender)
export class CustodyResolver {
  constructor(
    private readonly custody: CustodyService,
    private readonly loaders: SurrendersLoaders,
  ) {}

  @Access({ resource: 'Surrender', command: 'release' })
  @Mutation(() => SurrenderResult, {
    description:
      'It leaves your hands; another receives it. Given away by somebody who did not hold it, the step is taken and raises CUSTODY_GAP. What was laid out for destruction is taken back this way. Refused: ILLEGAL_TRANSITION unless it is HELD or TO_BE_DESTROYED.',
  })
  async releaseCustody(
    @Args('input') input: ReleaseCustodyInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.surrender;
    const command = commandOf(context, { name: 'releaseCustody', input, key, answers });
    return answer(await this.custody.release(actor, input, command), answers(context));
  }

  @Access({ resource: 'Surrender', command: 'receive' })
  @Mutation(() => SurrenderResult, {
    description:
      'It comes into your hands. A seal or weight that is not the one on record, and a gap in time, raise an alert; the step is taken all the same. Refused: FORBIDDEN for whoever released it, ILLEGAL_TRANSITION unless it is IN_TRANSIT.',
  })
  async receiveCustody(
    @Args('input') input: ReceiveCustodyInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.surrender;
    const command = commandOf(context, { name: 'receiveCustody', input, key, answers });
    return answer(await this.custody.receive(actor, input, command), answers(context));
  }

  @Access({ resource: 'Surrender', command: 'receiveAtLaboratory' })
  @Mutation(() => SurrenderResult, {
    description:
      'A laboratory has received it; who signed there is on record. Alerts as with `receiveCustody`. Refused: FORBIDDEN where the name may be that of whoever released it, or yours: names are compared without case, accents, signs and order, and initials stand for names.',
  })
  async receiveAtLaboratory(
    @Args('input') input: ReceiveAtLaboratoryInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.surrender;
    const command = commandOf(context, { name: 'receiveAtLaboratory', input, key, answers });
    return answer(await this.custody.receiveAtLaboratory(actor, input, command), answers(context));
  }

  @Access({ resource: 'Surrender', command: 'recordResult' })
  @Mutation(() => SurrenderResult, {
    description:
      'What the laboratory found. Refused: INVALID_INPUT for something and nothing at once, ILLEGAL_TRANSITION unless it is AT_LABORATORY, or HELD after a laboratory has had it: a report may come later than the bag.',
  })
  async recordLaboratoryResult(
    @Args('input') input: RecordLaboratoryResultInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.surrender;
    const command = commandOf(context, { name: 'recordLaboratoryResult', input, key, answers });
    return answer(await this.custody.recordResult(actor, input, command), answers(context));
  }

  @Access({ resource: 'Surrender', command: 'releaseFromLaboratory' })
  @Mutation(() => SurrenderResult, {
    description:
      'The laboratory gives it back, sealed anew: seal and weight of now are on record from here on. Another weight than before is raised (WEIGHT_DIFFERS): what the laboratory used up is to be answered for.',
  })
  async releaseFromLaboratory(
    @Args('input') input: ReleaseFromLaboratoryInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.surrender;
    const command = commandOf(context, { name: 'releaseFromLaboratory', input, key, answers });
    return answer(await this.custody.releaseFromLaboratory(actor, input, command), answers(context));
  }

  @Access({ resource: 'Surrender', command: 'proposeDestruction' })
  @Mutation(() => SurrenderResult, {
    description:
      'It is laid out for destruction, by whoever holds it (another raises CUSTODY_GAP). Two others witness it. Refused: ILLEGAL_TRANSITION while an alert of it is not answered for good (details.alerts).',
  })
  async proposeDestruction(
    @Args('input') input: ProposeDestructionInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.surrender;
    const command = commandOf(context, { name: 'proposeDestruction', input, key, answers });
    return answer(await this.custody.proposeDestruction(actor, input, command), answers(context));
  }

  @Access({ resource: 'Surrender', command: 'witnessDestruction' })
  @Mutation(() => SurrenderResult, {
    description:
      'A witness signs, from their own sign-in; the second makes it DESTROYED. Two who do not name the same method, place and day raise WITNESSES_DIFFER. Refused: FORBIDDEN for whoever laid it out and for the first witness, ILLEGAL_TRANSITION while an alert of it is not answered for good (details.alerts, for the keeper).',
  })
  async witnessDestruction(
    @Args('input') input: WitnessDestructionInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.surrender;
    const command = commandOf(context, { name: 'witnessDestruction', input, key, answers });
    return answer(await this.custody.witnessDestruction(actor, input, command), answers(context));
  }
}
