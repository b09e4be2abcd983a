// Package ranking predicts what a person will do with each candidate and turns
// the predictions into one score.
//
//	                 ┌ linear ┐
//	features ─▶ model│ fm     │─▶ log-odds ─▶ layer ─▶ probabilities ─▶ value model ─▶ score
//	                 └ mlp    ┘   of play,    negative   that mean      preset and
//	                     ▲        long view,  sampling,  what they      weights
//	                     │        like, …,    calibration say
//	     one pass over logged     and watch
//	     features, warm-started
//
// # Families
//
// A model hides behind a few methods (model.go); all its heads learn at once.
//
//	linear  a weight by feature and head; per-coordinate FTRL-proximal
//	fm      and by pair of features, from factors that the heads share; AdaGrad
//	mlp     hidden layers that the heads share; minibatches, own backpropagation
//
// Numbers of one vector do the work: a feature's weights for all heads lie side
// by side, and an example touches only the features it has. A candidate's score
// depends on nothing but its own features, whatever else is in the request, and
// scoring allocates nothing. One pass over the data and no more: a second one
// lets a model learn its training rows by heart.
//
// # What is predicted, and what it is worth
//
// The value model, a weighted sum of the probabilities, is set apart from the
// models: changing what the feed is for needs no training, but for the expected
// watch, whose head is learned where it is worth something. It adds up different
// heads, so they must be calibrated: a layer corrects for negatives that were
// not sampled, and on demand fits a line or a rising curve to held-out rows.
//
// What people do with a post is not what a platform lives by. Two presets aim at
// how visits end, in length or with a return, and learn from the log what each act
// is worth for that (surrogate.go).
//
// # Two biases of the log
//
// What people do depends on where a post lay and how long it is, and neither is
// its merit. A list teaches that what lies on top is good, because that is where
// people look (position.go); seconds teach that long is good (watch.go). Each has
// a knob that takes it out, for a scenario to measure.
//
// # How fast training is
//
// One pass on one thread, all eight heads at once, in processor time on a machine
// with other work. The network (184-128-64-8, batches of 256, AdaGrad) and its peer
// learned the same 200,000 planted examples; AUC of three heads on 50,000 others:
//
//	linear   3.1 million examples/s of 20 features that are not zero
//	fm       1.7 million, eight factors
//	mlp      310,000, AUC .9535 .9847 .9778
//	PyTorch  133,000, AUC .9536 .9849 .9786 (1.13 with OpenBLAS)
//
// # What it leaves out
//
// Multi-gate experts: the network that shares its bottom among all heads is not
// better than the linear model in the base world, whose log is small, so nothing
// asks for a network with more to learn. Factors for the ids of people and
// creators, whose products the machine could learn: on the base world they are
// worth less than two per cent of true value over the machine without them, and
// the features already hold a person's rates by topic and by creator.
//
// # Reading order
//
// config.go, model.go, lesson.go, linear.go with ftrl.go, fm.go, mlp.go and
// backprop.go, sampling.go, position.go, watch.go, calibration.go and
// isotonic.go, value.go, preset.go, x2026.go and surrogate.go, ranker.go,
// train.go.
package ranking
