package retrieval

import "feedloop/system"

// unfit tells whether a post must not be offered to somebody: it was shown
// before, or is in a language that they have not set. No source spends its quota
// on such posts.
func (r *Retriever) unfit(who system.PersonID, id system.PostID) bool {
	return r.seen.Has(who, id) || r.foreign(who, id)
}

// foreign tells whether a post is in a language that somebody has not set.
func (r *Retriever) foreign(who system.PersonID, id system.PostID) bool {
	return r.speaks != nil && !r.speaks[who].Has(r.catalogue.Post(id).Language)
}

// settings keeps the languages that people have set, if any have.
func settings(people []system.Person) []system.Languages {
	var out []system.Languages
	for _, p := range people {
		if p.Languages != 0 && out == nil {
			out = make([]system.Languages, len(people))
		}
		if out != nil {
			out[p.ID] = p.Languages
		}
	}
	return out
}
