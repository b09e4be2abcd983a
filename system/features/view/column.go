package view

import (
	"time"

	"feedloop/sim"
	"feedloop/sim/num"
)

// Column is a feature that a view shows of its counts.
type Column string

// The columns. A rate is by impression and stands as log-odds relative to
// everybody's.
const (
	Volume   Column = "volume"    // logarithm of one plus the impressions, scaled to about 0 to 1
	Play     Column = "play"      // rate of plays
	LongView Column = "long_view" // rate of long views
	Like     Column = "like"      // rate of likes
	Share    Column = "share"     // rate of shares
	Follow   Column = "follow"    // rate of follows of the post's creator
	Hide     Column = "hide"      // rate of "not interested"
	Skip     Column = "skip"      // rate of impressions left within two seconds
	Finish   Column = "finish"    // rate of posts watched to their end
	Watch    Column = "watch"     // mean share of the length that is watched, less everybody's
	Last     Column = "last"      // share watched of the newest impression, less everybody's mean
	Faded    Column = "faded"     // volume, brought forward to the moment of reading
)

// column says how a column is made: of which count, in which shape.
type column struct {
	name  Column
	of    count
	shape shape
}

// shape is what is made of a count.
type shape uint8

const (
	logCount shape = iota
	logOdds
	lessMean
	newest
	atReading
)

var columns = []column{
	{Volume, impressions, logCount}, {Play, plays, logOdds}, {LongView, longViews, logOdds}, {Like, likes, logOdds},
	{Share, shares, logOdds}, {Follow, follows, logOdds}, {Hide, hides, logOdds}, {Skip, skips, logOdds},
	{Finish, finishes, logOdds}, {Watch, watched, lessMean}, {Last, watched, newest}, {Faded, impressions, atReading},
}

// Values lists the columns' names.
func (Column) Values() []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = string(c.name)
	}
	return out
}

// find returns how a column is made.
func (c Column) find() (column, bool) {
	for _, made := range columns {
		if made.name == c {
			return made, true
		}
	}
	return column{}, false
}

// width is how many numbers a column takes in a row. A faded volume is the bare
// number and the moment as of which it is, so that a reader can let it decay.
func (c column) width() int {
	if c.shape == atReading {
		return 2
	}
	return 1
}

// show appends to dst what the column shows of a tally.
func (c column) show(dst []float32, t *Tally, p *Priors, smooth float32) []float32 {
	switch c.shape {
	case logCount:
		return append(dst, float32(num.Log1p(float64(t.N[c.of]))/6))
	case lessMean:
		return append(dst, t.rate(c.of, p.mean[c.of], smooth)-p.mean[c.of])
	case newest:
		return append(dst, t.Last-p.mean[c.of])
	case atReading:
		return append(dst, t.N[c.of], float32(time.Duration(t.At).Seconds()))
	}
	return append(dst, t.odds(c.of, p, smooth))
}

// Fade returns what a faded volume shows at a moment, in seconds: n impressions
// as of another, halved for every half-life that has passed since.
func Fade(n, asOf float32, now sim.Time, halfLife time.Duration) float32 {
	seconds := float64(now) / float64(time.Second)
	left := num.Exp2((float64(asOf) - seconds) / halfLife.Seconds())
	return float32(num.Log1p(float64(float64(n)*left)) / 3)
}
