package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"feedloop/scenarios/score"
)

// What a page holds: it must fit a terminal beside nothing else.
const (
	pageLines        = 40
	expectationLines = 8
	metricRows       = 8
	warningLines     = 5
	funnelRows       = 4 // and none where there is no room
)

// render writes a summary as one page of text: what came of the question, the evidence, the doubts, and what to do next. Where
// there is too much, moments give way first, then funnels; summary.json and moments.csv always hold all.
func render(s score.Summary, colour bool) []byte {
	p := palette(colour)
	before := [][]string{head(s, p), expectations(s, p), keyMetrics(s)}
	after := [][]string{warnings(s), nextLine(s)}
	room := pageLines
	for _, section := range slices.Concat(before, after) {
		if len(section) > 0 {
			room -= len(section) + 1 // and a blank line
		}
	}
	kept := funnels(s)
	if len(kept)+1 > room {
		kept = nil
	}
	if len(kept) > 0 {
		room -= len(kept) + 1
	}
	var b strings.Builder
	for _, section := range slices.Concat(before, [][]string{kept, moments(s, room)}, after) {
		if len(section) == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		for _, line := range section {
			b.WriteString(line + "\n")
		}
	}
	return []byte(b.String())
}

// head says what came of it, of what question, and how much was simulated.
func head(s score.Summary, p palette) []string {
	lines := []string{p.verdict(s.Verdict, strings.ToUpper(string(s.Verdict))) + "  " + s.Scenario + ": " + tally(s.Expectations)}
	lines = append(lines, wrapped(s.Question, pageWidth, 2)...)
	lines = append(lines, wrapped(s.Answer, pageWidth, 2)...)
	extent := fmt.Sprintf("%s × %s of %v (warm-up %v), %s requests, seed %d",
		count(len(s.Worlds), "world"), count(s.Replicates, "replicate"), s.Span.Time(), s.Warmup.Time(), grouped(s.Requests), s.Seed)
	if s.Incomplete {
		extent += "; incomplete"
	}
	return append(lines, extent)
}

// tally counts the expectations by what became of them.
func tally(es []score.Expectation) string {
	counts := map[score.Verdict]int{}
	for _, e := range es {
		counts[e.Verdict]++
	}
	if len(es) == 0 {
		return "nothing was expected"
	}
	if counts[score.Held] == len(es) {
		return count(len(es), "expectation") + " held"
	}
	var parts []string
	for _, v := range []score.Verdict{score.Held, score.NotHeld, score.NoData} {
		if n := counts[v]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, map[score.Verdict]string{
				score.Held: "held", score.NotHeld: "did not", score.NoData: "had no data"}[v]))
		}
	}
	return fmt.Sprintf("of %s, %s", count(len(es), "expectation"), strings.Join(parts, ", "))
}

// expectations lists them with what was found. Those that held give way to those that did not.
func expectations(s score.Summary, p palette) []string {
	if len(s.Expectations) == 0 {
		return nil
	}
	kept := slices.Clone(s.Expectations)
	for {
		t := newTable()
		for _, e := range kept {
			t.row("  "+p.verdict(e.Verdict, markOf(e)), subject(e), bound(e), found(e))
		}
		lines := t.lines()
		if len(lines) <= expectationLines || len(kept) == 1 {
			if left := len(s.Expectations) - len(kept); left > 0 {
				lines = append(lines, fmt.Sprintf("  … and %d more in summary.json", left))
			}
			return append([]string{"Expectations"}, lines...)
		}
		last := len(kept) - 1
		for i := last; i >= 0; i-- {
			if kept[i].Verdict == score.Held {
				last = i
				break
			}
		}
		kept = slices.Delete(kept, last, last+1)
	}
}

// markOf is the verdict on an expectation in a word; ~ when more replicates may decide it.
func markOf(e score.Expectation) string {
	if e.Undecided {
		return "~ " + string(e.Verdict)
	}
	return string(e.Verdict)
}

// subject is what an expectation is about.
func subject(e score.Expectation) string {
	return strings.TrimSuffix(e.Metric+", "+strings.TrimSpace(e.World+" "+e.Beside), ", ")
}

// bound is what was expected of it.
func bound(e score.Expectation) string {
	if e.Every != "" {
		return e.Is + " in every " + e.Every
	}
	if e.During != "" {
		return e.Is + " " + e.During
	}
	return e.Is
}

// found is what came out, and when it broke the bound.
func found(e score.Expectation) string {
	switch {
	case e.Verdict == score.NoData:
		return cmp.Or(e.Value.Note, "no data")
	case e.Every == "":
		return within(e.Value, e.Unit)
	case e.Broken == 0:
		return "at worst " + quantity(e.Value.Estimate, e.Unit)
	}
	return fmt.Sprintf("at worst %s, broken in %s of %s, %v to %v",
		quantity(e.Value.Estimate, e.Unit), grouped(int64(e.Broken)), grouped(int64(e.Windows)), e.First, e.Last)
}

