import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Agency, AgencyLoaders } from '../agencies';
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
import { SendHandleWithCareInput, SetSchoolCalendarInput } from './notice.inputs';
import { HandleWithCareNotice, HandleWithCareReceipt } from './notice.type';
import { NoticesLoaders } from './notices.loaders';
import { NoticesService } from './notices.service';
import type { NoticeReceiptRow, NoticeRow } from './notices.store';

const NoticeResult = resultOf(HandleWithCareNotice);
const ReceiptResult = resultOf(HandleWithCareReceipt);
const NoticeConnection = connectionOf(HandleWithCareNotice);
const ReceiptConnection = connectionOf(HandleWithCareReceipt);
const AgencyResult = resultOf(Agency);

@Resolver(() => HandleWithCareNotice)
export class NoticesResolver {
  constructor(
    private readonly service: NoticesService,
    private readonly loaders: NoticesLoaders,
    private readonly agencies: AgencyLoaders,
  ) {}

  @Access({ resource: 'HandleWithCareNotice', command: 'read' })
  @Query(() => NoticeConnection, { description: 'The notices your school has, newest first.' })
  handleWithCareNotices(@Args() args: ConnectionArgs, @Ctx() context: GraphqlContext) {
    return this.service.page(context.reader, args);
  }

  @Access({ resource: 'HandleWithCareNotice', command: 'acknowledge' })
  @Mutation(() => NoticeResult, { description: 'Somebody at the school has read it. Again, it stays as it was.' })
  async readHandleWithCare(
    @Args('id', { type: () => ID }) id: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, {
      name: 'readHandleWithCare',
      input: { id },
      key,
      answers: this.loaders.notice,
    });
    return answer(await this.service.read(actor, id, command), this.loaders.notice(context));
  }

  @Access({ resource: 'SchoolCalendar', command: 'set' })
  @Mutation(() => AgencyResult, {
    description:
      'A school says when it rings: notices are due before the next bell. Refused: INVALID_INPUT for dates out of order, and for a weekday or a day given twice.',
  })
  async setSchoolCalendar(
    @Args('input') input: SetSchoolCalendarInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.agencies.byId;
    const command = commandOf(context, { name: 'setSchoolCalendar', input, key, answers });
    return answer(await this.service.setCalendar(actor, input, command), answers(context));
  }

  @ResolveField(() => Agency, { nullable: true, description: 'The child’s school.' })
  school(@Parent() { schoolAgencyId }: NoticeRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(schoolAgencyId);
  }

  @ResolveField(() => Agency, {
    nullable: true,
    description:
      'Who sent it: always a police department or sheriff’s office, whatever happened and whoever was there.',
  })
  sendingAgency(@Parent() { sendingAgencyId }: NoticeRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(sendingAgencyId);
  }
}

@Resolver(() => HandleWithCareReceipt)
export class NoticeReceiptsResolver {
  constructor(
    private readonly service: NoticesService,
    private readonly loaders: NoticesLoaders,
    private readonly agencies: AgencyLoaders,
  ) {}

  @Access({ resource: 'HandleWithCareReceipt', command: 'send' })
  @Mutation(() => ReceiptResult, {
    description:
      'Tells a child’s school, before its next bell, to handle the child with care. After any event at all; what it was is not asked. Refused: INVALID_INPUT for an agency that is no school, and for both or neither of age and grade.',
  })
  async sendHandleWithCare(
    @Args('input') input: SendHandleWithCareInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'sendHandleWithCare', input, key, answers: this.loaders.receipt });
    return answer(await this.service.send(actor, input, command), this.loaders.receipt(context));
  }

  @Access({ resource: 'HandleWithCareReceipt', command: 'takeBack' })
  @Mutation(() => ReceiptResult, {
    description:
      'Takes a notice back that should not have been sent: the wrong school or child, or nothing has happened after all. Why is not asked, and nothing else takes one back: nothing leads from a notice to a report. The school has it no more from then on, read or not. Refused: ILLEGAL_TRANSITION where it was taken back before.',
  })
  async takeBackHandleWithCare(
    @Args('id', { type: () => ID }) id: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.receipt;
    const command = commandOf(context, { name: 'takeBackHandleWithCare', input: { id }, key, answers });
    return answer(await this.service.takeBack(actor, id, command), answers(context));
  }

  @Access({ resource: 'HandleWithCareReceipt', command: 'read' })
  @Query(() => ReceiptConnection, {
    description: 'What your agency sent to schools, newest first, and whether it was read.',
  })
  handleWithCareReceipts(@Args() args: ConnectionArgs, @Ctx() context: GraphqlContext) {
    return this.service.receipts(context.reader, args);
  }

  @ResolveField(() => Agency, { nullable: true, description: 'The school it went to.' })
  school(@Parent() { schoolAgencyId }: NoticeReceiptRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(schoolAgencyId);
  }
}
