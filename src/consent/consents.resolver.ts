import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor, ConsentScope } from '../access';
import { Agency, AgencyLoaders } from '../agencies';
import { PeopleLoaders, Person } from '../people';
import { Access } from '../platform/auth';
import {
  answer,
  commandOf,
  connectionOf,
  Ctx,
  CurrentActor,
  IdempotencyKey,
  resultOf,
  type GraphqlContext,
} from '../platform/graphql';
import { ConsentScopeEnum } from './consent.enums';
import {
  ConsentsArgs,
  RecordPersonConsentInput,
  RevokeConsentInput,
  RevokePersonConsentsInput,
} from './consent.inputs';
import { Consent, ConsentRevocation } from './consent.type';
import { ConsentsLoaders } from './consents.loaders';
import { ConsentsService } from './consents.service';
import type { ConsentRow } from './consents.store';
import { RevocationService } from './revocation.service';

const ConsentResult = resultOf(Consent);
const PersonResult = resultOf(Person);
const ConsentConnection = connectionOf(Consent);

@Resolver(() => Consent)
export class ConsentsResolver {
  constructor(
    private readonly service: ConsentsService,
    private readonly revocation: RevocationService,
    private readonly loaders: ConsentsLoaders,
    private readonly agencies: AgencyLoaders,
    private readonly people: PeopleLoaders,
  ) {}

  @Access({ resource: 'Consent', command: 'read' })
  @Query(() => ConsentConnection, {
    name: 'consents',
    description:
      'The consents of a person that your agency recorded or that name it, oldest first, ended ones included; none for a person you do not know.',
  })
  consentsOf(@Args() args: ConsentsArgs, @Ctx() context: GraphqlContext) {
    return this.service.page(context.reader, args);
  }

  @Access({ resource: 'Consent', command: 'record' })
  @Mutation(() => ConsentResult, {
    description:
      'Records a consent of a person your agency knows, under any text of `consentTexts`: for a named police department or school, a court, a volunteer, counseling notes, proceedings, or for treatment, payment and operations. Refused: CONSENT_INCOMPLETE names the element of 42 CFR 2.31 that is missing, or why who signed may not; INVALID_INPUT for an unknown text, a signature in the future or an end in the past; NOT_FOUND for a person you do not know or an agency that is not there.',
  })
  async recordPersonConsent(
    @Args('input') input: RecordPersonConsentInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'recordPersonConsent', input, key, answers: this.loaders.byId });
    return answer(await this.service.recordForPerson(actor, input, command), this.loaders.byId(context));
  }

  @Access({ resource: 'Consent', command: 'revoke' })
  @Mutation(() => ConsentResult, {
    description:
      'A person takes back a consent that your agency recorded, or some of what it permits. What it showed is hidden from the same moment on, and offers of referrals that rest on it are recalled. Refused: INVALID_INPUT for `askedBy` who may not sign; ILLEGAL_TRANSITION when nothing of it is in force.',
  })
  async revokeConsent(
    @Args('input') input: RevokeConsentInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'revokeConsent', input, key, answers: this.loaders.byId });
    return answer(await this.revocation.revoke(actor, input, command), this.loaders.byId(context));
  }

  @Access({ resource: 'Consent', command: 'revoke' })
  @Mutation(() => PersonResult, {
    description:
      'A person your agency knows takes back all they agreed to, or all of some scopes, whichever agency recorded it: they need not go back to where they signed. Your agency’s other records of the same person, by LINKED pairs of `personLinks`, are meant as well; records you do not know are not touched. Answers the person, whether or not there was anything to take back: that would tell what other agencies recorded. Refused: INVALID_INPUT for `askedBy` who may not sign.',
  })
  async revokePersonConsents(
    @Args('input') input: RevokePersonConsentsInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'revokePersonConsents', input, key, answers: this.people.person });
    return answer(await this.revocation.revokeOfPerson(actor, input, command), this.people.person(context));
  }

  @ResolveField(() => ConsentScopeEnum, { nullable: true })
  scope(@Parent() consent: ConsentRow): ConsentScope | null {
    return consent.permits[0] ?? null;
  }

  @ResolveField(() => Agency, {
    nullable: true,
    description:
      'Who may receive it; null for a general designation of treating providers, and for courts and volunteers.',
  })
  recipientAgency(@Parent() consent: ConsentRow, @Ctx() context: GraphqlContext) {
    return consent.recipientAgencyId ? this.agencies.byId(context).load(consent.recipientAgencyId) : null;
  }

  @ResolveField(() => Agency, { nullable: true, description: 'The agency that recorded it.' })
  recordedBy(@Parent() consent: ConsentRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(consent.recordedByAgencyId);
  }

  @ResolveField(() => [ConsentRevocation], { nullable: true, description: 'What was taken back, oldest first.' })
  revocations(@Parent() consent: ConsentRow, @Ctx() context: GraphqlContext) {
    return this.loaders.revocationsOf(context).load(consent.id);
  }
}
