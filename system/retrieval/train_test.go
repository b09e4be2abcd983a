package retrieval

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

// tastes draws examples of people with planted vectors: person i long-views a
// post with probability sigmoid(2 u_i . content).
func tastes(w *world, people, n int) system.Examples {
	d := system.Examples{}
	src := rng.New(5, 0)
	for i := range n {
		u, v := src.Uniforms(testPurpose, 1<<40, uint64(i))
		post := w.catalogue.Post(system.PostID(rng.Index(u, w.catalogue.Len())))
		e := system.Example{Person: system.PersonID(i % people), Post: post.ID}
		taste := unit(int(e.Person))
		if v < num.Sigmoid(2*float64(num.Dot(taste[:], post.Content[:]))) {
			e.Labels = e.Labels.With(system.LongView)
		}
		d.Rows = append(d.Rows, e)
	}
	return d
}

// An example brings information p(1-p)/16 = .014 about each axis, 1,800 of them
// 25: every axis is known to 1/sqrt(25) = .2, all sixteen to .8, beside a planted
// length of 2. The cosine expected is 2/sqrt(2^2 + .8^2) = .93; by chance it
// would be within 1/4. The bound leaves nearly twice the expected angle.
func TestPlantedTastesAreRecovered(t *testing.T) {
	c := DefaultConfig()
	c.Towers.Forget = 0 // planted tastes do not drift
	w := newWorld(c, 4)
	for range 500 {
		w.publish(0)
	}
	_, fit := w.retriever.Begin(tastes(w, 4, 8000))
	a := fit()
	found := a.Payload.(*weights)
	for p := range 4 {
		taste := unit(p)
		cosine := num.Dot(taste[:], found.people[p][:]) / num.Norm(found.people[p][:])
		assert.Greater(t, cosine, float32(.75), "person %d", p)
	}
	assert.Less(t, a.Entropy, 1., "better than the base rate on rows it has not seen")
	assert.True(t, math.IsNaN(a.Baseline), "nothing serves yet")
	assert.Equal(t, 8000, a.Rows, "the newest tenth is learned from, too")
	assert.Zero(t, w.retriever.Version(), "training alone changes nothing that serves")
	assert.Equal(t, newWeights(4, DefaultConfig().Towers).hash(), w.retriever.weights.hash())
}

// What a training starts from is fixed when it begins; a deployment meanwhile
// changes neither its weights nor its baseline.
func TestTrainingUsesWhatWasCapturedAtItsBeginning(t *testing.T) {
	w := newWorld(DefaultConfig(), 2)
	for range 100 {
		w.publish(0)
	}
	data := tastes(w, 2, 1000)
	_, undisturbed := w.retriever.Begin(data)
	_, fit := w.retriever.Begin(data)
	w.retriever.Deploy(w.towers(1))
	a, b := undisturbed(), fit()
	assert.Equal(t, a.Hash, b.Hash)
	assert.True(t, math.IsNaN(b.Baseline))
	_, fit = w.retriever.Begin(data)
	assert.Equal(t, entropy(w.retriever.weights, data.Rows[900:], postsOf(w, data)[900:]), fit().Baseline)
}

// postsOf are the posts of examples, by row.
func postsOf(w *world, data system.Examples) []postOf {
	var out []postOf
	for i := range data.Rows {
		p := w.catalogue.Post(data.Rows[i].Post)
		out = append(out, inTraining(p))
	}
	return out
}

// The doubt about a person stays a covariance, symmetric and positive, over as
// many examples as a year of a heavy user brings: rounding does not add up.
func TestDoubtStaysACovariance(t *testing.T) {
	c := DefaultConfig().Towers
	w := newWeights(1, c)
	src := rng.New(9, 0)
	for i := range 200_000 {
		direction := unit(i % 97)
		u := src.Uniform(testPurpose, 1<<41, uint64(i))
		g := float32(u) - 1
		if i%2 == 0 {
			g = float32(u)
		}
		w.believe(0, &direction, g, 0.25, float32(c.Forget))
	}
	d := &w.doubt[0]
	for i := range system.Dim {
		for j := range i {
			// float32 rounds each of the steps since the entry was last forgotten
			// (some 2,000) by 6e-8 of its size, at most its diagonal's.
			assert.InDelta(t, d[i*system.Dim+j], d[j*system.Dim+i], 1e-3*float64(d[i*system.Dim+i]))
		}
	}
	for n := range 50 {
		v := unit(n)
		var dv vector
		num.DotRows(dv[:], d[:], system.Dim, v[:])
		assert.Positive(t, num.Dot(v[:], dv[:]), "variance in a direction")
	}
}

