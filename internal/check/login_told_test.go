package check

import (
	"slices"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// wordsCase is a case with its alarms and what its findings say, in parts joined by |.
type wordsCase struct {
	c             *evidence.Case
	alarms        string
	with, without string
}

// expectTold compares the alarms of cases and the words of their first finding.
func expectTold(t *testing.T, tests map[string]wordsCase) {
	t.Helper()
	for name, tt := range tests {
		if got := alarms(tt.c); got != tt.alarms {
			t.Errorf("%s: found %q, want %q", name, got, tt.alarms)
			continue
		}
		s := Subject(tt.c)
		text := s.Verdict
		if len(s.Findings) > 0 {
			text += "\n" + whole(s.Findings[0])
		}
		for part := range strings.SplitSeq(tt.with, "|") {
			if !strings.Contains(text, part) {
				t.Errorf("%s: %q is not in %s", name, part, text)
			}
		}
		for part := range strings.SplitSeq(tt.without, "|") {
			if part != "" && strings.Contains(text, part) {
				t.Errorf("%s: %q is in %s", name, part, text)
			}
		}
	}
}

// withOAuth is a login with a token that was refused.
func withOAuth(server, mechanism string, code int, lines ...string) *evidence.Case {
	c := host(asked(underTLS("AUTH "+mechanism).auth(mechanism, code, lines...)), server)
	c.Asked.Account.Mechanism = mechanism
	return c
}

// TestMechanismsNobodySpeaks: a server without a mechanism that maildoctor knows is
// one error, as it is with tokens alone.
func TestMechanismsNobodySpeaks(t *testing.T) {
	t.Parallel()
	offers := func(mechanisms string) *evidence.Case {
		return asked(unsafe(underTLS("AUTH "+mechanisms), "no mechanism in common"))
	}
	tests := map[string]wordsCase{
		"tokens":            {tokensOnly(), "error auth-mechanism-unsupported", "A password cannot log in here", "speaks none"},
		"NTLM and a token":  {offers("NTLM XOAUTH2"), "error auth-mechanism-unsupported", "maildoctor speaks none|NTLM and XOAUTH2", "A password cannot"},
		"a ticket, no more": {offers("GSSAPI"), "error auth-mechanism-unsupported", "GSSAPI|a ticket of Kerberos", ""},
	}
	for _, m := range []string{"NTLM", "GSSAPI NTLM", "EXTERNAL", "DIGEST-MD5", "GSSAPI EXTERNAL DIGEST-MD5 NTLM"} {
		tests[m] = wordsCase{offers(m), "error auth-mechanism-unsupported", "maildoctor speaks none of the mechanisms offered: |was not sent", "Most applications"}
	}
	expectTold(t, tests)
	if got := alarms(asked(unsafe(underTLS("AUTH NTLM PLAIN"), "why"))); got != "error asked-not-done" {
		t.Errorf("with PLAIN: %q", got)
	}
}

// TestClearMechanisms: a password is readable only where a mechanism sends it.
func TestClearMechanisms(t *testing.T) {
	t.Parallel()
	for offer, want := range map[string]bool{
		"PLAIN": true, "LOGIN": true, "XOAUTH2": true, "OAUTHBEARER": true, "NTLM PLAIN": true,
		"NTLM": false, "GSSAPI": false, "EXTERNAL": false, "SCRAM-SHA-256 CRAM-MD5 DIGEST-MD5": false,
	} {
		found := foundOf(plain(2526, "AUTH "+offer), "auth-in-cleartext")
		if (found != nil) != want {
			t.Errorf("AUTH %s in clear: %+v, want found %v", offer, found, want)
		}
		if found != nil && strings.Contains(found.Detail, "NTLM") {
			t.Errorf("AUTH %s: %s", offer, found.Detail)
		}
	}
}

// TestTokenIsNoPassword: a login with a token that is refused is not told about
// passwords.
func TestTokenIsNoPassword(t *testing.T) {
	t.Parallel()
	const no = "app password|App password|auth-app-password-required|auth-bad-credentials|A password cannot"
	expectTold(t, map[string]wordsCase{
		"Gmail":     {withOAuth(gmail, "XOAUTH2", 535, "5.7.8 Username and Password not accepted. https://support.google.com/mail/?p=BadCredentials - gsmtp"), "error auth-oauth-token-invalid", "", no},
		"Office":    {withOAuth(office, "XOAUTH2", 535, "5.7.3 Authentication unsuccessful"), "error auth-oauth-token-invalid", "", no},
		"a server":  {withOAuth(own, "OAUTHBEARER", 535, "5.7.8 Authentication failed"), "error auth-oauth-token-invalid", "", no},
		"app words": {withOAuth(gmail, "XOAUTH2", 534, "5.7.9 Application-specific password required"), "error auth-oauth-token-invalid", "", no},
	})
	for _, f := range mustJudge(withOAuth(own, "XOAUTH2", 235, "ok")) {
		if strings.Contains(f.Detail, "a password cannot log in") {
			t.Errorf("a token that was taken: %s: %s", f.ID, f.Detail)
		}
	}
}

// TestBrokenMechanismFix: nothing was accepted that the client could be set to.
func TestBrokenMechanismFix(t *testing.T) {
	t.Parallel()
	expectTold(t, map[string]wordsCase{
		"given up": {asked(givenUp("CRAM-MD5", 501, "5.7.0 Authentication cancelled")), "error auth-mechanism-broken", "Set the client to another mechanism", "that was accepted"},
	})
}

// TestProofOfALogin: settings are not said to work where the login that was asked
// for was not seen to.
func TestProofOfALogin(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		c    *evidence.Case
		want string
	}{
		"accepted":   {asked(underTLS(after...).in()), "tried: works"},
		"refused":    {refusing("auth", own, "", 535, "no"), "tried: works up to the login, which is refused"},
		"put off":    {refusing("auth", own, "", 454, "4.7.0 Temporary authentication failure"), "tried: works up to the login, which is put off"},
		"no verdict": {asked(givenUp("CRAM-MD5", 501, "no")), "tried: works up to the login, which came to no verdict"},
		"not tried":  {asked(openly(underTLS(after...), "why not")), "tried: works up to the login, which was not tried"},
		"not asked":  {healthy587(), "tried: works"},
	} {
		if u := Subject(tt.c).Use; u == nil || u.Proof != tt.want {
			t.Errorf("%s: %+v, want %q", name, u, tt.want)
		}
	}
}

