/** Groups of record numbers that grow by joining. */
export class Groups {
  private readonly members = new Map<number, readonly number[]>();

  /** Everyone in the group of this record, itself included. */
  of(record: number): readonly number[] {
    return this.members.get(record) ?? [record];
  }

  areJoined(a: number, b: number): boolean {
    return this.of(a).includes(b);
  }

  join(a: number, b: number): void {
    const joined = [...this.of(a), ...this.of(b)];
    for (const member of joined) this.members.set(member, joined);
  }

  /** Each group of two or more, once. */
  all(): readonly (readonly number[])[] {
    return [...new Set(this.members.values())];
  }
}
