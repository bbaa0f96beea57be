import { Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../access';
import { Agency, AgencyLoaders, County, countyByFips } from '../../agencies';
import { Ctx, CurrentActor, type GraphqlContext } from '../../platform/graphql';
import { Referral, ReferralsLoaders } from '../../referrals';
import { mayLeave } from '../engine/left-behind';
import { LeaveBehindEnum } from '../outreach.enums';
import { OutreachLoaders } from '../outreach.loaders';
import { OutreachProgram } from '../outreach-program.type';
import type { LeaveBehind } from '../outreach.words';
import type { HoldReason } from '../engine/vocabulary';
import { caseActions } from './case-actions';
import { OutreachHoldReasonEnum } from './outreach-case.enums';
import { OutreachCase, OutreachFollowUp, OutreachOverdose, OutreachStep, VisitAttempt } from './outreach-case.type';
import { OutreachCasesLoaders } from './outreach-cases.loaders';
import { OutreachLikeness } from './outreach-likeness.type';
import type { LikenessRow, OutreachCaseRow, OutreachStepRow, VisitAttemptRow } from './outreach-cases.store';

/** What hangs on a row of the roster. Each field passes the access table before its resolver runs. */
@Resolver(() => OutreachCase)
export class OutreachCaseFieldsResolver {
  constructor(
    private readonly loaders: OutreachCasesLoaders,
    private readonly programs: OutreachLoaders,
    private readonly referrals: ReferralsLoaders,
  ) {}

  @ResolveField(() => OutreachProgram, { nullable: true, description: 'The program that has it; null: none yet.' })
  program(@Parent() { programId }: OutreachCaseRow, @Ctx() context: GraphqlContext) {
    return programId === null ? null : this.programs.program(context).load(programId);
  }

  @ResolveField(() => OutreachProgram, {
    nullable: true,
    description: 'The program it was handed to, which has not acknowledged yet; null: none.',
  })
  handedTo(@Parent() { toProgramId }: OutreachCaseRow, @Ctx() context: GraphqlContext) {
    return toProgramId === null ? null : this.programs.program(context).load(toProgramId);
  }

  @ResolveField(() => OutreachHoldReasonEnum, {
    nullable: true,
    description: 'Why nobody may go before the team has decided; null: nothing holds it.',
  })
  heldBecause(@Parent() { heldFor }: OutreachCaseRow): HoldReason | null {
    return heldFor === null ? null : 'OPT_OUT_IN_DOUBT';
  }

  @ResolveField(() => County, { nullable: true, description: 'Where it happened.' })
  county(@Parent() { countyFips }: OutreachCaseRow) {
    return countyByFips(countyFips);
  }

  @ResolveField(() => County, { nullable: true, description: 'Where the person lives; null: not told.' })
  residenceCounty(@Parent() { residenceCountyFips }: OutreachCaseRow) {
    return residenceCountyFips === null ? null : countyByFips(residenceCountyFips);
  }

  @ResolveField(() => LeaveBehindEnum, {
    nullable: true,
    description: 'The most that may be left there while nobody was reached: NEVER where the family may not know.',
  })
  async leaveBehind(
    @Parent() { programId, isFamilyAware }: OutreachCaseRow,
    @Ctx() context: GraphqlContext,
  ): Promise<LeaveBehind> {
    const program = programId === null ? null : await this.programs.program(context).load(programId);
    return mayLeave(program?.leaveBehind ?? 'NEVER', isFamilyAware, 'NO_ONE_HOME');
  }

  @ResolveField(() => [String], { nullable: true, description: 'The steps you may take now.' })
  allowedActions(@Parent() row: OutreachCaseRow, @CurrentActor() actor: Actor): string[] {
    return caseActions(actor, row);
  }

  @ResolveField(() => [OutreachOverdose], { nullable: true, description: 'Its overdoses, the first first.' })
  overdoses(@Parent() { id }: OutreachCaseRow, @Ctx() context: GraphqlContext) {
    return this.loaders.overdoses(context).load(id);
  }

  @ResolveField(() => Int, {
    nullable: true,
    description:
      'How much the overdoses of the last year on rosters of your teams say about the danger the person is in: repeated, lately, many doses, refused transport. Plans, meetings and each day of the roster put more first; 0: nothing.',
  })
  async riskPoints(@Parent() { id }: OutreachCaseRow, @Ctx() context: GraphqlContext) {
    return (await this.loaders.risk(context).load(id))?.points ?? 0;
  }

  @ResolveField(() => [String], { nullable: true, description: 'Why: one sentence for each fact that counts.' })
  async riskBecause(@Parent() { id }: OutreachCaseRow, @Ctx() context: GraphqlContext) {
    return (await this.loaders.risk(context).load(id))?.raised.map(({ because }) => because) ?? [];
  }

  @ResolveField(() => [VisitAttempt], {
    nullable: true,
    description: 'What was tried, the first first; with what was tried on cases that were joined into it.',
  })
  attempts(@Parent() { id }: OutreachCaseRow, @Ctx() context: GraphqlContext) {
    return this.loaders.attempts(context).load(id);
  }

  @ResolveField(() => [OutreachStep], { nullable: true, description: 'Its history, the first first.' })
  history(@Parent() { id }: OutreachCaseRow, @Ctx() context: GraphqlContext) {
    return this.loaders.steps(context).load(id);
  }

  @ResolveField(() => [OutreachLikeness], {
    nullable: true,
    description:
      'Rows of the same roster that may be of the same person, whom two agencies have on file: say with `decideSamePerson` whether they are. `other` is this row itself where two agencies told of one overdose under names that are a slip of each other. Rows of other rosters, and records of programs under 42 CFR part 2, are never among them.',
  })
  perhapsSame(@Parent() { id }: OutreachCaseRow, @Ctx() context: GraphqlContext) {
    return this.loaders.likenesses(context).load(id);
  }

  @ResolveField(() => Referral, {
    nullable: true,
    description: 'What was sent from the door, for those who may see it; null: nothing was.',
  })
  referral(@Parent() { referralId }: OutreachCaseRow, @Ctx() context: GraphqlContext) {
    return referralId === null ? null : this.referrals.referral(context).load(referralId);
  }

  @ResolveField(() => [OutreachFollowUp], {
    nullable: true,
    description: 'Day 30 and day 90, for the people of the lead; empty: none agreed to, or not yet.',
  })
  followUps(@Parent() { id }: OutreachCaseRow, @Ctx() context: GraphqlContext) {
    return this.loaders.followUps(context).load(id);
  }
}

@Resolver(() => OutreachLikeness)
export class OutreachLikenessesResolver {
  constructor(private readonly loaders: OutreachCasesLoaders) {}

  @ResolveField(() => OutreachCase, { nullable: true, description: 'The other row.' })
  other(@Parent() { otherCaseId }: LikenessRow, @Ctx() context: GraphqlContext) {
    return this.loaders.case(context).load(otherCaseId);
  }
}

@Resolver(() => VisitAttempt)
export class VisitAttemptsResolver {
  constructor(private readonly agencies: AgencyLoaders) {}

  @ResolveField(() => Agency, { nullable: true, description: 'Whose people tried.' })
  agency(@Parent() { agencyId }: VisitAttemptRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(agencyId);
  }
}

@Resolver(() => OutreachStep)
export class OutreachStepsResolver {
  @ResolveField(() => Boolean, {
    nullable: true,
    description: 'True: by time, or by what was reported; nobody’s own step.',
  })
  isByHandrail(@Parent() { actorKind }: OutreachStepRow): boolean {
    return actorKind === 'SYSTEM';
  }
}
