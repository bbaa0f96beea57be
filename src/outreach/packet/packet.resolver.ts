import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Program, ProgramLoaders } from '../../capacity';
import { Access } from '../../platform/auth';
import type { Reader } from '../../platform/database/reader';
import { Ctx, RequestReader, resultOf, type GraphqlContext } from '../../platform/graphql';
import { PacketArgs } from './packet.args';
import { PacketService, partsOf, type PacketRow } from './packet.service';
import { Packet, PacketPlace } from './packet.type';

const PacketResult = resultOf(Packet);

@Resolver(() => Packet)
export class PacketResolver {
  constructor(private readonly service: PacketService) {}

  @Access({ resource: 'Packet', command: 'make' })
  @Query(() => PacketResult, {
    description:
      'The packet for a place and a language: support-group meetings near it this week, programs with room now and how to reach them, how to use naloxone, lines to call, the team’s number. Nothing of the place is kept, and no person is in it. Refused: INVALID_INPUT for no place, half a place or an unknown county, NOT_FOUND for an unknown program.',
  })
  packet(@Args() args: PacketArgs, @RequestReader() reader: Reader) {
    return this.service.make(reader, args);
  }

  @ResolveField()
  printedParts(@Parent() packet: PacketRow) {
    return partsOf(packet);
  }

  @ResolveField()
  outside(@Parent() { words: { outside }, team }: PacketRow) {
    return { title: outside.title, lines: outside.lines, team: team.name, phone: team.phone };
  }

  @ResolveField()
  primer(@Parent() { words }: PacketRow) {
    return words.primer;
  }

  @ResolveField()
  crisisLines(@Parent() { lines }: PacketRow) {
    return lines.map(({ id, ...line }) => ({ ...line, code: id }));
  }

  @ResolveField(() => String, { nullable: true })
  pdf(@Parent() packet: PacketRow) {
    return this.service.pdf(packet);
  }
}

@Resolver(() => PacketPlace)
export class PacketPlaceResolver {
  constructor(private readonly programs: ProgramLoaders) {}

  @ResolveField(() => Program, { nullable: true })
  program(@Parent() { programId }: PacketRow['places'][number], @Ctx() context: GraphqlContext) {
    return this.programs.byId(context).load(programId);
  }
}
