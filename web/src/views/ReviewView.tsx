import { useEffect, useRef, useState } from "preact/hooks";
import { changed, documentPath, go, href, useAddress } from "../address";
import { tell } from "../api/asking";
import type { About, Judgement, Queue, QueueItem } from "../api/shapes";
import { forgetAnswers } from "../api/useAnswer";
import { dateWords } from "../dates/words";
import { ClaimFacts, ClaimFlags } from "../parts/claims";
import { actorColour } from "../parts/colours";
import { ClaimLink, DocumentLink, Outward, useTitle } from "../parts/links";
import { MapSymbol } from "../parts/MapSymbol";
import { More, usePages } from "../parts/pages";
import { Empty, ErrorBox, Loading } from "../parts/states";
import { sentenceWords } from "../parts/words";
import { Judgements, PassageQuote } from "./ClaimView";
import { MissedClaim } from "./MissedClaim";
import { readBy, rememberBy } from "./reviewer";

const QUEUES: [keyof Queue["numbers"], string][] = [
  ["unchecked", "Unchecked"],
  ["waiting", "Waiting"],
  ["carried", "Carried over"],
  ["second", "Second opinion"],
];
const ABOUT_QUEUES: Record<string, string> = {
  unchecked: "claims that nobody has judged",
  waiting: "judgements whose claim a newer reading no longer makes",
  carried: "judgements moved to a newer reading's claim",
  second: "claims that one other person has judged",
};
const REASON: Record<string, string> = { accept: "the words say so" };

type Mode = "judge" | "correct" | "same-as" | "missed";

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
  const last = [...done.entries()].at(-1);
  const undo = async () => {
    if (!last?.[1]) return;
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
              {name} <span class="count">{pages.first?.numbers[id] ?? "…"}</span>
            </a>
          ))}
        </nav>
        <p class="view-sub">
          {ABOUT_QUEUES[of]}
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
        {last?.[1] && (
          <button type="button" class="quiet" onClick={undo}>
            Undo
          </button>
        )}
      </p>
      <More pages={pages} />
    </div>
  );
}

type DeskProps = {
  item: QueueItem;
  by: string;
  about: About;
  number: string;
  onDone: (judgement: Judgement | null, words: string) => void;
  onStep: (by: number) => void;
};

