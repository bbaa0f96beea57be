import { isUuid } from '../../kernel/id';
import { newId } from './new-id';

describe('a new id', () => {
  it('is a UUID version 7, and later than every one before it, however many a millisecond brings', () => {
    const ids = Array.from({ length: 20_000 }, newId);
    expect(ids.every((id) => isUuid(id) && id[14] === '7' && '89ab'.includes(id[19] ?? ''))).toBe(true);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
