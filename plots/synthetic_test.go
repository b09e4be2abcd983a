package plots

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/record"
)

// shape is what a synthetic run looks like.
type shape struct {
	worlds     []string
	replicates int
	days       int
	window     time.Duration
	lift       float64 // of the true value from world to world
}

// base is the shape of the base run: two worlds, three replicates, ten days.
var base = shape{worlds: []string{"nightly", "minutely"}, replicates: 3, days: 10, window: time.Hour, lift: .06}

// synthetic makes up a run with the metrics of a real one: days and nights,
// batch jobs, an ingestion stall on the seventh day.
func synthetic(t testing.TB, s shape) *record.Run {
	t.Helper()
	var results []record.Result
	for w := range s.worlds {
		for replicate := range s.replicates {
			results = append(results, s.result(w, replicate))
		}
	}
	run, err := record.Assemble(record.Manifest{
		Scenario: "stale-counters", Question: "Is it worth refreshing counters every minute?", Seed: 42,
		Replicates: s.replicates, Worlds: s.worlds, Start: time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC),
		Span: record.Length(time.Duration(s.days) * sim.Day), Warmup: record.Length(2 * sim.Day), Window: record.Length(s.window),
		Build: record.Build{Version: "v0"},
	}, []byte("name: stale-counters\n"), results)
	require.NoError(t, err)
	return run
}

func metric(name, unit string, better record.Direction, of record.Aggregate) record.Metric {
	m := record.Metric{Name: name, Unit: unit, Definition: "Synthetic.", Better: better, Of: of}
	if m.IsTruth() {
		m.Knower = record.Simulator
	}
	return m
}

// sketch makes up one replicate of the w-th world.
type sketch struct {
	shape
	w    int
	r    *record.Recorder
	src  *rand.Rand
	now  sim.Time
	luck float64 // of the replicate, shared by its worlds
}

func (s shape) result(w, replicate int) record.Result {
	k := &sketch{shape: s, w: w, r: record.NewRecorder(s.window, sim.Time(2*sim.Day))}
	k.src = rand.New(rand.NewPCG(uint64(replicate), 99))
	k.luck = k.noise(.03)
	k.src = rand.New(rand.NewPCG(uint64(replicate), uint64(w)))
	k.people()
	k.ages()
	k.serving()
	k.losses()
	k.loop()
	for k.now < sim.Time(time.Duration(s.days)*sim.Day) {
		k.now = k.now.Add(s.window)
		k.r.Tick(k.now)
	}
	k.moments()
	k.funnel()
	k.partitions()
	k.skew()
	k.audit()
	k.marginals()
	k.reliability()
	k.positions()
	result := k.r.Result()
	result.World, result.Replicate = s.worlds[w], replicate
	return result
}

// noise is nearly normal: the sum of three uniforms, which have the same bits
// on every machine.
func (k *sketch) noise(sd float64) float64 {
	return 2 * sd * (k.src.Float64() + k.src.Float64() + k.src.Float64() - 1.5)
}

// level records a made-up metric.
func (k *sketch) level(name, unit string, better record.Direction, f func() float64) {
	k.r.Func(metric(name, unit, better, record.Level), f)
}

const stall = 6.4 // day of the ingestion stall, which lasts .3 days

func (k *sketch) day() float64     { return float64(k.now) / float64(sim.Day) }
func (k *sketch) sun() float64     { return 1 - .7*math.Cos(2*math.Pi*(k.day()-.08)) }
func (k *sketch) learned() float64 { return 1 - math.Exp(-k.day()/1.5) }
func (k *sketch) gain() float64    { return 1 + k.lift*float64(k.w) }
func (k *sketch) load() float64    { return 1 + .35*k.sun() + k.stalled()*.5 }
func (k *sketch) stalled() float64 {
	if k.day() > stall && k.day() < stall+.3 {
		return 1
	}
	return 0
}

