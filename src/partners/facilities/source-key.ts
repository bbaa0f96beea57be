/** Letters and digits only, so that spelling of marks, case and spacing does not make another facility of it. */
export const normalise = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

interface NamedPlace {
  readonly name1: string;
  readonly name2: string;
  readonly street1: string;
  readonly street2: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
}

/**
 * The organisation: name and state. A name used in two states is taken for two organisations: licences, payers and
 * rules end at the state line, and a wrong union would show one organisation's referrals to another.
 */
export const agencyKey = ({ name1, state }: Pick<NamedPlace, 'name1' | 'state'>): string =>
  `samhsa:${state.toLowerCase()}|${normalise(name1)}`;

/** The facility: organisation, unit and full address. Stays the same from import to import while these do. */
export const programKey = (place: NamedPlace): string =>
  [agencyKey(place), ...[place.name2, place.street1, place.street2, place.city, place.zip].map(normalise)].join('|');
