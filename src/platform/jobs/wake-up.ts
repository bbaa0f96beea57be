/** Waits for a while, or until somebody says that there is something to do. What is said while nobody waits is remembered. */
export class WakeUp {
  #isCalled = false;
  #wake: (() => void) | null = null;

  call(): void {
    this.#isCalled = true;
    this.#wake?.();
  }

  async wait(milliseconds: number): Promise<void> {
    if (!this.#isCalled) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, milliseconds);
      });
      clearTimeout(timer);
      this.#wake = null;
    }
    this.#isCalled = false;
  }
}
