import { Field, Float, ID, InputType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsOptional, Matches, Max, Min } from 'class-validator';
import { TextLength } from '../platform/graphql';
import type { AlertFinding, LabFinding } from './engine/vocabulary';
import { CustodyAlertFindingEnum, LaboratoryFindingEnum } from './surrender.enums';
import { DrawnToken, GivenNumber, UntiedName, UntiedNumber, UntiedText } from './untied-text';

const NUMBER_LIMIT = 60;
const PLACE_LIMIT = 200;
const NAME_LIMIT = 200;
const DESCRIPTION_LIMIT = 500;
const FINDING_LIMIT = 13;
const LEAST_GRAMS = 0.001;
const MOST_GRAMS = 1_000_000;

const GRAMS = 'Bag, seal and content together, in grams, to the milligram.';
const PLACE = `Where: station, room, laboratory. At most ${PLACE_LIMIT} characters.`;
const weight = { context: { remedy: `Send grams, from ${LEAST_GRAMS} to ${MOST_GRAMS}.` } };

const slipRule = {
  context: { remedy: 'Send 64 hexadecimal digits: a SHA-256, or 32 random bytes where nobody asked for help.' },
};

@InputType({
  description:
    'Something is handed in. Send no name, no place where the person lives, nothing of a referral: there is no field for it.',
})
export class OpenSurrenderInput {
  @Field({ description: 'Of the text that was shown: `noArrestPromise { version }`, as it is today.' })
  @TextLength(1, NUMBER_LIMIT)
  promiseVersion: string;

  @Field({
    description:
      'You attest that promise and exclusions were shown before anything changed hands: to the person, or posted where things are left without one.',
  })
  isPromiseShown: boolean;

  @Field({
    description: `Of the property room, one of its own for every bag; refused with a name, a telephone or the id of a record in it. At most ${NUMBER_LIMIT} characters.`,
  })
  @TextLength(1, NUMBER_LIMIT)
  @UntiedNumber()
  @GivenNumber()
  propertyNumber: string;

  @Field({
    description: `On the seal, which is there: “none” and “missing” are refused. At most ${NUMBER_LIMIT} characters.`,
  })
  @TextLength(1, NUMBER_LIMIT)
  @UntiedNumber()
  @GivenNumber()
  sealNumber: string;

  @Field({
    description: `What it looks like, such as “one bag, white powder”. No test, no guess, no person: refused is what tells a result (“tested positive”), a guess (“heroin”) that is not read from a label, or the id of a record, a telephone number, a date of birth. At most ${DESCRIPTION_LIMIT} characters.`,
  })
  @TextLength(1, DESCRIPTION_LIMIT)
  @UntiedText()
  description: string;

  @Field(() => Float, { description: GRAMS })
  @Min(LEAST_GRAMS, weight)
  @Max(MOST_GRAMS, weight)
  sealedGrossWeightGrams: number;

  @Field({ description: PLACE })
  @TextLength(1, PLACE_LIMIT)
  @UntiedText()
  place: string;

  @Field({
    description:
      'The one-way token: SHA-256, 64 hexadecimal digits, of a secret of 32 random bytes in hexadecimal followed by the referral’s id. The secret goes on the person’s slip and nowhere else, so that only they can show that the two belong together. Where nobody asked for help: 32 random bytes; the two cannot be told apart.',
  })
  @Matches(/^[0-9a-fA-F]{64}$/, slipRule)
  @DrawnToken()
  slip: string;
}

@InputType({ description: 'The second officer was there.' })
export class CountersignSurrenderInput {
  @Field(() => ID)
  surrenderId: string;
}

@InputType({ description: 'It leaves your hands.' })
export class ReleaseCustodyInput {
  @Field(() => ID)
  surrenderId: string;

  @Field({ description: PLACE })
  @TextLength(1, PLACE_LIMIT)
  @UntiedText()
  place: string;
}

@InputType({ isAbstract: true })
abstract class WeighedCustodyInput extends ReleaseCustodyInput {
  @Field(() => Float, { description: `${GRAMS} As found.` })
  @Min(LEAST_GRAMS, weight)
  @Max(MOST_GRAMS, weight)
  sealedGrossWeightGrams: number;
}

@InputType({ description: 'It comes into your hands: look at the seal and weigh it.' })
export class ReceiveCustodyInput extends WeighedCustodyInput {
  @Field({ description: 'As found.' })
  @TextLength(1, NUMBER_LIMIT)
  @UntiedNumber()
  sealNumber: string;
}

@InputType({ description: 'A laboratory has received it.' })
export class ReceiveAtLaboratoryInput extends ReceiveCustodyInput {
  @Field({ description: `Its name, at most ${NAME_LIMIT} characters.` })
  @TextLength(1, NAME_LIMIT)
  @UntiedName()
  laboratory: string;

  @Field({ description: `Who signed for it there, at most ${NAME_LIMIT} characters.` })
  @TextLength(1, NAME_LIMIT)
  @UntiedName()
  receivedByName: string;
}

@InputType({ description: 'What the laboratory found.' })
export class RecordLaboratoryResultInput {
  @Field(() => ID)
  surrenderId: string;

  @Field(() => [LaboratoryFindingEnum], { description: `1 to ${FINDING_LIMIT}, each once.` })
  @ArrayMinSize(1)
  @ArrayMaxSize(FINDING_LIMIT)
  @ArrayUnique()
  findings: LabFinding[];

  @Field(() => String, {
    nullable: true,
    description: `The laboratory’s own number, at most ${NUMBER_LIMIT} characters.`,
  })
  @IsOptional()
  @TextLength(1, NUMBER_LIMIT)
  @UntiedName()
  reference?: string | null;
}

@InputType({ description: 'The laboratory gives it back, sealed anew.' })
export class ReleaseFromLaboratoryInput extends WeighedCustodyInput {
  @Field({ description: 'The new seal, which is there: “none” and “missing” are refused.' })
  @TextLength(1, NUMBER_LIMIT)
  @UntiedNumber()
  @GivenNumber()
  sealNumber: string;

  @Field({ description: `Who gave it out there, at most ${NAME_LIMIT} characters.` })
  @TextLength(1, NAME_LIMIT)
  @UntiedName()
  releasedByName: string;
}

@InputType({ description: 'It is laid out for destruction: look at the seal and weigh it once more.' })
export class ProposeDestructionInput extends ReceiveCustodyInput {}

@InputType({ description: 'You saw it destroyed.' })
export class WitnessDestructionInput extends ReleaseCustodyInput {
  @Field({ description: `How, for example \`incinerated\`. At most ${NUMBER_LIMIT} characters.` })
  @TextLength(1, NUMBER_LIMIT)
  @UntiedName()
  method: string;
}

@InputType({ description: 'What came of looking into an alert.' })
export class AnswerCustodyAlertInput {
  @Field(() => ID, { description: 'From `custodyAlerts`.' })
  alertId: string;

  @Field(() => CustodyAlertFindingEnum, {
    description: 'UNDER_INVESTIGATION may be followed by another; the others stand.',
  })
  finding: AlertFinding;
}
