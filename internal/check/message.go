package check

import (
	"fmt"
	"strings"

	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
)

// message are the checks of the message itself, and of how much may be sent.
var message = []Check{
	{
		ID:       "domain-auth-failed",
		Title:    "SPF, DKIM or DMARC of the sender's domain does not pass",
		Severity: report.Error,
		Seen:     "The message was refused because SPF, DKIM or DMARC did not pass for the sender's domain (Gmail: 550 5.7.26).",
		Why:      "The recipient's server cannot tell the message from a forged one. Gmail refuses mail that passes neither SPF nor DKIM, and mail that the domain's DMARC policy says to refuse.",
		Fix: []string{
			"Set the SPF and DKIM records that the sending provider asks for, exactly as its domain page shows them",
			"Send through the provider that the records name; mail that leaves another way passes neither",
			"Use the same domain in From and in the DKIM signature or the return path; otherwise DMARC does not pass (alignment)",
			"Keep one SPF record for each name, and the provider's include where the provider asks for it; many want it on a subdomain",
		},
		Tell:    "sender-not-verified is refused by the provider itself; content-rejected judges the text; reverse-dns-missing and ip-reputation-blocked judge the IP address.",
		Refs:    []string{"RFC 7372 3", "RFC 7489 3.1", "RFC 7208 2.6", "RFC 6376"},
		Replies: fromMail, Shown: messageTaken,
	},
	{
		ID:       "message-too-large",
		Title:    "The message is larger than the server takes",
		Severity: report.Error,
		Seen:     "MAIL with SIZE, or the message, was refused because of its size, often with 552; or the size that was asked for is over the limit in the EHLO answer. A message that was taken all the same makes it a note.",
		Why:      "The message does not get through at this size, however often it is tried. In mail, attachments grow by about a third (base64).",
		Fix: []string{
			"Send a link in place of large attachments, or make images and files smaller",
			"Compare the size with the limit of the server: maildoctor probe HOST:PORT shows it where the server announces it",
			"If the server is yours, raise the limit (Postfix: message_size_limit)",
		},
		Tell:    "recipient-mailbox-full refuses small messages too; connection-dropped-mid-session may be a server that hangs up at its limit.",
		Refs:    []string{"RFC 1870 6.1", "RFC 3463 3.4"},
		Replies: fromMail, Shown: messageTaken,
		Needs: sizeKnown,
		Find:  tooLarge,
	},
	{
		ID:       "content-rejected",
		Title:    "The message is refused for what it holds",
		Severity: report.Error,
		Seen:     "The message was refused after DATA as spam, as a virus or by a policy for content.",
		Why:      "Connection, login and addresses are fine. The same message fails again; another one may pass.",
		Fix: []string{
			"Read the reply: it often names the filter, the rule or a page with details",
			"Send a short plain message to compare, then look at links, attachments (programs, macros, archives), subject and From",
			"Set SPF, DKIM and DMARC for the domain of From; filters trust mail without them less",
			"If the server is yours, look in the log of its filter for the rule",
		},
		Tell:    "domain-auth-failed names SPF, DKIM or DMARC; ip-reputation-blocked names the IP address; message-too-large names the size.",
		Refs:    []string{"RFC 5321 7.9", "RFC 3463 3.8"},
		Replies: fromMail, Shown: messageTaken,
	},
	{
		ID:       "quota-exceeded",
		Title:    "The sender's daily or monthly allowance is used up",
		Severity: report.Error,
		Seen:     "The login or the message was refused because the account has sent all that it may in a day or month.",
		Why:      "All mail of the account waits until the allowance begins anew or is raised. SendGrid says so at the login already (451 Authentication failed: Maximum credits exceeded), which looks like a wrong password.",
		Resend:   quotaUsedUp,
		Fix: []string{
			"Look at the provider's usage page for the limit and when it begins anew, and wait until then",
			"Raise the plan (Amazon SES: request a quota increase); for an application, use a transactional provider in place of a mailbox (Gmail: 500 messages a day, Workspace 2,000)",
			"Look for what sends more than it should: a loop, a form used by bots, a stolen password",
		},
		Tell:    "rate-limited is too much at once and passes sooner; recipient-mailbox-full is the quota of the recipient; account-suspended-or-locked does not end by itself.",
		Refs:    []string{"RFC 3463 3.5", "https://support.google.com/a/answer/3726730"},
		Replies: fromLogin, Shown: messageTaken,
	},
	{
		ID:       "greylisted",
		Title:    "The server defers the message to see whether it comes again",
		Severity: report.Warning,
		Seen:     "The message was put off with 450 or 451, in words such as greylisted or try again later. It is an error where a real message was to go out, since maildoctor does not try again.",
		Why:      "Servers do so with senders they do not know yet. A queue that tries again some minutes later gets through; an application that tries once loses the message.",
		Fix: []string{
			"Send through a mail server or provider with a queue; it tries again by itself",
			"If the application has a queue, let it try again after some minutes, from the same IP address and with the same sender",
			"If the server is yours, let the application log in on the submission port, or exempt its address",
		},
		Tell:    "rate-limited speaks of too much mail; server-temporary-failure of a trouble at the server. A bare 450 or 451 does not decide.",
		Refs:    []string{"RFC 6647", "RFC 5321 4.5.4.1"},
		Replies: fromMail, Shown: recipientsTaken,
	},
	{
		ID:       "server-temporary-failure",
		Title:    "The server has a passing trouble of its own",
		Severity: report.Error,
		Seen:     "A command, the login or the message was answered with 4xx, in words about a local problem, storage or a service that does not run.",
		Why:      "The server says that the trouble is its own and that the same may succeed later. Without a queue the message is lost.",
		Resend:   resendFailing,
		Fix: []string{
			"Try again some minutes later, or let a queue do it",
			"Look at the provider's status page; if it lasts, send its support the text of the reply",
			"If the server is yours, look into its log at that time: often the disk is full, or a filter or login service does not run",
		},
		Tell:    "greylisted and rate-limited are meant for this client; starttls-refused is the answer to STARTTLS. Some give 4xx for lasting errors (Resend 450, Mailgun's sandbox 421): there the words count.",
		Refs:    []string{"RFC 5321 4.2.1", "RFC 5321 4.5.4.1", "RFC 3463 3.4"},
		Replies: fromLogin, Shown: messageTaken,
	},
}

