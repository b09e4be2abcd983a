// Package system is the vocabulary of the feed: the nouns that its stages and
// the people share, and the small interfaces at which stages meet. It holds no
// behaviour.
//
// A request walks through the stages as one [Query]:
//
//	person ── Request ──▶ serving ─▶ Retriever ─▶ Featurizer ─▶ Ranker ─▶ Reranker ──▶ Page ── person
//	   │                                                                                  │
//	   └── Event ──▶ ingestion ─▶ log ─▶ counters, example joiner, monitors ◀── Page (the served log)
//
// Two boundaries are drawn here. Stages never import each other: they see only
// the interfaces below, so any of them can be replaced or tested alone. And no
// stage can import the packages that know the truth about people and posts:
// everything a stage knows is in a [Person], a [Post], an [Event] or a [Page].
//
// What it leaves out: how anything is done. Reading order: person.go, language.go,
// post.go, catalogue.go, request.go, query.go, page.go, seen.go, event.go,
// visit.go, head.go, example.go, artefact.go, stages.go, probe.go.
package system
