//go:build e2e && linux

package e2e

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"embed"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

//go:embed testdata/boot.sh testdata/start.sh
var scripts embed.FS

// startTime bounds how long the servers may take until each of them answers.
const startTime = time.Minute

// box is the set of running servers: one process tree in namespaces of its own.
type box struct {
	cmd  *exec.Cmd
	out  bytes.Buffer
	logs string
	mail string        // a directory for each server that delivers, with a Maildir for each mailbox
	done chan struct{} // closed when process 1 has ended
}

// newBox writes the configuration of every server below dir, starts them, and
// waits until each endpoint answers as its kind does.
func newBox(tree, dir string, cases []*endpoint) (*box, error) {
	conf := map[string][]byte{
		"etc/postfix/main.cf":      []byte(postfixMain),
		"etc/postfix/master.cf":    postfixMaster(cases),
		"etc/exim4/exim4.conf":     eximConf(cases),
		"etc/exim4/by-address":     eximByAddress(cases),
		"etc/smtpd.conf":           opensmtpdConf(cases),
		"etc/dovecot/dovecot.conf": dovecotConf(cases),
		"etc/dovecot/oauth2.conf":  []byte(dovecotOAuth2),
	}
	maps.Copy(conf, running.pki.files)
	maps.Copy(conf, accountFiles())
	script, err := scripts.ReadFile("testdata/start.sh")
	if err != nil {
		return nil, err
	}
	conf["start.sh"] = script
	for name, content := range conf {
		path := filepath.Join(dir, "conf", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return nil, err
		}
	}
	b := &box{logs: filepath.Join(dir, "logs"), mail: filepath.Join(dir, "mail"), done: make(chan struct{})}
	if err := b.start(tree, dir); err != nil {
		return nil, err
	}
	if err := b.await(cases); err != nil {
		b.stop()
		return nil, fmt.Errorf("%w\n%s", err, b.complaints())
	}
	return b, nil
}

func (b *box) start(tree, dir string) error {
	for _, name := range []string{"box", "logs", "mail"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			return err
		}
	}
	boot, err := scripts.ReadFile("testdata/boot.sh")
	if err != nil {
		return err
	}
	b.cmd = exec.Command("/bin/sh", "-c", string(boot), "boot.sh", tree, dir)
	b.cmd.Stdout, b.cmd.Stderr = &b.out, &b.out
	b.cmd.WaitDelay = time.Second
	b.cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWPID | syscall.CLONE_NEWNS | syscall.CLONE_NEWIPC | syscall.CLONE_NEWUTS,
		Pdeathsig:  syscall.SIGKILL,
	}
	if err := b.cmd.Start(); err != nil {
		return &cannotRun{fmt.Sprintf("the servers need namespaces of their own, and this machine refuses them: %v", err)}
	}
	go func() {
		b.cmd.Wait() // its error is the signal that stop sent
		close(b.done)
	}()
	return nil
}

// stop ends the box and waits for it: the kernel kills every process of a pid
// namespace with its first one.
func (b *box) stop() {
	b.cmd.Process.Kill()
	<-b.done
}

// complaints is what the box and the servers said, for a failure message.
func (b *box) complaints() string {
	said := "box: " + b.out.String()
	files, _ := filepath.Glob(filepath.Join(b.logs, "*"))
	for _, file := range files {
		text, _ := os.ReadFile(file)
		said += fmt.Sprintf("\n%s:\n%s", filepath.Base(file), text[max(0, len(text)-2000):])
	}
	return said
}

// await returns when every endpoint answers, or says which one does not.
func (b *box) await(cases []*endpoint) error {
	ctx, cancel := context.WithTimeout(context.Background(), startTime)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for _, e := range cases {
		for err := e.answers(); err != nil; err = e.answers() {
			select {
			case <-tick.C:
			case <-b.done:
				return errors.New("the box ended while the servers were starting")
			case <-ctx.Done():
				return fmt.Errorf("%s does not answer: %w", e.name, err)
			}
		}
	}
	return nil
}

// answers says whether the endpoint speaks: a greeting, or for implicit TLS the
// beginning of a TLS record in return for a ClientHello.
func (e *endpoint) answers() error {
	conn, err := net.DialTimeout("tcp", e.at(), time.Second)
	if err != nil {
		return err
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(5 * time.Second))
	if e.tls == wrapped {
		err := tls.Client(conn, &tls.Config{InsecureSkipVerify: true, ServerName: e.host(), MinVersion: tls.VersionTLS10}).Handshake()
		if _, alert := errors.AsType[*net.OpError](err); err == nil || alert {
			return nil
		}
		return err
	}
	if _, err := bufio.NewReader(conn).ReadString('\n'); err != nil {
		return err
	}
	_, err = conn.Write([]byte("QUIT\r\n"))
	return err
}
