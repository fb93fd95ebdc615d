package cli

import (
	"fmt"
	"sync"
)

// progress is the one line on a terminal that says what is being done. It is
// silent where standard error is not a terminal, and with --plain: a screen reader
// would read out every change of it.
type progress struct {
	sys   *Sys
	width int
	on    bool
	mu    sync.Mutex
	shown bool
}

func newProgress(sys *Sys, plain bool) *progress {
	p := &progress{sys: sys}
	p.width, p.on = terminal(sys.Stderr)
	p.on = p.on && !plain && sys.Getenv("TERM") != "dumb" && sys.Getenv("CI") == ""
	return p
}

func (p *progress) say(text string) {
	if !p.on {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if limit := max(p.width, 40) - 1; len(text) > limit {
		text = text[:limit]
	}
	p.shown = true
	fmt.Fprintf(p.sys.Stderr, "\r\x1b[K%s", text)
}

func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		fmt.Fprint(p.sys.Stderr, "\r\x1b[K")
	}
}
