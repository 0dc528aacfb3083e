import { useEffect, useState } from "preact/hooks";
import { type ApiError, ask, ApiError as Failure, type Params, question } from "../api/asking";
import type { Paged } from "../api/shapes";

export type Pages<T, P extends Paged<T>> = {
  first: P | null;
  items: T[];
  next: string | null;
  error: ApiError | null;
  loading: boolean;
  more: () => void;
  again: () => void;
};

/** A list that comes page by page: what is asked anew starts anew, `more` fetches what follows. */
export function usePages<T, P extends Paged<T> = Paged<T>>(path: string, params: Params): Pages<T, P> {
  const address = question(path, params);
  const [held, hold] = useState<{ address: string; first: P; items: T[]; next: string | null } | null>(null);
  const [error, fail] = useState<ApiError | null>(null);
  const [asked, askFor] = useState<{ address: string; cursor: string | null; turn: number }>({
    address,
    cursor: null,
    turn: 0,
  });
  const cursor = asked.address === address ? asked.cursor : null;
  // A further turn asks again.
  useEffect(() => {
    const stop = new AbortController();
    const joined = cursor
      ? `${address}${address.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(cursor)}`
      : address;
    fail(null);
    ask<P>(joined, stop.signal)
      .then((page) =>
        hold((before) =>
          cursor && before?.address === address
            ? { ...before, items: [...before.items, ...page.items], next: page.next }
            : { address, first: page, items: page.items, next: page.next },
        ),
      )
      .catch((failure: unknown) => {
        if (!stop.signal.aborted)
          fail(
            failure instanceof Failure ? failure : new Failure(0, "unreadable", "The answer cannot be read."),
          );
      });
    return () => stop.abort();
  }, [address, cursor, asked.turn]);
  const current = held?.address === address;
  return {
    first: held?.first ?? null,
    items: held?.items ?? [],
    next: current ? (held?.next ?? null) : null,
    error,
    loading: !error && (!current || (cursor !== null && held?.next === cursor)),
    more: () => held?.next && askFor({ address, cursor: held.next, turn: 0 }),
    again: () => askFor((before) => ({ address, cursor, turn: before.turn + 1 })),
  };
}

/** The button that fetches what follows. */
export function More({ pages }: { pages: { next: string | null; loading: boolean; more: () => void } }) {
  if (!pages.next) return null;
  return (
    <p class="more">
      <button type="button" onClick={pages.more} disabled={pages.loading}>
        {pages.loading ? "Loading …" : "Show more"}
      </button>
    </p>
  );
}
