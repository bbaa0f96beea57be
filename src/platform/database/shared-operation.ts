import type { Accounting, OperationReader, ReadingOperation } from './operation-reader';
import type { Reader } from './reader';
import type { Statement } from './statement';

interface Waiting {
  readonly account: Accounting<unknown>;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One transaction for several answers to one actor that are read at the same time. Each ends for itself, with its own account
 * of what it told; the transaction ends with the last of them, and nobody’s `endWith` resolves before that has committed.
 */
export class SharedOperation {
  readonly #waiting: Waiting[] = [];
  #open = 0;

  constructor(private readonly whole: OperationReader) {}

  /** All shares must be taken before the first one ends. */
  share(): ReadingOperation & Reader {
    const { whole } = this;
    let isOver = false;
    this.#open += 1;
    const leave = (): void => {
      if (isOver) return;
      isOver = true;
      this.#open -= 1;
      if (this.#open === 0) this.#end();
    };
    return {
      actor: whole.actor,
      enter: () => whole.enter(),
      query: <Row>(statement: Statement<Row>, params?: readonly unknown[]) => whole.query(statement, params),
      end: () => {
        leave();
        return Promise.resolve();
      },
      endWith: <T>(account: Accounting<T>) =>
        new Promise<T>((resolve, reject) => {
          this.#waiting.push({ account, resolve: resolve as (answer: unknown) => void, reject });
          leave();
        }),
    };
  }

  #end(): void {
    const waiting = this.#waiting;
    if (waiting.length === 0) {
      void this.whole.end();
      return;
    }
    const all: Accounting<unknown[]> = (session, asOf) => {
      const accounts = waiting.map(({ account }) => account(session, asOf));
      return {
        answer: accounts.map(({ answer }) => answer),
        written: Promise.all(accounts.map(({ written }) => written)),
      };
    };
    this.whole.endWith(all).then(
      (answers) => {
        waiting.forEach(({ resolve }, index) => {
          resolve(answers[index]);
        });
      },
      (error: unknown) => {
        for (const { reject } of waiting) reject(error);
      },
    );
  }
}
