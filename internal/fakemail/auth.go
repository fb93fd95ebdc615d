package fakemail

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"slices"
	"strings"
)

// The replies to AUTH (RFC 4954 6).
const (
	loggedIn     = "235 2.7.0 Authentication successful"
	notLoggedIn  = "535 5.7.8 Error: authentication failed"
	badMechanism = "504 5.5.4 Unrecognized authentication type"
	badResponse  = "501 5.5.2 Cannot decode response"
	cancelled    = "501 5.7.0 Authentication aborted"
)

func (d dialog) mechanisms() []string {
	if d.Mechanisms == nil {
		return []string{"PLAIN", "LOGIN"}
	}
	return d.Mechanisms
}

// login is one exchange of AUTH. Its methods end with an error when the
// exchange is over before the mechanism is.
type login struct {
	dialog
	initial *string // initial response, as it was sent; nil: none
}

// mechanism holds its exchange and returns the user that it proved, or none.
type mechanism func(login) (string, error)

func mechanismOf(name string) mechanism {
	switch name {
	case "PLAIN":
		return login.plain
	case "LOGIN":
		return login.login
	case "CRAM-MD5":
		return login.cramMD5
	case "XOAUTH2":
		return login.xoauth2
	case "SCRAM-SHA-1", "SCRAM-SHA-1-PLUS":
		return func(l login) (string, error) { return l.scram(sha1.New, strings.HasSuffix(name, "-PLUS")) }
	case "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS":
		return func(l login) (string, error) { return l.scram(sha256.New, strings.HasSuffix(name, "-PLUS")) }
	}
	return nil
}

// auth answers AUTH (RFC 4954 4); false means that the conversation is over.
func (d dialog) auth(line string) bool {
	if d.Accounts == nil && d.AuthReply == nil {
		return d.say(Reply{Text: notLoggedIn})
	}
	words := strings.Fields(line)
	name := ""
	if len(words) > 1 {
		name = strings.ToUpper(words[1])
	}
	m := mechanismOf(name)
	if m == nil || !slices.Contains(d.mechanisms(), name) {
		return d.say(Reply{Text: badMechanism})
	}
	l := login{dialog: d}
	if len(words) > 2 {
		l.initial = &words[2]
	}
	user, err := m(l)
	if d.Hashed && !slices.Contains([]string{"PLAIN", "LOGIN", "XOAUTH2"}, name) {
		user = ""
	}
	return d.verdict(user, err)
}

// errCancelled is the * of a client that gives up.
var errCancelled = errors.New("the client cancels the login")

func (d dialog) verdict(user string, err error) bool {
	var garbled base64.CorruptInputError
	switch {
	case errors.Is(err, errCancelled):
		return d.say(Reply{Text: cancelled})
	case errors.As(err, &garbled):
		return d.say(Reply{Text: badResponse})
	case err != nil:
		return false
	case d.AuthReply != nil:
		return d.say(*d.AuthReply)
	case user == "":
		return d.say(Reply{Text: notLoggedIn})
	}
	d.user = user
	d.raw.note(func() { d.raw.seen.Users = append(d.raw.seen.Users, user) })
	return d.say(Reply{Text: loggedIn})
}

// ask sends a challenge and returns the answer.
func (l login) ask(challenge string) (string, error) {
	if err := l.Send(l.lines("334 " + base64.StdEncoding.EncodeToString([]byte(challenge)))); err != nil {
		return "", err
	}
	line, err := l.Line()
	if err != nil {
		return "", err
	}
	return decoded(line)
}

// first is the initial response, asked for where it did not come with AUTH.
func (l login) first() (string, error) {
	switch {
	case l.initial == nil:
		return l.ask("")
	case *l.initial == "=":
		return "", nil
	}
	return decoded(*l.initial)
}

func decoded(line string) (string, error) {
	if line == "*" {
		return "", errCancelled
	}
	b, err := base64.StdEncoding.DecodeString(line)
	return string(b), err
}

// known returns user when the password is right.
func (l login) known(user, password string) string {
	if right, ok := l.Accounts[user]; ok && right == password {
		return user
	}
	return ""
}

// plain is RFC 4616.
func (l login) plain() (string, error) {
	message, err := l.first()
	parts := strings.Split(message, "\x00")
	if err != nil || len(parts) != 3 {
		return "", err
	}
	return l.known(parts[1], parts[2]), nil
}

func (l login) login() (string, error) {
	if l.initial != nil {
		return "", base64.CorruptInputError(0)
	}
	user, err := l.ask("Username:")
	if err != nil {
		return "", err
	}
	password, err := l.ask("Password:")
	return l.known(user, password), err
}

