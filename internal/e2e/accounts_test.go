//go:build e2e && linux

package e2e

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// mailDomain is where the mailboxes are, and the users.
const mailDomain = "box.e2e.test"

// user is somebody whom the servers know.
type user struct {
	name, password string
	hashed         bool // Dovecot has a hash of the password, which is of use to PLAIN and LOGIN alone
}

// The users. A password begins with canary, so that it is found wherever it is
// printed; that of odd holds what files and protocols have a meaning for.
var (
	app    = user{name: "app@" + mailDomain, password: "canary-7f3a9c"}
	odd    = user{name: "odd@" + mailDomain, password: `canary #7 "q", $x=\é'`}
	hashed = user{name: "hashed@" + mailDomain, password: "canary-5b1e", hashed: true}
	users  = []user{app, odd, hashed}
)

// wrongPassword is nobody's.
const wrongPassword = "canary-wrong-0d2"

// Recipients: inbox is the one mailbox, greetings its name that needs SMTPUTF8;
// nobody has none, and elsewhere is not here.
const (
	inbox     = "inbox@" + mailDomain
	greetings = "grüße@" + mailDomain
	nobody    = "nobody@" + mailDomain
	elsewhere = "someone@example.net"
)

// Senders: blocked is refused by Postfix, stranger is anybody.
const (
	blocked  = "blocked@" + mailDomain
	stranger = "stranger@example.org"
)

// tokenKey signs the tokens that Dovecot takes.
var tokenKey = func() []byte {
	key := make([]byte, 32)
	rand.Read(key) // never fails
	return key
}()

// token is an access token of a user (RFC 7519), valid until then.
func token(name string, until time.Time) string {
	part := func(v map[string]any) string {
		text, err := json.Marshal(v)
		if err != nil {
			panic(err) // strings and numbers
		}
		return base64.RawURLEncoding.EncodeToString(text)
	}
	signed := part(map[string]any{"alg": "HS256", "typ": "JWT"}) + "." +
		part(map[string]any{"sub": name, "email": name, "iat": until.Add(-2 * time.Hour).Unix(), "exp": until.Unix()})
	mac := hmac.New(sha256.New, tokenKey)
	mac.Write([]byte(signed))
	return signed + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// accountFiles are the users in the words of each server, and the mailboxes.
func accountFiles() map[string][]byte {
	var dovecot, exim, cyrus, owners strings.Builder
	for _, u := range users {
		password := base64.StdEncoding.EncodeToString([]byte(u.password))
		scheme := "PLAIN.b64"
		if u.hashed {
			sum := sha256.Sum256([]byte(u.password))
			scheme, password = "SHA256.b64", base64.StdEncoding.EncodeToString(sum[:])
		}
		fmt.Fprintf(&dovecot, "%s:{%s}%s:65534:65534::/tmp\n", u.name, scheme, password)
		fmt.Fprintf(&owners, "%s %s\n", u.name, u.name)
		if !u.hashed {
			fmt.Fprintf(&exim, "%s: %s\n", u.name, password)
			fmt.Fprintf(&cyrus, "%s\t%s\n", u.name, password)
		}
	}
	return map[string][]byte{
		"etc/dovecot/users":                      []byte(dovecot.String()),
		"etc/dovecot/keys/default/HS256/default": []byte(base64.StdEncoding.EncodeToString(tokenKey)),
		"etc/exim4/users":                        []byte(exim.String()),
		"etc/cyrus-users":                        []byte(cyrus.String()),
		"etc/postfix/owners":                     []byte(owners.String()),
		"etc/postfix/mailboxes":                  []byte(inbox + " inbox/\n" + greetings + " inbox/\n"),
	}
}
