import { question } from "../api/asking";
import type { Claim } from "../api/shapes";
import { useAnswer } from "../api/useAnswer";
import { dateWords } from "../dates/words";
import { predicateWords, sentenceWords } from "../parts/words";

const OFFERED = 50;

/** Which claim another one repeats: chosen among those that are most alike, or named by its id. */
export function SameAs({
  claim,
  value,
  onPick,
}: {
  claim: Claim;
  value: string;
  onPick: (id: string) => void;
}) {
  const alike = useAnswer<{ items: Claim[] }>(
    question("/review/alike", { claim: claim.id, limit: String(OFFERED) }),
  );
  const offered = alike.value?.items ?? [];
  const alone = !alike.loading && !alike.error && offered.length === 0;
  const chosen = offered.some((other) => other.id === value) ? value : "";
  return (
    <>
      {alone ? (
        <p class="muted field-wide">No other claim is of this force or place.</p>
      ) : (
        <label class="field field-wide">
          <span>The claim that this one repeats</span>
          <select value={chosen} onChange={(event) => onPick(event.currentTarget.value)}>
            <option value="">
              {alike.loading
                ? "looking for claims that are alike …"
                : "choose the most alike, or write its id"}
            </option>
            {offered.map((other) => (
              <option key={other.id} value={other.id}>
                {[other.outlet, dateWords(other.published)].filter(Boolean).join(", ")}:{" "}
                {other.actor?.id === claim.actor?.id
                  ? predicateWords(other.sentence)
                  : sentenceWords(other.sentence)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label class="field field-wide">
        <span>
          {alone ? "The id of the claim that this one repeats" : "or its id, or the beginning of it"}
        </span>
        <input
          type="text"
          required
          value={value}
          onInput={(event) => onPick(event.currentTarget.value.trim())}
          spellcheck={false}
        />
      </label>
    </>
  );
}
