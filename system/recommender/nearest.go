package recommender

import (
	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Neighbours is who is most like whom to a recommender, from a training on.
type Neighbours struct {
	At      sim.Time
	Nearest []system.PersonID // by person
}

var likenessPurpose = rng.NewPurpose("recommender.likeness_tie")

// Nearest returns who was most like whom after every training; nothing from a family
// without profiles.
func (f *Feed) Nearest() []Neighbours { return f.near }

// neighbours finds, for everybody, the person whose profile has the highest cosine
// with theirs, equals by chance; none where the family has no profiles, or there is
// nobody else.
func (f *Feed) neighbours(now sim.Time) []Neighbours {
	n := len(f.world.People)
	if n < 2 || f.family.profile(0) == nil {
		return nil
	}
	profiles := make([][]float64, n)
	for i := range profiles {
		profiles[i] = f.family.profile(system.PersonID(i))
	}
	out := Neighbours{At: now, Nearest: make([]system.PersonID, n)}
	for i := range profiles {
		best, luck := -2.0, 0.0
		for j := range profiles {
			if i == j {
				continue
			}
			like := cosine(profiles[i], profiles[j])
			u := f.src.Uniform(likenessPurpose, f.world.People[i].Key, f.trained<<32|uint64(j))
			if like > best || like == best && u > luck {
				best, luck, out.Nearest[i] = like, u, system.PersonID(j)
			}
		}
	}
	return []Neighbours{out}
}
