import { counties } from '../agencies';
import { readRules } from '../platform/config/rules';

export const warningLanguages = { en: 'English', es: 'Spanish' } as const;
export type WarningLanguage = keyof typeof warningLanguages;
type Subject = 'spike' | 'batch';

interface WarningTexts {
  readonly texts: Readonly<Record<WarningLanguage, Readonly<Record<Subject, string>>>>;
}

let loaded: WarningTexts | undefined;
const warningTexts = (): WarningTexts => {
  loaded ??= readRules('warning-texts.json') as WarningTexts;
  return loaded;
};

/** What may be published about a county: no person, no address, no count. */
export const warningText = (subject: Subject, countyFips: readonly string[], language: WarningLanguage): string => {
  const titles = countyFips.map((fips) => counties().titleOf(fips) ?? fips);
  const places = new Intl.ListFormat(language).format(titles);
  return warningTexts().texts[language][subject].replace('{county}', places);
};
