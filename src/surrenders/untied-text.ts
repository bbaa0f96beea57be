import { ValidateBy } from 'class-validator';
import { hasRecordId, tiesToPerson } from './engine/untied';

const refuses = (name: string, wrong: (text: string) => boolean, remedy: string): PropertyDecorator =>
  ValidateBy(
    {
      name,
      validator: {
        validate: (value) => typeof value !== 'string' || !wrong(value),
        defaultMessage: () => '$property ties it to somebody.',
      },
    },
    { context: { remedy } },
  );

/** A number or name of the property room’s own: no id of a record. */
export const UntiedNumber = (): PropertyDecorator =>
  refuses('untiedNumber', hasRecordId, 'Leave out ids of records and addresses: nothing here leads to a person.');

/** Words: no id of a record, no telephone, no date of birth. */
export const UntiedText = (): PropertyDecorator =>
  refuses(
    'untiedText',
    tiesToPerson,
    'Leave out ids of records, telephone numbers, addresses and dates of birth: nothing here leads to a person.',
  );
