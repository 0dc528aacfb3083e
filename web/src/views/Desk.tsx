import { useEffect, useRef, useState } from "preact/hooks";
import { tell } from "../api/asking";
import type { About, Judgement, QueueItem } from "../api/shapes";
import { dateWords } from "../dates/words";
import { ClaimFacts, ClaimFlags } from "../parts/claims";
import { actorColour } from "../parts/colours";
import { ClaimLink, DocumentLink, Outward } from "../parts/links";
import { MapSymbol } from "../parts/MapSymbol";
import { sentenceWords } from "../parts/words";
import { Judgements, PassageQuote } from "./ClaimView";
import { FormEnd, Wrong } from "./FormEnd";
import { MissedClaim } from "./MissedClaim";
import { SameAs } from "./SameAs";

const REASON: Record<string, string> = { accept: "the words say so" };

type Mode = "judge" | "correct" | "same-as" | "withdraw" | "missed";

type DeskProps = {
  item: QueueItem;
  by: string;
  about: About;
  number: string;
  onDone: (judgement: Judgement | null, words: string) => void;
  onStep: (by: number) => void;
};

/** One claim on the desk: what it says, its passage, and the keys that judge it. */
export function Desk({ item, by, about, number, onDone, onStep }: DeskProps) {
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
    if (mode === "correct" || mode === "same-as" || mode === "withdraw")
      form.current?.querySelector<HTMLElement>("select, input")?.focus();
  }, [mode]);

  // A judgement whose claim is gone is taken back or left; one that was carried over can be taken back, too.
  const { judgement } = item;
  const isGone = judgement?.waiting ?? false;
  const canWithdraw = isGone || (judgement?.carried_over ?? false);

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
      const told =
        verdict === "withdraw"
          ? await tell<{ judgement: Judgement }>(`/review/judgements/${judgement?.id}/withdraw`, {
              by: by.trim(),
              because: words,
            })
          : await tell<{ judgement: Judgement }>("/review/judgements", {
              claim: claim.id,
              verdict,
              field: verdict === "correct" ? field : null,
              value: verdict === "correct" ? value.trim() || null : null,
              same_as: verdict === "same-as" ? sameAs.trim() : null,
              by: by.trim(),
              because: words,
            });
      onDone(told.judgement, `${DONE[verdict]}: ${sentenceWords(claim.sentence)}`);
    } catch (failure) {
      setWrong((failure as Error).message);
      setBusy(false);
    }
  };
  const [pending, setPending] = useState<"accept" | "reject" | null>(null);
  const begin = (verdict: string) => {
    setPending(verdict === "accept" || verdict === "reject" ? verdict : null);
    if (verdict === "accept") judge("accept");
    else if (verdict === "reject") {
      setMode("judge");
      setWrong(null);
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
        setPending(null);
        desk.current?.focus();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
        return;
      const judging = {
        a: () => begin("accept"),
        r: () => begin("reject"),
        c: () => begin("correct"),
        s: () => begin("same-as"),
      };
      const act = {
        ...(isGone ? {} : judging),
        ...(canWithdraw ? { w: () => begin("withdraw") } : {}),
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
  const chosen = mode === "judge" ? pending : mode;
  const submit = (event: Event) => {
    event.preventDefault();
    if (chosen === null) setWrong("Say first what is to be done: accept, reject, correct, same as.");
    else judge(chosen);
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
        <ClaimFacts claim={claim} /> {!isGone && <ClaimFlags claim={claim} />}
      </p>
      {isGone && (
        <p class="note">
          A newer reading no longer makes this claim, so the judgement acts on nothing. It takes hold again if
          the claim comes back. If the words do say it, add it as a missed claim.
        </p>
      )}
      <Judgements judgements={item.judgement ? [item.judgement, ...item.others] : item.others} />
      <div class="desk-keys" role="toolbar" aria-label="Judge">
        {!isGone && (
          <>
            <Key letter="a" onClick={() => begin("accept")}>
              Accept
            </Key>
            <Key letter="r" pressed={chosen === "reject"} onClick={() => begin("reject")}>
              Reject
            </Key>
            <Key letter="c" pressed={mode === "correct"} onClick={() => begin("correct")}>
              Correct
            </Key>
            <Key letter="s" pressed={mode === "same-as"} onClick={() => begin("same-as")}>
              Same as
            </Key>
          </>
        )}
        {canWithdraw && (
          <Key letter="w" pressed={mode === "withdraw"} onClick={() => begin("withdraw")}>
            Withdraw
          </Key>
        )}
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
      ) : isGone && mode === "judge" ? null : (
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
          {mode === "same-as" && <SameAs claim={claim} value={sameAs} onPick={setSameAs} />}
          <FormEnd
            because={because}
            onBecause={setBecause}
            field={reason}
            hint={chosen === null && <span class="muted"> (accept without one says “{REASON.accept}”)</span>}
            button={chosen && (BUTTONS[chosen] ?? null)}
            busy={busy}
          />
        </form>
      )}
      <Wrong words={wrong} />
    </div>
  );
}

const BUTTONS: Record<string, string> = {
  accept: "Accept",
  reject: "Reject",
  correct: "Correct",
  "same-as": "Same as",
  withdraw: "Withdraw",
};

const DONE: Record<string, string> = {
  accept: "Accepted",
  reject: "Rejected",
  correct: "Corrected",
  "same-as": "Called the same as another",
  withdraw: "Judgement withdrawn",
};

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
