import type { ComponentChildren } from "preact";
import type { Claim } from "../api/shapes";
import type { Decided } from "./claims";
import { percent } from "./words";

/** How an estimate heard a claim: `holds`, true as said; `right`, an honest report, if not an exact one. */
type Hearing = { holds: number | null; right: number | null; counts: string | null };

/**
 * Two questions that are not one: whether the text was read right, which its reader answers or a person, and whether
 * what the text says is so, which the estimate answers from all that is said of the row.
 */
export function Likely({
  claim,
  heard,
  row,
  aside = "it gives no level of a row",
  decided,
}: {
  claim: Claim;
  heard: Hearing | null;
  row?: ComponentChildren;
  /** Why there is no estimate of it, where there is none. */
  aside?: string;
  /** What people decided of it. */
  decided?: Decided;
}) {
  return (
    <dl class="likely">
      <dt>Read right?</dt>
      <dd>
        {decided?.setAside === "rejected" ? (
          <b>rejected by a person</b>
        ) : claim.checked ? (
          <b>checked by a person</b>
        ) : claim.confidence === null ? (
          <span class="muted">its reader does not say</span>
        ) : (
          <>
            <b>{percent(claim.confidence)}</b>{" "}
            <span class="muted">
              by its reader;{" "}
              {decided?.sameAs ? "a person judged only what it repeats" : "not checked by a person"}
            </span>
          </>
        )}
      </dd>
      <dt>Said right?</dt>
      <dd>
        {heard?.holds != null && heard.right !== null ? (
          <>
            <b>{percent(heard.holds)}</b> true as said, {percent(1 - heard.right)} simply false{" "}
            <span class="muted">by the estimate{row && <> of {row}</>}, all claims heard</span>
          </>
        ) : (
          <span class="muted">not estimated: {aside}</span>
        )}
      </dd>
      {heard?.counts && (
        <>
          <dt>Weighed</dt>
          <dd class="muted">{heard.counts}</dd>
        </>
      )}
    </dl>
  );
}
