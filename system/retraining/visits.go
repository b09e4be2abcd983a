package retraining

import (
	"feedloop/sim"
	"feedloop/system"
)

// comesBack is the time within which somebody who returns has returned: active
// on the next day.
const comesBack = sim.Day

// visits follows what people do in a visit, and whether they come back.
//
// All visits are told of a day after their last view, whatever their outcome:
// those that were followed by another are known sooner, and to tell of them
// sooner would make the newest data look better than they are.
type visits struct {
	at     map[system.PersonID]int // the person's visit that began to arrive last: index in open plus gone
	open   []openVisit             // in order of arrival of their first view
	gone   int                     // entries cut off the front of open
	ended  []system.Visit
	during []int // number of the example that closed next, by ended visit
}

// openVisit is a visit whose outcome is not known.
type openVisit struct {
	system.Visit
	number      uint32
	before      int      // the person's visit before, as in at; -1 is none
	places      []uint64 // page and position of every view
	first, last sim.Time // view
}

func newVisits() *visits { return &visits{at: map[system.PersonID]int{}} }

// consume takes one event. Devices may send it late, and in any order; a copy says
// nothing new, and what comes after the visit was told of is left out.
func (v *visits) consume(e *system.Event) {
	visit := v.visit(e)
	if visit == nil {
		return
	}
	place, labels := uint64(e.Page)<<8|uint64(e.Position), system.LabelsOf(e)
	for i := len(visit.places) - 1; i >= 0; i-- {
		if visit.places[i] == place {
			visit.Did[i] |= labels
			return
		}
	}
	if e.Kind == system.Viewed {
		visit.places, visit.Did = append(visit.places, place), append(visit.Did, labels)
		visit.first, visit.last = min(visit.first, e.At), max(visit.last, e.At)
	}
}

// visit returns the one that an event belongs to, which a view may begin; nil if
// there is none.
func (v *visits) visit(e *system.Event) *openVisit {
	for i := v.latest(e.Person); i >= v.gone; i = v.open[i-v.gone].before {
		if v.open[i-v.gone].number == e.Visit {
			return &v.open[i-v.gone]
		}
	}
	if e.Kind != system.Viewed || e.Arrived.Sub(e.At) > comesBack {
		return nil
	}
	v.open = append(v.open, openVisit{
		Visit: system.Visit{Person: e.Person}, number: e.Visit, before: v.latest(e.Person), first: e.At, last: e.At,
	})
	v.at[e.Person] = v.gone + len(v.open) - 1
	return &v.open[len(v.open)-1]
}

// latest is where a person's chain of visits begins; -1 if they have none.
func (v *visits) latest(person system.PersonID) int {
	if at, known := v.at[person]; known {
		return at
	}
	return -1
}

// followed tells whether another visit of the person began within a day. It is
// among the open ones, which are told of a day after their own last view.
func (v *visits) followed(visit *openVisit) bool {
	for i := v.latest(visit.Person); i >= v.gone; i = v.open[i-v.gone].before {
		if after := v.open[i-v.gone].first.Sub(visit.last); after > 0 && after <= comesBack {
			return true
		}
	}
	return false
}

// close ends the visits of a day ago; next is the number of the example to come.
func (v *visits) close(now sim.Time, next int) {
	n := 0
	for n < len(v.open) && now.Sub(v.open[n].last) > comesBack {
		visit := &v.open[n]
		visit.Returned = v.followed(visit)
		v.ended = append(v.ended, visit.Visit)
		v.during = append(v.during, next)
		n++
	}
	v.open, v.gone = v.open[n:], v.gone+n
}

// trim forgets visits that ended before an example.
func (v *visits) trim(example int) {
	n := 0
	for n < len(v.ended) && v.during[n] < example {
		n++
	}
	v.ended, v.during = v.ended[n:], v.during[n:]
}

// since returns the visits that ended from an example on.
func (v *visits) since(example int) []system.Visit {
	for i, at := range v.during {
		if at >= example {
			return v.ended[i:len(v.ended):len(v.ended)]
		}
	}
	return nil
}
