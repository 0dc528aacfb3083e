import type { ComponentChildren, Ref } from "preact";

/** The end of a form that judges or adds a claim: the reason, and the button, where there is something to do. */
export function FormEnd({
  because,
  onBecause,
  field,
  hint,
  placeholder,
  button,
  busy,
}: {
  because: string;
  onBecause: (words: string) => void;
  field?: Ref<HTMLInputElement>;
  hint?: ComponentChildren;
  placeholder?: string;
  button: string | null;
  busy: boolean;
}) {
  return (
    <>
      <label class="field field-wide">
        <span>Reason{hint}</span>
        <input
          type="text"
          ref={field}
          value={because}
          placeholder={placeholder}
          onInput={(event) => onBecause(event.currentTarget.value)}
        />
      </label>
      {button && (
        <button type="submit" class="primary" disabled={busy}>
          {button}
        </button>
      )}
    </>
  );
}

/** What went wrong, said at once to who cannot see. */
export function Wrong({ words }: { words: string | null }) {
  return words ? (
    <p class="error" role="alert">
      {words}
    </p>
  ) : null;
}
