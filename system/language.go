package system

// Language is the number of a language in the world's list.
type Language uint8

// Languages is a set of languages: those that somebody has set in their app.
type Languages uint32

// With returns the set with l added.
func (ls Languages) With(l Language) Languages { return ls | 1<<l }

// Has tells whether l is in the set.
func (ls Languages) Has(l Language) bool { return ls&(1<<l) != 0 }
