package ranking

import (
	"fmt"
	"math"

	"feedloop/system"
	"feedloop/system/evaluate"
)

// Name of the artefact.
func (r *Ranker) Name() string { return "ranker" }

// Begin implements [system.Trainable]: one pass over the data in the order in
// which the impressions closed, warm-started from the model that serves. Each
// tenth is first predicted and then learned from, so that no example is spent on
// evaluation alone: the newest for the gate, the newest half for the calibration
// layer. The gate sees the layer that was fitted before, because one cannot be
// judged on the rows it was fitted to.
func (r *Ranker) Begin(data system.Examples) (flops float64, fit func() system.Artefact) {
	if data.Width != r.width {
		panic(fmt.Sprintf("ranking: training data of width %d for a model of width %d", data.Width, r.width))
	}
	serving := r.serving
	start := &predictor{}
	if serving != nil {
		*start = *serving
		start.model = serving.clone()
	} else {
		start.model, start.layer = newModel(r.config, r.src, r.width), newLayer(float64(r.config.Negatives))
		if r.config.Calibration == Raw {
			start.layer = newLayer(1)
		}
	}
	switch {
	case r.config.Position != Examined:
	case start.looked == nil:
		start.looked = newExamination()
	default:
		looked := *start.looked
		start.looked = &looked
	}
	_, work := start.work()
	return float64(len(data.Rows)) * float64(work), func() system.Artefact { return r.fit(data, start, serving) }
}

// fit trains start. It may run beside the loop: serving is only read.
func (r *Ranker) fit(data system.Examples, start, serving *predictor) system.Artefact {
	l := &lesson{Examples: data, take: sampling{r.src, float64(r.config.Negatives)}, looked: start.looked}
	if start.outputs() > heads {
		l.watch = r.config.Watch.labels(data.Rows)
	}
	n := len(data.Rows)
	way := r.config.Calibration
	fitted := way == Platt || way == Isotonic
	half, hold := n-n/2, n-n/10
	if !fitted {
		half = hold
	}
	start.learn(l.slice(0, half))
	fresh := &holdout{}
	for from := half; from < hold; {
		to := min(from+max(n/10, 1), hold)
		fresh.add(start, l.slice(from, to))
		start.learn(l.slice(from, to))
		from = to
	}
	newest := l.slice(hold, n)
	a := system.Artefact{Name: r.Name(), Rows: len(data.Rows), Entropy: entropy(start, newest.Examples), Baseline: math.NaN()}
	if serving != nil {
		a.Baseline = entropy(serving, newest.Examples)
	}
	if fitted {
		fresh.add(start, newest)
		start.calibrate(way, fresh)
	}
	start.learn(newest)
	if start.looked != nil {
		start.look(data)
	}
	for i := range data.Rows {
		start.met |= data.Rows[i].Labels
	}
	if aim := presets[r.config.Value.Preset].aim; aim != nil {
		for i := range data.Visits {
			start.visits.add(&data.Visits[i], aim)
		}
	}
	if math.IsNaN(entropy(start, newest.Examples)) {
		a.Entropy = math.NaN() // it diverged on the last rows: no gate lets this through
	}
	a.Hash, a.Payload = start.hash(), start
	return a
}

// hash covers all that decides a prediction, in the log as on a page.
func (p *predictor) hash() uint64 {
	h := p.layer.hash(p.model.hash())
	if p.looked != nil {
		h = fold(h, p.looked.chance[:])
	}
	if p.visits.n > 0 {
		var weights [most]float64
		p.visits.weigh(&weights)
		for _, w := range weights {
			h = fold(h, []float32{float32(w)})
		}
	}
	return h
}

// holdout is what a model says, in log-odds, of rows that it has not learned
// from, and what came true, by output.
type holdout struct{ z, y [most][]float64 }

// add takes rows. Where positions are examined it takes those of the first one:
// what came true there is not mixed with where people look.
func (o *holdout) add(p *predictor, l *lesson) {
	outputs := p.outputs()
	all := make([]float32, len(l.Rows)*outputs)
	p.logits(all, l.Features, len(l.Rows), &scratch{})
	for i := range l.Rows {
		e := &l.Rows[i]
		if p.looked != nil && e.Position > 0 {
			continue
		}
		for h := range outputs {
			y := float32(0)
			if h == watch {
				y = l.watch[i]
			} else {
				y = e.Labels.Of(system.Head(h))
			}
			o.z[h], o.y[h] = append(o.z[h], float64(all[i*outputs+h])), append(o.y[h], float64(y))
		}
	}
}

// calibrate fits the layer to a hold-out.
func (p *predictor) calibrate(way Calibration, fresh *holdout) {
	if len(fresh.z[0]) == 0 {
		return
	}
	for h := range p.outputs() {
		p.layer.fit(way, h, fresh.z[h], fresh.y[h])
	}
	p.layer.remember(len(fresh.z[0]))
}

// look brings the chances that positions are looked at up to date.
func (p *predictor) look(data system.Examples) {
	all := make([]float32, len(data.Rows)*p.outputs())
	p.predict(all, data.Features, len(data.Rows), &scratch{})
	p.looked.estimate(data.Rows, all, p.outputs())
}

// entropy is the normalised entropy of the long-view head: of the probability
// that the post was looked at and viewed long.
func entropy(p *predictor, data system.Examples) float64 {
	var ne evaluate.Entropy
	outputs := p.outputs()
	all := make([]float32, len(data.Rows)*outputs)
	p.predict(all, data.Features, len(data.Rows), &scratch{})
	for i := range data.Rows {
		e := &data.Rows[i]
		chance := float64(all[i*outputs+int(system.LongView)])
		if p.looked != nil {
			chance *= float64(p.looked.chance[e.Position])
		}
		ne.Add(chance, e.Labels.Has(system.LongView))
	}
	return ne.Normalized()
}

// Deploy implements [system.Trainable].
func (r *Ranker) Deploy(a *system.Artefact) {
	r.serving, r.version = a.Payload.(*predictor), a.Version
	r.value = r.config.Value.valuation(&r.serving.visits).among(r.serving.met)
	r.valued = r.value.version()
}
