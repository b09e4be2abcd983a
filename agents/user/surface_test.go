package user

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim/simtest"
	"feedloop/system"
)

// The published curves, P8.
var curves = map[string]struct {
	curve Curve
	at    func(rank float64) float64
}{
	"SARDINE .85^k":       {Curve{Geometric, 0.85}, func(rank float64) float64 { return math.Pow(0.85, rank-1) }},
	"Chaney rank^-.8":     {Curve{Power, 0.8}, func(rank float64) float64 { return math.Pow(rank, -0.8) }},
	"OBP (1/rank)^eta, 2": {Curve{Power, 2}, func(rank float64) float64 { return math.Pow(1/rank, 2) }},
	"every position":      {Curve{Power, 0}, func(float64) float64 { return 1 }},
}

func TestCurvesAreThePublishedOnes(t *testing.T) {
	for name, c := range curves {
		for i := range 40 {
			assert.InEpsilon(t, c.at(float64(i+1)), c.curve.At(i), 1e-14, "%s, position %d", name, i)
		}
	}
}

// P8. Positions of a list are examined by the curve and independently, whatever
// the length of the page. What is clicked at a position is the curve times the
// relevance, so clicks by impression served inherit the curve; weighted by the
// inverse propensity they show the relevance again, at every position.
func TestListsAreExaminedByTheCurve(t *testing.T) {
	const pages, size = 4000, 8
	for name, c := range curves {
		t.Run(name, func(t *testing.T) {
			config := steady()
			config.Attention.Surface, config.Attention.Curve, config.Attention.Leave = List, c.curve, 50
			config.Choice.Engage, config.Choice.EngageAppeal, config.Choice.Like = -0.5, 0, certain
			a := newApp(config)
			var seen, weighted [size][]float64
			for visit := range uint32(pages) {
				page := a.page(system.Request{Visit: visit})
				for range size {
					page.Items = append(page.Items, system.Item{Post: a.post(0, triedAffinity, tried)})
				}
				who := &a.people.All[0]
				who.visit, who.viewed, who.reported = visit, 0, 0
				left, _ := a.people.watch(who, page, 0)
				require.True(t, left, "whoever leaves does so at the end of the page")
				var met, liked [size]float64
				for _, e := range a.people.events {
					switch e.Kind {
					case system.Viewed:
						met[e.Position]++
					case system.Liked:
						liked[e.Position]++
					}
				}
				for i := range size {
					seen[i] = append(seen[i], met[i])
					weighted[i] = append(weighted[i], liked[i]/c.at(float64(i+1)))
				}
			}
			for i := range size {
				simtest.Agrees(t, seen[i], c.at(float64(i+1)), "examined at %d", i)
				simtest.Agrees(t, weighted[i], odds(-0.5), "relevance by inverse propensity at %d", i)
			}
			products := make([]float64, pages)
			for n := range products {
				products[n] = (seen[1][n] - c.at(2)) * (seen[2][n] - c.at(3))
			}
			simtest.Agrees(t, products, 0, "covariance of neighbours")
		})
	}
}

// On a list the hazard of leaving comes once a page, so that the number of pages
// in a visit is geometric.
func TestAListIsLeftAtTheEndOfAPage(t *testing.T) {
	c := steady()
	c.Count = 400
	c.Attention.Surface, c.Attention.Leave, c.Attention.Mood, c.Attention.Fatigue = List, -1, 0, 0
	c.Return.Churn = -50
	a := newApp(c)
	a.endless(5, tried)
	a.days(3)
	visits := map[visitOf]float64{}
	for _, r := range a.requests {
		visits[visitOf{r.Person, r.Visit}]++
	}
	var pages []float64
	for _, n := range visits { // ordered: a mean does not depend on the order
		pages = append(pages, n)
	}
	simtest.Agrees(t, pages, 1/odds(-1), "pages a visit")
}

// Where nothing tires, the number of posts of a visit is geometric; on a list pages
// are; and fatigue bounds what a delighted person meets.
func TestPostsPerVisit(t *testing.T) {
	c := DefaultConfig()
	c.Attention.Fatigue, c.Attention.Leave = 0, -2
	assert.InDelta(t, 1+math.Exp(2), c.PostsPerVisit(0, 10), 1e-3)
	c.Attention.Mood = 3
	assert.InDelta(t, 1+math.Exp(2+3*0.2), c.PostsPerVisit(0.2, 10), 1e-3)

	c.Attention.Surface, c.Attention.Curve = List, Curve{Form: Geometric, Decay: 0.5}
	assert.InDelta(t, (1+math.Exp(2))*1.75, c.PostsPerVisit(0, 3), 1e-3)
	c.Choice.Rule = Best
	assert.InDelta(t, 1+math.Exp(2), c.PostsPerVisit(0, 3), 1e-3)

	c = DefaultConfig()
	tired := c.PostsPerVisit(5, 10)
	assert.Less(t, tired, float64(viewsPerVisit))
	c.Attention.Fatigue = 0
	assert.InDelta(t, viewsPerVisit, c.PostsPerVisit(5, 10), 1, "the bound of a visit")
}
