package system

import "time"

// PersonID is the ordinal of a person within one world. It indexes tables; it
// never addresses luck, which would tie one person's fate to the number of
// people before them. Luck is addressed by [Person.Key].
type PersonID uint32

// Person is what the platform may know about somebody who has signed up: public
// attributes only. Taste, satisfaction and everything else that is true of the
// person stays with the people.
type Person struct {
	ID PersonID
	// Key is the person's stable identity, (cohort, number within the cohort):
	// it survives adding people to other cohorts.
	Key uint64
	// UTCOffset is how far the person's time zone is ahead of UTC, -12h to 14h.
	UTCOffset time.Duration
	// Languages are those set in the app.
	Languages Languages
	// Uploads are the creators as whom the person publishes.
	//
	// Simplification: here nobody who looks uploads; elsewhere many do.
	Uploads []CreatorID
	// Follows are the creators followed at sign-up; later ones arrive as events.
	Follows []CreatorID
	// Friends are the people followed at sign-up: what they share comes to this
	// person. Later changes arrive as events.
	Friends []PersonID
}
