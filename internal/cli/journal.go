package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"sync"
	"time"

	"github.com/maildoctor/maildoctor/internal/render"
	"github.com/maildoctor/maildoctor/internal/report"
)

// journal is the file of --resume: what a run over many targets has done so far,
// as lines of NDJSON, so that the next one goes on from there. A nil journal
// remembers nothing.
type journal struct {
	name  string
	head  report.Report // of the first line: the version, and what the run asks
	size  int64         // when it was read
	whole int64         // bytes up to the end of the last whole line

	mu   sync.Mutex
	file *os.File
	done map[string][]report.Subject // by target and what was asked of it
}

// readJournal reads what was done; nil where no file is named. A file that another
// version wrote, or that answers other flags, is refused. Nothing is written yet.
func readJournal(sys *Sys, name, failOn string, r run) (*journal, error) {
	if name == "" {
		return nil, nil
	}
	j := &journal{name: name, done: map[string][]report.Subject{}}
	j.head = report.Report{Schema: report.Schema, Tool: report.Tool{Name: "maildoctor", Version: sys.version()}, Command: r.command}
	j.head.Run.Here, j.head.Run.FailOn = r.here, failOn
	j.head.Run.CommandLine = arguments(r, "file", "jobs", "resume", "format", "output", "color", "verbose", "plain", "fail-on", "total-timeout", "config", "no-config", "baseline", "write-baseline")
	if info, err := os.Stat(name); name == "-" || err == nil && !info.Mode().IsRegular() {
		return nil, usage("--resume: %q is no file that can be gone on with", name)
	} else if out, ok := sys.Stdout.(*os.File); ok && err == nil {
		if to, err := out.Stat(); err == nil && os.SameFile(info, to) {
			return nil, usage("--resume and the standard output are the same file %q", name)
		}
	}
	text, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, usage("--resume: %w", err)
	}
	j.size = int64(len(text))
	j.whole = int64(bytes.LastIndexByte(text, '\n') + 1) // the last line may be half written
	if j.whole == 0 && len(text) > 0 {
		return nil, j.foreign()
	}
	return j, j.read(text[:j.whole])
}

func (j *journal) foreign() error {
	return usage("--resume: %q was not begun by --resume; name a new file", j.name)
}

func (j *journal) read(text []byte) error {
	n, parts := 0, map[string]int{}
	for line := range bytes.Lines(text) {
		n++
		var l render.Line
		if err := json.Unmarshal(line, &l); err != nil {
			return usage("--resume: line %d of %q is none of such a file: %s", n, j.name, jsonTrouble(err))
		}
		switch {
		case n == 1:
			if err := j.begins(l.Run); err != nil {
				return err
			}
		case l.Subject != nil:
			key := l.Target + "\x00" + l.Asked
			if l.Part == 1 {
				j.done[key] = nil
			}
			j.done[key], parts[key] = append(j.done[key], *l.Subject), l.Of
		}
	}
	maps.DeleteFunc(j.done, func(key string, subjects []report.Subject) bool { return len(subjects) != parts[key] }) // half written
	return nil
}

// begins compares the first line with this run.
func (j *journal) begins(l *render.RunLine) error {
	switch {
	case l == nil || l.Schema != report.Schema:
		return j.foreign()
	case l.Tool != j.head.Tool:
		return usage("--resume: %q was written by %s %s, and this is %s, which may judge otherwise; name a new file", j.name, l.Tool.Name, l.Tool.Version, j.head.Tool.Version)
	case l.CommandLine != j.head.Run.CommandLine:
		return usage("--resume: %q belongs to another run, %q; this one is %q. Name a new file", j.name, l.CommandLine, j.head.Run.CommandLine)
	}
	return nil
}

// open opens the file to go on with it.
func (j *journal) open(started time.Time) error {
	if j == nil {
		return nil
	}
	f, err := os.OpenFile(j.name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return usage("--resume: %w", err)
	}
	if err := j.takeOver(f, started); err != nil {
		f.Close()
		return err
	}
	j.file = f
	return nil
}

// takeOver makes the file this run's own, without what was written by half.
func (j *journal) takeOver(f *os.File, started time.Time) error {
	if err := lock(f); err != nil {
		return usage("--resume: another run writes %q; name a file of its own for each", j.name)
	}
	if info, err := f.Stat(); err == nil && info.Size() != j.size {
		return usage("--resume: another run has written %q meanwhile; begin again", j.name)
	}
	err := f.Truncate(j.whole)
	if err == nil {
		_, err = f.Seek(j.whole, io.SeekStart)
	}
	if err == nil && j.whole == 0 {
		j.head.Run.Started = started
		err = render.NDJSONRun(f, j.head)
	}
	if err != nil {
		return fmt.Errorf("--resume: %w", err)
	}
	return nil
}

// asked is what was asked of a target beside the flags: how its client is set, and
// what is expected of it. The project file may say otherwise another time.
func asked(v visit) string {
	text, _ := json.Marshal([]any{v.Mode, v.expect}) // maps are written in the order of their keys
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// count is how many of the visits were made before.
func (j *journal) count(visits []visit) (n int) {
	if j == nil {
		return 0
	}
	for _, v := range visits {
		if j.done[v.Typed+"\x00"+asked(v)] != nil {
			n++
		}
	}
	return n
}

// take gives out what was seen of a target before; nil where it was not looked at.
func (j *journal) take(v visit) []report.Subject {
	if j == nil {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	key := v.Typed + "\x00" + asked(v)
	subjects := j.done[key]
	delete(j.done, key)
	return subjects
}

// add writes what was seen of a target, all of it at once.
func (j *journal) add(v visit, subjects []report.Subject) error {
	if j == nil {
		return nil
	}
	text, err := lines(render.Line{Target: v.Typed, Asked: asked(v)}, subjects, render.Options{Verbose: true})
	if err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if _, err := j.file.Write(text); err != nil {
		return fmt.Errorf("--resume: %w", err)
	}
	return nil
}

func (j *journal) close() error {
	if j == nil || j.file == nil {
		return nil
	}
	return j.file.Close()
}
