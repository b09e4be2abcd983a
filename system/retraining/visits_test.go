package retraining

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/system"
)

// diary is visits under test, with what has ended so far.
type diary struct{ *visits }

// view is one post of a visit, viewed long.
func (d *diary) view(at time.Duration, person system.PersonID, visit uint32, position uint8) {
	e := event(system.Viewed, person, visit, position, 1)
	e.At = sim.Time(at)
	d.consume(&e)
}

// closed returns what has ended by a moment.
func (d *diary) closed(at time.Duration) []system.Visit {
	d.close(sim.Time(at), 0)
	return d.since(0)
}

// A visit is told of a day after its last view, whether or not another followed,
// with everything that was done in it; a copy changes nothing.
func TestAVisitIsToldOfAfterADay(t *testing.T) {
	d := &diary{newVisits()}
	hour := time.Hour
	d.view(1*hour, 7, 128, 0)
	d.view(2*hour, 7, 128, 1)
	d.view(2*hour, 7, 128, 1)
	like := event(system.Liked, 7, 128, 1, 1)
	d.consume(&like)
	d.view(3*hour, 8, 140, 0)
	d.view(5*hour, 7, 127, 0) // numbers of visits say nothing of their order
	stray := event(system.Liked, 9, 1, 0, 1)
	d.consume(&stray)
	late := event(system.Liked, 7, 128, 0, 1)
	late.At = sim.Time(2 * hour)
	d.consume(&late)

	assert.Empty(t, d.closed(26*hour), "known to be followed for long, and not yet told")
	got := d.closed(26*hour + time.Minute)
	long := system.Labels(0).With(system.Play).With(system.LongView)
	did := []system.Labels{long.With(system.Like), long.With(system.Like)} // one like came after the next visit had begun
	require.Equal(t, []system.Visit{{Person: 7, Did: did, Returned: true}}, got)

	d.view(27*hour+time.Second, 8, 141, 0) // a day and a second after the last
	got = d.closed(60 * hour)
	require.Len(t, got, 4)
	assert.False(t, got[1].Returned)
	assert.EqualValues(t, 7, got[2].Person)
	assert.False(t, got[2].Returned)
	assert.Empty(t, d.open)

	d.view(61*hour, 8, 150, 0)
	assert.Len(t, d.closed(90*hour), 5, "a person whose last visit has been told of begins anew")
}

// Examples come with the visits that ended while they closed; a training that
// asks again for the same examples gets the same visits.
func TestVisitsComeWithTheExamplesOfTheirTime(t *testing.T) {
	d := &diary{newVisits()}
	for i := range uint32(6) {
		d.view(time.Duration(i)*time.Hour, 1, i, 0)
	}
	d.close(sim.Time(26*time.Hour), 100) // two: those of 0h and 1h
	d.close(sim.Time(28*time.Hour), 250)
	assert.Len(t, d.since(0), 4)
	assert.Len(t, d.since(100), 4)
	assert.Len(t, d.since(101), 2)
	assert.Empty(t, d.since(251))
	d.trim(101)
	assert.Len(t, d.since(0), 2)
}

// Through the log, with the joiner: who asks gets visits, who does not gets none.
func TestTheJoinerFollowsVisitsOnlyWhereAsked(t *testing.T) {
	for _, asked := range []bool{false, true} {
		desk := newDesk(DefaultConfig())
		if asked {
			desk.joiner.FollowVisits()
		}
		desk.serve(3, 1, 5)
		desk.log.Append(1, event(system.Viewed, 3, 1, 0, 5))
		desk.kernel.Run(sim.Time(2 * sim.Day))
		data, _ := desk.joiner.Lend(0)
		if asked {
			assert.Len(t, data.Visits, 1)
		} else {
			assert.Empty(t, data.Visits)
		}
	}
}
