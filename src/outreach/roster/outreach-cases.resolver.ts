import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../access';
import { Access } from '../../platform/auth';
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
} from '../../platform/graphql';
import { HandOversService } from './hand-overs.service';
import {
  AnswerOutreachFollowUpInput,
  CloseOutreachCaseInput,
  DecideOptOutInput,
  DecideSamePersonInput,
  OutreachRosterArgs,
  PlaceOutreachCaseInput,
  RecordVisitAttemptInput,
  UpdateOutreachCaseInput,
} from './outreach-case.inputs';
import { OutreachCase } from './outreach-case.type';
import { FollowUpsService } from './follow-ups.service';
import { OutreachCasesLoaders } from './outreach-cases.loaders';
import { OutreachCasesService } from './outreach-cases.service';
import { OptOutDecisionsService } from './opt-out-decisions.service';
import { OutreachReferralsService } from './outreach-referrals.service';
import { ReferFromOutreachInput } from './refer-from-outreach.input';
import { SamePersonsService } from './same-persons.service';
import { RosterPagesService } from './roster-pages.service';

const OutreachCaseResult = resultOf(OutreachCase);
const OutreachCaseConnection = connectionOf(OutreachCase);

@Resolver(() => OutreachCase)
export class OutreachCasesResolver {
  constructor(
    private readonly service: OutreachCasesService,
    private readonly roster: RosterPagesService,
    private readonly handOvers: HandOversService,
    private readonly followUps: FollowUpsService,
    private readonly referrals: OutreachReferralsService,
    private readonly optOuts: OptOutDecisionsService,
    private readonly samePersons: SamePersonsService,
    private readonly loaders: OutreachCasesLoaders,
  ) {}

  @Access({ resource: 'OutreachCase', command: 'read' })
  @Query(() => OutreachCase, {
    nullable: true,
    description: 'One row of a roster that your agency works on; null for any other, existing or not.',
  })
  outreachCase(@Args('id', { type: () => ID }) id: string, @Ctx() context: GraphqlContext) {
    return this.loaders.case(context).load(id);
  }

  @Access({ resource: 'OutreachCase', command: 'read' })
  @Query(() => OutreachCaseConnection, {
    description:
      'The roster of a program, by the day on which somebody is due and, of one day, those in most danger first (`riskPoints`, `riskBecause`): every person of its area who survived an overdose, and families of those who died.',
  })
  outreachRoster(@Args() args: OutreachRosterArgs, @Ctx() context: GraphqlContext) {
    return this.roster.page(context.reader, args);
  }

  @Access({ resource: 'OutreachCase', command: 'assign' })
  @Query(() => OutreachCaseConnection, {
    description:
      'For coordinators: people in counties that no outreach program looks after. Each ends with NO_PROGRAM unless it is taken with `assignOutreachCase`; those that ended so stay on the list for 28 days (state CLOSED).',
  })
  unassignedOutreachCases(@Args() args: ConnectionArgs, @Ctx() context: GraphqlContext) {
    return this.service.unassigned(context.reader, args);
  }

  @Access({ resource: 'OutreachCase', command: 'attempt' })
  @Mutation(() => OutreachCaseResult, {
    description:
      'Records that somebody tried to reach the person, and what came of it. Whoever only goes along records that nobody was reached. Refused: INVALID_INPUT for a time before the overdose or to come, services without contact, more left than may be; ILLEGAL_TRANSITION once the case has ended, before a hand-over is acknowledged, or where nobody is to come.',
  })
  async recordVisitAttempt(
    @Args('input') input: RecordVisitAttemptInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.case;
    const command = commandOf(context, { name: 'recordVisitAttempt', input, key, answers });
    return answer(await this.service.attempt(actor, input, command), answers(context));
  }

  @Access({ resource: 'OutreachCase', command: 'close' })
  @Mutation(() => OutreachCaseResult, {
    description:
      'Ends a case: with the last contact as its outcome, or with the reason why nobody was reached. Who agreed to be contacted again is asked how they are after 30 and 90 days. Refused: INVALID_INPUT for a reason where somebody was reached, or none where nobody was; ILLEGAL_TRANSITION once it has ended.',
  })
  async closeOutreachCase(
    @Args('input') input: CloseOutreachCaseInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.case;
    const command = commandOf(context, { name: 'closeOutreachCase', input, key, answers });
    return answer(await this.service.close(actor, input, command), answers(context));
  }

  @Access({ resource: 'OutreachCase', command: 'optOut' })
  @Mutation(() => OutreachCaseResult, {
    description:
      'The person, or their home, said that nobody is to come: for good. All that is open of them ends, later overdoses come on the roster with OPTED_OUT, and nobody visits. Refused: INVALID_INPUT where neither a person nor a home is known.',
  })
  async optOutOfOutreach(
    @Args('caseId', { type: () => ID, description: 'A row of a roster that your agency works on.' }) caseId: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.case;
    const command = commandOf(context, { name: 'optOutOfOutreach', input: { id: caseId }, key, answers });
    return answer(await this.service.optOut(actor, caseId, command), answers(context));
  }

  @Access({ resource: 'OutreachCase', command: 'decideOptOut' })
  @Mutation(() => OutreachCaseResult, {
    description:
      'The team compared the address of a held case with the home that opted out. One home: the case ends with OPTED_OUT, and this spelling counts as well. Another: somebody may go. Refused: ILLEGAL_TRANSITION where nothing is in doubt, or another team was told (no `optedOutAddress`).',
  })
  async decideOptOut(
    @Args('input') input: DecideOptOutInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.case;
    const command = commandOf(context, { name: 'decideOptOut', input, key, answers });
    return answer(await this.optOuts.decide(actor, input, command), answers(context));
  }

