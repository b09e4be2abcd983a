package reranking

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
)

// arrangements are ways to make a page.
var arrangements = []struct {
	name   string
	change func(*Config)
}{
	{"base", func(*Config) {}},
	{"filters", func(c *Config) { *c = strict(); c.AuthorSpacing, c.Exploration = 3, .02 }},
	{"mmr", func(c *Config) { c.Diversity = MMR }},
	{"dpp", func(c *Config) { c.Diversity = DPP }},
	{"thompson", func(c *Config) { c.Explorer = Thompson }},
}

// crowded is a reranker with 300 candidates by 150 creators.
func crowded(change func(*Config)) (*Reranker, *system.Query) {
	c := DefaultConfig()
	change(&c)
	const candidates = 300
	creators, scores := make([]system.CreatorID, candidates), make([]float32, candidates)
	src := rng.New(1, 0)
	for i := range creators {
		creators[i] = system.CreatorID(i / 2)
		scores[i] = float32(src.Uniform(explorePurpose, 1, uint64(i)))
	}
	q, catalogue := page(creators, scores)
	for i := range candidates {
		content := &catalogue.Post(system.PostID(i)).Content
		for k := range content {
			content[k] = float32(src.Uniform(explorePurpose, uint64(i)+2, uint64(k))) / 2
		}
	}
	return NewReranker(sim.New(sim.Options{}), c, src, catalogue, &system.Seen{}, []system.Person{{}}), q
}

// BenchmarkArrange makes pages of ten.
func BenchmarkArrange(b *testing.B) {
	for _, x := range arrangements {
		b.Run(x.name, func(b *testing.B) {
			r, q := crowded(x.change)
			b.ReportAllocs()
			for b.Loop() {
				q.Visit++
				r.Arrange(q, 10)
			}
		})
	}
}

func TestArrangingDoesNotAllocate(t *testing.T) {
	for _, x := range arrangements {
		r, q := crowded(x.change)
		assert.Zero(t, testing.AllocsPerRun(100, func() {
			q.Visit++
			r.Arrange(q, 10)
		}), x.name)
	}
}
