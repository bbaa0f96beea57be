import { ValidateBy } from 'class-validator';

/** Rosters go by weeks: another day would find an empty one. */
export const IsMonday = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isMonday',
      validator: {
        validate: (day) => typeof day !== 'string' || new Date(`${day}T00:00:00Z`).getUTCDay() === 1,
        defaultMessage: () => '$property must be a Monday.',
      },
    },
    { context: { remedy: 'Send the Monday that the week begins with.' } },
  );