// sizeKnown: the size of a message was given, and the server announces a limit.
func sizeKnown(f *facts.Facts) string {
	switch {
	case messageSize(f) == 0:
		return "no message was sent"
	case f.SizeLimit() == 0:
		return "the server announces no limit of size"
	}
	return ""
}

// messageSize is that of the message in bytes, as it was sent or asked for; 0
// where it is not known.
func messageSize(f *facts.Facts) int64 {
	if m := f.Case.Message; m != nil && m.Via == "smtp" && m.Size > 0 {
		return m.Size
	}
	if e := f.Case.Asked.Envelope; e != nil {
		return e.Size
	}
	return 0
}

func tooLarge(f *facts.Facts) []report.Finding {
	size, limit := messageSize(f), f.SizeLimit()
	if size <= limit {
		return nil
	}
	out := report.Finding{
		Summary:  fmt.Sprintf("A message of %d bytes is over the limit of the server, %d bytes", size, limit),
		Detail:   "The EHLO answer announces the limit (SIZE). A client that knows it does not begin; others send the whole message and are refused.",
		Evidence: sizeLine(f),
	}
	if f.Delivery().State == facts.StateAccepted {
		out.Severity = report.Note
		out.Summary = fmt.Sprintf("The server announces a limit of %d bytes and took a message of %d bytes", limit, size)
		out.Detail = "Clients that read the limit (SIZE) do not send such a message, and the next server on the way may refuse it."
		out.Fix = []string{"If the server is yours: announce the limit that it keeps (Postfix: message_size_limit)", "Do not rely on it: keep messages under the limit that is announced"}
	}
	return one(out)
}

// sizeLine quotes the line of the EHLO answer that announces the limit.
func sizeLine(f *facts.Facts) []report.Quote {
	what := "EHLO"
	if f.Main.ExtTLS != nil {
		what = "EHLO under TLS"
	}
	for _, k := range f.LastExt().Keywords {
		if strings.EqualFold(k.Name, "SIZE") {
			return []report.Quote{{From: at(f.Main, what), Text: clip("250 " + k.Raw)}}
		}
	}
	return ehloTLSQuote(f)
}
