package offline

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"feedloop/sim"
	"feedloop/sim/simtest"
)

// version is a row of an offline store as its dumb twin keeps it.
type version struct {
	entity         uint64
	event, created sim.Time
	value          float32
}

// newestBefore is the dumb twin of a point-in-time join: look at everything.
func newestBefore(versions []version, entity uint64, at sim.Time, ttl time.Duration, mode AsOf) (value float32, status int32) {
	best := -1
	for i, v := range versions {
		if v.entity != entity || v.event > at || mode == Available && v.created > at {
			continue
		}
		if best < 0 || v.event > versions[best].event || v.event == versions[best].event && v.created >= versions[best].created {
			best = i
		}
	}
	switch {
	case best < 0:
		return 0, NotFound
	case ttl > 0 && versions[best].event < at.Add(-ttl):
		return 0, OutOfAge
	}
	return versions[best].value, 0
}

// read is the value of the only column that a row gets, and why there is none.
func (o *Table) read(entity uint64, at sim.Time, mode AsOf) (value float32, status int32) {
	found := o.Match([]uint64{entity}, []sim.Time{at}, mode, nil)
	var out [1]float32
	o.Gather(0, found, 0, out[:], 1)
	return out[0], min(found[0], 0)
}

// Feast's point-in-time join, in days; a version is entity, event, creation and
// value, a row entity and time, and what matches no version is null.
func TestFeastPointInTime(t *testing.T) {
	type tables struct {
		TTL    int
		AsOf   AsOf         `json:"as_of"`
		Values [][4]float64 // entity, event day, creation day, value
		Rows   [][2]int     // entity, day
	}
	day := func(n int) sim.Time { return sim.Time(n) * sim.Time(sim.Day) }
	simtest.Golden(t, "testdata/feast.json", func(t *testing.T, v simtest.Vector[tables, []*float32]) {
		o := New(1, time.Duration(v.Input.TTL)*sim.Day, 2000*sim.Day)
		for _, x := range v.Input.Values {
			o.Append(uint64(x[0]), day(int(x[1])), day(int(x[2])), []float32{float32(x[3])})
		}
		for i, row := range v.Input.Rows {
			value, status := o.read(uint64(row[0]), day(row[1]), v.Input.AsOf)
			if want := v.Expected[i]; want != nil {
				assert.Equal(t, *want, value, "row %d", i)
				assert.Zero(t, status, "row %d", i)
			} else {
				assert.Negative(t, status, "row %d", i)
			}
		}
	})
}

// Both ends of a version's life are inclusive.
func TestAgeIsInclusive(t *testing.T) {
	o := New(1, time.Hour, sim.Day)
	event := sim.Time(10 * time.Hour)
	o.Append(5, event, event.Add(time.Minute), []float32{7})
	for _, c := range []struct {
		at     sim.Time
		mode   AsOf
		status int32
	}{
		{event - 1, EventTime, NotFound},
		{event, EventTime, 0},
		{event.Add(time.Hour), EventTime, 0},
		{event.Add(time.Hour) + 1, EventTime, OutOfAge},
		{event.Add(time.Minute) - 1, Available, NotFound},
		{event.Add(time.Minute), Available, 0},
		{event.Add(time.Hour) + 1, Available, OutOfAge},
	} {
		_, status := o.read(5, c.at, c.mode)
		assert.Equal(t, c.status, status, "%s at %v", c.mode, c.at)
	}
	_, status := o.read(6, event, EventTime)
	assert.Equal(t, NotFound, status, "an entity that nobody has met")
}

// A null is a value: it hides the version before it.
func TestANullIsKnown(t *testing.T) {
	o := New(2, 0, sim.Day)
	o.Append(1, 10, 10, []float32{1, 2})
	o.Append(1, 20, 20, []float32{float32(math.NaN()), 3})
	found := o.Match([]uint64{1}, []sim.Time{30}, Available, nil)
	var out [2]float32
	assert.Equal(t, 1, o.Gather(0, found, -5, out[0:], 2))
	assert.Equal(t, 0, o.Gather(1, found, -5, out[1:], 2))
	assert.Equal(t, [2]float32{-5, 3}, out)
}

// drawVersions makes up versions of a few entities at a few times, so that ties
// are common, most of them written soon and some by a backfill.
func drawVersions(t *rapid.T) []version {
	versions := make([]version, rapid.IntRange(0, 300).Draw(t, "versions"))
	for i := range versions {
		event := sim.Time(rapid.Int64Range(0, 60).Draw(t, "event"))
		delay := rapid.Int64Range(0, 3).Draw(t, "delay")
		if rapid.IntRange(0, 9).Draw(t, "backfill") == 0 {
			delay *= 20
		}
		versions[i] = version{rapid.Uint64Range(0, 4).Draw(t, "entity"), event, event + sim.Time(delay), float32(i)}
	}
	return versions
}

// The join against its dumb twin, with reads between the writes, so that runs
// of every length are merged.
func TestPointInTimeJoinIsTheNewestBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ttl := time.Duration(rapid.SampledFrom([]int{0, 5, 20}).Draw(t, "ttl"))
		o := New(1, ttl, 1000)
		versions := drawVersions(t)
		for i, v := range versions {
			o.Append(v.entity, v.event, v.created, []float32{v.value})
			if rapid.IntRange(0, 4).Draw(t, "read") != 0 {
				continue
			}
			entity, at := rapid.Uint64Range(0, 5).Draw(t, "of"), sim.Time(rapid.Int64Range(-1, 90).Draw(t, "at"))
			mode := rapid.SampledFrom([]AsOf{Available, EventTime}).Draw(t, "mode")
			value, status := o.read(entity, at, mode)
			wantValue, wantStatus := newestBefore(versions[:i+1], entity, at, ttl, mode)
			require.Equal(t, wantStatus, status, "entity %d at %d, %s, ttl %d", entity, at, mode, ttl)
			require.Equal(t, wantValue, value, "entity %d at %d, %s, ttl %d", entity, at, mode, ttl)
		}
		require.Zero(t, o.Dropped(), "nothing is older than the retention")
		require.Equal(t, len(versions), o.Len())
	})
}

