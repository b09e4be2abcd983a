package user

import (
	"math"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
)

var leavePurpose = rng.NewPurpose("user.leave_after_post")

// Receive is the app showing a page. The person watches from the top until the
// end, or until they have had enough.
func (p *People) Receive(page *system.Page) {
	who := &p.All[page.Person]
	current := who.visiting && who.visit == page.Visit && who.page == page.Page
	if !current || p.Frozen {
		p.truth.abandoned.Add(1)
		return
	}
	now := p.kernel.Now()
	waited := now.Sub(who.asked)
	p.annoy(who, page, waited)
	u := p.src.Uniform(patiencePurpose, who.Key, rng.Join(uint64(page.Visit), uint64(page.Page), 32))
	if len(page.Items) == 0 || waited.Seconds() > rng.Exponential(u, p.Config.Attention.Patience.Seconds()) {
		p.truth.abandoned.Add(1)
		p.leave(who)
		return
	}
	p.recover(who, now)
	left, end := p.watch(who, page, now)
	if left {
		p.leave(who)
		p.answer(who)
		if p.Graph != nil && len(p.events) > 0 && !who.bot {
			p.Graph.Parted(page.Person)
		}
	}
	p.Reporter.Report(who.Key, p.events)
	if left {
		return
	}
	who.page++
	p.kernel.At(end, p.askKind, uint32(page.Person), uint64(who.visit))
}

// watch lives through the page; it returns whether the person left before its
// end, and when. The events are in p.events.
func (p *People) watch(who *Person, page *system.Page, start sim.Time) (left bool, end sim.Time) {
	p.open(page)
	at, value := start, float32(0)
	shown, only := 0, -1
	takesOne := p.Config.Choice.Rule == Best
	if takesOne {
		only = p.take(who, page)
	}
	for i := range page.Items {
		switch {
		case takesOne && i != only:
			continue
		case !takesOne && !p.examines(who, &page.Request, i):
			at = at.Add(p.Config.Attention.Scroll) // past it
			continue
		}
		seconds, v := p.view(who, page, i, at)
		at = ahead(at, seconds)
		value += v
		shown++
		who.viewed++
		who.Mood += float32(0.1 * (v - who.Mood))
		if left = p.leavesPost(who); left {
			break
		}
	}
	left = left || p.leavesPage(who)
	who.atSated = start // satiation has not decayed while the page was watched
	p.truth.page(who, shown, float64(value), at.Sub(start))
	p.fold(page, shown, value)
	return left, at
}

// open takes a page into the hand. Posts come from all over the catalogue, which in
// a large world is in no cache: copied at once, they are waited for together and
// not one after the other, which takes a fifth off a day of 100,000 people.
func (p *People) open(page *system.Page) {
	p.events, p.page = p.events[:0], p.page[:0]
	for i := range page.Items {
		p.page = append(p.page, p.posts.Truths[page.Items[i].Post])
	}
}

// fold adds what was shown and how it was met to the people digest.
func (p *People) fold(page *system.Page, shown int, value float32) {
	k := p.kernel
	k.Fold(page.Key<<32 | uint64(page.Visit))
	for i := range page.Items {
		k.Fold(p.page[i].Key<<16 | uint64(i)<<8 | uint64(len(page.Items)))
		k.Fold(uint64(math.Float32bits(page.Items[i].Score)))
	}
	k.Fold(uint64(shown)<<32 | uint64(math.Float32bits(value)))
}

// viewsPerVisit bounds a visit, whatever the hazard: the events of a visit, at
// most eight by post, are numbered in twelve bits.
const viewsPerVisit = 500
