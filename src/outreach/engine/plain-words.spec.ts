import { readRules } from '../../platform/config';
import { printedParts } from './leave-behind';
import { isReadable, tellingWords, type TellingWords } from '../../kernel/plain-words';

const list = readRules('telling-words.json') as TellingWords;
const told = (text: string): string[] => tellingWords(text, list);

describe('words that tell', () => {
  it('are found in any form and either language', () => {
    expect(told('Overdoses, DRUGS; la naloxona y una sobredosis.')).toEqual([
      'overdoses',
      'drugs',
      'naloxona',
      'sobredosis',
    ]);
    expect(told('Ross County PORT')).toEqual(['port']);
    expect(told('We are here because of what happened Friday, the ambulance')).toEqual(['ambulance', 'what happened']);
  });

  it.each([
    ...[
      'Over-dose team',
      'Suboxone team',
      'O.D. Team',
      'Crack team',
      'MAT clinic',
      'Sobre dosis',
      'Narcan van',
      'N A R C A N',
    ],
    ...[
      'Methadone',
      'Methodone',
      'Nalaxone',
      'heroína',
      'fentanilo',
      'rehab',
      'Detox',
      'recovery',
      'Meth',
      'the OD folks',
      'od',
      'Team O D',
      'ODTeam',
    ],
    ...[
      'Post0verd0se',
      'N4rc@n',
      'h3roin',
      'Nárcän',
      'ＮＡＲＣＡＮ',
      'ℕarcan',
      'NARRCAN',
      'Heroiin van',
      'P0LICE',
      'Port team',
      'Team Port',
    ],
    ...[
      'M.A.T.',
      'Nar-can',
      'Nar can',
      'o_d',
      'Fen.ta.nyl',
      'Crackhead',
      'PortTeam',
      'Antioverdose',
      'Harm Reduction',
      'Clean & Sober',
    ],
    ...[
      'reducción de daños',
      '12 step',
      'Drogas no',
      'policía',
      'jeringas',
      'Equipo MAT',
      'Clínica mat',
      'adicción',
      'sub oxone',
      'N.A.',
    ],
    ...[
      'Sheriff’s visitors',
      'D r u g s',
      'drug-free',
      'Nø drugs',
      'na\u200brcan',
      'Med1cation assisted na1oxone',
      'de tox',
      '0.D. Team',
    ],
    ...[
      'Hepatitis',
      'Agujas',
      'pills',
      'Dope',
      'crAck',
      'Cra-ck',
      'opi0id',
      'Bupe',
      'Vivitrol',
      'Droguería',
      'Tratamiento',
      'relapse',
    ],
    ...[
      'Opana',
      'Adderall',
      'fent team',
      'FENTY',
      'smack',
      'Percs',
      'NarAnon',
      'Nar-Anon',
      'Al-Anon',
      'AI Anon',
      'alanon',
    ],
    ...[
      'Ovrdose',
      'overdozed',
      'Over-the-dose',
      'Law Enforcement',
      'Detectives',
      'AIcohol',
      'PiIls',
      'A1coho1',
      'p|lls',
    ],
    ...[
      'Opi-oId',
      'some molly',
      'MOLLY kit',
      'la chiva',
      'perico',
      'Molly users',
      'Coke dealer',
      'using Cristal',
      'fumar piedra',
    ],
  ])('are found however they are written: %s', (text) => {
    expect(told(text)).not.toEqual([]);
  });

  it.each([
    ...[
      'We support the odd method of our neighbors.',
      'Overland Park',
      'Odessa',
      'Matthew',
      'Matt and Odell',
      'Cracker Barrel',
      'Methodist',
    ],
    ...[
      'Port Clinton Visiting Nurses',
      'Portsmouth',
      'Leave it on the mat',
      'A hero in our town',
      'Be a hero in a day',
      'Parks and Rec Overland',
    ],
    ...[
      'Mi sobrina y mi sobrino',
      'la soberanía',
      'Local heroine',
      'Ross County Neighbors',
      'Call 740-555-0100 24/7, 4-4',
      'Wed 4 to 8',
    ],
    ...[
      'Vecinos de la madrugada',
      'Pillow talk with Pilar',
      'to do: do per day',
      'The Narcoossee Road team',
      'Drink water, take care!',
      'Discovery van',
    ],
    ...[
      'We came by to see how you are.',
      'Pasamos a saludarle; llámenos cuando guste.',
      'Nadia and Otto',
      'Method One Plumbing',
      'Good dose of hope',
      '',
    ],
    ...[
      'Ask for Molly',
      'Molly’s team',
      'MOLLY',
      'Vecinos de Chiva',
      'Perico Island team',
      'Piedra Outreach',
      'Cristal and Ida',
    ],
    ...[
      'A coke and a smile',
      'Una piedra en el camino',
      'Illinois',
      'Fenton',
      'Adder Hill',
      'Alan on Main',
      'Over the door',
    ],
  ])('are told from words that only look alike: %s', (text) => {
    expect(told(text)).toEqual([]);
  });

  it('are looked for in signs that can be compared', () => {
    for (const text of ['Ross County Neighbors', 'Línea 988: ¿cómo está?', 'Nhóm Hàng Xóm', "O'Neil & Sons (24/7)"]) {
      expect(isReadable(text)).toBe(true);
    }
    // A Cyrillic а, an invisible blank, a syringe, letters of mathematics, a bar for an l.
    for (const text of ['Nаrcan', 'Nar\u200bcan', 'We come 💉', '𝐍arcan', 'Нарколог', '邻居', 'meta|one']) {
      expect(isReadable(text)).toBe(false);
    }
  });
});

describe('a leave-behind policy', () => {
  it('prints nothing, a card, a plain card, or all of it', () => {
    const policies = ['NEVER', 'CONTACT_ONLY', 'PLAIN_CARD', 'BAG'] as const;
    expect(policies.map((policy) => printedParts(policy).length)).toEqual([0, 1, 2, 6]);
    for (const policy of policies.slice(1)) expect(printedParts(policy)[0]).toBe('OUTSIDE');
  });
});
