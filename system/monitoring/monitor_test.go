package monitoring

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/system"
	"feedloop/system/stream"
)

// desk is a monitor of an hour a window, with its log.
type desk struct {
	kernel  *sim.Kernel
	rec     *record.Recorder
	log     *stream.Log[system.Event]
	monitor *Monitor
}

func newDesk(g Gauges) *desk { return newDeskOn(g, func(*stream.Config) {}) }

func newDeskOn(g Gauges, change func(*stream.Config)) *desk {
	c := stream.DefaultConfig()
	change(&c)
	d := &desk{kernel: sim.New(sim.Options{}), rec: record.NewRecorder(time.Hour, 0)}
	d.log = stream.NewLog(d.kernel, c, func(e *system.Event) sim.Time { return e.At })
	d.monitor = New(d.kernel, DefaultConfig(), d.rec, d.log, g)
	return d
}

// hour lets an hour pass and closes its window.
func (d *desk) hour() {
	d.kernel.Run(d.kernel.Now().Add(time.Hour))
	d.monitor.Tick()
	d.rec.Tick(d.kernel.Now())
}

// column returns a metric by window.
func (d *desk) column(m record.Metric) []float64 {
	r := d.rec.Result()
	return r.Column(m.Name)
}

// page is a page that was answered in so many milliseconds.
func page(rung system.Rung, latency int, age float32, explored ...bool) *system.Page {
	p := &system.Page{Rung: rung, FeatureAge: age, Served: sim.Time(time.Duration(latency) * time.Millisecond)}
	for _, e := range explored {
		p.Items = append(p.Items, system.Item{Explored: e})
	}
	if age > 0 {
		p.Features = make([]float32, len(explored))
	}
	return p
}

func TestPages(t *testing.T) {
	d := newDesk(Gauges{})
	d.monitor.Served(page(system.Full, 100, 30, true, false))
	d.monitor.Served(page(system.Full, 200, 90, false, false))
	d.monitor.Served(page(system.Heuristic, 300, 0, false))
	d.monitor.Served(page(system.EmptyPage, 400, 0))
	d.hour()
	assert.Equal(t, []float64{4}, d.column(Requests))
	assert.Equal(t, []float64{.5}, d.column(Fallback), "every rung but the first")
	assert.Equal(t, []float64{.2}, d.column(Explored), "one slot of five")
	assert.Equal(t, []float64{60}, d.column(FeatureAge), "of the pages that have features")
	// The histogram keeps two significant digits or more.
	assert.InEpsilon(t, 90, d.column(FeatureAgeP99)[0], .01)
	assert.InEpsilon(t, 200, d.column(LatencyP50)[0], .01)
	assert.InEpsilon(t, 400, d.column(LatencyP99)[0], .01)
}

func TestEventsAreCountedWhenTheyAreRead(t *testing.T) {
	d := newDesk(Gauges{})
	id := uint64(0)
	emit := func(kind system.EventKind, watch float32) {
		id++
		d.log.Append(1, system.Event{ID: id, Kind: kind, Watch: watch, Length: 60, Arrived: sim.Time(2 * time.Second)})
	}
	for range 6 {
		emit(system.Viewed, 5)
	}
	emit(system.Viewed, 18)
	emit(system.Viewed, 60)
	emit(system.Liked, 0)
	emit(system.Hid, 0)
	emit(system.Shared, 0)
	emit(system.Shared, 0)
	id-- // the next is a duplicate of the last share
	emit(system.Viewed, 60)
	d.monitor.Tick()
	d.rec.Tick(d.kernel.Now().Add(time.Millisecond))
	d.hour()
	assert.Equal(t, []float64{0, 8}, d.column(Impressions), "the monitor lags with the log")
	assert.Equal(t, .25, d.column(LongViewRate)[1])
	assert.Equal(t, .125, d.column(LikeRate)[1])
	assert.Equal(t, .125, d.column(HideRate)[1])
	assert.InEpsilon(t, 2, d.column(IngestionP50)[1], .01)
	assert.True(t, math.IsNaN(d.column(LongViewRate)[0]), "no data is no number")
}

// examples feeds impressions, half of them long views, predicted with p.
func (d *desk) examples(n int, p float32, version uint32) {
	for i := range n {
		e := system.Example{ModelVersion: version}
		e.Predictions[system.LongView] = p
		if i%2 == 0 {
			e.Labels = e.Labels.With(system.LongView)
		}
		d.monitor.Example(&e)
	}
}

func TestExamplesOfTheModelAlone(t *testing.T) {
	d := newDesk(Gauges{})
	d.examples(40, .9, 0) // made without a model: nothing was predicted
	d.examples(50, .5, 3)
	d.hour()
	d.examples(30, .75, 3)
	d.hour()
	assert.Equal(t, []float64{90, 30}, d.column(Examples))
	assert.InDelta(t, 1, d.column(Calibration)[0], 1e-9)
	assert.InDelta(t, 1.5, d.column(Calibration)[1], 1e-6)
}

