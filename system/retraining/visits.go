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
	at     map[system.PersonID]int // the person's last visit: index in open plus gone
	open   []openVisit             // in order of their first view
	gone   int                     // entries cut off the front of open
	ended  []system.Visit
	during []int // number of the example that closed next, by ended visit
}

// openVisit is a visit whose outcome is not known.
type openVisit struct {
	system.Visit
	number uint32
	places []uint64 // page and position of every view
	last   sim.Time // the last view
}

func newVisits() *visits { return &visits{at: map[system.PersonID]int{}} }

// consume takes one event. What comes of a visit when the person's next one has
// begun is left out: devices send in order, and a copy says nothing new.
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
		visit.last = max(visit.last, e.At)
	}
}

// visit returns the one that an event belongs to, which a view may begin; nil if
// it is over.
func (v *visits) visit(e *system.Event) *openVisit {
	at, known := v.at[e.Person]
	if known && at >= v.gone {
		last := &v.open[at-v.gone]
		if last.number == e.Visit {
			return last
		}
		if e.At < last.last || e.Kind != system.Viewed {
			return nil
		}
		last.Returned = e.At.Sub(last.last) <= comesBack
	}
	if e.Kind != system.Viewed {
		return nil
	}
	v.at[e.Person] = v.gone + len(v.open)
	v.open = append(v.open, openVisit{Visit: system.Visit{Person: e.Person}, number: e.Visit, last: e.At})
	return &v.open[len(v.open)-1]
}

// close ends the visits of a day ago; next is the number of the example to come.
func (v *visits) close(now sim.Time, next int) {
	n := 0
	for n < len(v.open) && now.Sub(v.open[n].last) > comesBack {
		v.ended = append(v.ended, v.open[n].Visit)
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
