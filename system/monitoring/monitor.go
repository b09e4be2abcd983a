package monitoring

import (
	"math"
	"time"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/record"
	"feedloop/system"
	"feedloop/system/stream"
)

// Gauges are what the monitor reads from the stages: ages and lags in seconds,
// NaN where there is nothing to be old. A nil gauge is left out.
type Gauges struct {
	// IndexAge and ModelAge are read for every page: read by the clock they
	// would always show the same phase of a periodic rebuild.
	IndexAge, ModelAge func() float64
	// StreamLag, EventTimeLag, WatermarkLag and BatchAge are read by the clock, far
	// oftener than windows end; so is what the index was worth when it was last
	// probed.
	StreamLag, EventTimeLag, WatermarkLag, BatchAge func() float64
	IndexRecall, YoungRecall, YoungShare            func() float64
	// LagRecords is how many records wait in all partitions, and in the one where
	// most do; read by the clock, too.
	LagRecords func() (all, fullest float64)
	// PartitionLags appends how long the oldest unread record of each partition
	// has waited.
	PartitionLags func(lags []float64) []float64
	// PartitionWatermarkLags appends how far the watermark of each partition is
	// behind the clock, NaN where it has none or the partition is idle.
	PartitionWatermarkLags func(lags []float64) []float64
	// Examined returns the learned chances that the places of a page are looked at,
	// nil where none are learned; the mean is read by the clock, and all of them at
	// the end.
	Examined func() []float32
	// Traffic returns the utilisation of the busiest box and the requests a
	// second, both since it was last asked.
	Traffic func() (utilisation, perSec float64)
}

// Monitor records operators' metrics of one world.
type Monitor struct {
	config Config
	kernel *sim.Kernel
	log    *stream.Log[system.Event]

	requests, impressions, examples         *record.Sum
	latency, delay, ages                    *record.Quantiles
	fallback, longViews, likes, hides       *record.Ratio
	calibration, explored                   *record.Ratio
	featureAge, survey                      *record.Mean
	entropy, partial                        *record.Ratio
	rows, positives                         float64 // examples of a model so far
	utilisation, load                       *record.Mean
	traffic                                 func() (utilisation, perSec float64)
	indexAge, modelAge, streamLag, batchAge age
	eventTimeLag, watermarkLag              age
	partitions                              *partitions
	examined                                age
	positions                               positions
	reliability                             reliability
	quality                                 *quality
	length, watch                           *record.Mean
	ledger                                  *ledger
	readLag                                 func() (all, fullest float64)
	lagRecords                              *record.Mean
	lagSkew                                 *record.Ratio
	followed                                []*followed
	totals                                  []total
	indexRecall, youngRecall, youngShare    age
	holdout                                 *record.Mean
	skew                                    *skew // nil where training reads what was served
	arranging                               arranging
	exposure                                exposure
}

// New attaches the monitor to the log and to the recorder.
func New(k *sim.Kernel, c Config, rec *record.Recorder, log *stream.Log[system.Event], g Gauges) *Monitor {
	m := &Monitor{
		config:   c,
		kernel:   k,
		log:      log,
		requests: rec.Sum(Requests), impressions: rec.Sum(Impressions), examples: rec.Sum(Examples),
		latency: rec.Quantiles(LatencyP50, LatencyP95, LatencyP99), delay: rec.Quantiles(IngestionP50, IngestionP99),
		fallback: rec.Ratio(Fallback), longViews: rec.Ratio(LongViewRate), likes: rec.Ratio(LikeRate),
		hides: rec.Ratio(HideRate), calibration: rec.Ratio(Calibration), explored: rec.Ratio(Explored),
		featureAge: rec.Mean(FeatureAge), ages: rec.Quantiles(FeatureAgeP99), survey: rec.Mean(SurveySatisfaction), entropy: rec.Ratio(NormalizedEntropy),
		quality: newQuality(rec), length: rec.Mean(LengthMean), watch: rec.Mean(WatchMean),
		partial: rec.Ratio(Partial), ledger: newLedger(c, rec), holdout: rec.Mean(HoldoutEntropy),
	}
	m.aged(&m.streamLag, rec, StreamLag, g.StreamLag)
	m.aged(&m.batchAge, rec, BatchAge, g.BatchAge)
	m.aged(&m.eventTimeLag, rec, EventTimeLag, g.EventTimeLag)
	m.aged(&m.watermarkLag, rec, WatermarkLag, g.WatermarkLag)
	m.partitions = &partitions{waits: lags{read: g.PartitionLags}, watermarks: lags{read: g.PartitionWatermarkLags}}
	m.positions = positions{warmup: rec.Warmup(), examined: g.Examined}
	m.reliability = reliability{warmup: rec.Warmup(), examined: g.Examined}
	if g.Examined != nil {
		m.aged(&m.examined, rec, Examined, m.positions.mean)
	}
	m.aged(&m.indexRecall, rec, IndexRecall, g.IndexRecall)
	m.aged(&m.youngRecall, rec, YoungRecall, g.YoungRecall)
	m.aged(&m.youngShare, rec, YoungShare, g.YoungShare)
	if g.Traffic != nil {
		m.traffic, m.utilisation, m.load = g.Traffic, rec.Mean(Utilisation), rec.Mean(Load)
	}
	k.Every(sim.Time(c.Sample), c.Sample, k.Register("monitoring.sample", sim.Observers, m.sample))
	m.aged(&m.indexAge, rec, IndexAge, g.IndexAge)
	m.aged(&m.modelAge, rec, ModelAge, g.ModelAge)
	if g.LagRecords != nil {
		m.readLag, m.lagRecords, m.lagSkew = g.LagRecords, rec.Mean(LagRecords), rec.Ratio(LagSkew)
	}
	m.ledger.group = log.Subscribe("monitoring", m.consume)
	m.ledger.group.Fated = m.ledger.fated
	m.Count(rec, OffsetGap, m.overReaders(func(g *stream.Group[system.Event]) uint64 { return g.Skipped + g.Dropped }))
	m.Count(rec, Reprocessed, m.overReaders(func(g *stream.Group[system.Event]) uint64 { return g.Repeated + g.Replayed }))
	return m
}