// keyMetrics has a column a world, and beside each but the first its paired difference. Worlds that do not fit are left out.
func keyMetrics(s score.Summary) []string {
	if len(s.KeyMetrics) == 0 {
		return nil
	}
	for worlds := len(s.Worlds); ; worlds-- {
		t := metricTable(s, worlds)
		if t.width() > pageWidth && worlds > 1 {
			continue
		}
		lines := t.lines()
		if left := s.Worlds[worlds:]; len(left) > 0 {
			lines = append(lines, "  also in summary.json: "+strings.Join(wrapped(strings.Join(left, ", "), pageWidth-24, 1), ""))
		}
		return lines
	}
}

// metricTable lays the key metrics out for the first few worlds.
func metricTable(s score.Summary, worlds int) *grid {
	header := []string{"Key metrics"}
	for i, w := range s.Worlds[:worlds] {
		header = append(header, w)
		if i > 0 {
			header = append(header, "vs "+shortened(s.Worlds[0], 12))
		}
	}
	t := newTable(header...)
	for i := range header {
		t.right[i] = i > 0
	}
	for _, m := range s.KeyMetrics[:min(metricRows, len(s.KeyMetrics))] {
		row := []string{"  " + m.Name}
		for i := range worlds {
			row = append(row, quantity(at(m.Values, i).Estimate, m.Unit))
			if i > 0 {
				row = append(row, differing(at(m.Differences, i)))
			}
		}
		t.row(row...)
	}
	return t
}

// at is the value of a world, or no data.
func at(values []score.Value, i int) score.Value {
	if i < len(values) {
		return values[i]
	}
	return score.Value{Estimate: math.NaN()}
}

// moments lists what happened when, in so many lines as there is room for, the blank one before included.
func moments(s score.Summary, room int) []string {
	for shown := min(len(s.Moments), room); shown > 0; shown-- {
		t := newTable()
		for _, m := range s.Moments[:shown] {
			often := ""
			if m.Replicates < s.Replicates {
				often = fmt.Sprintf("in %d of %d", m.Replicates, s.Replicates)
			}
			t.row("  "+m.At.String(), m.World, m.Kind, shortened(m.Text, 60), often)
		}
		lines := append([]string{"Moments"}, t.lines()...)
		if left := len(s.Moments) - shown; left > 0 {
			lines = append(lines, fmt.Sprintf("  … and %d more in moments.csv", left))
		}
		if len(lines) < room {
			return lines
		}
	}
	if len(s.Moments) == 0 || room < 2 {
		return nil
	}
	return []string{fmt.Sprintf("Moments: %d, all in moments.csv", len(s.Moments))}
}

// warnings lists reasons for doubt.
func warnings(s score.Summary) []string {
	if len(s.Warnings) == 0 {
		return nil
	}
	lines := []string{"Warnings"}
	for i, w := range s.Warnings {
		text := wrapped(w, pageWidth-2, 2)
		if rest := len(s.Warnings) - i; len(lines)+len(text)+min(1, rest-1) > 1+warningLines {
			return append(lines, fmt.Sprintf("  … and %d more in summary.json", rest))
		}
		for _, line := range text {
			lines = append(lines, "  "+line)
		}
	}
	return lines
}

// nextLine is the command to type now.
func nextLine(s score.Summary) []string {
	if len(s.Next) == 0 {
		return nil
	}
	return []string{"Next: " + s.Next[0]}
}

// wrapped breaks prose into at most so many lines.
func wrapped(prose string, width, lines int) []string {
	if prose == "" {
		return nil
	}
	all := strings.Split(text.WrapSoft(prose, width), "\n")
	if len(all) > lines {
		all = all[:lines]
		all[lines-1] = shortened(all[lines-1]+" …", width)
	}
	for i := range all {
		all[i] = strings.TrimRight(all[i], " ")
	}
	return all
}

// shortened cuts a line that is too wide.
func shortened(line string, width int) string {
	if runes := []rune(line); len(runes) > width {
		return strings.TrimRight(string(runes[:width-1]), " .…") + "…"
	}
	return line
}

// A palette says whether verdicts are coloured.
type palette bool

// verdict colours words by the verdict that they stand for.
func (p palette) verdict(v score.Verdict, words string) string {
	if !p {
		return words
	}
	colour := map[score.Verdict]string{score.Held: "32", score.NotHeld: "31", score.NoData: "33"}[v] // green, red, yellow
	return "\x1b[" + colour + "m" + words + "\x1b[0m"
}
