package features

// Status says what a reader found in place of a view's columns.
type Status uint8

// The statuses, as of Feast. All but the first serve the view's default.
const (
	Present  Status = iota // a value
	Null                   // a row that knows that there is nothing to tell
	Absent                 // no row, or no answer
	Expired                // a value older than the view's TTL
	Statuses               // their number
)

// String returns the status's name in tables.
func (s Status) String() string {
	return [...]string{"present", "null", "not_found", "out_of_age", "none"}[min(s, Statuses)]
}

// Reads returns for how many views readers were served the default, and how many
// they have looked up.
func (s *Store) Reads() (defaults, all float64) {
	for _, shelf := range s.shelves {
		for status, n := range shelf.reads {
			all += float64(n)
			if Status(status) != Present {
				defaults += float64(n)
			}
		}
	}
	return defaults, all
}
