import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { County, countyByFips } from '../agencies';
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
import { DismissSpikeAlertInput, SpikeAlertsArgs } from './alerts.inputs';
import { AlertsService } from './alerts.service';
import type { SpikeAlertRow } from './alerts.store';
import { placeClockOf } from './place-clocks';
import { shownMoment, shownVerdict, TO_ANALYSTS } from './shown-counts';
import { AlertAction, SpikeAlert } from './spike-alert.type';
import { SpikeVerdict } from './spike-verdict.type';
import { WarningLanguageEnum } from './surveillance.enums';
import { SurveillanceLoaders } from './surveillance.loaders';
import { warningText, type WarningLanguage } from './warning-texts';

const SpikeAlertConnection = connectionOf(SpikeAlert);
const SpikeAlertResult = resultOf(SpikeAlert);

@Resolver(() => SpikeAlert)
export class SpikeAlertsResolver {
  constructor(
    private readonly service: AlertsService,
    private readonly loaders: SurveillanceLoaders,
  ) {}

  @Access({ resource: 'SpikeAlert', command: 'read' })
  @Query(() => SpikeAlertConnection, { description: 'Alerts that your agency was told of, the newest first.' })
  spikeAlerts(@Args() args: SpikeAlertsArgs, @Ctx() context: GraphqlContext) {
    return this.service.page(context.reader, args);
  }

  @Access({ resource: 'SpikeAlert', command: 'read' })
  @Query(() => SpikeAlert, { nullable: true, description: 'Null: no such alert, or your agency was not told of it.' })
  spikeAlert(@Args('id', { type: () => ID }) id: string, @Ctx() context: GraphqlContext) {
    return this.loaders.alert(context).load(id);
  }

  @Access({ resource: 'SpikeAlert', command: 'dismiss' })
  @Mutation(() => SpikeAlertResult, {
    description:
      'Ends an alert that the counts have not ended. Another opens once the reports since are a spike by themselves, the evidence is half as strong again, or they lie together elsewhere. Refused: NOT_FOUND, FORBIDDEN for agencies of other counties, ILLEGAL_TRANSITION once it has ended.',
  })
  async dismissSpikeAlert(
    @Args('input') input: DismissSpikeAlertInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'dismissSpikeAlert', input, key, answers: this.loaders.alert });
    return answer(await this.service.dismiss(actor, input, command), this.loaders.alert(context));
  }

  @ResolveField(() => County, { nullable: true })
  county(@Parent() { countyFips }: SpikeAlertRow): County | null {
    return countyByFips(countyFips);
  }

  @ResolveField(() => SpikeAlert, {
    nullable: true,
    description: 'The alert that had been dismissed shortly before. Null: none, or your agency was not told of it.',
  })
  openedDespite(@Parent() { openedDespite }: SpikeAlertRow, @Ctx() context: GraphqlContext) {
    return openedDespite && this.loaders.alert(context).load(openedDespite);
  }

  @ResolveField(() => SpikeVerdict, {
    nullable: true,
    description:
      'What was judged last, of a dismissed alert also what it holds back (`HELD_BACK`). Nothing of it to analysts, who read counts in reports.',
  })
  async latest(@Parent() { id, countyFips }: SpikeAlertRow, @Ctx() context: GraphqlContext) {
    const row = await this.loaders.latestVerdict(context).load(id);
    if (row === null) return null;
    const { relations, consents, asOf, verdict, cluster } = row;
    return { relations, consents, asOf, ...shownVerdict(verdict, cluster, placeClockOf(countyFips)) };
  }

  @ResolveField(() => Date, {
    nullable: true,
    description: `When the first spike was judged; ${TO_ANALYSTS}.`,
  })
  openedAt(@Parent() { countyFips, openedAt }: SpikeAlertRow, @CurrentActor() actor: Actor): Date {
    return shownMoment(actor, openedAt, placeClockOf(countyFips));
  }

  @ResolveField(() => Date, { nullable: true, description: `Null while it is open; ${TO_ANALYSTS}.` })
  closedAt(@Parent() { countyFips, closedAt }: SpikeAlertRow, @CurrentActor() actor: Actor): Date | null {
    return closedAt && shownMoment(actor, closedAt, placeClockOf(countyFips));
  }

  @ResolveField(() => Date, { nullable: true, description: `When the latest spike was judged; ${TO_ANALYSTS}.` })
  lastSpikeAt(@Parent() { countyFips, lastSpikeAt }: SpikeAlertRow, @CurrentActor() actor: Actor): Date {
    return shownMoment(actor, lastSpikeAt, placeClockOf(countyFips));
  }

  @ResolveField(() => [AlertAction], {
    nullable: true,
    description: 'Who was asked to do what, and what became of it.',
  })
  actions(@Parent() { id }: SpikeAlertRow, @Ctx() context: GraphqlContext) {
    return this.loaders.actions(context).load(id);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'What may be published: no person, no address, no count.',
  })
  publicText(
    @Parent() { countyFips }: SpikeAlertRow,
    @Args('language', { type: () => WarningLanguageEnum, defaultValue: 'en' }) language: WarningLanguage,
  ): string {
    return warningText('spike', [countyFips], language);
  }
}
