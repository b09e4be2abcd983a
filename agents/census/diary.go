package census

import (
	"strconv"
	"strings"

	"feedloop/sim/record"
	"feedloop/system"
)

// Diary is which posts each of many people took, and on which days.
type Diary struct {
	days  [][]int
	posts [][]uint64 // keys
}

// NewDiary returns the empty diary of some people.
func NewDiary(people int) *Diary {
	return &Diary{days: make([][]int, people), posts: make([][]uint64, people)}
}

// Add notes that somebody took the post with this key. Days must not fall.
func (d *Diary) Add(person system.PersonID, day int, post uint64) {
	d.days[person] = append(d.days[person], day)
	d.posts[person] = append(d.posts[person], post)
}

// Table writes the diary, a row by person: the days, and the keys of the posts.
func (d *Diary) Table() record.Table {
	t := record.Table{Name: "diary", Columns: []string{"person", "days", "posts"}}
	for i := range d.days {
		days, posts := make([]string, len(d.days[i])), make([]string, len(d.posts[i]))
		for k := range days {
			days[k], posts[k] = strconv.Itoa(d.days[i][k]), strconv.FormatUint(d.posts[i][k], 10)
		}
		t.Add(i, strings.Join(days, " "), strings.Join(posts, " "))
	}
	return t
}