func TestTheHashCoversEveryWeight(t *testing.T) {
	base := newWeights(2, DefaultConfig().Towers)
	base.grow(3)
	for name, change := range map[string]func(*weights){
		"person":  func(w *weights) { w.people[1][15]++ },
		"content": func(w *weights) { w.content[7]++ },
		"creator": func(w *weights) { w.creators[3]++ },
		"bias":    func(w *weights) { w.bias[0]++ },
	} {
		c := base.clone()
		assert.Equal(t, base.hash(), c.hash())
		change(c)
		assert.NotEqual(t, base.hash(), c.hash(), name)
	}
	assert.Equal(t, newWeights(2, DefaultConfig().Towers).people, base.people, "a clone shares nothing")
}

// What is a long view depends on the length of a post. The towers learn that apart,
// and take it neither for taste nor for a creator's merit.
func TestLengthIsNoTaste(t *testing.T) {
	c := DefaultConfig().Towers
	w := newWeights(4, c)
	w.grow(3)
	src := rng.New(11, 0)
	for i := range 20_000 {
		short := i%2 == 0
		p := postOf{content: unit(i % 500), creator: system.CreatorID(i / 2 % 4), length: 2}
		e, u := system.Example{Person: system.PersonID(i / 2 % 4)}, src.Uniform(testPurpose, 1<<43, uint64(i))
		if short {
			p.length = 1
		}
		if short && u < .8 || !short && u < .2 {
			e.Labels = e.Labels.With(system.LongView)
		}
		w.step(&e, &p, c)
	}
	// 10,000 examples of a class know its log-odds to .025.
	assert.InDelta(t, math.Log(4), w.bias[1], .15)
	assert.InDelta(t, -math.Log(4), w.bias[2], .15)
	for creator := range w.creators {
		assert.InDelta(t, 0, w.creators[creator], .15)
	}
}

// Along one axis the filter is the scalar one: of a prior variance of 1 and f to
// forget, v = 1 + f, an example with gradient g and information i leaves
// v / (1 + i v), and moves the mean by -g v / (1 + i v). The other axes only
// forget.
func TestBeliefAlongOneAxis(t *testing.T) {
	const g, i, f = -0.5, 0.25, 0.125
	w := newWeights(1, DefaultConfig().Towers)
	w.believe(0, &vector{3: 1}, g, i, f)
	v := 1 + f
	const rounding = 1e-6 // a few steps of float32 at 1
	assert.InDelta(t, -g*v/(1+i*v), w.people[0][3], rounding)
	assert.InDelta(t, v/(1+i*v), w.doubt[0][3*system.Dim+3], rounding)
	assert.InDelta(t, v, w.doubt[0][5*system.Dim+5], rounding)
	assert.Zero(t, w.people[0][5])
	assert.Zero(t, w.doubt[0][3*system.Dim+5])
}

// The gate judges what was learned before it saw the newest tenth; afterwards
// that is learned from as well.
func TestNewestRowsAreJudgedBeforeTheyTeach(t *testing.T) {
	w := newWorld(DefaultConfig(), 2)
	for range 50 {
		w.publish(0)
	}
	data := tastes(w, 2, 1000)
	_, fit := w.retriever.Begin(data.Slice(0, 900))
	old := fit().Payload.(*weights)
	_, fit = w.retriever.Begin(data)
	a := fit()
	posts := postsOf(w, data)
	taught := old.clone() // what 810 and then 90 rows taught is what 900 did
	assert.Equal(t, entropy(taught, data.Rows[900:], posts[900:]), a.Entropy)
	for i := 900; i < 1000; i++ {
		taught.step(&data.Rows[i], &posts[i], w.retriever.config.Towers)
	}
	assert.Equal(t, taught.hash(), a.Hash)
}
