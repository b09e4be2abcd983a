// Package view is where features are declared, and the arithmetic that both of
// their paths share.
//
//	           ┌──────── View: entity, window, columns, TTL, version ────────┐
//	           ▼                                                             ▼
//	event ─▶ Live.Add ─▶ state by entity ─▶ Live.Show ─▶ row       Recompute(events, at) ─▶ row
//	           the streaming path                                    the batch path
//
// A view (Feast's feature view, Chronon's group-by) says once what is counted of
// whom: the entity that the events are grouped by, the window in which they count
// (a half-life, or a sliding window), and the columns that are shown of the
// counts. Both paths are compiled from it and fold the same events with the same
// arithmetic, so with no delay and no fault they agree to the last bit.
//
// Rates are smoothed towards the rate of everybody and stand in the row as
// log-odds relative to it: 0 is average, or unknown. A linear model can add them.
//
// What it leaves out: clocks, visibility and storage, which are the store's
// affair. Reading order: entity.go, column.go, view.go, shipped.go, tally.go,
// window.go, priors.go, live.go, batch.go.
package view
