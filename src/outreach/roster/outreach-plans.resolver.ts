import { Args, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth';
import { Ctx, type GraphqlContext } from '../../platform/graphql';
import { OutreachMeeting, OutreachMeetingArgs, OutreachPlan, OutreachPlanArgs } from './outreach-plan.type';
import { OutreachPlansService } from './outreach-plans.service';

@Resolver()
export class OutreachPlansResolver {
  constructor(private readonly plans: OutreachPlansService) {}

  @Access({ resource: 'OutreachPlan', command: 'read' })
  @Query(() => OutreachPlan, {
    description:
      'Whom the team of a program goes to see on a day, in a good order from where it starts. Empty for whoever works in no team of it. Nobody is on it who opted out.',
  })
  outreachPlan(@Args() args: OutreachPlanArgs, @Ctx() context: GraphqlContext) {
    return this.plans.plan(context.reader, args);
  }

  @Access({ resource: 'OutreachPlan', command: 'read' })
  @Query(() => OutreachMeeting, {
    description:
      'For the meeting of a team: the people of a week with what was tried, what is due, and what changed since a moment. Empty for whoever works in no team of it.',
  })
  outreachMeeting(@Args() args: OutreachMeetingArgs, @Ctx() context: GraphqlContext) {
    return this.plans.meeting(context.reader, args);
  }
}