// Retention changes no answer to a row within it, and only to those.
func TestRetentionChangesNothingWithinIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ttl := time.Duration(rapid.SampledFrom([]int{0, 5, 20}).Draw(t, "ttl"))
		const retention = 15
		o := New(1, ttl, retention)
		versions := drawVersions(t)
		newest := sim.Time(0)
		for i, v := range versions {
			o.Append(v.entity, v.event, v.created, []float32{v.value})
			newest = max(newest, v.created)
			if rapid.IntRange(0, 9).Draw(t, "read") != 0 {
				continue
			}
			entity := rapid.Uint64Range(0, 5).Draw(t, "of")
			at := newest - sim.Time(rapid.Int64Range(-10, retention).Draw(t, "ago"))
			mode := rapid.SampledFrom([]AsOf{Available, EventTime}).Draw(t, "mode")
			value, _ := o.read(entity, at, mode)
			want, _ := newestBefore(versions[:i+1], entity, at, ttl, mode)
			require.Equal(t, want, value, "entity %d at %d, %s, ttl %d, newest %d", entity, at, mode, ttl, newest)
		}
		o.seal()
		require.EqualValues(t, len(versions), uint64(o.Len())+o.Dropped(), "every version is kept or counted as dropped")
	})
}

// A row at the very edge of the retention sees a version that is just as old as
// the TTL.
func TestRetentionReachesAsFarBackAsTheTTL(t *testing.T) {
	o := New(1, 5, 15)
	o.Append(1, 0, 0, []float32{7})
	o.Append(2, 20, 20, []float32{8}) // rows from 5 on may be asked for
	value, status := o.read(1, 5, EventTime)
	assert.Zero(t, status)
	assert.EqualValues(t, 7, value)
	assert.Zero(t, o.Dropped())
	o.Append(2, 21, 21, []float32{8})
	_, status = o.read(1, 6, EventTime)
	assert.Negative(t, status)
	assert.EqualValues(t, 1, o.Dropped())
}

// Ninety days of versions every ten minutes take the room of the retention, not
// of the ninety days, and neither do entities that have gone.
func TestRetentionBoundsMemory(t *testing.T) {
	const entities, retention, ttl = 20, 2 * sim.Day, 6 * time.Hour
	o := New(1, ttl, retention)
	most := func(days int) (versions, places int) {
		end := o.newest.Add(time.Duration(days) * sim.Day)
		for at := o.newest.Add(10 * time.Minute); at <= end; at = at.Add(10 * time.Minute) {
			for e := range uint64(entities) {
				o.Append(e+uint64(at.Day())*entities, at, at, []float32{1}) // entities live for a day
			}
			versions, places = max(versions, o.Len()), max(places, len(o.starts))
		}
		return versions, places
	}
	early, earlyPlaces := most(8)
	late, latePlaces := most(82)
	day := int(sim.Day/(10*time.Minute)) * entities
	assert.LessOrEqual(t, early, 2*3*day, "the retention and a TTL in whole days, and what is fresh on top")
	assert.LessOrEqual(t, late, early+day/4, "flat: what differs is when the fresh part was sealed")
	assert.LessOrEqual(t, latePlaces, earlyPlaces+entities)
	assert.NotZero(t, o.Dropped())
}

// Once its buffers have grown, a join allocates nothing.
func TestJoinAllocatesNothing(t *testing.T) {
	const rows = 1000
	o := New(2, sim.Day, sim.Day)
	entities, at := make([]uint64, rows), make([]sim.Time, rows)
	for i := range rows {
		entities[i], at[i] = uint64(i%37), sim.Time(i)
		o.Append(entities[i], at[i]/2, at[i], []float32{1, 2})
	}
	ttls, missing, out := []time.Duration{0, 100}, []float32{0, 0}, make([]float32, 2*rows)
	assert.Zero(t, testing.AllocsPerRun(10, func() { o.Join(entities, at, Available, ttls, missing, out, 2) }))
}

// Blocks of rows, columns that live for different times, and places in between
// that belong to somebody else.
func TestJoinWritesItsColumnsOfEveryRow(t *testing.T) {
	const rows, stride = 1500, 4
	o := New(2, 0, 1<<20)
	var versions []version
	for i := range 700 {
		v := version{uint64(i*7) % 41, sim.Time(i * 13 % 997), sim.Time(i*13%997 + i%5), float32(i + 1)}
		versions = append(versions, v)
		o.Append(v.entity, v.event, v.created, []float32{v.value, -v.value})
	}
	entities, at := make([]uint64, rows), make([]sim.Time, rows)
	for i := range rows {
		entities[i], at[i] = uint64(i*5)%43, sim.Time(i*31%1200)
	}
	out, want, missing := make([]float32, rows*stride), make([]float32, rows*stride), 0
	for i := range rows {
		for c, sign := range []float32{1, -1} {
			value, status := newestBefore(versions, entities[i], at[i], time.Duration(100*c), Available)
			want[i*stride+c] = sign * value
			if status < 0 {
				want[i*stride+c] = float32(-1000 * (c + 1))
				missing++
			}
		}
	}
	nulls := o.Join(entities, at, Available, []time.Duration{0, 100}, []float32{-1000, -2000}, out, stride)
	assert.Equal(t, want, out)
	assert.Equal(t, missing, nulls)
	assert.Greater(t, rows, nulls)
}
