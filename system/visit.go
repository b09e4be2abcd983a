package system

// Visit is what the log knows of a visit a day after it ended: what was done in
// it, and whether it was worth coming back for.
type Visit struct {
	Person PersonID
	// Did are the labels of every post that was viewed, in their order.
	Did []Labels
	// Returned tells whether the person came back within a day of the last view.
	Returned bool
}
