import { validateSync } from 'class-validator';
import { lengthOf, TextLength } from './text-length';

class Named {
  @TextLength(1, 5) name: unknown;
}

const isAccepted = (name: unknown): boolean => validateSync(Object.assign(new Named(), { name })).length === 0;

describe('TextLength', () => {
  it.each(['a', 'abcde', 'née', '日本語', '😀😀😀😀😀', ' a '])('accepts %j', (name) => {
    expect(isAccepted(name)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['invisible signs', '\u200b\u200d'],
    ['one too many', 'abcdef'],
    ['one too many, where the last is a variation selector', 'abcde\ufe0f'],
    ['a number', 5],
    ['null', null],
  ])('refuses %s', (_, name) => {
    expect(isAccepted(name)).toBe(false);
  });

  it('says what would do', () => {
    const [error] = validateSync(Object.assign(new Named(), { name: '' }));
    expect(error?.constraints).toEqual({ textLength: 'name must be a text of 1 to 5 characters, not only blanks.' });
  });
});

it('counts as the database does', () => {
  expect(lengthOf('👨‍👩‍👧')).toBe(5);
});
