import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { href } from "../address";
import { type ApiError, tell } from "../api/asking";
import { type Answer, forgetAnswers } from "../api/useAnswer";
import { sentence } from "./words";

/** Something is on its way; lines stand where it will come. */
export function Loading({ lines = 4 }: { lines?: number }) {
  return (
    <div class="loading" role="status">
      <span class="visually-hidden">Loading</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} class={`bone bone-${line % 4}`} aria-hidden="true" />
      ))}
    </div>
  );
}

/** Nothing is there, and what may be done about it. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children && <div class="muted">{children}</div>}
    </div>
  );
}

/** There is no claim yet that any day, country or actor could be shown by. */
export function EmptyLedger() {
  return (
    <Empty title="This ledger has no claims yet">
      Read something into it, <code>garrison read FOLDER</code> say, and load this page anew.
    </Empty>
  );
}

// What was refused may be the day itself.
const TODAY = { as_of: null, known: null, recorded: null };

/** What went wrong, in the server's words, and a way on. */
export function ErrorBox({ error, again }: { error: ApiError; again?: () => void }) {
  if (error.status === 401) return <TokenForm />;
  const withheld = error.code === "withheld";
  const lost = error.status === 404 || withheld;
  // Asked again in the same words it is refused again.
  const refused = error.status === 400;
  return (
    <div class="error" role="alert">
      <p>
        <b>{withheld ? "Withheld." : lost ? "Not found." : "That did not work."}</b> {sentence(error.message)}
      </p>
      {error.hint && <p class="muted">{sentence(error.hint)}</p>}
      {(lost || refused) && (
        <p>
          <a href={href("/search", TODAY)}>Search the claims</a> or go{" "}
          <a href={href("/", TODAY)}>to the map</a>.
        </p>
      )}
      {again && !lost && !refused && (
        <button type="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}

/** The field for the token of a server that wants one. */
export function TokenForm() {
  const [token, set] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const send = async (event: Event) => {
    event.preventDefault();
    try {
      await tell("/session", { token });
      forgetAnswers();
      location.reload();
    } catch (failure) {
      setWrong((failure as Error).message);
    }
  };
  return (
    <form class="empty token-form" onSubmit={send}>
      <h1 class="empty-title">This server asks for a token</h1>
      <p class="muted">The person who runs it has one for you. It is asked for once.</p>
      {wrong && (
        <p class="bad" role="alert">
          {sentence(wrong)}
        </p>
      )}
      <label>
        <span class="visually-hidden">Token</span>
        <input
          placeholder="Token"
          ref={field}
          type="password"
          autocomplete="off"
          value={token}
          onInput={(event) => set(event.currentTarget.value)}
        />
      </label>{" "}
      <button type="submit" class="primary" disabled={!token}>
        Open
      </button>
    </form>
  );
}

/** Draws `answer` in whichever state it is; what is at hand stays, dimmed, while the next is on its way. */
export function Answered<T>({
  answer,
  children,
  lines,
}: {
  answer: Answer<T>;
  children: (value: T) => ComponentChildren;
  lines?: number;
}) {
  if (answer.error && (answer.value === null || answer.error.status === 401 || answer.error.status === 404))
    return <ErrorBox error={answer.error} again={answer.again} />;
  if (answer.value === null) return <Loading lines={lines} />;
  return (
    <div class={answer.loading ? "stale" : undefined} aria-busy={answer.loading}>
      {answer.error && <ErrorBox error={answer.error} again={answer.again} />}
      {children(answer.value)}
    </div>
  );
}
