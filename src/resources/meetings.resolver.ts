import { Args, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../platform/auth';
import type { Reader } from '../platform/database/reader';
import { RequestReader, resultOf } from '../platform/graphql';
import { MeetingsNear } from './meeting.type';
import { MeetingsNearArgs } from './meetings-near.args';
import { MeetingsService } from './meetings.service';

const MeetingsNearResult = resultOf(MeetingsNear);

@Resolver()
export class MeetingsResolver {
  constructor(private readonly service: MeetingsService) {}

  @Access({ resource: 'SupportMeeting', command: 'read' })
  @Query(() => MeetingsNearResult, {
    description:
      'Support-group meetings near a place within seven days. Nothing of the place is kept. Refused: INVALID_INPUT for no place, half a place or an unknown county.',
  })
  meetingsNear(@Args() args: MeetingsNearArgs, @RequestReader() reader: Reader) {
    return this.service.near(reader, args);
  }
}
