package reranking

import (
	"slices"
	"time"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
	"feedloop/system/stream"
)

// Filter is a reason to leave a candidate out.
type Filter uint8

// The filters, in the order in which a candidate meets them: it counts for the
// first that drops it. Safety comes last, so that it has the last word.
const (
	Dedupe  Filter = iota // a row before it holds the same post
	Age                   // it has expired, or is older than the page wants
	Own                   // the person uploaded it
	Seen                  // the person was served it before
	Muted                 // the person has hidden posts of its creator
	Policy                // people have reported it
	Safety                // the safety model finds it too risky, or has not looked
	Filters               // their number
)

// String returns the filter's name in tables.
func (f Filter) String() string {
	return [...]string{"dedupe", "age", "own", "seen", "muted", "policy", "safety", "none"}[min(f, Filters)]
}

// SafetyOutage is the fault that stops the safety model from looking at posts.
const SafetyOutage = "reranking.safety_outage"

// filters decide what may be on a page at all.
type filters struct {
	config    Config
	kernel    *sim.Kernel
	catalogue *system.Catalogue
	seen      *system.Seen
	people    []system.Person
	outage    *sim.Point

	hides    map[uint64]int       // by person and creator
	muted    [][]system.CreatorID // by person
	reports  []uint16             // by post
	verdicts []verdict            // of the safety model, by post
	dedupe   *stream.Dedupe

	met     []uint32 // by post: the page that it was last a candidate for
	page    uint32
	person  system.PersonID // whose page it is, and what holds for it
	now     sim.Time
	first   system.PostID
	uploads []system.CreatorID
	hidden  []system.CreatorID
}

// verdict is what the safety model has said of a post.
type verdict uint8

const (
	unknown verdict = iota
	harmless
	risky
)

func newFilters(k *sim.Kernel, c Config, catalogue *system.Catalogue, seen *system.Seen, people []system.Person) filters {
	return filters{
		config: c, kernel: k, catalogue: catalogue, seen: seen, people: people, outage: k.Point(SafetyOutage),
		hides: map[uint64]int{}, muted: make([][]system.CreatorID, len(people)), dedupe: stream.NewDedupe(time.Hour),
	}
}

// begin starts a page, on which nothing is a candidate twice.
func (f *filters) begin(person system.PersonID) {
	f.page++
	f.met = grown(f.met, f.catalogue.Len())
	f.verdicts = grown(f.verdicts, f.catalogue.Len())
	f.reports = grown(f.reports, f.catalogue.Len())
	f.person, f.now, f.uploads, f.hidden = person, f.kernel.Now(), nil, nil
	f.first, _ = f.catalogue.Live(f.now)
	if int(person) < len(f.people) {
		f.uploads, f.hidden = f.people[person].Uploads, f.muted[person]
	}
}

// grown is a table with a row for each of n posts.
func grown[T any](table []T, n int) []T {
	if n > len(table) {
		table = slices.Grow(table, n-len(table))[:n]
	}
	return table
}

// drops returns the first filter that leaves the post out; Filters where none
// does.
func (f *filters) drops(id system.PostID) Filter {
	repeated := f.met[id] == f.page
	f.met[id] = f.page
	switch {
	case repeated:
		return Dedupe
	case id < f.first || f.config.MaxAge > 0 && f.now.Sub(f.catalogue.Post(id).At) > f.config.MaxAge:
		return Age
	case len(f.uploads) > 0 && slices.Contains(f.uploads, f.catalogue.Post(id).Creator):
		return Own
	case f.seen.Has(f.person, id):
		return Seen
	case len(f.hidden) > 0 && slices.Contains(f.hidden, f.catalogue.Post(id).Creator):
		return Muted
	case f.config.ReportLimit > 0 && int(f.reports[id]) >= f.config.ReportLimit:
		return Policy
	case f.config.MaxRisk < 1 && !f.safe(f.catalogue.Post(id)):
		return Safety
	}
	return Filters
}

// safe asks the safety model, which looks at a post once. It fails closed: a
// post that it cannot look at is not safe.
func (f *filters) safe(post *system.Post) bool {
	v := &f.verdicts[post.ID]
	if *v == unknown {
		switch {
		case f.outage.On():
			return false
		case float64(post.Risk) <= f.config.MaxRisk: // what is no number is risky
			*v = harmless
		default:
			*v = risky
		}
	}
	return *v == harmless
}

// consume learns from an event of the log, which may bring an event twice: whom
// a person does not want to see, and what people report.
func (f *filters) consume(e *system.Event) {
	if e.Kind != system.Hid && e.Kind != system.Reported || f.dedupe.Repeated(e.ID, f.kernel.Now()) {
		return
	}
	if e.Kind == system.Reported {
		f.reports = grown(f.reports, int(e.Post)+1)
		f.reports[e.Post] = min(f.reports[e.Post]+1, 1<<15)
		return
	}
	pair := rng.Join(uint64(e.Person), uint64(e.Creator), 32)
	f.hides[pair]++
	if f.hides[pair] == f.config.MuteAfter && int(e.Person) < len(f.muted) {
		f.muted[e.Person] = append(f.muted[e.Person], e.Creator)
	}
}
