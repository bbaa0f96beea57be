import { Args, Field, ID, ObjectType, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Access } from '../platform/auth';
import { CurrentActor } from '../platform/graphql';
import { CustodyReportService } from './custody-report.service';

@ObjectType({
  description:
    'The whole chain of custody of one surrender, printable: every step with who, when, where, seal and weight, results, and what had to be looked into. It names no person who handed anything in.',
})
export class CustodyReport {
  @Field(() => String, {
    nullable: true,
    description: 'A tagged PDF (PDF/UA) in Base64: real text, that can be searched and read aloud.',
  })
  pdf: string;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the PDF, hexadecimal: to tell a copy by.' })
  sha256: string;

  @Field(() => Date, { nullable: true, description: 'When it was made, by the database’s clock. It is not kept.' })
  madeAt: Date;
}

@Resolver()
export class CustodyReportResolver {
  constructor(private readonly service: CustodyReportService) {}

  @Access({ resource: 'CustodyReport', command: 'read' })
  @Query(() => CustodyReport, {
    nullable: true,
    description:
      'A surrender of your property room with its chain of custody, as a PDF. Null for one that your agency did not take in.',
  })
  custodyReport(@Args('surrenderId', { type: () => ID }) surrenderId: string, @CurrentActor() actor: Actor) {
    return this.service.report(actor, surrenderId);
  }
}
