#!/bin/sh
# Installs a released maildoctor: downloads the archive for this machine, verifies
# its SHA-256 against the release's checksums.txt, and installs the binary. What
# does not verify is not installed.
#
#   install.sh [--version vX.Y.Z] [--dir DIR]
#
# BINDIR is the default of --dir; without either it is /usr/local/bin where that
# can be written to, else ~/.local/bin. MAILDOCTOR_BASE_URL names a mirror in place
# of https://github.com/maildoctor/maildoctor/releases, laid out like it:
# BASE/latest/download/FILE and BASE/download/VERSION/FILE.
set -eu

fail() {
	printf 'install.sh: %s\n' "$*" >&2
	exit 1
}

usage() {
	echo 'usage: install.sh [--version vX.Y.Z] [--dir DIR]' >&2
	exit 2
}

# The operating system and the processor, as the archives are named.
system() {
	case $(uname -s) in
	Linux) echo linux ;;
	Darwin) echo darwin ;;
	MINGW* | MSYS* | CYGWIN*) echo windows ;;
	*) fail "there is no release for $(uname -s); build it with: go install github.com/maildoctor/maildoctor/cmd/maildoctor@latest" ;;
	esac
}

processor() {
	case $(uname -m) in
	x86_64 | amd64) echo amd64 ;;
	aarch64 | arm64) echo arm64 ;;
	*) fail "there is no release for $(uname -m); build it with: go install github.com/maildoctor/maildoctor/cmd/maildoctor@latest" ;;
	esac
}

# download URL FILE. wget has nothing like --proto (its --https-only is for links
# that it follows of itself), so the headers that it met tell.
download() {
	if command -v curl >/dev/null; then
		curl -fsSL --retry 2 --proto "$schemes" -o "$2" "$1" || fail "cannot download $1"
	elif command -v wget >/dev/null; then
		wget -S -O "$2" "$1" 2>"$2.log" || fail "cannot download $1"
		if [ "$schemes" = =https ] && grep -qi '^ *location: *http:' "$2.log"; then
			fail "$1 was redirected to http, and is not taken"
		fi
	else
		fail "curl or wget is needed"
	fi
}

sha256() {
	if command -v sha256sum >/dev/null; then
		sha256sum <"$1"
	elif command -v shasum >/dev/null; then
		shasum -a 256 <"$1"
	else
		fail "sha256sum or shasum is needed"
	fi | cut -d ' ' -f 1
}

# verify DIR FILE: FILE is what checksums.txt says.
verify() {
	want=$(awk -v name="$2" '$2 == name || $2 == "*" name { print $1 }' "$1/checksums.txt")
	got=$(sha256 "$1/$2")
	[ -n "$want" ] || fail "checksums.txt does not name $2; nothing was installed"
	[ "$want" = "$got" ] || fail "$2 has SHA-256 $got and checksums.txt says $want; nothing was installed"
}

# unpack DIR ARCHIVE BINARY
unpack() {
	case $2 in
	*.zip) unzip -q -o "$1/$2" "$3" -d "$1" || fail "cannot unpack $2 (unzip is needed)" ;;
	*) tar -xzf "$1/$2" -C "$1" "$3" || fail "cannot unpack $2" ;;
	esac
}

bindir() {
	if [ -w /usr/local/bin ]; then
		echo /usr/local/bin
	else
		echo "${HOME:?}/.local/bin"
	fi
}

main() {
	version=latest dir=${BINDIR:-}
	while [ $# -gt 0 ]; do
		[ $# -ge 2 ] || usage
		case $1 in
		--version) version=$2 ;;
		--dir) dir=$2 ;;
		*) usage ;;
		esac
		shift 2
	done
	case $version in
	latest) path=latest/download ;;
	*[!A-Za-z0-9.+-]*) fail "\"$version\" is not a version such as v1.2.3" ;;
	[0-9]*) path=download/v$version ;;
	v[0-9]*) path=download/$version ;;
	*) fail "\"$version\" is not a version such as v1.2.3" ;;
	esac
	base=${MAILDOCTOR_BASE_URL:-https://github.com/maildoctor/maildoctor/releases}
	case $base in
	https://*) schemes='=https' ;;
	http://*) schemes='=http,https' ;; # a mirror; the checksums come from there as well
	*) fail "MAILDOCTOR_BASE_URL is not a URL" ;;
	esac

	os=$(system) arch=$(processor)
	archive=maildoctor_${os}_${arch}.tar.gz binary=maildoctor
	if [ "$os" = windows ]; then
		archive=maildoctor_${os}_${arch}.zip binary=maildoctor.exe
	fi
	dir=${dir:-$(bindir)}

	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	trap 'exit 1' HUP INT TERM
	download "${base%/}/$path/checksums.txt" "$work/checksums.txt"
	download "${base%/}/$path/$archive" "$work/$archive"
	verify "$work" "$archive"
	unpack "$work" "$archive" "$binary"

	mkdir -p "$dir"
	cp "$work/$binary" "$dir/.$binary.new"
	chmod 755 "$dir/.$binary.new"
	mv -f "$dir/.$binary.new" "$dir/$binary"
	echo "installed $("$dir/$binary" version) as $dir/$binary"
	case :$PATH: in
	*":$dir:"*) ;;
	*) echo "$dir is not in PATH: add it there, or call $dir/$binary" ;;
	esac
}

main "$@"
