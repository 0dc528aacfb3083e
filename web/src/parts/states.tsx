import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type ApiError, tell } from "../api/asking";
import { type Answer, forgetAnswers } from "../api/useAnswer";

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

/** What went wrong, in the server's words, and a way on. */
export function ErrorBox({ error, again }: { error: ApiError; again?: () => void }) {
  if (error.status === 401) return <TokenForm error={error} />;
  return (
    <div class="error" role="alert">
      <p>
        <b>{error.status === 404 ? "Not found." : "That did not work."}</b> {error.message}
      </p>
      {error.hint && <p class="muted">{error.hint}</p>}
      {again && error.status !== 404 && (
        <button type="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}

/** The field for the token of a server that wants one. */
export function TokenForm({ error }: { error: ApiError }) {
  const [token, set] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
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
    <form class="error token-form" onSubmit={send}>
      <p>
        <b>This server wants a token.</b> {wrong ?? error.message}
      </p>
      <label>
        Token{" "}
        <input
          type="password"
          autocomplete="off"
          value={token}
          onInput={(event) => set(event.currentTarget.value)}
        />
      </label>{" "}
      <button type="submit" disabled={!token}>
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
