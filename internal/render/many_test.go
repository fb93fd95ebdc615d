package render

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/maildoctor/maildoctor/internal/check"
)

// scales is a writer that weighs what is in use each time that much was written.
type scales struct {
	written, weighed int
	most             uint64
}

func (s *scales) Write(p []byte) (int, error) {
	const often = 1 << 20
	if s.written += len(p); s.written-s.weighed >= often {
		s.weighed = s.written
		s.most = max(s.most, inUse())
	}
	return len(p), nil
}

func inUse() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestManySubjectBySubject: what is written of many subjects is not in memory all at
// once. It runs by itself, for it measures all that the process has in use.
func TestManySubjectBySubject(t *testing.T) {
	r := load(t, "many")
	r.Catalogue = check.Pages()
	some := r.Subjects
	r.Subjects = nil
	for i := range 300 {
		s := some[i%len(some)]
		s.Name = fmt.Sprintf("mail%d.example.org:587", i)
		r.Subjects = append(r.Subjects, s)
	}
	for _, name := range []string{"junit", "ndjson"} {
		f, _ := ByName(name)
		before, w := inUse(), &scales{}
		if err := f.Write(w, r, Options{Verbose: true}); err != nil {
			t.Fatal(err)
		}
		used := int(max(w.most, before) - before)
		if w.weighed == 0 || used > w.written/4 {
			t.Errorf("%s: %d bytes in use to write %d, want a part of it", name, used, w.written)
		}
	}
	runtime.KeepAlive(r)
}
