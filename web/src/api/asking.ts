/** Asks the server; what it refuses is an `ApiError` with the words for the person who sees it. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | null;

  constructor(status: number, code: string, message: string, hint: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.hint = hint;
  }
}

export type Params = Record<string, string | number | boolean | null | undefined>;

/** `path` under /api/v1 with those of `params` that are set, in a fixed order, so that equal questions are equal. */
export function question(path: string, params: Params = {}): string {
  const query = new URLSearchParams();
  for (const key of Object.keys(params).sort()) {
    const value = params[key];
    if (value !== null && value !== undefined && value !== "") query.set(key, String(value));
  }
  const asked = query.toString();
  return `/api/v1${path}${asked ? `?${asked}` : ""}`;
}

/** The answer to a GET. */
export async function ask<T>(address: string, signal?: AbortSignal): Promise<T> {
  const answer = await reach(address, { signal, headers: { Accept: "application/json" } });
  return (await answer.json()) as T;
}

/** The answer to a POST of `body`; `null` where the server has nothing to say. */
export async function tell<T>(path: string, body: unknown): Promise<T> {
  const answer = await reach(question(path), {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
  return (answer.status === 204 ? null : await answer.json()) as T;
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(address, init);
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === "AbortError") throw failure;
    throw new ApiError(0, "unreachable", "The server does not answer.", "Is garrison serve still running?");
  }
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => null);
  const error = told?.error;
  throw new ApiError(
    answer.status,
    error?.code ?? "unknown",
    error?.message ?? `The server answered ${answer.status}.`,
    error?.hint ?? null,
  );
}
