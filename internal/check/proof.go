package check

import (
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// Proof is what was seen of a server, for those who correct settings: which port
// works in which mode.
func Proof(c *evidence.Case) evidence.Proof {
	f := facts.Of(c)
	p := evidence.Proof{Host: c.Target.Host}
	if f.Mode != target.Unknown && f.Mode != target.NoMode && f.Protocol == "smtp" {
		p.Works = append(p.Works, evidence.Tried{Port: c.Target.Port, Mode: f.Mode})
	}
	for _, t := range elsewhere(f) {
		switch t.Result {
		case report.Works:
			p.Works = append(p.Works, evidence.Tried{Port: t.Port, Mode: t.Mode})
		case report.Fails:
			p.Fails = append(p.Fails, evidence.Tried{Port: t.Port, Mode: t.Mode})
		}
	}
	if len(p.Works) == 0 {
		p.Fails = append(p.Fails, evidence.Tried{Port: c.Target.Port})
	}
	return p
}
