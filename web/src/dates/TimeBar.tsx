import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { changed, go, useAddress } from "../address";
import { question } from "../api/asking";
import type { About, DayCount, Days } from "../api/shapes";
import { useAnswer } from "../api/useAnswer";
import { bars, position, type Stop, stops, yearMarks } from "./stops";
import { dateWords, isDate } from "./words";

const PAUSE_MS = 120;

/** Whether there is a claim at all that a day could be chosen by. */
export function hasClaims(about: About): boolean {
  return about.counts.claims + about.counts.unsure > 0;
}

type BarProps = { about: About; place?: string; actor?: string; waiting?: boolean };

/**
 * The two dates of every picture: the day it is of, and the day whose knowledge it is drawn from. While it is `waiting`
 * to hear whether `place` and `actor` are known at all, it asks for no days of theirs.
 */
export function TimeBar({ about, place, actor, waiting = false }: BarProps) {
  const { params } = useAddress();
  const isEmpty = !hasClaims(about);
  const days = useAnswer<Days>(isEmpty || waiting ? null : question("/days", { place, actor })).value;
  const asOf = params.get("as_of") ?? about.today;
  const known = params.get("known") ?? about.today;
  const hindsight = known.slice(0, 10) > asOf.slice(0, 10);
  if (isEmpty) return null;
  return (
    <section class="timebar" aria-label="Dates">
      <DateSlider
        name="as_of"
        label="As of"
        help="the day the picture shows"
        value={asOf}
        days={days?.as_of ?? []}
        about={about}
      />
      <DateSlider
        name="known"
        label="Known on"
        help="what was published by then"
        value={known}
        days={days?.known ?? []}
        about={about}
      />
      <p class="timebar-links">
        {hindsight ? (
          <button type="button" class="quiet" onClick={() => go(changed({ known: asOf }))}>
            As it was known then
          </button>
        ) : (
          params.has("known") && (
            <button type="button" class="quiet" onClick={() => go(changed({ known: null }))}>
              With today's knowledge
            </button>
          )
        )}
        {about.last_day && about.last_day !== asOf && (
          <button type="button" class="quiet" onClick={() => go(changed({ as_of: about.last_day }))}>
            Newest claim: {dateWords(about.last_day)}
          </button>
        )}
        {(params.has("as_of") || params.has("known")) && (
          <button type="button" class="quiet" onClick={() => go(changed({ as_of: null, known: null }))}>
            Today
          </button>
        )}
      </p>
    </section>
  );
}

type SliderProps = {
  name: "as_of" | "known";
  label: string;
  help: string;
  value: string;
  days: DayCount[];
  about: About;
};

function DateSlider({ name, label, help, value, days, about }: SliderProps) {
  const all = useMemo(() => stops(days, value, about.today), [days, value, about.today]);
  const [moving, move] = useState<string | null>(null);
  const pause = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const shown = moving ?? value;
  const at = position(all, shown);
  // Once the address has the day, the slider follows it again.
  useEffect(() => move(null), [value]);
  useEffect(() => () => clearTimeout(pause.current), []);

  const choose = (index: number) => {
    const stop = all[Math.max(0, Math.min(all.length - 1, index))] as Stop;
    move(stop.day);
    clearTimeout(pause.current);
    pause.current = setTimeout(() => go(changed({ [name]: stop.day }), { replace: true }), PAUSE_MS);
  };
  const count = all[at]?.claims ?? 0;
  const last = Math.max(1, all.length - 1);
  return (
    <div class="dateslider">
      <div class="dateslider-head">
        <label for={`slider-${name}`}>
          <b>{label}</b> <span class="dateslider-help muted">{help}</span>
        </label>
        <DateField name={name} label={label} value={shown} />
      </div>
      <div class="dateslider-track">
        <button
          type="button"
          class="step"
          aria-label={`${label}: the change before`}
          disabled={at === 0}
          onClick={() => choose(at - 1)}
        >
          ‹
        </button>
        <div class="dateslider-range">
          <svg viewBox={`0 0 ${last} 20`} preserveAspectRatio="none" aria-hidden="true">
            <path d={bars(all)} class="bars" />
            <path d={`M${at} 20V0`} class="bar-now" />
          </svg>
          <input
            id={`slider-${name}`}
            type="range"
            min={0}
            max={Math.max(0, all.length - 1)}
            step={1}
            value={at}
            aria-valuetext={`${dateWords(shown)}${count ? `, ${count} ${count === 1 ? "claim" : "claims"}` : ""}`}
            onInput={(event) => choose(Number(event.currentTarget.value))}
          />
          <div class="years" aria-hidden="true">
            {yearMarks(all, Math.ceil(all.length / 8)).map(({ at: place, year }) => (
              <span key={year} style={{ left: `${(100 * place) / last}%` }}>
                {year}
              </span>
            ))}
          </div>
        </div>
        <button
          type="button"
          class="step"
          aria-label={`${label}: the next change`}
          disabled={at >= all.length - 1}
          onClick={() => choose(at + 1)}
        >
          ›
        </button>
      </div>
    </div>
  );
}

/** The day itself, to be typed: a day, a month or a year. */
function DateField({ name, label, value }: { name: "as_of" | "known"; label: string; value: string }) {
  const [text, set] = useState(value);
  useEffect(() => set(value), [value]);
  const wrong = !isDate(text);
  const take = () => {
    if (!wrong) go(changed({ [name]: text }));
  };
  return (
    <span class="datefield">
      <span class="dateword">{dateWords(value)}</span>
      <input
        type="text"
        inputMode="numeric"
        aria-label={`${label}, as year, month and day`}
        aria-invalid={wrong}
        value={text}
        size={10}
        maxLength={10}
        spellcheck={false}
        onInput={(event) => set(event.currentTarget.value.trim())}
        onKeyDown={(event) => event.key === "Enter" && take()}
        onBlur={take}
      />
    </span>
  );
}
