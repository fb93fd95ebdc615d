package check

import (
	"fmt"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// envelope are the checks of sender and recipient.
var envelope = []Check{
	{
		ID:       "sender-not-verified",
		Title:    "The provider has not verified the sender address or its domain",
		Severity: report.Error,
		Seen:     "The message was refused because the From address, or its domain, is not verified or not set up in the account.",
		Why:      "Providers for applications send only for senders that the account has proved to own. The login works, and every message with this From is refused.",
		Fix: []string{
			"Verify the domain of From at the provider (Amazon SES: identity, SendGrid: Sender Identity, Postmark: sender signature) and set the DNS records it shows",
			"Or set From to an address that is verified in this account",
			"Amazon SES: verify in the region of the host; in the sandbox verify each recipient as well, or ask for production access",
			"Mailgun: use a domain of your own; the sandbox domain sends to authorized recipients only",
		},
		Tell:    "sender-not-owned is an address that does not belong to the login; domain-auth-failed is refused by the recipient's server; resend-domain-not-verified is this at Resend.",
		Refs:    []string{"RFC 6409 6.1", "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html"},
		Replies: fromMail, Shown: messageTaken,
		Settings: setSender,
	},
	{
		ID:       "sender-not-owned",
		Title:    "The sender address does not belong to the account that logged in",
		Severity: report.Error,
		Seen:     "MAIL FROM or the message was refused because the sender is neither the account's address nor one it may send as.",
		Why:      "Mailbox providers let an account send as itself only. Contact forms that put the visitor's address into From run into this.",
		Fix: []string{
			"Set From and the envelope sender to the address that logs in, and put a visitor's address into Reply-To",
			"Add the other address to the account (iCloud, Zoho: alias, Fastmail: sending identity)",
			"Microsoft 365 (5.7.60): grant the account Send As on the other mailbox (Exchange admin centre: the mailbox, Delegation)",
			"If the server is yours, assign the address to the login (Postfix: smtpd_sender_login_maps)",
		},
		Tell:    "sender-not-verified is a domain that the provider does not know; sender-address-invalid is about the address itself; auth-required has no login yet.",
		Refs:    []string{"RFC 6409 6.1", "RFC 3463 3.8"},
		Replies: fromMail, Shown: messageTaken,
	},
	{
		ID:       "sender-address-invalid",
		Title:    "The sender address is malformed, or its domain does not exist",
		Severity: report.Error,
		Seen:     "The sender was refused: the address is empty or breaks the syntax, or its domain is not found in DNS.",
		Why:      "No failure notice can reach such an address, so servers do not take the mail. Defaults such as root@localhost or a container's name cause it.",
		Fix: []string{
			"Set a From address with a domain that exists (Laravel: MAIL_FROM_ADDRESS, Django: DEFAULT_FROM_EMAIL)",
			"Put the address alone into the address field, and the name into its own field (Laravel: MAIL_FROM_NAME)",
			"Set the envelope sender as well; system programs use USER@HOSTNAME when none is given (PHPMailer: Sender, sendmail: -f)",
			"If the domain is new, see that it has an MX or A record in public DNS",
		},
		Tell:    "sender-not-owned and sender-not-verified are good addresses without the right to use them; recipient-address-invalid is the other side of the envelope.",
		Refs:    []string{"RFC 5321 4.1.2", "RFC 3463 3.2"},
		Replies: fromMail, Shown: senderTaken,
		Settings: withSender,
	},
	{
		ID:       "relay-denied",
		Title:    "The server does not pass mail on for this client",
		Severity: report.Error,
		Seen:     "RCPT or the message was refused in words about relaying: the recipient is elsewhere, and the client is not trusted.",
		Why:      "Servers take mail for their own mailboxes from anybody, and for others only from clients that log in or whose network they know.",
		Fix: []string{
			"Set user name and password, and the provider's submission host with port 587 or 465",
			"See that the host is not the MX of a domain; that one takes mail for its own recipients only",
			"If the server is yours: let logins relay (Postfix: permit_sasl_authenticated in smtpd_relay_restrictions), or add the client's network (mynetworks)",
			"Microsoft 365 (5.7.64), Google Workspace relay: enter the sending address in the inbound connector, or under SMTP relay service",
		},
		Tell:    "auth-required asks for the login in so many words; ip-not-authorised misses the client on a list; recipient-unknown lacks a mailbox of the server's own.",
		Refs:    []string{"RFC 5321 7.9", "RFC 3463 3.8"},
		Replies: fromMail, Shown: recipientsTaken,
	},
	{
		ID:       "recipient-unknown",
		Title:    "The recipient's mailbox does not exist",
		Severity: report.Error,
		Seen:     "RCPT or the message was refused because the server knows no such mailbox.",
		Why:      "This recipient gets nothing; others may. Sending to unknown mailboxes again and again harms the sender's reputation.",
		Fix: []string{
			"Compare the address with the one the recipient gave, letter by letter, the domain too",
			"Read every line of the reply: GMX, for one, puts mailbox unavailable before other reasons as well",
			"Take the address out of the application's lists",
			"If the server is yours: make the mailbox or alias, and see that the server takes the domain for its own (Postfix: mydestination, virtual_mailbox_domains)",
		},
		Tell:    "recipient-address-invalid breaks the syntax; recipient-mailbox-full exists; recipient-suppressed is on a list of the provider, and the server is not asked.",
		Refs:    []string{"RFC 5321 3.3", "RFC 3463 3.2"},
		Replies: fromRcpt, Shown: recipientsTaken,
	},
	{
		ID:       "recipient-refused-by-policy",
		Title:    "The server refuses the recipient by a policy",
		Severity: report.Error,
		Seen:     "RCPT was refused with an enhanced code 5.7.x, or in words about a policy, and the reply does not say which.",
		Why:      "The mailbox may well exist. A rule of the server keeps this sender, this client or this login from sending to it.",
		Fix: []string{
			"Read the reply: it may name the rule, a list or a page with details",
			"Compare with another recipient, another sender and, where it is not so, with a login: what changes the answer is what the rule is about",
			"Ask the server's operator, with the text of the reply; if the server is yours, look in its log for the rule (Postfix: the access tables and policy services of smtpd_recipient_restrictions)",
		},
		Tell:    "recipient-unknown has no such mailbox; relay-denied speaks of relaying; ip-reputation-blocked names the IP address; content-rejected judges the message.",
		Refs:    []string{"RFC 3463 3.8", "RFC 5321 7.9"},
		Replies: []evidence.StepName{evidence.StepRcpt}, Shown: recipientsTaken,
	},
	{
		ID:       "recipient-address-invalid",
		Title:    "The recipient address is missing or malformed",
		Severity: report.Error,
		Seen:     "There was no recipient, or the application or the server refused one whose address breaks the syntax.",
		Why:      "Without a recipient there is no mail. In some libraries one bad address stops the message for all others.",
		Fix: []string{
			"Look at To, Cc and Bcc as the application had them: mostly a field or variable is empty",
			"Take out blanks, line ends, quotes, commas at the end, and names without angle brackets around the address",
			"Give several addresses as a list or with commas between them; semicolons do not count",
			"Write a domain with letters outside ASCII in its xn-- form; before the @ such letters need a server with SMTPUTF8",
		},
		Tell:    "recipient-unknown is well formed and has no mailbox; sender-address-invalid is the other side of the envelope.",
		Refs:    []string{"RFC 5321 4.1.2", "RFC 5322 3.4", "RFC 3463 3.2"},
		Replies: fromRcpt, Shown: recipientsTaken,
	},
	{
		ID:       "smtputf8-not-offered",
		Title:    "An address needs SMTPUTF8, which the server does not offer",
		Severity: report.Error,
		Seen:     "An address of the envelope has letters outside ASCII before the @, and the EHLO answer does not list SMTPUTF8.",
		Why:      "Such an address cannot be sent to this server in any other form. Clients stop before MAIL, or the server refuses the address as malformed.",
		Fix: []string{
			"Use an address with ASCII letters before the @; most of these mailboxes have one beside the other",
			"Send through a server that offers SMTPUTF8; if the server is yours, switch it on (Postfix: smtputf8_enable = yes)",
		},
		Tell:  "recipient-address-invalid and sender-address-invalid break the syntax; letters outside ASCII behind the @ can be written in the xn-- form and need no SMTPUTF8.",
		Refs:  []string{"RFC 6531 3.1", "RFC 6531 3.2", "RFC 5890"},
		Needs: all(needsUTF8, helloSeen),
		Find:  noUTF8,
	},
	{
		ID:       "recipient-mailbox-full",
		Title:    "The recipient's mailbox is full",
		Severity: report.Error,
		Seen:     "RCPT or the message was refused because the recipient's mailbox is over its quota.",
		Why:      "This recipient gets nothing until there is room again. After a 4xx a queue tries again; after a 5xx the mail has failed.",
		Fix: []string{
			"Tell the recipient another way, and send again later",
			"If the mailbox is yours, delete mail, empty its trash or raise its quota",
			"Send through a server with a queue, so that a 4xx is tried again",
		},
		Tell:    "quota-exceeded is the allowance of the sender; message-too-large is about this message alone; server-temporary-failure may be a full disk of the server.",
		Refs:    []string{"RFC 3463 3.3"},
		Replies: fromRcpt, Shown: messageTaken,
	},
	{
		ID:       "recipient-suppressed",
		Title:    "The provider no longer sends to this recipient",
		Severity: report.Error,
		Seen:     "The provider refused the recipient because the address stands on its suppression list, or is marked as inactive.",
		Why:      "After a bounce or a complaint, providers stop sending to an address to guard their reputation. The mailbox may be fine by now.",
		Fix: []string{
			"Find the address in the provider's list of suppressions, and read why and since when it is there",
			"If the mailbox exists and its owner wants the mail, remove or reactivate the address there, then send again",
			"If it bounced rightly, correct or delete it in the application; otherwise it comes back to the list",
		},
		Tell:    "recipient-unknown is the answer of the recipient's own server; sender-not-verified in the sandbox of Amazon SES refuses recipients too, with other words.",
		Refs:    []string{"RFC 5321 7.9"},
		Replies: fromRcpt, Shown: messageTaken,
	},
}

// needsUTF8: an address was asked for that needs SMTPUTF8.
func needsUTF8(f *facts.Facts) string {
	switch {
	case f.Case.Asked.Envelope == nil:
		return "no envelope was sent"
	case internationalAddress(f) == "":
		return "no address has letters outside ASCII before the @"
	}
	return ""
}

// helloSeen: the EHLO answer that counts was seen, that under TLS where the
// server has it.
func helloSeen(f *facts.Facts) string {
	if f.Mode == target.Cleartext {
		return extended(f)
	}
	return tlsUp(f)
}

// internationalAddress is the first address that was asked for whose local part
// has letters outside ASCII (RFC 6531 3.3); "" for none.
func internationalAddress(f *facts.Facts) string {
	for _, a := range append([]string{f.Case.Asked.Envelope.From}, f.Case.Asked.Envelope.To...) {
		local := a[:max(strings.LastIndexByte(a, '@'), 0)]
		if strings.IndexFunc(local, func(r rune) bool { return r > 0x7f }) >= 0 {
			return a
		}
	}
	return ""
}

func noUTF8(f *facts.Facts) []report.Finding {
	if facts.Offers(f.LastExt(), "SMTPUTF8") {
		return nil
	}
	return one(report.Finding{
		Summary:  "An address needs SMTPUTF8, and the server does not offer it",
		Detail:   fmt.Sprintf("%q has letters outside ASCII before the @. Without SMTPUTF8 there is no way to name it to this server.", internationalAddress(f)),
		Evidence: ehloTLSQuote(f),
	})
}
