// The shapes of the API under short names; `npm run types` makes them anew from the server's own description.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type About = Schemas["About"];
export type ActorRef = Schemas["ActorRef"];
export type ActorLine = Schemas["ActorSummary"];
export type Claim = Schemas["ClaimOut"];
export type ClaimPage = Schemas["ClaimPage"];
export type Contested = Schemas["ContestedArea"];
export type CountryLine = Schemas["CountrySummary"];
export type DayCount = Schemas["Day"];
export type Days = Schemas["Days"];
export type Dispute = Schemas["DisputedRow"];
export type Disputes = Schemas["Disputes"];
export type DocumentPage = Schemas["DocumentPage"];
export type Estimate = Schemas["EstimateOut"];
export type Force = Schemas["WorldForce"];
export type Heard = Schemas["HeardOut"];
export type Judgement = Schemas["JudgementOut"];
export type LineageEntry = Schemas["SharedWords"];
export type Move = Schemas["MoveOut"];
export type Passage = Schemas["Passage"];
export type PicturePage = Schemas["PicturePage"];
export type PlaceRef = Schemas["PlaceRef"];
export type Position = Schemas["PositionOut"];
export type Quantity = Schemas["Figure"];
export type Row = Schemas["RowOut"];
export type RowPage = Schemas["RowPage"];
export type Series = Schemas["Series"];
export type SeriesMark = Schemas["Mark"];
export type Suggestion = Schemas["Suggestion"];
export type UnitLine = Schemas["UnitSummary"];
export type UnitPage = Schemas["UnitPage"];
export type World = Schemas["World"];
export type WorldMove = Schemas["WorldMove"];
export type WorldPlace = Schemas["WorldPlace"];

/** A page of a list that goes on. */
export type Paged<T> = { items: T[]; next: string | null };

export type Queue = Schemas["Queue"];
export type QueueItem = Schemas["QueueItem"];
