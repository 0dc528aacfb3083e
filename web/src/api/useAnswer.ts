import { useEffect, useState } from "preact/hooks";
import { ApiError, ask } from "./asking";

/** What is known of an answer: the newest one at hand stays while the next is on its way. */
export type Answer<T> = { value: T | null; error: ApiError | null; loading: boolean; again: () => void };

/** Whether it is not known yet that there is an answer. */
export function isWaiting(answer: Answer<unknown>): boolean {
  return answer.value === null && answer.error === null;
}

const kept = new Map<string, unknown>();
const KEPT = 40;
let generation = 0;

/** Forgets all answers, after something was written. */
export function forgetAnswers(): void {
  kept.clear();
  generation += 1;
}

/** The answer to `address` (`question(…)`), asked anew when it changes; `null` asks nothing. */
export function useAnswer<T>(address: string | null): Answer<T> {
  const [held, hold] = useState<{ address: string | null; value: T | null; error: ApiError | null }>({
    address: null,
    value: null,
    error: null,
  });
  const [turn, setTurn] = useState(0);
  // A further turn, or a write, asks again.
  useEffect(() => {
    if (address === null) return;
    if (kept.has(address)) {
      hold({ address, value: kept.get(address) as T, error: null });
      return;
    }
    const stop = new AbortController();
    ask<T>(address, stop.signal)
      .then((value) => {
        kept.set(address, value);
        if (kept.size > KEPT) kept.delete(kept.keys().next().value as string);
        hold({ address, value, error: null });
      })
      .catch((error: unknown) => {
        if (stop.signal.aborted) return;
        const told =
          error instanceof ApiError ? error : new ApiError(0, "unreadable", "The answer cannot be read.");
        hold((before) => ({ address, value: told.status === 404 ? null : before.value, error: told }));
      });
    return () => stop.abort();
  }, [address, turn, generation]);
  return {
    value: held.value,
    error: held.address === address ? held.error : null,
    loading: address !== null && held.address !== address,
    again: () => {
      if (address !== null) kept.delete(address);
      setTurn((n) => n + 1);
    },
  };
}
