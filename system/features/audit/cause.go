package audit

// Cause is why a served value is not what an undisturbed store would have served.
type Cause uint8

// The causes.
const (
	None       Cause = iota // it is
	Late                    // the store counted events, or a batch landed, after the refresh that should have shown them, or its watermark was behind
	Lost                    // the store never counted events that the log holds, or did not answer
	Duplicated              // the store counted events more than once
	TTL                     // a value older than its TTL was served, or too old to tell anything
	Default                 // another default than the declared one was served
	Version                 // another definition made the row
	Backfill                // a batch row knows what happened after its data should have ended
	Unknown                 // none of these explains it
	Causes                  // their number
)

// String returns the cause's name in tables.
func (c Cause) String() string {
	return [...]string{"none", "late", "lost", "duplicated", "ttl", "default", "version", "backfill", "unknown", ""}[min(c, Causes)]
}
