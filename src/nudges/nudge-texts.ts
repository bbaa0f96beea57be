/** Languages messages are written in. */
export const nudgeLanguages = { en: 'English', es: 'Spanish' } as const;
export type NudgeLanguage = keyof typeof nudgeLanguages;

/** How many things wait, and whether one of them is urgent. Nothing else decides over the words. */
export interface Waiting {
  readonly isSeveral: boolean;
  readonly isUrgent: boolean;
}

interface Texts {
  readonly one: string;
  readonly oneUrgent: string;
  readonly several: string;
  readonly severalUrgent: string;
  readonly code: (code: string) => string;
}

const SUBJECT = 'Handrail';

/**
 * All the words there are. They go by the number of things and their urgency, not by kind: whoever looks over a shoulder must not
 * learn from the words whether it was an offer, a school’s notice or an emergency.
 */
const texts: Readonly<Record<NudgeLanguage, Texts>> = {
  en: {
    one: 'Something waits for you in Handrail.',
    oneUrgent: 'Something urgent waits for you in Handrail.',
    several: 'Several things wait for you in Handrail.',
    severalUrgent: 'Several things wait for you in Handrail, and something of it is urgent.',
    code: (code) => `Your code for Handrail is ${code}. It ends in 15 minutes. Nobody will ask you for it.`,
  },
  es: {
    one: 'Algo le espera en Handrail.',
    oneUrgent: 'Algo urgente le espera en Handrail.',
    several: 'Varias cosas le esperan en Handrail.',
    severalUrgent: 'Varias cosas le esperan en Handrail, y algo de ello es urgente.',
    code: (code) => `Su código para Handrail es ${code}. Termina en 15 minutos. Nadie se lo pedirá.`,
  },
};

export interface Words {
  readonly subject: string;
  readonly text: string;
}

const keyOf = ({ isSeveral, isUrgent }: Waiting): Exclude<keyof Texts, 'code'> => {
  if (isSeveral) return isUrgent ? 'severalUrgent' : 'several';
  return isUrgent ? 'oneUrgent' : 'one';
};

/** `appUrl`: the address of Handrail itself, without anything behind it. */
export const nudgeWords = (waiting: Waiting, language: NudgeLanguage, appUrl: string): Words => ({
  subject: SUBJECT,
  text: `${texts[language][keyOf(waiting)]}\n${appUrl}\n`,
});

export const codeWords = (code: string, language: NudgeLanguage): Words => ({
  subject: SUBJECT,
  text: `${texts[language].code(code)}\n`,
});

/** Every text a nudge can be, for whoever wants to hold it against what was sent. */
export const everyNudge = (appUrl: string): readonly string[] =>
  (Object.keys(texts) as NudgeLanguage[]).flatMap((language) =>
    [true, false].flatMap((isSeveral) =>
      [true, false].map((isUrgent) => nudgeWords({ isSeveral, isUrgent }, language, appUrl).text),
    ),
  );