  @Access({ resource: 'OutreachCase', command: 'update' })
  @Mutation(() => OutreachCaseResult, {
    description:
      'What the team found out: where they are, a number, what whoever goes must know, whether the family knows. Another address is compared at once with homes that opted out with the team, and overnight with those of other teams. Refused: INVALID_INPUT for nothing at all, or half a point.',
  })
  async updateOutreachCase(
    @Args('input') input: UpdateOutreachCaseInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.case;
    const command = commandOf(context, { name: 'updateOutreachCase', input, key, answers });
    return answer(await this.service.update(actor, input, command), answers(context));
  }

  @Access({ resource: 'OutreachCase', command: 'acknowledge' })
  @Mutation(() => OutreachCaseResult, {
    description:
      'The team where the person lives has the case from now on. Refused: ILLEGAL_TRANSITION when it went back meanwhile.',
  })
  async acknowledgeOutreachCase(
    @Args('caseId', { type: () => ID, description: 'A row of a roster that your agency works on.' }) caseId: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.case;
    const command = commandOf(context, { name: 'acknowledgeOutreachCase', input: { id: caseId }, key, answers });
    return answer(await this.handOvers.acknowledge(actor, caseId, command), answers(context));
  }

  @Access({ resource: 'OutreachCase', command: 'takeBack' })
  @Mutation(() => OutreachCaseResult, {
    description:
      'A case that was handed over stays where it was: sent back by the team that was to have it, or taken back by the one that gave it. Refused: ILLEGAL_TRANSITION once it was acknowledged.',
  })
  async takeBackOutreachCase(
    @Args('caseId', { type: () => ID, description: 'A row of a roster that your agency works on.' }) caseId: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.case;
    const command = commandOf(context, { name: 'takeBackOutreachCase', input: { id: caseId }, key, answers });
    return answer(await this.handOvers.giveBack(actor, caseId, command), answers(context));
  }

  @Access({ resource: 'OutreachCase', command: 'handOver' })
  @Mutation(() => OutreachCaseResult, {
    description:
      'Hands a case to the program where the person is; it comes back unless that acknowledges in time. Refused: INVALID_INPUT for a program that is not at work or has it already, ILLEGAL_TRANSITION once somebody was reached.',
  })
  async handOverOutreachCase(
    @Args('input') input: PlaceOutreachCaseInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.case;
    const command = commandOf(context, { name: 'handOverOutreachCase', input, key, answers });
    return answer(await this.handOvers.handOver(actor, input, command), answers(context));
  }

  @Access({ resource: 'OutreachCase', command: 'assign' })
  @Mutation(() => OutreachCaseResult, {
    description:
      'A coordinator takes a case that no program looks after into one that their agency leads. Refused: INVALID_INPUT for another’s program, ILLEGAL_TRANSITION when it has one.',
  })
  async assignOutreachCase(
    @Args('input') input: PlaceOutreachCaseInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.case;
    const command = commandOf(context, { name: 'assignOutreachCase', input, key, answers });
    return answer(await this.handOvers.assign(actor, input, command), answers(context));
  }

  @Access({ resource: 'OutreachCase', command: 'refer' })
  @Mutation(() => OutreachCaseResult, {
    description:
      'From the door to a program: records the contact and sends a referral of the person in one step; the case keeps it (`referral`). Refused: as `submitReferral`; INVALID_INPUT on a row of a family without `person`; ALREADY_EXISTS where the case has one, or one is open from another row of this person (details.referralId); ILLEGAL_TRANSITION once it has ended, or where nobody is to come.',
  })
  async referFromOutreach(
    @Args('input') input: ReferFromOutreachInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.case;
    const command = commandOf(context, { name: 'referFromOutreach', input, key, answers });
    return answer(await this.referrals.refer(actor, input, command), answers(context));
  }

  @Access({ resource: 'OutreachCase', command: 'decideSame' })
  @Mutation(() => OutreachCaseResult, {
    description:
      'Somebody of the team saw two rows of its roster side by side (`perhapsSame`) and says whether they are of one person. Rows of one person and week are joined within a minute; the records of the agencies stay as they are, and nobody else is told. Refused: ILLEGAL_TRANSITION where nothing is in doubt, or where it is as you say already.',
  })
  async decideSamePerson(
    @Args('input') input: DecideSamePersonInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.case;
    const command = commandOf(context, { name: 'decideSamePerson', input, key, answers });
    return answer(await this.samePersons.decide(actor, input, command), answers(context));
  }

  @Access({ resource: 'OutreachCase', command: 'followUp' })
  @Mutation(() => OutreachCaseResult, {
    description:
      'The lead’s people asked a person how they are, a month or three months later. Refused: INVALID_INPUT for another clock or answer, NOT_FOUND where none is due; ILLEGAL_TRANSITION more than seven days before it is due, but for DECLINED_CONTACT and DECEASED, which end both.',
  })
  async answerOutreachFollowUp(
    @Args('input') input: AnswerOutreachFollowUpInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.case;
    const command = commandOf(context, { name: 'answerOutreachFollowUp', input, key, answers });
    return answer(await this.followUps.answer(actor, input, command), answers(context));
  }
}