function Desk({ item, by, about, number, onDone, onStep }: DeskProps) {
  const [mode, setMode] = useState<Mode>("judge");
  const [because, setBecause] = useState("");
  const [field, setField] = useState("quantity");
  const [value, setValue] = useState("");
  const [sameAs, setSameAs] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const reason = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const desk = useRef<HTMLDivElement>(null);
  const { claim } = item;
  // Who has not said who they are says that first; then the keys are ready.
  useEffect(() => {
    if (by.trim()) desk.current?.focus({ preventScroll: true });
  }, []);

  // A key that asks for more leads to where it is written.
  useEffect(() => {
    if (mode === "correct" || mode === "same-as")
      form.current?.querySelector<HTMLElement>("select, input")?.focus();
  }, [mode]);

  const judge = async (verdict: string) => {
    if (!claim || busy) return;
    const words = because.trim() || (REASON[verdict] ?? "");
    if (!by.trim()) return setWrong("Write your name first: every judgement carries one.");
    if (!words) {
      reason.current?.focus();
      return setWrong("Write the reason, then Enter.");
    }
    setBusy(true);
    setWrong(null);
    try {
      const told = await tell<{ judgement: Judgement }>("/review/judgements", {
        claim: claim.id,
        verdict,
        field: verdict === "correct" ? field : null,
        value: verdict === "correct" ? value.trim() || null : null,
        same_as: verdict === "same-as" ? sameAs.trim() : null,
        by: by.trim(),
        because: words,
      });
      onDone(told.judgement, `${verdict}: ${claim.sentence}`);
    } catch (failure) {
      setWrong((failure as Error).message);
      setBusy(false);
    }
  };
  const [pending, setPending] = useState("reject");
  const begin = (verdict: string) => {
    setPending(verdict);
    if (verdict === "accept") judge("accept");
    else if (verdict === "reject") {
      setMode("judge");
      if (because.trim()) judge("reject");
      else reason.current?.focus();
    } else setMode(verdict as Mode);
  };
  // The keys work wherever the focus is, except where one writes.
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key === "Escape") {
        setMode("judge");
        desk.current?.focus();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
        return;
      const act = {
        a: () => begin("accept"),
        r: () => begin("reject"),
        c: () => begin("correct"),
        s: () => begin("same-as"),
        m: () => setMode("missed"),
        n: () => onStep(1),
        p: () => onStep(-1),
      }[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  });
  if (!claim)
    return (
      <div class="card desk" ref={desk} tabIndex={-1}>
        <p>A newer reading no longer makes the claim that this judgement was of.</p>
        {item.judgement && <Judgements judgements={[item.judgement]} />}
        <button type="button" onClick={() => onDone(null, "Left as it is")}>
          Next
        </button>
      </div>
    );
  const submit = (event: Event) => {
    event.preventDefault();
    judge(mode === "judge" ? pending : mode);
  };
  return (
    <div class="card desk" ref={desk} tabIndex={-1} role="group" aria-label={`Claim ${number}`}>
      <p class="muted desk-number">
        {number} · <DocumentLink claim={claim} />, {claim.outlet ?? "outlet not stated"},{" "}
        {dateWords(claim.published)} <Outward to={claim.link}>original</Outward>
      </p>
      <h2 class="row-title">
        <MapSymbol sidc={claim.symbol} colour={actorColour(claim.actor?.id)} size={30} />
        <ClaimLink id={claim.id}>{sentenceWords(claim.sentence)}</ClaimLink>
      </h2>
      {item.passage && claim.part === "headline" && <p class="kicker">In the headline</p>}
      {item.passage && <PassageQuote passage={item.passage} />}
      <p>
        <ClaimFacts claim={claim} /> <ClaimFlags claim={claim} />
      </p>
      <Judgements judgements={item.judgement ? [item.judgement, ...item.others] : item.others} />
      <div class="desk-keys" role="toolbar" aria-label="Judge">
        <Key letter="a" onClick={() => begin("accept")}>
          Accept
        </Key>
        <Key letter="r" onClick={() => begin("reject")}>
          Reject
        </Key>
        <Key letter="c" pressed={mode === "correct"} onClick={() => begin("correct")}>
          Correct
        </Key>
        <Key letter="s" pressed={mode === "same-as"} onClick={() => begin("same-as")}>
          Same as
        </Key>
        <Key letter="m" pressed={mode === "missed"} onClick={() => setMode("missed")}>
          Missed claim
        </Key>
        <Key letter="p" onClick={() => onStep(-1)}>
          Back
        </Key>
        <Key letter="n" onClick={() => onStep(1)}>
          Skip
        </Key>
      </div>
      {mode === "missed" ? (
        <MissedClaim
          document={claim.document}
          by={by}
          about={about}
          onDone={(words) => {
            setMode("judge");
            onDone(null, words);
          }}
        />
      ) : (
        <form class="desk-form" onSubmit={submit} ref={form}>
          {mode === "correct" && (
            <>
              <label class="field">
                <span>What is wrong</span>
                <select value={field} onChange={(event) => setField(event.currentTarget.value)}>
                  {about.fields.map((name) => (
                    <option key={name}>{name}</option>
                  ))}
                </select>
              </label>
              <label class="field">
                <span>What it should be (empty: nothing)</span>
                <input
                  type="text"
                  value={value}
                  onInput={(event) => setValue(event.currentTarget.value)}
                  placeholder={EXAMPLES[field]}
                />
              </label>
            </>
          )}
          {mode === "same-as" && (
            <label class="field">
              <span>The claim that this one repeats (its id, or the beginning of it)</span>
              <input
                type="text"
                value={sameAs}
                onInput={(event) => setSameAs(event.currentTarget.value.trim())}
                spellcheck={false}
              />
            </label>
          )}
          <label class="field field-wide">
            <span>
              Reason
              {mode === "judge" && <span class="muted"> (accept without one says “{REASON.accept}”)</span>}
            </span>
            <input
              type="text"
              ref={reason}
              value={because}
              onInput={(event) => setBecause(event.currentTarget.value)}
            />
          </label>
          {(mode !== "judge" || because.trim()) && (
            <button type="submit" class="primary" disabled={busy}>
              {mode === "judge"
                ? pending === "accept"
                  ? "Accept"
                  : "Reject"
                : mode === "correct"
                  ? "Correct"
                  : "Same as"}
            </button>
          )}
        </form>
      )}
      {wrong && (
        <p class="error" role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}

const EXAMPLES: Record<string, string> = {
  quantity: "about 7000, up to 6000, 5000-7000",
  place: "Latakia (SYR)",
  origin: "Latakia (SYR)",
  when: "2019/2020-03",
  actor: "Russia",
  status: "fact, planned, possible, denied",
  kind: "present, deploy, withdraw, relocate, exercise, strength",
  measure: "level, change",
};

function Key({
  letter,
  children,
  pressed,
  onClick,
}: {
  letter: string;
  children: string;
  pressed?: boolean;
  onClick: () => void;
}) {
  return (
    <button type="button" onClick={onClick} aria-pressed={pressed} aria-keyshortcuts={letter}>
      <kbd aria-hidden="true">{letter}</kbd> {children}
    </button>
  );
}
