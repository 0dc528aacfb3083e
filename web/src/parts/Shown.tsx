import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

/** The first `step` of a long list, as `children` draws them, and a button for as many again: a page of ten thousand lines stalls. */
export function Shown<T>({
  items,
  step,
  children,
}: {
  items: readonly T[];
  step: number;
  children: (shown: readonly T[]) => ComponentChildren;
}) {
  const [count, set] = useState(step);
  useEffect(() => set(step), [items, step]);
  return (
    <>
      {children(items.slice(0, count))}
      {items.length > count && (
        <p class="more">
          <button type="button" onClick={() => set(count + step)}>
            Show more
          </button>{" "}
          <span class="muted">
            {count.toLocaleString("en")} of {items.length.toLocaleString("en")} are shown
          </span>
        </p>
      )}
    </>
  );
}
