package symptom

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"sort"
	"strings"
	"testing"
)

func TestScore(t *testing.T) {
	files := strings.Fields(os.Getenv("SCORE"))
	show := os.Getenv("SHOW")
	type row struct {
		ID, Kind, Stack, Text, Cause, Provider string
		Acceptable                             []string `json:"acceptable_causes"`
	}
	tally := map[string][2]int{}
	top3, mail, falseClaims, neg := 0, 0, 0, 0
	per := map[string][2]int{}
	var misses []string
	for _, f := range files {
		fh, _ := os.Open(f)
		sc := bufio.NewScanner(fh)
		sc.Buffer(nil, 10<<20)
		for sc.Scan() {
			var r row
			if json.Unmarshal(sc.Bytes(), &r) != nil {
				continue
			}
			if os.Getenv("STACK") != "" && r.Stack != os.Getenv("STACK") {
				continue
			}
			got := Read(r.Text)
			first := "nothing"
			var ids []string
			for _, c := range got.Causes {
				ids = append(ids, fmt.Sprintf("%s %.2f #%d", c.ID, c.Confidence, c.Row))
			}
			if len(got.Causes) > 0 {
				first = got.Causes[0].ID
			}
			text := strings.ReplaceAll(r.Text, "\n", " ⏎ ")
			if len(text) > 700 {
				text = text[:450] + " … " + text[len(text)-250:]
			}
			if r.Cause == "not-mail" {
				neg++
				if len(ids) > 0 {
					falseClaims++
					misses = append(misses, fmt.Sprintf("FALSE %s got %v ctx %+v\n    %s", r.ID, ids, got.Context, text))
				}
				continue
			}
			ok := append([]string{r.Cause}, r.Acceptable...)
			good := slices.Contains(ok, first)
			mail++
			for i, c := range got.Causes {
				if i < 3 && slices.Contains(ok, c.ID) {
					top3++
					break
				}
			}
			a := tally[r.Kind]
			b := per[r.Cause]
			a[1]++
			b[1]++
			if good {
				a[0]++
				b[0]++
			} else {
				misses = append(misses, fmt.Sprintf("MISS %s [%s] want %s ~%v got %v ctx %+v\n    %s", r.ID, r.Stack, r.Cause, r.Acceptable, ids, got.Context, text))
			}
			tally[r.Kind] = a
			per[r.Cause] = b
		}
	}
	if show != "" {
		for _, m := range misses {
			fmt.Println(m)
		}
	}
	var keys []string
	for k, v := range per {
		if v[0] < v[1] {
			keys = append(keys, fmt.Sprintf("%d %s %d/%d", v[1]-v[0], k, v[0], v[1]))
		}
	}
	sort.Sort(sort.Reverse(sort.StringSlice(keys)))
	fmt.Println(strings.Join(keys[:min(15, len(keys))], ", "))
	for k, v := range tally {
		fmt.Printf("%s %d/%d = %.1f%%\n", k, v[0], v[1], 100*float64(v[0])/float64(v[1]))
	}
	fmt.Printf("top3 %.1f%%, false %d of %d\n", 100*float64(top3)/float64(max(mail, 1)), falseClaims, neg)
}
