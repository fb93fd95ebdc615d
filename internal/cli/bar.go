package cli

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// bar shows on a terminal how far a run over many targets has come, at what rate
// and how long it will take. It is silent where progress is.
type bar struct{ p *progressbar.ProgressBar }

func newBar(sys *Sys, total int, plain bool) *bar {
	if !newProgress(sys, plain).on {
		return &bar{}
	}
	return &bar{progressbar.NewOptions(total,
		progressbar.OptionSetWriter(sys.Stderr),
		progressbar.OptionSetWidth(24),
		progressbar.OptionSetTheme(progressbar.ThemeASCII),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetItsString("targets"),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)}
}

func (b *bar) step() {
	if b.p != nil {
		_ = b.p.Add(1) // a bar that cannot be drawn is no reason to stop
	}
}

// clear makes place for a line; the next step draws the bar again.
func (b *bar) clear() {
	if b.p != nil {
		_ = b.p.Clear()
	}
}