// TestGmailHeadline: what was refused comes first, then what Gmail takes.
func TestGmailHeadline(t *testing.T) {
	t.Parallel()
	bad := func() *evidence.Case {
		return refusing("auth", gmail, "", 535, "5.7.8 Username and Password not accepted. https://support.google.com/mail/?p=BadCredentials - gsmtp")
	}
	expectTold(t, map[string]wordsCase{
		"bad credentials":  {bad(), "error auth-app-password-required", "user name or password refused; at Gmail only an app password counts (535", ""},
		"in so many words": {refusing("auth", gmail, "", 534, "5.7.9 Application-specific password required"), "error auth-app-password-required", "", "user name or password refused"},
	})
}

// TestFirstVisit: what postscreen and greylisting say to a first visit is let in
// later.
func TestFirstVisit(t *testing.T) {
	t.Parallel()
	f := foundOf(refusing("rcpt", own, "", 450, "4.3.2 Service currently unavailable"), "server-temporary-failure")
	if f == nil || !strings.Contains(whole(*f), "postscreen") || !strings.Contains(whole(*f), "a mail server tries again and is let in") || !strings.Contains(f.Detail, "greylisted") {
		t.Errorf("%+v", f)
	}
	if slices.ContainsFunc(mustJudge(refusing("rcpt", own, "", 452, "4.3.1 Insufficient system storage")), func(f report.Finding) bool { return strings.Contains(whole(f), "postscreen") }) {
		t.Error("a full disk is taken for a first visit")
	}
}
