import { useEffect, useRef, useState } from "preact/hooks";
import { changed, documentPath, go, href, useAddress } from "../address";
import { tell } from "../api/asking";
import type { About, Judgement, Queue, QueueItem } from "../api/shapes";
import { forgetAnswers } from "../api/useAnswer";
import { useTitle } from "../parts/links";
import { More, usePages } from "../parts/pages";
import { Empty, ErrorBox, Loading } from "../parts/states";
import { Desk } from "./Desk";
import { readBy, rememberBy } from "./reviewer";

const QUEUES: [keyof Queue["numbers"], string][] = [
  ["unchecked", "Unchecked"],
  ["unsure", "Unsure"],
  ["waiting", "Waiting"],
  ["carried", "Carried over"],
  ["second", "Second opinion"],
];
const ABOUT_QUEUES: Record<string, string> = {
  unchecked: "Claims that nobody has judged",
  unsure: "Claims read with too little confidence, in no picture until someone accepts or corrects them",
  waiting: "Judgements whose claim a newer reading no longer makes",
  carried: "Judgements moved to a newer reading's claim",
  second: "Claims that one other person has judged",
};

const OF_CLAIMS = new Set(["unchecked", "unsure"]);

/** What waits for a person: one claim at a time, the next at once. */
export function ReviewView({ about }: { about: About }) {
  const { params } = useAddress();
  const of = params.get("of") ?? "unchecked";
  const [by, setBy] = useState(readBy());
  const asked = {
    of,
    place: params.get("place"),
    actor: params.get("actor"),
    document: params.get("document"),
  };
  const pages = usePages<QueueItem, Queue>("/review/queue", {
    ...asked,
    by: of === "second" ? by : null,
    limit: 50,
  });
  const [done, setDone] = useState<Map<string, Judgement | null>>(new Map());
  const [at, setAt] = useState(0);
  const [said, say] = useState("");
  const name = useRef<HTMLInputElement>(null);
  // Nothing can be judged before it is filled in.
  useEffect(() => {
    if (!by.trim()) name.current?.focus({ preventScroll: true });
  }, []);
  useTitle("Review");
  const keyOf = (item: QueueItem) => item.claim?.id ?? item.judgement?.id ?? "";
  const left = pages.items.filter((item) => !done.has(keyOf(item)));
  const wanted = params.get("claim");
  const first = wanted ? left.findIndex((item) => item.claim?.id === wanted) : -1;
  const index = Math.min(first >= 0 ? first : at, Math.max(0, left.length - 1));
  const item = left[index] ?? null;
  // Another queue starts at its beginning.
  useEffect(() => setAt(0), [of, asked.document, asked.place, asked.actor]);
  // Fetch on when the page at hand is nearly done.
  useEffect(() => {
    if (left.length < 5 && pages.next && !pages.loading) pages.more();
  }, [left.length, pages.next]);

  const finish = (judgement: Judgement | null, words: string) => {
    if (item) setDone(new Map(done).set(keyOf(item), judgement));
    if (wanted) go(changed({ claim: null }), { replace: true });
    forgetAnswers();
    say(words);
  };
  const step = (by: number) => {
    if (wanted) go(changed({ claim: null }), { replace: true });
    setAt(Math.max(0, Math.min(left.length - 1, index + by)));
  };
  // What was judged here has left the queue, which was counted before.
  const judged = pages.items.filter((one) => done.get(keyOf(one))).length;
  const numberOf = (id: keyof Queue["numbers"]) => {
    const counted = pages.first?.numbers[id];
    return counted === undefined || id !== of ? counted : Math.max(0, counted - judged);
  };
  const last = [...done.entries()].at(-1);
  const undo = async () => {
    if (!last?.[1] || last[1].withdrawn) return;
    try {
      await tell(`/review/judgements/${last[1].id}/withdraw`, { by, because: "withdrawn at once" });
      const kept = new Map(done);
      kept.delete(last[0]);
      setDone(kept);
      setAt(0);
      forgetAnswers();
      say("Withdrawn");
    } catch (failure) {
      say((failure as Error).message);
    }
  };
  return (
    <div class="review">
      <header class="view-head">
        <h1>Review</h1>
        <nav class="tabs" aria-label="Queues">
          {QUEUES.map(([id, name]) => (
            <a
              key={id}
              href={changed({ of: id === "unchecked" ? null : id, claim: null })}
              aria-current={of === id ? "page" : undefined}
            >
              {name} <span class="count">{numberOf(id) ?? "…"}</span>
            </a>
          ))}
        </nav>
        <p class="view-sub">
          {ABOUT_QUEUES[of]}
          {OF_CLAIMS.has(of) && (asked.place || asked.actor) && (
            <>
              {asked.actor && `, of ${asked.actor}`}
              {asked.place && `, in ${asked.place}`}{" "}
              <a class="button quiet" href={changed({ place: null, actor: null, claim: null })}>
                all
              </a>
            </>
          )}
          {asked.document && (
            <>
              {" "}
              in <a href={href(documentPath(asked.document))}>one document</a>{" "}
              <a class="button quiet" href={changed({ document: null, claim: null })}>
                all documents
              </a>
            </>
          )}
        </p>
      </header>
      <label class="field reviewer">
        <span>Your name, kept with each judgement</span>
        <input
          type="text"
          value={by}
          autocomplete="name"
          ref={name}
          onInput={(event) => {
            setBy(event.currentTarget.value);
            rememberBy(event.currentTarget.value);
          }}
        />
      </label>
      {pages.error && <ErrorBox error={pages.error} again={pages.again} />}
      {!pages.first && !pages.error && <Loading lines={6} />}
      {pages.first && !item && (
        <Empty title={done.size ? "Nothing more waits here" : "Nothing waits here"}>
          <a href={href("/search")}>Search claims</a>
        </Empty>
      )}
      {item && (
        <Desk
          key={keyOf(item)}
          item={item}
          by={by}
          about={about}
          onDone={finish}
          onStep={step}
          number={`${index + 1} of ${left.length}${pages.next ? "+" : ""}`}
        />
      )}
      <p class="review-said">
        <span role="status" aria-live="polite">
          {said}
        </span>{" "}
        {last?.[1] && !last[1].withdrawn && (
          <button type="button" class="quiet" onClick={undo}>
            Undo
          </button>
        )}
      </p>
      <More pages={pages} />
    </div>
  );
}
