//go:build e2e && linux

package e2e

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// read runs a program of the tree on a text. It is a reader of reports, or of its
// own: no daemon.
func read(t *testing.T, text string, args ...string) (string, error) {
	t.Helper()
	tree, err := packageTree()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), probeTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, "chroot", append([]string{tree}, args...)...)
	cmd.Stdin = strings.NewReader(text)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// told are reports about the servers here, of every command that looks.
func told(t *testing.T) map[string][]string {
	postfix, submission := byName(t, "postfix-accounts"), byName(t, "dovecot-submission")
	return map[string][]string{
		"one":      append([]string{"probe"}, postfix.asked()...),
		"two":      append(append([]string{"probe"}, postfix.asked()...), submission.asked()...),
		"login":    append([]string{"probe", "--user", odd.name, "--from", odd.name, "--to", inbox, "--deep"}, postfix.asked()...),
		"send":     append([]string{"send", "--user", odd.name, "--from", odd.name, "--to", inbox}, submission.asked()...),
		"settings": append([]string{"check", laravel(t, postfix, odd.name, quoted(odd.password), odd.name)}, mapped(postfix)...),
		"refused":  {"probe", "127.0.0.1:1"},
		"text":     {"explain", "535 5.7.8 Error: authentication failed | `x` @user #1 <b>"},
	}
}

// TestPrometheusReads: promtool finds nothing to say of any report, and a node
// exporter serves it with what it has itself.
func TestPrometheusReads(t *testing.T) {
	dir := t.TempDir()
	for name, args := range told(t) {
		file := filepath.Join(dir, name+".prom")
		p := maildoctor(t, "", asUser(odd), slices.Concat(args, []string{"--format", "prometheus=" + file})...)
		if p.exit > 1 {
			t.Fatalf("%s: exit %d\n%s", name, p.exit, p.stderr)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		quiet(t, name, string(text))
		if out, err := read(t, string(text), "/usr/bin/promtool", "check", "metrics"); err != nil || out != "" {
			t.Errorf("%s: promtool: %v\n%s", name, err, out)
		}
	}
	for _, name := range []string{"two.prom", "login.prom"} { // they look at what others do, and would say it twice
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	metrics := exported(t, dir)
	for _, want := range []string{`node_textfile_scrape_error 0`, `maildoctor_up{`, `subject="` + byName(t, "postfix-accounts").host(), `node_textfile_mtime_seconds{file="` + dir + `/send.prom"}`} {
		if !strings.Contains(metrics, want) {
			t.Errorf("the node exporter does not serve %q:\n%.3000s", want, metrics)
		}
	}
}

// exported is what a node exporter serves of the files in a directory. It ends with
// the test.
func exported(t *testing.T, dir string) string {
	t.Helper()
	tree, err := packageTree()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), probeTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, filepath.Join(tree, "usr/bin/prometheus-node-exporter"), "--collector.disable-defaults",
		"--collector.textfile", "--collector.textfile.directory="+dir, "--web.listen-address=127.0.0.1:0", "--web.disable-exporter-metrics")
	log, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(log)
	rest := func() string { text, _ := io.ReadAll(lines); return string(text) }
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatalf("the node exporter does not listen: %v %v", err, cmd.Wait())
		}
		if at := listening.FindStringSubmatch(line); at != nil {
			complaints := make(chan string)
			go func() { complaints <- rest() }()
			text := get(t, "http://"+at[1]+"/metrics")
			cancel()
			if said := <-complaints; strings.Contains(said, "level=error") {
				t.Errorf("the node exporter says %.2000s", said)
			}
			_ = cmd.Wait() // it was killed
			return text
		}
	}
}

var listening = regexp.MustCompile(`(?i)listening on.*address=(127\.0\.0\.1:\d+)`)

func get(t *testing.T, url string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

var (
	tag     = regexp.MustCompile(`<(/?[a-zA-Z][a-z0-9]*)([^>]*)>`)
	allowed = regexp.MustCompile(`^(/?(h2|h3|p|ul|ol|li|strong|table|thead|tbody|tr|th|td|code|pre|details|summary)|a|/a)$`)
	row     = regexp.MustCompile(`(?s)<tr>.*?</tr>`)
	more    = regexp.MustCompile(`^ href="https://github\.com/maildoctor/maildoctor/blob/main/CHECKS\.md#[a-z0-9-]+"$`)
)

// TestCmarkReads: GitHub's own reader makes of a ticket what is meant: tables of two
// cells, and nothing of what servers said.
func TestCmarkReads(t *testing.T) {
	for name, args := range told(t) {
		for _, plain := range []bool{false, true} {
			form := []string{"--format", "markdown", fmt.Sprintf("--plain=%t", plain)}
			p := maildoctor(t, "", asUser(odd), slices.Concat(args, form)...)
			html, err := read(t, p.stdout, "/usr/bin/cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist")
			if err != nil {
				t.Fatal(err)
			}
			looksRight(t, name, html, plain)
		}
	}
}

func looksRight(t *testing.T, name, html string, plain bool) {
	t.Helper()
	open := map[string]int{}
	for _, m := range tag.FindAllStringSubmatch(html, -1) {
		element, end := strings.CutPrefix(m[1], "/")
		switch {
		case !allowed.MatchString(m[1]), m[1] == "a" && !more.MatchString(m[2]), plain && (element == "details" || element == "summary"):
			t.Errorf("%s, plain %t: stray %q", name, plain, m[0])
		case end:
			open[element]--
		default:
			open[element]++
		}
	}
	for element, n := range open {
		if n != 0 {
			t.Errorf("%s, plain %t: %d of %s left open", name, plain, n, element)
		}
	}
	rows := row.FindAllString(html, -1)
	for _, r := range rows {
		if n := strings.Count(r, "</td>") + strings.Count(r, "</th>"); n != 2 {
			t.Errorf("%s, plain %t: %d cells in %s", name, plain, n, r)
		}
	}
	if len(rows) == 0 || strings.Contains(html, "<p>|") {
		t.Errorf("%s, plain %t: a table is none:\n%s", name, plain, html)
	}
}
