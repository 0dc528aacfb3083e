import { useEffect, useRef, useState } from "preact/hooks";
import { ask, question, tell } from "../api/asking";
import type { About, Claim, DocumentPage } from "../api/shapes";
import { useAnswer } from "../api/useAnswer";
import { codePointAt } from "../parts/quoting";
import { Answered } from "../parts/states";
import { assetWords, sentenceWords } from "../parts/words";
import { FormEnd, Wrong } from "./FormEnd";

type Fields = Record<
  "kind" | "status" | "asset" | "measure" | "actor" | "unit" | "quantity" | "place" | "origin" | "when",
  string | null
>;
const NOTHING: Fields = {
  kind: "present",
  status: "fact",
  asset: "personnel",
  measure: "level",
  actor: null,
  unit: null,
  quantity: null,
  place: null,
  origin: null,
  when: null,
};
const HINTS: Partial<Record<keyof Fields, string>> = {
  actor: "Russia",
  unit: "201st military base",
  quantity: "about 7000, up to 6000",
  place: "Latakia (SYR)",
  origin: "Moscow (RUS)",
  when: "2019/2020-03",
};

/** A claim that the reader missed: its words are selected in the document, what they say is filled in. */
export function MissedClaim({
  document,
  by,
  about,
  onDone,
}: {
  document: string;
  by: string;
  about: About;
  onDone: (words: string) => void;
}) {
  const answer = useAnswer<DocumentPage>(question(`/documents/${encodeURIComponent(document)}`));
  const text = useRef<HTMLTextAreaElement>(null);
  const [span, setSpan] = useState<{ start: number; end: number; words: string } | null>(null);
  const [fields, setFields] = useState<Fields>(NOTHING);
  const [because, setBecause] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => text.current?.focus(), [answer.value !== null]);

  const take = async (page: DocumentPage) => {
    const area = text.current;
    if (!area || area.selectionStart === area.selectionEnd) return setWrong("Select the words first.");
    const words = area.value.slice(area.selectionStart, area.selectionEnd);
    const start = page.offset + codePointAt(area.value, area.selectionStart);
    const end = start + Array.from(words).length;
    setWrong(null);
    try {
      const draft = await ask<Partial<Fields>>(question("/review/parse", { document, start, end }));
      const drafted = Object.entries(draft).filter(([, value]) => value !== null);
      setFields({ ...NOTHING, ...Object.fromEntries(drafted) });
    } catch {
      setFields(NOTHING); // No draft: the person fills in everything.
    }
    setSpan({ start, end, words }); // Only now: a draft that came later would overwrite what was typed meanwhile.
  };
  const save = async (event: Event) => {
    event.preventDefault();
    if (!span || busy) return;
    if (!by.trim()) return setWrong("Write your name first: every claim added by hand carries one.");
    setBusy(true);
    try {
      const told = await tell<{ claim: Claim }>("/review/claims", {
        document,
        start: span.start,
        end: span.end,
        fields,
        by: by.trim(),
        because: because.trim() || "missed by the reader",
      });
      onDone(`Added: ${sentenceWords(told.claim.sentence)}`);
    } catch (failure) {
      setWrong((failure as Error).message);
      setBusy(false);
    }
  };
  const set = (name: keyof Fields, value: string) =>
    setFields((now) => ({ ...now, [name]: value.trim() === "" ? null : value }));
  const choice = (name: keyof Fields, label: string, values: string[]) => (
    <label class="field">
      <span>{label}</span>
      <select
        name={name}
        value={fields[name] ?? ""}
        onChange={(event) => set(name, event.currentTarget.value)}
      >
        {values.map((value) => (
          <option key={value} value={value}>
            {name === "asset" ? assetWords(value) : value}
          </option>
        ))}
      </select>
    </label>
  );
  const written = (name: keyof Fields, label: string) => (
    <label class="field">
      <span>{label}</span>
      <input
        type="text"
        name={name}
        value={fields[name] ?? ""}
        placeholder={HINTS[name]}
        onInput={(event) => set(name, event.currentTarget.value)}
      />
    </label>
  );
  return (
    <div class="missed">
      <h3>Add a missed claim</h3>
      <Answered answer={answer}>
        {(page) => (
          <>
            <label class="field field-wide">
              <span>
                Select the words that make the claim (Shift and arrows, or the mouse), then take them
              </span>
              <textarea ref={text} class="document-words" readOnly rows={9} value={page.text ?? ""} />
            </label>
            <p>
              <button type="button" onClick={() => take(page)}>
                Take the selected words
              </button>
            </p>
          </>
        )}
      </Answered>
      {span && (
        <form class="desk-form" onSubmit={save}>
          <blockquote class="quote field-wide">
            <p>{span.words}</p>
          </blockquote>
          {choice("kind", "Kind", about.kinds)}
          {choice("status", "Status", about.statuses)}
          {choice(
            "asset",
            "What",
            about.assets.map(({ id }) => id),
          )}
          {choice("measure", "The number is", ["level", "change"])}
          {written("actor", "Whose")}
          {written("unit", "Unit")}
          {written("quantity", "How many")}
          {written("place", "Where")}
          {written("origin", "From where")}
          {written("when", "When")}
          <FormEnd
            because={because}
            onBecause={setBecause}
            placeholder="missed by the reader"
            button="Add the claim"
            busy={busy}
          />
        </form>
      )}
      <Wrong words={wrong} />
    </div>
  );
}
