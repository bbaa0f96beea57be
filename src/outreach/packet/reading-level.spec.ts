import { syllable } from 'syllable';
import { crisisLines } from '../../resources';
import { packetTexts, type PacketWords } from './packet-texts';

/** Every fixed sentence of a packet. Not its titles: short as they are, they would flatter it. */
const sentencesOf = ({ outside, meetings, places, primer, us }: PacketWords): string[] => [
  ...outside.lines,
  ...[meetings.note, meetings.none],
  ...[places.note, places.none],
  ...[primer.intro, ...primer.steps, primer.safe],
  us.text,
];
const textOf = (language: 'en' | 'es'): string => {
  const lines = crisisLines()
    .in(language, null)
    .map(({ does }) => does);
  // A title ends a sentence as well.
  return [...sentencesOf(packetTexts().in(language)), ...lines]
    .map((said) => said.replace(/(?<![.?!])$/, '.'))
    .join(' ');
};
const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];
const sentenceCount = (text: string): number => text.match(/[.?!]+(\s|$)/g)?.length ?? 1;

/** Kincaid and others, 1975: years of school in the US. */
const fleschKincaid = (text: string): number => {
  const words = wordsOf(text);
  const syllables = words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0);
  return 0.39 * (words.length / sentenceCount(text)) + 11.8 * (syllables / words.length) - 15.59;
};

/** A vowel group is one syllable, but for two strong vowels and for an accented weak one, which part. */
const spanishSyllables = (word: string): number => {
  const plain = word.toLowerCase().replace(/qu(?=[eiéí])|gu(?=[eiéí])/g, 'g');
  const groups = plain.match(/[aeiouáéíóúü]+/g) ?? [];
  const parted = groups.map((group) => 1 + (group.match(/[aeoáéó](?=[aeoáéóíú])|[íú](?=[aeoáéó])/g)?.length ?? 0));
  return Math.max(
    1,
    parted.reduce((sum, count) => sum + count, 0),
  );
};

/** Szigriszt-Pazos 1993, read on the INFLESZ scale: 65 to 80 is “rather easy”, the level of the end of primary school. */
const inflesz = (text: string): number => {
  const words = wordsOf(text);
  const syllables = words.reduce((sum, word) => sum + spanishSyllables(word), 0);
  return 206.835 - 62.3 * (syllables / words.length) - words.length / sentenceCount(text);
};

describe('the reading level of a packet', () => {
  it('is grade 6 at most in English', () => {
    expect(fleschKincaid(textOf('en'))).toBeLessThanOrEqual(6);
  });

  it('is rather easy at least in Spanish', () => {
    expect(inflesz(textOf('es'))).toBeGreaterThanOrEqual(65);
  });

  it('is measured: a text of the law is far above it', () => {
    const law =
      'Notwithstanding the confidentiality provisions applicable to individually identifiable information, disclosure is authorized.';
    expect(fleschKincaid(law)).toBeGreaterThan(12);
    const ley =
      'La divulgación de información individualmente identificable se encuentra autorizada independientemente de las disposiciones aplicables.';
    expect(inflesz(ley)).toBeLessThan(40);
    expect(['río', 'ciudad', 'persona', 'queso', 'poeta', 'vio', 'naloxona'].map(spanishSyllables)).toEqual([
      2, 2, 3, 2, 3, 1, 4,
    ]);
  });
});