// overReaders returns the sum of a count over all readers of the log.
func (m *Monitor) overReaders(count func(*stream.Group[system.Event]) uint64) func() float64 {
	return func() float64 {
		sum := uint64(0)
		for _, g := range m.log.Groups() {
			sum += count(g)
		}
		return float64(sum)
	}
}

// age is an age with its mean.
type age struct {
	mean *record.Mean
	read func() float64
}

func (m *Monitor) aged(a *age, rec *record.Recorder, metric record.Metric, read func() float64) {
	if read != nil {
		*a = age{rec.Mean(metric), read}
	}
}

// sample reads the gauges that are read by the clock.
func (m *Monitor) sample(sim.Event) {
	m.streamLag.observe()
	m.batchAge.observe()
	m.eventTimeLag.observe()
	m.watermarkLag.observe()
	if m.readLag != nil {
		all, fullest := m.readLag()
		m.lagRecords.Add(all, 1)
		m.lagSkew.Num(fullest)
		m.lagSkew.Den(all / float64(m.log.Partitions()))
	}
	m.partitions.observe()
	m.examined.observe()
	m.indexRecall.observe()
	m.youngRecall.observe()
	m.youngShare.observe()
	if m.traffic != nil {
		utilisation, perSec := m.traffic()
		m.utilisation.Add(utilisation, 1)
		m.load.Add(perSec, 1)
	}
}

// observe reads the age now.
func (a *age) observe() {
	if a.read == nil {
		return
	}
	if x := a.read(); !math.IsNaN(x) {
		a.mean.Add(x, 1)
	}
}

// Losses says where the running counts of lost and rejected events are read.
func (m *Monitor) Losses(rec *record.Recorder, lost, rejected func() float64) {
	m.Count(rec, IngestionLost, lost)
	m.Count(rec, IngestionRejected, rejected)
}

// Served takes a page from the served log.
func (m *Monitor) Served(p *system.Page) {
	m.exposure.served(p)
	m.positions.page(p)
	m.requests.Add(1)
	m.latency.Add(float64(p.Served.Sub(p.At)) / float64(time.Millisecond))
	m.fallback.Den(1)
	if p.Rung != system.Full {
		m.fallback.Num(1)
	}
	m.partial.Den(1)
	if p.Partial {
		m.partial.Num(1)
	}
	m.indexAge.observe()
	m.modelAge.observe()
	if len(p.Features) > 0 {
		m.featureAge.Add(float64(p.FeatureAge), 1)
		m.ages.Add(float64(p.FeatureAge))
	}
	m.explored.Den(float64(len(p.Items)))
	for i := range p.Items {
		if p.Items[i].Explored {
			m.explored.Num(1)
		}
	}
}

// consume takes an event from the log.
func (m *Monitor) consume(e *system.Event) {
	if !m.ledger.take(e, m.kernel.Now()) {
		return
	}
	m.delay.Add(e.Arrived.Sub(e.At).Seconds())
	switch e.Kind {
	case system.Viewed:
		m.impressions.Add(1)
		m.longViews.Den(1)
		m.likes.Den(1)
		m.hides.Den(1)
		m.length.Add(float64(e.Length), 1)
		m.watch.Add(float64(e.Watch), 1)
		long := system.LabelsOf(e).Of(system.LongView)
		m.longViews.Num(float64(long))
		if long > 0 && m.exposure.catalogue != nil {
			m.exposure.popularity.watched(e)
		}
	case system.Liked:
		m.likes.Num(1)
	case system.Hid:
		m.hides.Num(1)
	case system.Answered:
		m.survey.Add(float64(e.Answer), 1)
	}
}

// Example takes an impression whose label window has closed.
func (m *Monitor) Example(e *system.Example) {
	m.examples.Add(1)
	if e.ModelVersion == 0 {
		return
	}
	m.quality.add(e)
	m.reliability.add(e)
	m.positions.add(e)
	p := float64(e.Predictions[system.LongView])
	m.calibration.Num(p)
	m.calibration.Den(float64(e.Labels.Of(system.LongView)))
	positive := e.Labels.Has(system.LongView)
	m.entropy.Num(num.LogLoss(p, positive))
	m.entropy.Den(num.LogLoss((m.positives+1)/(m.rows+2), positive))
	m.rows++
	m.positives += float64(e.Labels.Of(system.LongView))
}

// Trained takes the normalised entropy of a newly trained ranker on its hold-out.
func (m *Monitor) Trained(entropy float64) {
	if !math.IsNaN(entropy) {
		m.holdout.Add(entropy, 1)
	}
}

// Tick closes the monitor's own windows; call it just before the recorder's.
func (m *Monitor) Tick() {
	m.partitions.close(m.kernel.Now())
	m.quality.tick(m.kernel.Now())
	m.arranging.tick()
	for _, f := range m.followed {
		f.tick()
	}
	m.exposure.tick(m.kernel.Now())
	for i := range m.totals {
		m.totals[i].rise()
	}
}
