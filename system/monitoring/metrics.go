package monitoring

import "feedloop/sim/record"

// metric registers an operators' metric.
func metric(name, unit string, better record.Direction, of record.Aggregate, definition string) record.Metric {
	return record.Register(record.Metric{
		Name: name, Unit: unit, Better: better, Knower: record.Operator, Of: of, Definition: definition,
	})
}

// The metrics of the request path.
var (
	Requests = metric("serving.requests.count", "requests", record.Neither, record.Total,
		"pages that were answered, by whatever rung of the ladder")
	LatencyP50 = metric("serving.latency.p50", "ms", record.Down, record.Quantile(0.5),
		"median time from asking for a page to its answer")
	LatencyP95 = metric("serving.latency.p95", "ms", record.Down, record.Quantile(0.95),
		"95th percentile of the time from asking for a page to its answer")
	LatencyP99 = metric("serving.latency.p99", "ms", record.Down, record.Quantile(0.99),
		"99th percentile of the time from asking for a page to its answer")
	Fallback = metric("serving.fallback.share", "share", record.Down, record.Quotient,
		"pages not made by the full path, as a share of all pages")
	Partial = metric("serving.partial.share", "share", record.Down, record.Quotient,
		"pages whose union lacked a source that had not answered in time, as a share of all pages")
	Utilisation = metric("serving.utilisation.max", "share", record.Down, record.Average,
		"share of its servers that the busiest box of the minute kept busy, the aggregate load included")
	Load = metric("serving.load.mean", "requests/s", record.Neither, record.Average,
		"requests a second, simulated and of all the people that the simulated ones stand for")
)

// The metrics of the data plane and of ages.
var (
	IngestionP50 = metric("ingestion.delay.p50", "s", record.Down, record.Quantile(0.5),
		"median time from an event to its append to the log")
	IngestionP99 = metric("ingestion.delay.p99", "s", record.Down, record.Quantile(0.99),
		"99th percentile of the time from an event to its append to the log")
	IngestionLost = metric("ingestion.lost.count", "events", record.Down, record.Total,
		"events, and copies of events, whose device gave up sending them")
	IngestionRejected = metric("ingestion.rejected.count", "events", record.Down, record.Total,
		"events that the collector turned away")
	StreamLag = metric("stream.lag.seconds", "s", record.Down, record.Average,
		"how long the oldest record that the feature counters have not read has waited")
	EventTimeLag = metric("stream.event_time_lag.mean", "s", record.Down, record.Average,
		"how far the newest event that the feature counters have read is behind the clock, in the partition that is furthest behind")
	WatermarkLag = metric("stream.watermark_lag.mean", "s", record.Down, record.Average,
		"how far the watermark of the feature counters is behind the clock")
	LagRecords = metric("stream.lag.records", "events", record.Down, record.Average,
		"records that the feature counters have not read")
	LagSkew = metric("stream.lag.skew", "1", record.Neither, record.Quotient,
		"unread records in the fullest partition over those in the average one; 1 is even")
	LateShare = metric("stream.late.share", "share", record.Down, record.Quotient,
		"events that came when their window of event time was closed, as a share of those read")
	DuplicateShare = metric("stream.duplicates.share", "share", record.Down, record.Quotient,
		"copies recognised by id within an hour, as a share of records read")
	StreamLost = metric("stream.lost.count", "events", record.Down, record.Total,
		"events deleted before the operators' counts had read them, or committed and not processed")
	OffsetGap = metric("stream.offset_gap.count", "records", record.Down, record.Total,
		"records that a reader of the log never processed, deleted before it came to them or committed and lost in a crash; over all readers")
	Reprocessed = metric("stream.reprocessed.count", "records", record.Down, record.Total,
		"records that a reader of the log processed once more after a crash, a recovery or a member that was taken for dead; over all readers")
	FeatureAge = metric("features.age.mean", "s", record.Down, record.Average,
		"mean over pages of how far behind the clock the counters were that described their candidates")
	FeatureAgeP99 = metric("features.age.p99", "s", record.Down, record.Quantile(0.99),
		"99th percentile over pages of how far behind the clock the counters were that described their candidates; none below 0")
	BatchAge = metric("features.batch_age.mean", "s", record.Down, record.Average,
		"how far behind the clock the nightly features are")
	FeatureDefaults = metric("features.default.share", "share", record.Down, record.Quotient,
		"views for which readers were served the default, there being no value, none of age, or nothing to tell, as a share of those looked up")
	FeatureBeyond = metric("features.beyond.share", "share", record.Down, record.Quotient,
		"reads of the feature store beyond what a shard or a row can serve, which took longer or were given up, as a share of all; recorded where there is a bound")
	AuditMismatch = metric("features.audit_mismatch.share", "share", record.Down, record.Quotient,
		"values served that the audit's recomputation from the log does not confirm, as a share of those recomputed")
	IndexAge = metric("retrieval.index.age", "s", record.Down, record.Average,
		"mean over pages of the time since the catalogue was read that the embedding index holds")
	IndexRecall = metric("retrieval.index.recall", "share", record.Up, record.Average,
		"of the ten posts nearest to sampled people by the towers that serve, among all live posts, the share that the index would return")
	YoungRecall = metric("retrieval.index.young_recall", "share", record.Up, record.Average,
		"the same, of those of the ten that were published in the last six hours")
	YoungShare = metric("retrieval.index.young_share", "share", record.Neither, record.Average,
		"posts published in the last six hours, as a share of what the index returns to sampled people")
	VersionSplit = metric("retrieval.version_split.share", "share", record.Down, record.Quotient,
		"searches of the embedding index with a vector of other towers than its own, by the versions that both carry, refused or not, as a share of all")
	IndexRefused = metric("retrieval.index.refused", "builds", record.Down, record.Total,
		"finished builds of the embedding index that did not pass its gate")
	VersionErrors = metric("retrieval.version_errors.count", "searches", record.Down, record.Total,
		"searches of the embedding index with a vector of other towers, which it refused")
	ModelAge = metric("ranking.model.age", "s", record.Down, record.Average,
		"mean over pages of the time since the newest impression that the serving ranker has learned from")
)

