package features

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"feedloop/sim"
	"feedloop/system"
)

// What a reader misses for want of a refresh: a fresh description is what is served
// after one, but for the traces of histories, and it leaves none itself. After a refresh
// there is nothing to miss, whatever else is wrong with the store.
func TestAFreshDescriptionIsTheNextRefresh(t *testing.T) {
	for name, spoil := range map[string]func(*Store){
		"sound": func(*Store) {},
		"wrong defaults": func(s *Store) {
			for _, shelf := range s.all {
				shelf.failures.any, shelf.failures.wrong = true, 0.5
			}
		},
		"another definition": func(s *Store) {
			for _, shelf := range s.all {
				shelf.smoothing, shelf.checked = 3, true
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := DefaultConfig()
			c.Counters.Refresh = sim.Day
			s := newShop(c, nobody{})
			s.crowd(3000, 30*time.Hour)
			s.kernel.Run(sim.Time(31 * time.Hour)) // seven hours after the last refresh
			store := s.store
			spoil(store)
			ask := func(describe func(*system.Query)) []float32 {
				q := &system.Query{Request: system.Request{Person: 2}}
				for post := range system.PostID(20) {
					q.Candidates = append(q.Candidates, system.Candidate{Post: post})
				}
				describe(q)
				return q.Features
			}
			served := ask(func(q *system.Query) { store.Describe(q) })
			counted := reads(store)
			fresh := ask(store.DescribeFresh)
			assert.Equal(t, counted, reads(store), "no read is counted")
			assert.Equal(t, served, ask(func(q *system.Query) { store.Describe(q) }), "what is served has not changed")

			for path := range paths {
				store.refresh(path, s.kernel.Now())
				store.publish(path)
			}
			visible := ask(func(q *system.Query) { store.Describe(q) })
			assert.Equal(t, visible, ask(store.DescribeFresh))
			differs := 0
			for i, column := range slices.Repeat(store.Names(), 20) {
				if !strings.HasPrefix(column, "history.") {
					assert.Equal(t, visible[i], fresh[i], column)
				}
				if served[i] != fresh[i] {
					differs++
				}
			}
			assert.Greater(t, differs, 100, "numbers that were behind")
		})
	}
}

// reads is what readers have found so far.
func reads(s *Store) (n [Statuses]uint64) {
	for _, shelf := range s.all {
		for status, count := range shelf.reads {
			n[status] += count
		}
	}
	return n
}
