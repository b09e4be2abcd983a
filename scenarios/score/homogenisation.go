package score

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"feedloop/sim"
	"feedloop/sim/record"
)

// Homogenisation is the change in Jaccard index of Chaney, Stewart and Engelhardt
// (RecSys 2018), as T-RECS replicates it.
var Homogenisation = record.Register(record.Metric{
	Name: "true_homogenisation", Unit: "Jaccard", Better: record.Down, Knower: record.Simulator, Of: record.Level,
	Definition: "overlap of the sets of posts that two people have taken so far, less the same people's overlap in the world " +
		"of the ideal recommender, mean over pairs of everybody and who is most like them to the recommender; " +
		"what has been taken adds up, so the total is that of the last window",
})

// Homogenise adds [Homogenisation] to all results that have a diary and say who is
// most like whom, pair by pair of replicates with the world of the ideal; there it is
// zero. Without that world it does nothing.
func Homogenise(results []record.Result, ideal string) {
	for i := range results {
		r := &results[i]
		at := slices.IndexFunc(results, func(x record.Result) bool { return x.World == ideal && x.Replicate == r.Replicate })
		if at < 0 {
			continue
		}
		column := make([]float64, len(r.Series.End))
		if r.World != ideal {
			here, there, like := readDiary(r), readDiary(&results[at]), readLikeness(r)
			if here == nil || there == nil || like == nil {
				continue
			}
			column = homogenised(r.Series.End, here, there, like)
		}
		add(r, Homogenisation, column)
	}
}

// homogenised is the measure window by window; NaN before anybody is like anybody, or
// where nobody of any pair has taken anything.
func homogenised(ends []sim.Time, here, there []diary, like []likeness) []float64 {
	column := make([]float64, len(ends))
	for w, end := range ends {
		column[w] = nan
		n := 0
		for n < len(like) && like[n].at <= end {
			n++
		}
		if n == 0 {
			continue
		}
		for i := range here {
			here[i].until(end)
			there[i].until(end)
		}
		sum := 0.0
		for a, b := range like[n-1].nearest {
			sum += jaccard(&here[a], &here[b]) - jaccard(&there[a], &there[b])
		}
		column[w] = sum / float64(len(here))
	}
	return column
}

// diary is what a person took, and which of it has been taken so far.
type diary struct {
	days, posts []int
	taken       map[int]bool
}

// until adds what was taken on days that are over by a moment.
func (d *diary) until(end sim.Time) {
	for k := len(d.taken); k < len(d.days) && sim.Time(d.days[k]+1)*sim.Time(sim.Day) <= end; k++ {
		d.taken[d.posts[k]] = true
	}
}

// jaccard is the size of the intersection over that of the union.
func jaccard(a, b *diary) float64 {
	common := 0
	for _, post := range a.posts[:len(a.taken)] {
		if b.taken[post] {
			common++
		}
	}
	return float64(common) / float64(len(a.taken)+len(b.taken)-common)
}

// readDiary reads the table that the census wrote; nil if there is none.
func readDiary(r *record.Result) []diary {
	t, _ := r.Table("diary")
	days, posts := t.Strings("days"), t.Strings("posts")
	var out []diary
	for i := range days {
		out = append(out, diary{days: integers(days[i]), posts: integers(posts[i]), taken: map[int]bool{}})
	}
	return out
}

// likeness is who is most like whom from a moment on.
type likeness struct {
	at      sim.Time
	nearest []int
}

// readLikeness reads the table of neighbours; nil if there is none.
func readLikeness(r *record.Result) []likeness {
	t, _ := r.Table("neighbours")
	days, nearest := t.Floats("day"), t.Strings("nearest")
	var out []likeness
	for i := range days {
		out = append(out, likeness{sim.Time(math.Round(days[i] * float64(sim.Day))), integers(nearest[i])})
	}
	return out
}

// integers reads numbers with blanks between.
func integers(text string) []int {
	fields := strings.Fields(text)
	out := make([]int, len(fields))
	for i, f := range fields {
		out[i], _ = strconv.Atoi(f)
	}
	return out
}

// add gives a result a metric more, at its place in the order of names.
func add(r *record.Result, m record.Metric, column []float64) {
	at, _ := slices.BinarySearchFunc(r.Metrics, m.Name, func(x record.Metric, name string) int { return strings.Compare(x.Name, name) })
	total := nan
	if len(column) > 0 {
		total = column[len(column)-1]
	}
	r.Metrics = slices.Insert(slices.Clone(r.Metrics), at, m)
	r.Totals = slices.Insert(slices.Clone(r.Totals), at, total)
	r.Series.Columns = slices.Insert(slices.Clone(r.Series.Columns), at, column)
}
