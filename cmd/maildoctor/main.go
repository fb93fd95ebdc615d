// The servers that are to be described are the weak ones, too.
//go:debug rsa1024min=0
//go:debug tlssha1=1
//go:debug x509negativeserial=1

// Command maildoctor tells why an application does not send mail, and which
// line to change.
package main

import (
	"context"
	"os"

	"github.com/maildoctor/maildoctor/internal/cli"
)

// version is stamped by the release build; empty otherwise.
var version string

func main() {
	os.Exit(cli.Main(context.Background(), cli.System(version), os.Args[1:]))
}
