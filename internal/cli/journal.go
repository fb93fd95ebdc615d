package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/maildoctor/maildoctor/internal/render"
	"github.com/maildoctor/maildoctor/internal/report"
)

// journal is the file of --resume: what a run over many targets has done so far,
// as lines of NDJSON, so that the next one goes on from there.
type journal struct {
	file *os.File
	done map[string][]report.Subject // by target
}

// openJournal reads what was done, and opens the file to go on with it. question
// is what the run asks; a file that answers another question is refused.
func openJournal(name string, r report.Report) (*journal, error) {
	j := &journal{done: map[string][]report.Subject{}}
	text, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, usage("--resume: %w", err)
	}
	whole := bytes.LastIndexByte(text, '\n') + 1 // the last line may be half written
	if err := j.read(name, text[:whole], r.Run.CommandLine); err != nil {
		return nil, err
	}
	if j.file, err = os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		return nil, usage("--resume: %w", err)
	}
	err = j.file.Truncate(int64(whole))
	if err == nil {
		_, err = j.file.Seek(int64(whole), 0)
	}
	if err == nil && whole == 0 {
		err = render.NDJSONRun(j.file, r)
	}
	if err != nil {
		return nil, fmt.Errorf("--resume: %w", err)
	}
	return j, nil
}

func (j *journal) read(name string, text []byte, question string) error {
	n := 0
	for line := range bytes.Lines(text) {
		n++
		var l render.Line
		if err := json.Unmarshal(line, &l); err != nil {
			return usage("--resume: line %d of %q is none of such a file: %s", n, name, jsonTrouble(err))
		}
		switch {
		case n == 1 && (l.Run == nil || l.Run.Schema != report.Schema):
			return usage("--resume: %q was not begun by --resume; name a new file", name)
		case n == 1 && l.Run.CommandLine != question:
			return usage("--resume: %q belongs to another run, %q; this one is %q. Name a new file", name, l.Run.CommandLine, question)
		case l.Subject != nil:
			j.done[l.Target] = append(j.done[l.Target], *l.Subject)
		}
	}
	return nil
}

// add writes what was seen of a target.
func (j *journal) add(target string, subjects []report.Subject) error {
	if j == nil {
		return nil
	}
	var b bytes.Buffer
	for i := range subjects {
		if err := render.NDJSONSubject(&b, render.Line{Target: target, Part: i + 1, Of: len(subjects), Subject: &subjects[i]}, render.Options{Verbose: true}); err != nil {
			return err
		}
	}
	if _, err := j.file.Write(b.Bytes()); err != nil {
		return fmt.Errorf("--resume: %w", err)
	}
	return nil
}

func (j *journal) close() error {
	if j == nil {
		return nil
	}
	return j.file.Close()
}
