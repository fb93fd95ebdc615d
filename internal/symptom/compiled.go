package symptom

import (
	"strings"
	"sync"
)

// compiled is the table made ready for matching, once.
type compiled struct {
	index
	rows []compiledRow
	kind []topic // by phrase; level 0 for phrases that say nothing about the topic
	link map[int]bool
	at   map[int]stage
	// by phrase, the first that is there wins
	stacks, providers []naming
}

// naming is a phrase that gives a library or a provider away.
type naming struct {
	phrase int
	name   string
}

type compiledRow struct{ any, with, not []int }

var table = sync.OnceValue(func() *compiled {
	c := &compiled{link: map[int]bool{}, at: map[int]stage{}}
	for i := range Rows {
		r := &Rows[i]
		c.rows = append(c.rows, compiledRow{any: c.all(r.Any), with: c.all(r.With), not: c.all(r.Not)})
	}
	topicOf := map[int]topic{}
	for _, t := range topics {
		topicOf[c.add(t.says)] = t
	}
	for _, l := range links {
		c.link[c.add(l)] = true
	}
	for _, s := range stageNames {
		c.at[c.add(s.says)] = s.stage
	}
	for _, s := range stacks {
		c.stacks = append(c.stacks, naming{c.add(s.says), s.stack})
	}
	for _, w := range wordings {
		c.providers = append(c.providers, naming{c.add(w.says), w.provider})
	}
	c.kind = make([]topic, len(c.phrases))
	for id, t := range topicOf {
		c.kind[id] = t
	}
	return c
})

func (c *compiled) all(patterns []string) []int {
	var out []int
	for _, p := range patterns {
		out = append(out, c.add(strings.ToLower(p)))
	}
	return out
}
