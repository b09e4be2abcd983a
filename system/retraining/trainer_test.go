package retraining

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/system"
)

// pupil is a stage that remembers what it was trained on. Its computation reads
// everything that it was given, beside the loop.
type pupil struct {
	flops float64
	given []system.Examples
	asOf  []sim.Time
	now   func() sim.Time
}

func (*pupil) Name() string            { return "pupil" }
func (*pupil) Deploy(*system.Artefact) {}

func (p *pupil) Begin(data system.Examples) (float64, func() system.Artefact) {
	p.given, p.asOf = append(p.given, data), append(p.asOf, p.now())
	return p.flops, func() system.Artefact {
		sum := uint64(0)
		for range 50 {
			for i := range data.Rows {
				sum += uint64(data.Rows[i].Post) + uint64(data.Row(i)[2]) + uint64(data.Rows[i].Labels)
			}
		}
		return system.Artefact{Name: "pupil", Rows: len(data.Rows), Hash: sum}
	}
}

// jury takes artefacts, and passes those whose number it is told.
type jury struct {
	passes    func(n int) bool
	submitted []system.Artefact
	at        []sim.Time
	now       func() sim.Time
}

func (j *jury) Submit(a system.Artefact, _ system.Trainable) bool {
	j.submitted, j.at = append(j.submitted, a), append(j.at, j.now())
	return j.passes(len(j.submitted))
}

// school is a trainer with a page a minute, each of whose posts is viewed.
func school(c Config, flops float64, passes func(n int) bool) (*desk, *pupil, *jury, *Trainer) {
	d := newDesk(c)
	p, j := &pupil{flops: flops, now: d.kernel.Now}, &jury{passes: passes, now: d.kernel.Now}
	trainer := NewTrainer(d.kernel, c, d.joiner, j, p)
	visit := uint32(0)
	serve := d.kernel.Register("test.serve", sim.People, func(sim.Event) {
		visit++
		d.serve(1, visit, system.PostID(visit))
		e := event(system.Viewed, 1, visit, 0, system.PostID(visit))
		e.At = d.kernel.Now()
		d.log.Append(1, e)
	})
	d.kernel.Every(sim.Time(time.Second), time.Minute, serve)
	return d, p, j, trainer
}

func always(int) bool { return true }

// posts are the posts of examples, first and last.
func posts(e system.Examples) [2]system.PostID {
	return [2]system.PostID{e.Rows[0].Post, e.Rows[len(e.Rows)-1].Post}
}

func TestTrainingsPublishAfterTheirWorkOnWhatHadClosed(t *testing.T) {
	c := DefaultConfig()
	c.Every, c.PerGFlop = 6*time.Hour, time.Minute
	d, p, j, _ := school(c, 3e9, always)
	d.kernel.Run(sim.Time(13 * time.Hour))
	took := c.Startup + 3*time.Minute
	assert.Equal(t, []sim.Time{sim.Time(6*time.Hour + took), sim.Time(12*time.Hour + took)}, j.at)
	// Pages served in the first 5 h have closed at 6 h, but for the last minute:
	// the tick of 6 h comes after the trainer's or before, as they were set up.
	first := p.given[0]
	assert.InDelta(t, 300, len(first.Rows), 1)
	assert.EqualValues(t, 1, first.Rows[0].Post)
	assert.Equal(t, posts(first)[1]+1, posts(p.given[1])[0], "the second begins where the first ended")
	for n, data := range p.given {
		for i := range data.Rows {
			require.LessOrEqual(t, data.Rows[i].Closed, p.asOf[n], "a label is used only after its window has closed")
			require.GreaterOrEqual(t, data.Rows[i].Closed.Sub(data.Rows[i].Served), c.LabelWindow)
		}
		assert.Equal(t, data.Rows[0].Served, j.submitted[n].DataFrom)
		assert.Equal(t, data.Rows[len(data.Rows)-1].Served, j.submitted[n].DataTo)
	}
}

// What a rejected version learned went with it; the next begins where the
// serving one ended.
func TestExamplesOfARejectedVersionAreLearnedAgain(t *testing.T) {
	c := DefaultConfig()
	d, p, _, _ := school(c, 1e9, func(n int) bool { return n != 2 && n != 3 })
	d.kernel.Run(sim.Time(31 * time.Hour))
	require.Len(t, p.given, 5)
	end := posts(p.given[0])[1]
	for _, n := range []int{1, 2, 3} {
		assert.Equal(t, end+1, posts(p.given[n])[0], "training %d", n+1)
	}
	assert.Greater(t, len(p.given[3].Rows), len(p.given[2].Rows))
	assert.Equal(t, posts(p.given[3])[1]+1, posts(p.given[4])[0])
}

// Trainings on less data than the gate demands save up until it is enough.
func TestShortPeriodsSaveUp(t *testing.T) {
	c := DefaultConfig()
	c.Every, c.Startup = 10*time.Minute, time.Minute
	d, p, j, _ := school(c, 1, nil)
	j.passes = func(n int) bool { return j.submitted[n-1].Rows >= 100 }
	d.kernel.Run(sim.Time(3 * time.Hour))
	passed := 0
	for n := range j.submitted {
		if j.passes(n + 1) {
			passed++
		}
	}
	assert.Equal(t, 1, passed, "two hours of examples make one hundred once")
	assert.Less(t, len(p.given[len(p.given)-1].Rows), 50, "and what served then is not learned again")
}

func TestASlowTrainingSkipsTurns(t *testing.T) {
	c := DefaultConfig()
	c.Every = time.Hour
	d, p, _, trainer := school(c, 150e9, always) // two and a half hours
	d.kernel.Run(sim.Time(10 * time.Hour))
	assert.Equal(t, []sim.Time{sim.Time(2 * time.Hour), sim.Time(5 * time.Hour), sim.Time(8 * time.Hour)}, p.asOf)
	assert.EqualValues(t, 7, trainer.Skipped, "the first has no examples; six find one running")
}

func TestStoppedTrainingsAreCaughtUpWith(t *testing.T) {
	c := DefaultConfig()
	c.Every = time.Hour
	d, p, _, trainer := school(c, 1e9, always)
	require.NoError(t, d.kernel.Inject(sim.Plan{
		{Kind: Stop, At: sim.Time(3*time.Hour - 1), For: 3 * time.Hour, Target: "pupil"},
		{Kind: Stop, At: 0, Target: "somebody else"},
	}))
	d.kernel.Run(sim.Time(7 * time.Hour))
	assert.EqualValues(t, 4, trainer.Skipped)
	require.Len(t, p.given, 3, "at 2 h, 6 h and 7 h")
	assert.Equal(t, posts(p.given[0])[1]+1, posts(p.given[1])[0])
	assert.InDelta(t, 240, len(p.given[1].Rows), 1, "four hours at once")
}

// Who recomputes features is asked for every training, about its rows as they
// were served; what was served stays as it was.
func TestTrainingsReadWhatIsRecomputed(t *testing.T) {
	d, p, _, trainer := school(DefaultConfig(), 1e9, always)
	trainer.Recompute = func(served system.Examples) []float32 {
		out := make([]float32, len(served.Features))
		for i, x := range served.Features {
			out[i] = x + 1000
		}
		return out
	}
	d.kernel.Run(sim.Time(13 * time.Hour))
	require.Len(t, p.given, 2)
	for _, data := range p.given {
		for i := range data.Rows {
			require.EqualValues(t, data.Rows[i].Post+1000, data.Row(i)[2])
		}
	}
	logged, _ := d.joiner.Lend(0)
	require.EqualValues(t, logged.Rows[0].Post, logged.Row(0)[2])
}