// cramMD5 is RFC 2195.
func (l login) cramMD5() (string, error) {
	const challenge = "<1896.697170952@mail.example.test>"
	answer, err := l.ask(challenge)
	i := strings.LastIndexByte(answer, ' ')
	if err != nil || i < 0 {
		return "", err
	}
	user, digest := answer[:i], answer[i+1:]
	mac := hmac.New(md5.New, []byte(l.Accounts[user]))
	mac.Write([]byte(challenge))
	if _, ok := l.Accounts[user]; !ok || hex.EncodeToString(mac.Sum(nil)) != digest {
		return "", nil
	}
	return user, nil
}

// xoauth2 tells of a bad token in a challenge, as Google's servers do, which
// wants an empty answer.
func (l login) xoauth2() (string, error) {
	message, err := l.first()
	if err != nil {
		return "", err
	}
	user, rest, _ := strings.Cut(strings.TrimPrefix(message, "user="), "\x01auth=Bearer ")
	token, whole := strings.CutSuffix(rest, "\x01\x01")
	if whole && l.known(user, token) != "" {
		return user, nil
	}
	_, err = l.ask(`{"status":"400","schemes":"Bearer","scope":"https://mail.example.test/"}`)
	return "", err
}

// The server's part of a SCRAM exchange, which is not new for each.
const (
	scramSalt  = "pepper-and-salt!"
	scramCount = 4096
	scramNonce = "3rfcNHYJY1ZVvWVs7j"
)

// scram is RFC 5802, with the channel bindings of RFC 5929 3 and RFC 9266.
func (l login) scram(h func() hash.Hash, plus bool) (string, error) {
	message, err := l.first()
	if err != nil {
		return "", err
	}
	flag, bare := gs2(message)
	user, nonce := attribute(bare, "n="), attribute(bare, "r=")
	binding, ok := l.binding(flag, plus)
	if !ok || user == "" || nonce == "" {
		return "", nil
	}
	serverFirst := "r=" + nonce + scramNonce + ",s=" + base64.StdEncoding.EncodeToString([]byte(scramSalt)) + fmt.Sprintf(",i=%d", scramCount)
	final, err := l.ask(serverFirst)
	if err != nil {
		return "", err
	}
	withoutProof, proof, _ := strings.Cut(final, ",p=")
	if withoutProof != "c="+base64.StdEncoding.EncodeToString([]byte(flag+",,"+binding))+",r="+nonce+scramNonce {
		return "", nil
	}
	user = strings.NewReplacer("=2C", ",", "=3D", "=").Replace(user)
	signature, ok := scramCheck(h, l.Accounts[user], bare+","+serverFirst+","+withoutProof, proof)
	if _, has := l.Accounts[user]; !has || !ok {
		return "", nil
	}
	_, err = l.ask("v=" + signature)
	return user, err
}

// gs2 parts the header from the rest of the client's first message.
func gs2(message string) (flag, bare string) {
	parts := strings.SplitN(message, ",", 3)
	if len(parts) != 3 || parts[1] != "" {
		return "", ""
	}
	return parts[0], parts[2]
}

func attribute(message, name string) string {
	for part := range strings.SplitSeq(message, ",") {
		if v, ok := strings.CutPrefix(part, name); ok {
			return v
		}
	}
	return ""
}

// binding is what ties the login to the TLS session, for the flag that the
// client sent.
func (l login) binding(flag string, plus bool) (string, bool) {
	if !plus {
		return "", flag == "n"
	}
	if !l.Secure() {
		return "", false
	}
	state := l.tls.ConnectionState()
	switch flag {
	case "p=tls-exporter":
		b, err := state.ExportKeyingMaterial("EXPORTER-Channel-Binding", []byte{}, 32)
		return string(b), err == nil
	case "p=tls-unique":
		return string(state.TLSUnique), state.Version < tls.VersionTLS13 && len(state.TLSUnique) > 0
	}
	return "", false
}

// scramCheck compares the client's proof, and returns the server's signature.
func scramCheck(h func() hash.Hash, password, message, proof string) (string, bool) {
	salted, err := pbkdf2.Key(h, password, []byte(scramSalt), scramCount, h().Size())
	given, err2 := base64.StdEncoding.DecodeString(proof)
	if err != nil || err2 != nil {
		return "", false
	}
	mac := func(key []byte, text string) []byte {
		m := hmac.New(h, key)
		m.Write([]byte(text))
		return m.Sum(nil)
	}
	digest := func(b []byte) []byte {
		d := h()
		d.Write(b)
		return d.Sum(nil)
	}
	clientKey := mac(salted, "Client Key")
	right := mac(digest(clientKey), message)
	for i := range right {
		right[i] ^= clientKey[i]
	}
	signature := mac(mac(salted, "Server Key"), message)
	return base64.StdEncoding.EncodeToString(signature), hmac.Equal(right, given)
}
