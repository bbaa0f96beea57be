import { readRules } from '../platform/config';
import { isReadable, tellingWords, type TellingWords } from '../kernel/plain-words';

let shipped: TellingWords | undefined;

const list = (): TellingWords => (shipped ??= readRules('telling-words.json') as TellingWords);

/** The words of a text that tell a stranger why somebody came, by the list of this installation. */
export const toldBy = (text: string): string[] => tellingWords(text, list());

/** Whether a text may stand where a stranger reads it. */
export const isPlain = (text: string): boolean => isReadable(text) && toldBy(text).length === 0;