func (k *sketch) people() {
	k.level("true_value_per_person_day", "value/person-day", record.Up, func() float64 {
		return k.sun() * (1 + k.luck) * (9 + 6*k.learned()*k.gain() - 2*k.stalled() + k.noise(.8))
	})
	k.level("true_value_per_impression", "value", record.Up, func() float64 {
		return (1 + k.luck) * (.15 + .08*k.learned()*k.gain() - .03*k.stalled() + k.noise(.006))
	})
	k.level("true_satisfaction", "value", record.Up, func() float64 {
		return .4 + .12*k.learned()*k.gain() + k.luck/3 + k.noise(.004)
	})
	k.level("true_active_share", "share", record.Up, func() float64 { return 1 - .02*k.day()/k.gain() + k.luck/9 })
	k.level("true_minutes_per_person_day", "min/person-day", record.Neither, func() float64 {
		return k.sun() * (1 + k.luck) * (20 + 4*k.learned()*k.gain())
	})
	k.level("true_creators_active", "creators", record.Up, func() float64 { return math.Round(300 * math.Exp(-.03*k.day()/k.gain())) })
	k.level("engagement.long_view.rate", "share", record.Up, func() float64 {
		return .22 + .1*k.learned()*k.gain() - .04*k.stalled() + k.luck/4 + k.noise(.008)
	})
	k.level("engagement.hide.rate", "share", record.Down, func() float64 { return .021 - .006*k.learned()*k.gain() + k.noise(.0008) })
	k.level("ranking.normalized_entropy", "1", record.Down, func() float64 { return .93 - .08*k.learned()*k.gain() + k.noise(.004) })
	k.level("ranking.calibration", "1", record.Neither, func() float64 { return 1 + .3*math.Exp(-k.day()) + k.noise(.02) })
	k.level("engagement.impressions.count", "impressions", record.Neither, func() float64 {
		return k.sun() * 700 * (1 + .1*(k.gain()-1)) * (1 + k.noise(.03))
	})
}

func (k *sketch) ages() {
	features := func(floor, stalled float64) func() float64 {
		return func() float64 {
			if k.w == 0 { // a nightly job at three
				return math.Mod(k.day()-.125+1, 1)*86400 + 10*floor
			}
			return floor*k.gain() + k.noise(3) + k.stalled()*stalled
		}
	}
	k.level("features.age.mean", "s", record.Neither, features(45, 3600))
	k.level("features.age.p99", "s", record.Neither, features(110, 9000))
	k.level("retrieval.index.age", "s", record.Neither, func() float64 { return math.Mod(k.day(), .25)*86400 + 900 })
	k.level("retrieval.index.recall", "share", record.Up, func() float64 { return .9 + k.luck + .03*(k.gain()-1) })
	k.level("ranking.model.age", "s", record.Neither, func() float64 { return math.Mod(k.day(), .5)*86400 + 1800 })
	delay := func(usual, noise, stalled float64) func() float64 {
		return func() float64 { return usual + math.Abs(k.noise(noise)) + k.stalled()*stalled }
	}
	k.level("ingestion.delay.p50", "s", record.Down, delay(2.1, .1, 1500))
	k.level("ingestion.delay.p99", "s", record.Down, delay(31, 3, 9000))
	k.level("stream.lag.seconds", "s", record.Down, delay(.8, .2, 3000))
}

func (k *sketch) serving() {
	latency := func(usual, dearer, noise float64) func() float64 {
		return func() float64 { return usual*k.load() + dearer*(k.gain()-1) + k.noise(noise) }
	}
	k.level("serving.latency.p50", "ms", record.Down, latency(46, 100, 1))
	k.level("serving.latency.p95", "ms", record.Down, latency(78, 160, 3))
	k.level("serving.latency.p99", "ms", record.Down, latency(104, 230, 6))
	k.level("serving.latency.budget", "ms", record.Neither, func() float64 { return 200 })
	k.level("serving.fallback.share", "share", record.Down, func() float64 {
		return max(0, .004*k.load()+.03*k.stalled()+k.noise(.001))
	})
}

func (k *sketch) losses() {
	shares := map[string]float64{"not_found": .1, "too_young": .005, "misranked": .5 - k.lift*float64(k.w), "stale": .03, "rearranged": -.01, "explored": .008}
	regret := 0.0
	for _, s := range lossSteps {
		x := .28 * (1 + k.luck) * shares[strings.TrimPrefix(s.metric, "true_loss.")]
		regret += x
		k.level(s.metric, "value", record.Down, func() float64 { return x })
	}
	k.level("true_ideal_page", "value", record.Neither, func() float64 { return .28 * (1 + k.luck) })
	k.level("true_page_regret", "value", record.Down, func() float64 { return regret })
}

