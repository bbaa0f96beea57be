import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { ConsentScope } from '../access';
import { ConsentScopeEnum } from './consent.enums';

@ObjectType({ description: 'What a person agreed to in writing, until it expires or is revoked.' })
export class Consent {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => ConsentScopeEnum, { nullable: true })
  scope: ConsentScope;

  @Field(() => Date, { nullable: true, description: 'When the person signed.' })
  signedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it ends by itself.' })
  expiresAt: Date;

  @Field(() => Date, { nullable: true, description: 'Null while not revoked.' })
  revokedAt: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'Signed, not expired, not revoked, by the database’s clock.' })
  isActive: boolean;
}
