import { ValidateBy } from 'class-validator';
import { hasRecordId, isByChance, isNoNumber, namesSomebody, tiesToPerson } from './engine/untied';

const refuses = (
  name: string,
  wrong: (text: string) => boolean,
  remedy: string,
  message = 'ties it to somebody',
): PropertyDecorator =>
  ValidateBy(
    {
      name,
      validator: {
        validate: (value) => typeof value !== 'string' || !wrong(value),
        defaultMessage: () => `$property ${message}.`,
      },
    },
    { context: { remedy } },
  );

/** A number of the property room’s own: no id of a record, no telephone, no name. */
export const UntiedNumber = (): PropertyDecorator =>
  refuses(
    'untiedNumber',
    namesSomebody,
    'Send the number alone, without names, telephones, ids of records or addresses: nothing here leads to a person. A number that only looks like a telephone: leave out the signs between its digits.',
  );

/** A bag that is taken in is sealed and has numbers; later a seal may be found missing. */
export const GivenNumber = (): PropertyDecorator =>
  refuses(
    'givenNumber',
    isNoNumber,
    'Seal the bag, give it a number of the property room, and send both numbers.',
    'is no number',
  );

/** A token that nobody else would come upon: 64 hexadecimal digits that look drawn. */
export const DrawnToken = (): PropertyDecorator =>
  refuses(
    'drawnToken',
    (text) => !isByChance(text),
    'Send 64 hexadecimal digits: a SHA-256, or 32 random bytes where nobody asked for help.',
    'was neither drawn nor computed',
  );

/** A name or a reference of whoever handles it, as of a laboratory: no id of a record. */
export const UntiedName = (): PropertyDecorator =>
  refuses('untiedName', hasRecordId, 'Leave out ids of records and addresses: nothing here leads to a person.');

/** Words: no id of a record, no telephone, no date of birth. */
export const UntiedText = (): PropertyDecorator =>
  refuses(
    'untiedText',
    tiesToPerson,
    'Leave out ids of records, telephone numbers, addresses and dates of birth: nothing here leads to a person.',
  );
