package cli

import (
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// bar shows on a terminal how far a run over many targets has come, at what rate
// and how long it will take. It is silent where progress is; the zero value shows
// nothing.
type bar struct {
	p    *progressbar.ProgressBar
	stop func()
}

// redraw is how often the bar is drawn while nothing comes.
const redraw = time.Second

func newBar(sys *Sys, total int, plain bool) *bar {
	if !newProgress(sys, plain).on {
		return &bar{}
	}
	p := progressbar.NewOptions(total,
		progressbar.OptionSetWriter(sys.Stderr),
		progressbar.OptionSetWidth(24),
		progressbar.OptionSetTheme(progressbar.ThemeASCII),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetItsString("targets"),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)
	b := &bar{p: p}
	b.stop = b.tick()
	return b
}

// tick draws the bar again and again, so that its clock goes on.
func (b *bar) tick() (stop func()) {
	ticker, done := time.NewTicker(redraw), make(chan struct{})
	var ended sync.WaitGroup
	ended.Go(func() {
		for {
			select {
			case <-ticker.C:
				_ = b.p.RenderBlank()
			case <-done:
				return
			}
		}
	})
	return func() { ticker.Stop(); close(done); ended.Wait() }
}

func (b *bar) step() {
	if b.p != nil {
		_ = b.p.Add(1) // a bar that cannot be drawn is no reason to stop
	}
}

// clear makes place for a line; the bar is drawn again soon.
func (b *bar) clear() {
	if b.p != nil {
		_ = b.p.Clear()
	}
}

// end takes the bar away.
func (b *bar) end() {
	if b.p != nil {
		b.stop()
		b.clear()
	}
}
