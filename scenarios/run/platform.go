package run

import (
	"fmt"
	"math"
	"time"

	"feedloop/agents/oracle"
	"feedloop/scenarios"
	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
	"feedloop/system/features"
	"feedloop/system/ingestion"
	"feedloop/system/monitoring"
	"feedloop/system/ranking"
	"feedloop/system/reranking"
	"feedloop/system/retraining"
	"feedloop/system/retrieval"
	"feedloop/system/rollout"
	"feedloop/system/serving"
	"feedloop/system/stream"
)

// platform is the whole stack of a world.
type platform struct {
	log       *stream.Log[system.Event]
	ingestion *ingestion.Ingestion
	retriever *retrieval.Retriever
	features  *features.Store
	causes    *causes // nil where features are not audited
	ranker    *ranking.Ranker
	reranker  *reranking.Reranker
	server    *serving.Server
	joiner    *retraining.Joiner
	registry  *rollout.Registry
	monitor   *monitoring.Monitor
	observer  *oracle.Observer
}

// probed is the share of requests whose funnel is compared with the truth; each
// costs as much as a page of the oracle.
const probed = 0.02

func newPlatform(w *world, c scenarios.System, src rng.Source) *platform {
	k, seen := w.kernel, &system.Seen{Repeats: c.Repeats}
	p := &platform{}
	p.log = stream.NewLog(k, c.Stream, func(e *system.Event) sim.Time { return e.At })
	p.ingestion = ingestion.New(k, c.Ingestion, src, p.log.Producer(), w.catalogue, len(w.public))
	p.retriever = retrieval.NewRetriever(k, c.Retrieval, src, w.catalogue, seen, w.public)
	for id := range system.PostID(w.catalogue.Len()) {
		p.retriever.Published(id)
	}
	p.log.Subscribe("follows", p.retriever.Consume)
	p.features = features.New(k, c.Features, src, p.log, w.catalogue, w.public, w.task.world.Agents.Posts.Topics, p.retriever)
	p.causes = compareCauses(p.features, w.rec, c, w.task.world.Events)
	p.retriever.SetPopularity(p.features)
	p.retriever.Refused = func(reason string) { w.rec.Moment(k.Now(), "refused", "index build: "+reason) }
	p.ranker = ranking.NewRanker(c.Ranking, src, p.features.Width(), p.features)
	p.reranker = reranking.NewReranker(k, c.Reranking, src, w.catalogue, seen, w.public)
	if c.Reranking.Reads() {
		p.log.Subscribe("moderation", p.reranker.Consume)
	}
	stages := serving.Stages{
		Retriever: p.retriever, Featurizer: p.features, Ranker: p.ranker,
		Reranker: p.reranker, Quota: c.Retrieval.Quotas.Quota,
	}
	p.server = serving.New(k, c.Serving, src, stages, w.catalogue, seen)
	indexAge := p.retriever.IndexAge
	if stages.Quota(system.Neighbours) == 0 {
		indexAge = func() time.Duration { return 0 } // nobody asks the index
	}
	p.observer = oracle.NewObserver(k, w.people, w.catalogue, seen, src, w.rec, probed, c.Serving.PageSize, indexAge)
	p.observer.Fresh = p.fresh()
	p.learn(w, c)
	p.watch(w, c)

	p.server.Probe = p.observer
	p.server.Audience = w.people.People
	p.server.Log = func(page *system.Page) {
		first, _ := w.catalogue.Live(k.Now())
		seen.Forget(first)
		p.joiner.Served(page)
		p.monitor.Served(page)
	}
	w.people.People.Pager = p.server
	w.people.People.Reporter = p.ingestion
	return p
}

// fresh returns a look at what the ranker would make of a query if the next refresh of
// counts were visible now. A model that came since the query was ranked says nothing.
func (p *platform) fresh() func(*system.Query) []float32 {
	var again system.Query
	return func(q *system.Query) []float32 {
		again.Request, again.Candidates = q.Request, append(again.Candidates[:0], q.Candidates...)
		p.features.DescribeFresh(&again)
		p.ranker.Rescore(&again)
		if again.ModelVersion != q.ModelVersion || again.ValueVersion != q.ValueVersion {
			return q.Scores
		}
		return again.Scores
	}
}

