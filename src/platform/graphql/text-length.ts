import { ValidateBy, type ValidationOptions } from 'class-validator';

/** Characters as PostgreSQL counts them: code points, neither UTF-16 units nor what looks like one sign. */
export const lengthOf = (text: string): number => {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
};

// Something to see: neither blanks nor marks and joiners alone.
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * A text of `shortest` to `longest` characters (code points) with something to see in it. class-validator's own `Length` leaves
 * variation selectors out of its count: what passes it may still be too long for a column.
 */
export const TextLength = (shortest: number, longest: number, options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'textLength',
      validator: {
        validate: (value) => {
          if (typeof value !== 'string') return false;
          const length = lengthOf(value);
          return length >= shortest && length <= longest && (length === 0 || VISIBLE.test(value));
        },
        defaultMessage: () => `$property must be a text of ${shortest} to ${longest} characters, not only blanks.`,
      },
    },
    options,
  );
