import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { NO_FACTS, type Actor } from '../access';
import { isRefusal, type Refusal } from '../kernel/refusal';
import { Access } from '../platform/auth';
import type { Done } from '../platform/database/unit-of-work';
import {
  connectionOf,
  Ctx,
  CurrentActor,
  IdempotencyKey,
  resultOf,
  type GraphqlContext,
  commandOf,
} from '../platform/graphql';
import { AgencyLoaders } from './agency.loaders';
import { Agency } from './agency.type';
import { AddStaffMemberInput, ChangeStaffRoleInput, EndStaffMembershipInput, MembersArgs } from './member.inputs';
import { MemberLoaders } from './member.loaders';
import type { MemberRow } from './members.store';
import { StaffMember } from './staff-member.type';
import { StaffService } from './staff.service';

const StaffMemberConnection = connectionOf(StaffMember);
const StaffMemberResult = resultOf(StaffMember);

/** For whoever did the step and may not look at the member: the operator, or an admin who has just left. */
const receiptOf = (id: string) => ({ id, ...NO_FACTS });

@Resolver(() => StaffMember)
export class StaffResolver {
  constructor(
    private readonly staff: StaffService,
    private readonly members: MemberLoaders,
    private readonly agencies: AgencyLoaders,
  ) {}

  @Access({ resource: 'StaffMember', command: 'read' })
  @Query(() => StaffMemberConnection, {
    name: 'staff',
    description: 'Staff of your own agency, in the order they joined.',
  })
  staffOfAgency(@Args() args: MembersArgs, @Ctx() context: GraphqlContext) {
    return this.staff.page(context.reader, args);
  }

  @Access({ resource: 'StaffMember', command: 'add' })
  @Mutation(() => StaffMemberResult, {
    description:
      'Lets a person in. People do, never a partner system. Refused: ALREADY_EXISTS when they hold the role, INVALID_INPUT for a role the agency cannot give, FORBIDDEN for a partner system, and for the operator once the named agency has an admin.',
  })
  async addStaffMember(
    @Args('input') input: AddStaffMemberInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'addStaffMember', input, key });
    return this.shown(await this.staff.add(actor, input, command), context);
  }

  @Access({ resource: 'StaffMember', command: 'changeRole' })
  @Mutation(() => StaffMemberResult, {
    description:
      'Ends the role and gives another; answers the new member. People do, never a partner system. Refused: FORBIDDEN for a partner system, ILLEGAL_TRANSITION for an ended role or the last admin, ALREADY_EXISTS when they hold the new role.',
  })
  async changeStaffRole(
    @Args('input') input: ChangeStaffRoleInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'changeStaffRole', input, key });
    const done = await this.staff.changeRole(actor, input, command);
    return this.shown(done, context, input.staffMemberId);
  }

  @Access({ resource: 'StaffMember', command: 'end' })
  @Mutation(() => StaffMemberResult, {
    description:
      'Puts a member out, at once and whatever token they hold. Refused: ILLEGAL_TRANSITION for an ended role or the last admin.',
  })
  async endStaffMembership(
    @Args('input') input: EndStaffMembershipInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'endStaffMembership', input, key });
    const done = await this.staff.end(actor, input, command);
    return this.shown(done, context, input.staffMemberId);
  }

  @ResolveField(() => Agency, { nullable: true, description: 'Where they hold the role.' })
  agency(@Parent() { agencyId }: MemberRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(agencyId);
  }

  private async shown(done: Done | Refusal, context: GraphqlContext, endedId?: string) {
    if (isRefusal(done)) return done;
    // Who has just ended the membership they are signed in by cannot read any more, and the step is done all the same.
    if (endedId !== undefined && endedId === context.actor?.membershipId) return receiptOf(done.id);
    return (await this.members.staffMember(context).load(done.id)) ?? receiptOf(done.id);
  }
}
