import { Inject } from '@nestjs/common';
import { Field, ObjectType, Parent, registerEnumType, ResolveField, Resolver } from '@nestjs/graphql';
import type { Refusal } from '../../kernel/refusal';
import { refusalCodes, type RefusalCode } from '../../kernel/refusal-codes';
import { ACCESS_POLICY, type AccessPolicy } from '../auth/access-policy';
import { Ctx, type GraphqlContext } from './context';
import { mayLeave } from './field-access';
import { RefusalFacts } from './scalars';

const codes = Object.keys(refusalCodes) as RefusalCode[];
export const RefusalCodes = Object.fromEntries(codes.map((code) => [code, code])) as { [code in RefusalCode]: code };

registerEnumType(RefusalCodes, {
  name: 'RefusalCode',
  description: 'Every expected "no". Programs decide on the code; the message is for people and may change.',
  valuesMap: Object.fromEntries(codes.map((code) => [code, { description: refusalCodes[code] }])),
});

@ObjectType({
  description:
    'An expected "no": the command was understood, nothing was changed, and this is why. Any command may be refused with NOT_FOUND, FORBIDDEN, ILLEGAL_TRANSITION, IDEMPOTENCY_KEY_REUSED or IDEMPOTENCY_KEY_EXPIRED; what else may stand in its way, its description names.',
})
export class Refused {
  @Field(() => RefusalCodes, { description: 'For programs.' })
  code: RefusalCode;

  @Field({ description: 'For people, one sentence. Never personal data.' })
  message: string;

  @Field(() => String, {
    nullable: true,
    description: 'Path of the argument at fault, for example `input.pools[1].staffed`.',
  })
  field: string | null;

  @Field(() => String, { nullable: true, description: 'What the caller can do about it, one sentence.' })
  remedy: string | null;

  @Field(() => RefusalFacts, { description: 'Further facts for programs; empty when there are none.' })
  details: Record<string, unknown>;
}

/** Spreads the kernel's `Refusal` over the fields that partners see. */
@Resolver(() => Refused)
export class RefusedResolver {
  constructor(@Inject(ACCESS_POLICY) private readonly policy: AccessPolicy) {}

  @ResolveField()
  field(@Parent() refusal: Refusal): string | null {
    return refusal.details.field ?? null;
  }

  @ResolveField()
  remedy(@Parent() refusal: Refusal): string | null {
    return refusal.details.remedy ?? null;
  }

  @ResolveField()
  details(@Parent() { details, tells }: Refusal, @Ctx() context: GraphqlContext): Record<string, unknown> {
    // What a record says is told here where it is told there, and not beside the trail.
    const isTold = (fact: string): boolean => {
      const field = tells?.fields[fact];
      return !tells || field === undefined || mayLeave(this.policy, tells.type, field)(tells.row, context);
    };
    return Object.fromEntries(
      Object.entries(details).filter(([fact]) => fact !== 'field' && fact !== 'remedy' && isTold(fact)),
    );
  }
}
