/** Work that may be left and taken up again wherever it yields, so that whoever does it can see to others in between. */
export type Steps<Result> = Generator<void, Result, void>;
