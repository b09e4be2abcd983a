package record

import (
	"fmt"
	"slices"
	"strconv"

	"feedloop/sim"
)

// ownSheets are the names that a table cannot have.
var ownSheets = []string{"series", "totals", "moments", "checkpoints"}

// sheets lists the CSV files of a run whose manifest is complete.
func (run *Run) sheets() []sheet {
	names := make([]string, len(run.Manifest.Metrics))
	for i, m := range run.Manifest.Metrics {
		names[i] = m.Name
	}
	sheets := []sheet{seriesSheet(names), totalsSheet(names), momentsSheet(), checkpointsSheet()}
	for _, shape := range run.Manifest.Tables {
		sheets = append(sheets, tableSheet(shape))
	}
	return sheets
}

// seriesSheet is series.csv: a row for each window, from (exclusive) to
// (inclusive), in seconds since the start.
func seriesSheet(metrics []string) sheet {
	return sheet{
		name:    "series",
		columns: append([]string{"start_seconds", "end_seconds"}, metrics...),
		rows: func(r *Result, emit func(...string)) {
			cells := make([]string, 2+len(metrics))
			for i, end := range r.Series.End {
				cells[0], cells[1] = formatSeconds(r.Series.Start(i)), formatSeconds(end)
				for j, column := range r.Series.Columns {
					cells[2+j] = formatFloat(column[i])
				}
				emit(cells...)
			}
		},
		take: func(r *Result, cells []string) error {
			start, err := parseSeconds(cells[0])
			if err != nil {
				return err
			}
			end, err := parseSeconds(cells[1])
			if err != nil {
				return err
			}
			if start != r.Series.Start(len(r.Series.End)) || end <= start {
				return fmt.Errorf("the window from %v to %v does not follow the one before", start, end)
			}
			r.Series.End = append(r.Series.End, end)
			for j, cell := range cells[2:] {
				x, err := parseFloat(cell)
				if err != nil {
					return fmt.Errorf("%s: %w", metrics[j], err)
				}
				r.Series.Columns[j] = append(r.Series.Columns[j], x)
			}
			return nil
		},
	}
}

// totalsSheet is totals.csv: one row for each result, over all measured
// windows.
func totalsSheet(metrics []string) sheet {
	return sheet{
		name:    "totals",
		columns: metrics,
		rows: func(r *Result, emit func(...string)) {
			cells := make([]string, len(metrics))
			for i, x := range r.Totals {
				cells[i] = formatFloat(x)
			}
			emit(cells...)
		},
		take: func(r *Result, cells []string) error {
			for i, cell := range cells {
				x, err := parseFloat(cell)
				if err != nil {
					return fmt.Errorf("%s: %w", metrics[i], err)
				}
				r.Totals[i] = x
			}
			return nil
		},
	}
}

// momentsSheet is moments.csv: what happened when.
func momentsSheet() sheet {
	return sheet{
		name:    "moments",
		columns: []string{"seconds", "kind", "text"},
		rows: func(r *Result, emit func(...string)) {
			for _, m := range r.Moments {
				emit(formatSeconds(m.At), m.Kind, m.Text)
			}
		},
		take: func(r *Result, cells []string) error {
			at, err := parseSeconds(cells[0])
			r.Moments = append(r.Moments, Moment{At: at, Kind: cells[1], Text: cells[2]})
			return err
		},
	}
}

// checkpointsSheet is checkpoints.csv: the digests along the way, which show
// the stretch of events in which a later run first differs.
func checkpointsSheet() sheet {
	return sheet{
		name:    "checkpoints",
		columns: []string{"delivered", "seconds", "events", "people"},
		rows: func(r *Result, emit func(...string)) {
			for _, c := range r.Trail {
				emit(strconv.FormatUint(c.Delivered, 10), formatSeconds(c.At), c.Events.String(), c.People.String())
			}
		},
		take: func(r *Result, cells []string) error {
			var c sim.Checkpoint
			var err error
			if c.Delivered, err = strconv.ParseUint(cells[0], 10, 64); err != nil {
				return err
			}
			if c.At, err = parseSeconds(cells[1]); err != nil {
				return err
			}
			if err := c.Events.UnmarshalText([]byte(cells[2])); err != nil {
				return err
			}
			if err := c.People.UnmarshalText([]byte(cells[3])); err != nil {
				return err
			}
			r.Trail = append(r.Trail, c)
			return nil
		},
	}
}

// tableSheet is the file of an extra table.
func tableSheet(shape Table) sheet {
	return sheet{
		name:    shape.Name,
		columns: shape.Columns,
		rows: func(r *Result, emit func(...string)) {
			t, _ := r.Table(shape.Name)
			for _, row := range t.Rows {
				emit(row...)
			}
		},
		take: func(r *Result, cells []string) error {
			if n := len(r.Tables); n == 0 || r.Tables[n-1].Name != shape.Name {
				r.Tables = append(r.Tables, shape)
			}
			t := &r.Tables[len(r.Tables)-1]
			t.Rows = append(t.Rows, slices.Clone(cells))
			return nil
		},
	}
}
