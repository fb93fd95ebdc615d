//go:build e2e && linux

package e2e

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// binary is the maildoctor under test; make e2e builds it.
var binary = flag.String("maildoctor", "../../maildoctor", "path of the maildoctor binary under test")

// TestMain pins the main thread: the servers ask the kernel to be killed when
// the thread that started them ends (prctl PR_SET_PDEATHSIG), so they end with
// the test however it ends.
func TestMain(m *testing.M) {
	runtime.LockOSThread()
	flag.Parse()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	if err := start(); err != nil {
		var missing *cannotRun
		if errors.As(err, &missing) && os.Getenv("CI") != "true" {
			fmt.Println("SKIP: e2e:", err)
			return 0
		}
		fmt.Println("FAIL: e2e:", err)
		return 1
	}
	defer stop()
	return m.Run()
}

// cannotRun says that this machine cannot run the servers at all. In CI that is
// a failure; elsewhere the suite is skipped.
type cannotRun struct{ reason string }

func (e *cannotRun) Error() string { return e.reason }

// running is the box all tests share; start fills it, stop ends it.
var running struct {
	box *box
	pki *authority
	dir string
}

func start() error {
	bin, err := filepath.Abs(*binary)
	if err != nil {
		return err
	}
	if _, err := os.Stat(bin); err != nil {
		return fmt.Errorf("no binary to test, run make build first: %w", err)
	}
	*binary = bin
	if os.Geteuid() != 0 {
		return &cannotRun{"the servers need root to change root and user"}
	}
	tree, err := packageTree()
	if err != nil {
		return err
	}
	if running.dir, err = os.MkdirTemp("", "maildoctor-e2e-"); err != nil {
		return err
	}
	if err := startBox(tree); err != nil {
		stop()
		return err
	}
	return nil
}

func startBox(tree string) (err error) {
	if running.pki, err = newAuthority(running.dir); err != nil {
		return fmt.Errorf("make certificates: %w", err)
	}
	if err := assign(cases); err != nil {
		return err
	}
	running.box, err = newBox(tree, running.dir, cases)
	return err
}

func stop() {
	if running.box != nil {
		running.box.stop()
	}
	os.RemoveAll(running.dir)
}
