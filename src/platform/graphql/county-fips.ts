import { Matches } from 'class-validator';

const FIPS = /^\d{5}$/;

/** A county’s key; with `each`, every one of a list. Whether there is such a county is asked where it is looked up. */
export const CountyFips = ({ each = false } = {}): PropertyDecorator =>
  Matches(FIPS, {
    each,
    message: 'A county is a FIPS code of five digits.',
    context: { remedy: 'Send for example 39141; `counties(state)` lists them.' },
  });