// The base rate is the one so far, (positives + 1) / (rows + 2): sums over rows
// add up to the same number in windows of any length.
func TestEntropyIsRelativeToTheBaseRateSoFar(t *testing.T) {
	d := newDesk(Gauges{})
	d.examples(50, .5, 3)
	d.hour()
	d.examples(30, .75, 3)
	d.hour()
	var loss, base [2]float64
	rows, positives := 0., 0.
	for i := range 80 {
		p, window, positive := .5, 0, i%2 == 0
		if i >= 50 {
			p, window = .75, 1
		}
		rate := (positives + 1) / (rows + 2)
		if !positive {
			p, rate = 1-p, 1-rate
		} else {
			positives++
		}
		rows++
		loss[window] -= math.Log(p)
		base[window] -= math.Log(rate)
	}
	ne := d.column(NormalizedEntropy)
	require.Len(t, ne, 2)
	assert.InDelta(t, loss[0]/base[0], ne[0], 1e-9)
	assert.InDelta(t, loss[1]/base[1], ne[1], 1e-9)
	result := d.rec.Result()
	assert.InDelta(t, (loss[0]+loss[1])/(base[0]+base[1]), result.Total(NormalizedEntropy.Name), 1e-9)
}

func TestLossesAreDifferencesOfRunningCounts(t *testing.T) {
	d := newDesk(Gauges{})
	lost, rejected := 0., 0.
	d.monitor.Losses(d.rec, func() float64 { return lost }, func() float64 { return rejected })
	for _, x := range [][2]float64{{5, 1}, {5, 1}, {12, 2}} {
		lost, rejected = x[0], x[1]
		d.hour()
	}
	assert.Equal(t, []float64{5, 0, 7}, d.column(IngestionLost))
	assert.Equal(t, []float64{1, 0, 1}, d.column(IngestionRejected))
}

func TestGaugesAreReadByTheMinuteWhateverTheWindow(t *testing.T) {
	lag := 0.
	d := newDesk(Gauges{StreamLag: func() float64 { lag++; return lag }})
	d.hour()
	d.hour()
	assert.Equal(t, []float64{30.5, 90.5}, d.column(StreamLag), "means of 1 to 60 and of 61 to 120")
}

// Ages are those that pages met; a page that no index or model served has none.
func TestAgesAreReadForEveryPage(t *testing.T) {
	age := math.NaN()
	d := newDesk(Gauges{IndexAge: func() float64 { return age }})
	d.monitor.Served(page(system.Full, 1, 0))
	d.hour()
	d.monitor.Served(page(system.Full, 1, 0)) // still none
	age = 10
	d.monitor.Served(page(system.Full, 1, 0))
	age = 40
	d.monitor.Served(page(system.Full, 1, 0))
	age = 1000
	d.hour()
	assert.True(t, math.IsNaN(d.column(IndexAge)[0]))
	assert.Equal(t, 25., d.column(IndexAge)[1])
}

// Two days of impressions, with predictions that are right on the whole and wrong
// by length: half of the short posts and none of the long ones are viewed long.
func TestPredictionsOfADay(t *testing.T) {
	d := newDesk(Gauges{})
	for i := range 400 {
		e := system.Example{ModelVersion: 1, Length: 10, Watch: 3}
		e.Predictions = [system.Heads]float32{system.LongView: .25, system.Like: .2}
		if i%2 == 1 {
			e.Length = 60
		} else if i%4 == 0 {
			e.Predictions[system.LongView] += .01
			e.Labels = system.Labels(0).With(system.LongView)
		}
		if i%10 == 0 {
			e.Labels = e.Labels.With(system.Like)
		}
		d.monitor.Example(&e)
	}
	d.hour()
	assert.True(t, math.IsNaN(d.column(AUC)[0]), "the day is not over")
	for range 23 {
		d.hour()
	}
	assert.InDelta(t, 1, d.column(AUC)[23], 1e-12, "a hundredth of a probability is some steps of the sketch")
	assert.InDelta(t, .0025, d.column(CalibrationError)[23], 1e-6)
	assert.InDelta(t, math.Log(.255/.5)/-1, d.column(SlicesError)[23], 1e-5, "long posts have no long views to compare with")
	assert.InDelta(t, (math.Log(.2525/.25)+math.Log(2))/2, d.column(HeadsError)[23], 1e-5)
	for range 24 {
		d.hour()
	}
	assert.True(t, math.IsNaN(d.column(AUC)[47]), "nothing of the first day is left")
}

func TestWhatIsViewed(t *testing.T) {
	d := newDesk(Gauges{})
	d.log.Append(1, system.Event{ID: 1, Kind: system.Viewed, Watch: 4, Length: 10})
	d.log.Append(1, system.Event{ID: 2, Kind: system.Viewed, Watch: 8, Length: 50})
	d.hour()
	assert.InDelta(t, 6, d.column(WatchMean)[0], 1e-12)
	assert.InDelta(t, 30, d.column(LengthMean)[0], 1e-12)
}