// loop: popularity feeds on itself, the more the higher the lift of the world.
func (k *sketch) loop() {
	rising := func(from, to float64) func() float64 {
		return func() float64 { return from + (to-from)*k.learned()*k.gain() + k.luck }
	}
	k.level("true_interest_drift", "1", record.Neither, func() float64 { return .12 * k.day() * k.gain() * (1 + k.luck) })
	k.level("true_taste_drift", "1", record.Neither, func() float64 { return 0 }) // nobody is moved: no panel
	k.level("reranking.popularity.post", "1", record.Neither, rising(1, 6))
	k.level("reranking.coverage.posts", "share", record.Neither, rising(.9, .4))
	k.level("true_miscalibration.minority", "1", record.Neither, rising(.4, 2))
	k.level("true_miscalibration.majority", "1", record.Neither, rising(.4, .2))
}

func (k *sketch) moments() {
	at := func(day float64) sim.Time { return sim.Time(day * float64(sim.Day)) }
	k.r.Moment(at(stall), "fault", "ingestion stalls")
	if k.w > 0 {
		k.r.Moment(at(stall+.09), "alarm", "feature age above 1 h")
		k.r.Moment(at(stall+.42), "alarm", "feature age normal again")
	}
	for i := range 2 * k.days {
		k.r.Moment(at(float64(i)/2+.02), "publish", fmt.Sprintf("model %d", i))
	}
}

func (k *sketch) funnel() {
	t := record.Table{Name: "funnel", Columns: []string{"stage", "posts", "recall_of_best"}}
	gain := k.gain() - 1 + k.luck
	t.Add("live", 1500+20*k.luck, 1.0)
	t.Add("retrieved", 120+90*k.luck, .61+gain)
	t.Add("ranked", 10.0, .34+gain)
	t.Add("shown", 9.6, .29+gain)
	k.r.Table(t)
}

// partitions: the third is twice as far behind as the others, all of them stall.
func (k *sketch) partitions() {
	t := record.Table{Name: "partitions", Columns: []string{"seconds", "partition", "lag"}}
	stop := k.now
	for k.now = 0; k.now < stop; {
		k.now = k.now.Add(k.window)
		for part := range 4 {
			lag := .5 + math.Abs(k.noise(.4)) + k.stalled()*3600*(k.day()-stall)*24
			if part == 2 {
				lag += 900 * k.sun() * k.sun() * k.gain()
			}
			t.Add(toSeconds(k.now), float64(part), lag)
		}
	}
	k.r.Table(t)
}

// skew: what is trained on is served less often, and one feature in other units.
func (k *sketch) skew() {
	t := record.Table{Name: "skew", Columns: []string{"feature", "quantile", "serving", "training"}}
	for i, name := range syntheticFeatures {
		for q := 1; q < 20; q++ {
			p := float64(q) / 20
			serving := 2*math.Log(p/(1-p))/float64(i+2) + k.noise(.01)
			training := serving + float64(k.w*i)*.05*k.gain()
			if i == 3 && k.w == 0 {
				training = .4 * serving
			}
			t.Add(name, p, serving, training)
		}
	}
	k.r.Table(t)
}

var syntheticFeatures = []string{
	"post.long_view", "post.like", "creator.long_view", "person.volume", "person_topic.long_view", "person_creator.long_view",
	"embedding.dot", "age", "post.volume", "creator.hide", "person.hide", "person_creator_live.long_view", "length", "person_topic.long_view_x_creator.long_view",
}

func (k *sketch) audit() {
	t := record.Table{Name: "audit", Columns: []string{"feature", "cause", "compared", "mismatched", "smape"}}
	names := []string{"late", "lost", "duplicated", "ttl", "default", "version", "backfill"}
	for i, feature := range syntheticFeatures[:9] {
		for j, cause := range names[:1+i%len(names)] {
			t.Add(feature, cause, 4000.0, math.Round(900/float64((i+2)*(j+1))*k.gain()*(1+k.luck)), .1)
		}
	}
	k.r.Table(t)
	c := record.Table{Name: "causes", Columns: []string{"planted", "inferred", "values"}}
	for i, planted := range names {
		c.Add(planted, planted, math.Round(1000/float64(i+1)*k.gain()))
		c.Add(planted, names[(i+1)%3], math.Round(90*(1+k.luck)))
	}
	c.Add("none", "late", math.Round(2000*k.gain()))
	k.r.Table(c)
}