// learn closes the loop: examples, trainings, registry.
func (p *platform) learn(w *world, c scenarios.System) {
	k := w.kernel
	p.registry = rollout.NewRegistry(k, c.Rollout)
	p.registry.Decided = func(v *rollout.Version) {
		kind, text := "publish", fmt.Sprintf("%s v%d serves: %d examples, entropy %.3f", v.Name, v.Version, v.Rows, v.Entropy)
		if v.State == rollout.Rejected {
			kind, text = "rejected", fmt.Sprintf("%s v%d: %s", v.Name, v.Version, v.Reason)
		}
		w.rec.Moment(k.Now(), kind, text)
		if v.Name == p.ranker.Name() {
			p.monitor.Trained(v.Entropy)
		}
	}
	closed := func(e *system.Example) { p.monitor.Example(e) }
	p.joiner = retraining.NewJoiner(k, c.Retraining, p.log, p.features.Width(), closed)
	if c.Ranking.Value.Aims() {
		p.joiner.FollowVisits()
	}
	retraining.NewTrainer(k, c.Retraining, p.joiner, p.registry, p.retriever)
	if c.Ranking.Family != ranking.Popularity {
		ranker := retraining.NewTrainer(k, c.Retraining, p.joiner, p.registry, p.ranker)
		if c.Features.Training == features.Joined {
			ranker.Recompute = func(served system.Examples) []float32 {
				joined := p.features.Recompute(served)
				p.monitor.Joined(served.Features, joined)
				return joined
			}
		}
	}
}

// watch attaches the operators' instruments.
func (p *platform) watch(w *world, c scenarios.System) {
	now := w.kernel.Now
	p.monitor = monitoring.New(w.kernel, c.Monitoring, w.rec, p.log, monitoring.Gauges{
		StreamLag:    func() float64 { return p.features.Lag().Seconds() },
		EventTimeLag: func() float64 { return known(p.features.Group().EventTimeLag()) },
		WatermarkLag: func() float64 { return known(p.features.Group().WatermarkLag()) },
		LagRecords: func() (all, fullest float64) {
			return float64(p.features.Group().Lag()), float64(p.features.Group().Fullest())
		},
		PartitionLags: func(lags []float64) []float64 {
			for part := range c.Stream.Partitions {
				lags = append(lags, p.features.Group().PartitionLagTime(part).Seconds())
			}
			return lags
		},
		PartitionWatermarkLags: func(lags []float64) []float64 {
			for part := range c.Stream.Partitions {
				lags = append(lags, known(p.features.Group().PartitionWatermarkLag(part)))
			}
			return lags
		},
		BatchAge: func() float64 { return p.features.BatchAge().Seconds() },
		IndexAge: func() float64 {
			if p.retriever.IndexVersion() == 0 {
				return math.NaN()
			}
			return p.retriever.IndexAge().Seconds()
		},
		IndexRecall: func() float64 { return p.retriever.Probed().Recall },
		YoungRecall: func() float64 { return p.retriever.Probed().YoungRecall },
		YoungShare:  func() float64 { return p.retriever.Probed().YoungShare },
		ModelAge: func() float64 {
			if v := p.registry.Serving(p.ranker.Name()); v != nil {
				return now().Sub(v.DataTo).Seconds()
			}
			return math.NaN()
		},
		Examined: func() []float32 { return p.ranker.Examined(c.Serving.PageSize) },
		Traffic:  p.server.Traffic,
	})
	if c.Features.Training == features.Joined {
		p.monitor.Compare(w.rec, p.features.Names())
	}
	p.monitor.Exposure(w.rec, w.catalogue)
	p.monitor.Arranging(w.rec, func() monitoring.Arranged {
		c := p.reranker.Counts()
		return monitoring.Arranged{
			Candidates: float64(c.Candidates), Filtered: float64(c.Filtered()),
			Withheld: float64(c.Dropped[reranking.Policy] + c.Dropped[reranking.Safety]),
			Pages:    float64(c.Pages), Short: float64(c.Short),
		}
	})
	p.monitor.Follow(w.rec, monitoring.FeatureDefaults, p.features.Reads)
	if c.Features.Online.Bounded() {
		p.monitor.Follow(w.rec, monitoring.FeatureBeyond, p.features.Pressed)
	}
	if p.causes != nil {
		p.monitor.Follow(w.rec, monitoring.AuditMismatch, p.causes.audit.Mismatches)
	}
	p.monitor.Follow(w.rec, monitoring.VersionSplit, func() (crossed, searches float64) {
		c := p.retriever.Counts()
		return float64(c.Crossed), float64(c.Searches)
	})
	p.monitor.Count(w.rec, monitoring.IndexRefused, func() float64 { return float64(p.retriever.Counts().Refused) })
	p.monitor.Count(w.rec, monitoring.VersionErrors, func() float64 { return float64(p.retriever.Counts().Mismatched) })
	p.monitor.Losses(w.rec,
		func() float64 { return float64(p.ingestion.Counts().AllLost()) },
		func() float64 { return float64(p.ingestion.Counts().AllRejected()) })
}

// known is a duration in seconds, NaN where there is none.
func known(d time.Duration, some bool) float64 {
	if !some {
		return math.NaN()
	}
	return d.Seconds()
}