// The metrics of what people do and of how well it is predicted.
var (
	Impressions = metric("engagement.impressions.count", "impressions", record.Neither, record.Total,
		"views in the event log, each counted once")
	LongViewRate = metric("engagement.long_view.rate", "share", record.Up, record.Quotient,
		"views of 18 s or of the whole post, as a share of views")
	LikeRate    = metric("engagement.like.rate", "share", record.Up, record.Quotient, "likes by view")
	HideRate    = metric("engagement.hide.rate", "share", record.Down, record.Quotient, "hides by view")
	Calibration = metric("ranking.calibration", "1", record.Neither, record.Quotient,
		"predicted over observed long views on served impressions; 1 is calibrated")
	NormalizedEntropy = metric("ranking.normalized_entropy", "1", record.Down, record.Quotient,
		"log-loss of the long-view head on served impressions over that of predicting the base rate so far")
	HoldoutEntropy = metric("ranking.holdout_entropy", "1", record.Down, record.Average,
		"mean over trainings of the ranker of the normalised entropy on the newest examples, which it did not learn from")
	JoinedMismatch = metric("features.joined_mismatch.share", "share", record.Down, record.Quotient,
		"feature values recomputed for training that differ from those served, as a share of those recomputed")
	AUC = metric("ranking.auc", "share", record.Up, record.Quotient,
		"pairs of a long view and another impression of the same day of which the ranker put the long view higher")
	CalibrationError = metric("ranking.calibration_error.bins", "share", record.Down, record.Quotient,
		"mean distance of predicted from observed long views in ten bins of a day's impressions")
	HeadsError = metric("ranking.calibration_error.heads", "1", record.Down, record.Average,
		"mean over days and heads of how far a head's predictions sum to another number than came true, as a logarithm")
	SlicesError = metric("ranking.calibration_error.slices", "1", record.Down, record.Average,
		"mean over days of the same for long views of short, middling or long posts, whichever is furthest off")
	Examined = metric("ranking.examined.mean", "share", record.Neither, record.Average,
		"mean over the places of a page of the chance that somebody looks at it, as the serving ranker has learned it")
	LengthMean = metric("engagement.length.mean", "s", record.Neither, record.Average, "mean length of the posts viewed")
	WatchMean  = metric("engagement.watch.mean", "s", record.Neither, record.Average, "mean time a view lasted")
	Examples   = metric("retraining.examples.count", "examples", record.Neither, record.Total,
		"impressions whose label window closed")
	Explored = metric("reranking.explored.share", "share", record.Neither, record.Quotient,
		"slots that exploration filled, as a share of slots")
)
