import { question } from "../api/asking";
import type { Claim } from "../api/shapes";
import { useAnswer } from "../api/useAnswer";
import { dateWords } from "../dates/words";
import { predicateWords } from "../parts/words";

const OFFERED = 100;

/** Which claim another one repeats: chosen among those of the same force and place, or named by its id. */
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
    question("/claims", {
      actor: claim.actor?.id,
      place: claim.place?.iso3 ?? claim.place?.name,
      asset: claim.asset,
      limit: String(OFFERED),
    }),
  );
  const offered = (alike.value?.items ?? []).filter((other) => other.id !== claim.id);
  const chosen = offered.some((other) => other.id === value) ? value : "";
  return (
    <>
      <label class="field field-wide">
        <span>The claim that this one repeats</span>
        <select value={chosen} onChange={(event) => onPick(event.currentTarget.value)}>
          <option value="">
            {alike.loading
              ? "looking for claims of the same force and place …"
              : offered.length
                ? "choose, or write its id below"
                : "no other claim is of this force and place: write its id below"}
          </option>
          {offered.map((other) => (
            <option key={other.id} value={other.id}>
              {[other.outlet, dateWords(other.published)].filter(Boolean).join(", ")}:{" "}
              {predicateWords(other.sentence)}
            </option>
          ))}
        </select>
      </label>
      <label class="field field-wide">
        <span>or its id, or the beginning of it</span>
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
