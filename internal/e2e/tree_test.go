//go:build e2e && linux

package e2e

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// wanted are the packages, in groups that apt can plan together: Debian's mail
// servers conflict with one another as packages, though not as files that matter
// here. The first group brings what their start scripts call.
var wanted = [][]string{
	{"bash", "coreutils", "dash", "diffutils", "findutils", "grep", "libc-bin", "sed",
		"postfix", "dovecot-imapd", "dovecot-lmtpd", "dovecot-pop3d", "dovecot-submissiond"},
	{"exim4-daemon-heavy", "libsasl2-modules", "sasl2-bin"}, // the one that can ask Cyrus SASL, for SCRAM
	{"opensmtpd"},
	{"postgresql-15"}, // Coolify's database
	{"prometheus", "prometheus-node-exporter", "cmark-gfm"}, // who reads reports
}

// accounts of the tree: the packages' own install scripts are never run.
const (
	passwd = `root:x:0:0::/root:/bin/sh
nobody:x:65534:65534::/nonexistent:/usr/sbin/nologin
postfix:x:101:101::/var/spool/postfix:/usr/sbin/nologin
Debian-exim:x:102:102::/var/spool/exim4:/usr/sbin/nologin
opensmtpd:x:103:103::/run/opensmtpd/empty:/usr/sbin/nologin
opensmtpq:x:104:104::/run/opensmtpd/empty:/usr/sbin/nologin
dovecot:x:105:105::/usr/lib/dovecot:/usr/sbin/nologin
dovenull:x:106:106::/nonexistent:/usr/sbin/nologin
postgres:x:109:109::/var/lib/postgresql:/bin/sh
`
	group = `root:x:0:
nogroup:x:65534:
postfix:x:101:
Debian-exim:x:102:
opensmtpd:x:103:
opensmtpq:x:104:
dovecot:x:105:
dovenull:x:106:
postdrop:x:107:
mail:x:8:
postgres:x:109:
`
)

// packageTree returns the directory with the unpacked packages, made on first
// use. Its name carries a hash of what was asked for, so a changed list never
// meets an old tree.
func packageTree() (string, error) {
	if err := debian12(); err != nil {
		return "", err
	}
	sum := sha256.Sum256(fmt.Append(nil, wanted, passwd, group))
	dir := filepath.Join(cacheDir(), fmt.Sprintf("tree-%x", sum[:6]))
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	debs := filepath.Join(cacheDir(), "debs")
	if err := os.MkdirAll(filepath.Join(debs, "partial"), 0o755); err != nil {
		return "", err
	}
	files, err := download(debs)
	if err != nil {
		return "", err
	}
	fresh, err := os.MkdirTemp(cacheDir(), "unpack-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(fresh)
	if err := unpack(files, fresh); err != nil {
		return "", err
	}
	// The rename makes a tree whole or absent, also after an interrupt.
	if err := os.Rename(fresh, dir); err != nil {
		return "", err
	}
	return dir, os.RemoveAll(debs)
}

func cacheDir() string {
	if dir := os.Getenv("MAILDOCTOR_E2E_CACHE"); dir != "" {
		return dir
	}
	base := os.Getenv("XDG_CACHE_HOME")
	if base == "" {
		base = "/var/cache"
	}
	return filepath.Join(base, "maildoctor-e2e")
}

// debian12 says whether apt here gives Debian 12's packages.
func debian12() error {
	release, err := os.ReadFile("/etc/os-release")
	if err != nil || !strings.Contains(string(release), "VERSION_CODENAME=bookworm") {
		return &cannotRun{"the servers are those of Debian 12, this is another system"}
	}
	for _, tool := range []string{"apt-get", "dpkg-deb", "tar", "mount", "chroot"} {
		if _, err := exec.LookPath(tool); err != nil {
			return &cannotRun{fmt.Sprintf("the program %q is missing", tool)}
		}
	}
	return nil
}

// download fetches the packages and all they depend on as if nothing were
// installed, through apt, which checks signatures and hashes. Package lists that
// are missing or out of date are brought up to date once.
func download(debs string) ([]string, error) {
	if err := downloadOnce(debs); err != nil {
		if out, updateErr := exec.Command("apt-get", "update", "-q").CombinedOutput(); updateErr != nil {
			return nil, fmt.Errorf("apt-get update: %w\n%s", updateErr, out)
		}
		if err := downloadOnce(debs); err != nil {
			return nil, err
		}
	}
	return filepath.Glob(filepath.Join(debs, "*.deb"))
}

func downloadOnce(debs string) error {
	for _, names := range wanted {
		args := []string{"install", "-q", "-y", "--no-install-recommends", "--download-only",
			"-o", "Dir::State::status=/dev/null", // as if nothing were installed
			"-o", "Dir::Cache::archives=" + debs,
			"-o", "Debug::NoLocking=1", // the machine's own package state is not touched
			"-o", "APT::Sandbox::User=root",
			"-o", "Acquire::Retries=3",
		}
		cmd := exec.Command("apt-get", append(args, names...)...)
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("apt-get %s: %w\n%s", strings.Join(names, " "), err, out)
		}
	}
	return nil
}

// unpack extracts the packages into dir, laid out with a merged /usr as Debian
// 12 has it.
func unpack(files []string, dir string) error {
	if err := os.Chmod(dir, 0o755); err != nil {
		return err
	}
	for _, name := range []string{"bin", "sbin", "lib", "lib64"} {
		if err := os.MkdirAll(filepath.Join(dir, "usr", name), 0o755); err != nil {
			return err
		}
		if err := os.Symlink("usr/"+name, filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	const script = `dpkg-deb --fsys-tarfile "$1" | tar -C "$2" -xp --keep-directory-symlink --exclude=./usr/share/doc --exclude=./usr/share/locale --exclude=./usr/share/man`
	for _, file := range files {
		if out, err := exec.Command("sh", "-euc", script, "sh", file, dir).CombinedOutput(); err != nil {
			return fmt.Errorf("unpack %q: %w\n%s", filepath.Base(file), err, out)
		}
	}
	for name, content := range map[string]string{"passwd": passwd, "group": group, "mailname": "e2e.test\n"} {
		if err := os.WriteFile(filepath.Join(dir, "etc", name), []byte(content), 0o644); err != nil {
			return err
		}
	}
	return nil
}
