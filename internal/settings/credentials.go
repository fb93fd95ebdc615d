package settings

import (
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/secret"
)

// Credentials are what a channel logs in with. They stand in no evidence and in
// no report; whoever is asked to log in, or to send, uses them.
type Credentials struct {
	User     string
	Password secret.Text
	APIKey   secret.Text
}

// Credentials returns those of the channel, without what is not known here and
// without placeholders.
func (c *Channel) Credentials() Credentials {
	a, e := c.App, c.Evidence
	switch e.Channel {
	case "smtp":
		return Credentials{User: a.known(dialect.User), Password: secret.New(a.known(dialect.Pass))}
	case "resend":
		if e.APIKey == a.secret(dialect.Pass) { // a bridge takes the key for the password
			return Credentials{APIKey: secret.New(a.known(dialect.Pass))}
		}
		return Credentials{APIKey: secret.New(a.known(dialect.APIKey))}
	}
	return Credentials{}
}

// known is the text of a setting that stands here; "" for any other.
func (a *App) known(r dialect.Role) string {
	v, ok := a.get(r)
	if !ok || v.Default || v.Unknown || v.Text == Kept || r.Secret() && Placeholder(v.Text) {
		return ""
	}
	return v.Text
}

// sameSecret reports whether the key of the API is the password of SMTP, too.
func (a *App) sameSecret() bool {
	key := a.known(dialect.APIKey)
	return key != "" && key == a.known(dialect.Pass)
}
