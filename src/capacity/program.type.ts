import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Medication, Pathway, Payer, Service, Substance } from '../kernel/vocabulary';
import { MedicationEnum, PathwayEnum, PayerEnum, ServiceEnum, SubstanceEnum, always, Steps } from '../platform/graphql';
import { AcceptanceModeEnum, ServesOnlyEnum, type AcceptanceMode, type ServesOnly } from './capacity.enums';

@ObjectType({ description: 'A time of the week at which a program takes people in, in the program’s own time zone.' })
export class IntakeWindow {
  @Field(() => Int, { description: '1 = Monday … 7 = Sunday (ISO 8601).' })
  weekday: number;

  @Field(() => Int, { description: 'Minutes after local midnight, 0 … 1439.' })
  opens: number;

  @Field(() => Int, {
    description: 'Minutes after local midnight of the same weekday; above 1440 it closes on the next day.',
  })
  closes: number;
}

@ObjectType({
  description:
    'A provider’s service line at one place: what it treats, whom it serves, how it takes referrals. No person in it: open to everyone signed in.',
})
@Steps({ create: null, update: always })
export class Program {
  @Field(() => ID)
  id: string;

  @Field({ description: 'As the provider calls it, at most 200 characters.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'Street address.' })
  street: string | null;

  @Field(() => String, { nullable: true, description: 'City or town.' })
  city: string | null;

  @Field({ description: 'USPS code of the state or territory, for example `OH`.' })
  state: string;

  @Field(() => String, { nullable: true, description: 'ZIP code.' })
  postalCode: string | null;

  @Field(() => String, { nullable: true, description: 'Intake telephone, as the provider writes it.' })
  phone: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Degrees north, WGS 84. Null: unknown, so matching passes it over.',
  })
  latitude: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east (negative in the Americas), WGS 84.' })
  longitude: number | null;

  @Field({ description: 'IANA name, for example `America/New_York`; intake windows are in it.' })
  timeZone: string;

  @Field(() => AcceptanceModeEnum)
  acceptanceMode: AcceptanceMode;

  @Field(() => Int, {
    description:
      'Freshness contract, minutes, 15 … 1440: past it a census no longer counts and nothing is routed here automatically.',
  })
  freshnessMinutes: number;

  @Field({ description: 'Its records are under 42 CFR Part 2. Set by a human.' })
  part2Program: boolean;

  @Field(() => [ServiceEnum], { description: 'Services and special programs it has.' })
  services: Service[];

  @Field(() => [MedicationEnum], { description: 'Medications for opioid use disorder it gives.' })
  medicationsOffered: Medication[];

  @Field(() => [MedicationEnum], { description: 'Medications people may stay on that they get elsewhere.' })
  medicationsAccepted: Medication[];

  @Field(() => [PayerEnum], {
    description:
      'Payers it takes; empty: not known, as for some programs from the public directory, and then no payer is turned away.',
  })
  payers: Payer[];

  @Field(() => [String], { description: 'Languages staff treat in, BCP 47 primary subtags, for example `es`.' })
  languages: string[];

  @Field(() => [SubstanceEnum], { description: 'Substances it treats; empty: all.' })
  substances: Substance[];

  @Field(() => ServesOnlyEnum, {
    nullable: true,
    description: 'The only people it treats; nobody else is matched to it. Null: no such limit.',
  })
  servesOnly: ServesOnly | null;

  @Field(() => [PathwayEnum], { description: 'Where it takes referrals from; empty: from everywhere.' })
  acceptedPathways: Pathway[];

  @Field({ description: 'Admits pregnant people.' })
  admitsPregnant: boolean;

  @Field(() => [IntakeWindow], { description: 'When it takes people in; empty: around the clock.' })
  intakeWindows: IntakeWindow[];

  @Field({ description: 'False: closed; it takes no referrals and its pools are not matched.' })
  isActive: boolean;
}
