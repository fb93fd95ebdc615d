package check

import "github.com/maildoctor/maildoctor/internal/report"

// resend are the checks of what Resend says, over its API or over SMTP.
var resend = []Check{
	{
		ID:       "resend-key-invalid",
		Title:    "Resend does not accept the API key",
		Severity: report.Error,
		Seen:     "Resend answered that the API key is missing, invalid, not found or not active, or refused the login over SMTP; or its library was given no key.",
		Why:      "Nothing is sent, neither over the API nor over SMTP: there the key is the password.",
		Fix: []string{
			"Make a new API key in the Resend dashboard and copy it whole; it begins with re_, and capital and small letters differ",
			"See that it reaches the running process (RESEND_API_KEY), without quotes, blanks, a line end or the word Bearer",
			"Look for a placeholder from an example (re_xxxxxxxxx, re_123) and for a key that was deleted",
			"Over SMTP, set the word resend as user name and the key as password",
		},
		Tell:     "resend-key-restricted is a good key with fewer rights; provider-username-convention is 535 Invalid username, where the key was not looked at; account-suspended-or-locked is a key that Resend suspended.",
		Refs:     []string{"https://resend.com/docs/send-with-smtp", "RFC 6750 2.1"},
		Needs:    unasked("nothing was asked of Resend"),
		Settings: setResendKey,
	},
	{
		ID:       "resend-key-restricted",
		Title:    "The Resend API key has no right to do this",
		Severity: report.Error,
		Seen:     "Resend answered that the API key may only send mail (restricted_api_key), or may not send from this domain.",
		Why:      "The key itself is good. A key for sending cannot read domains or keys, and a key for one domain cannot send from another. An application that only sends needs no more than that.",
		Fix: []string{
			"To send, set From to the very domain of the key; a subdomain is another domain",
			"Or make a key for the right domain, or one with full access, in the Resend dashboard",
			"To read domains or keys, use a key with full access, and keep it out of the application that sends",
		},
		Tell:  "resend-key-invalid is no good key, also where restricted_api_key comes with the words not active; resend-domain-not-verified is a domain without its DNS records.",
		Refs:  []string{"https://resend.com/docs/send-with-smtp", "RFC 9110 15.5.4"},
		Needs: unasked("nothing was asked of Resend"),
	},
	{
		ID:       "resend-domain-not-verified",
		Title:    "The domain is not verified at Resend",
		Severity: report.Error,
		Seen:     "Resend refused the message because the domain of From, or the one the API key is bound to, is not verified (API 403, SMTP 450 or 550).",
		Why:      "No mail from this domain is sent. Over SMTP, the login, MAIL and RCPT succeed, and the refusal comes after the message. A 450 makes queues try again, in vain.",
		Fix: []string{
			"Add exactly the domain of From, subdomain included, at https://resend.com/domains, set the records shown there, and have it verified",
			"Or set From to a domain that is verified in the account of this key",
			"If the domain is verified, make a new key with full access or for this domain, in the same account",
			"If it stays pending, compare DNS with the records shown: often the zone stands twice in the name, a CNAME is proxied (Cloudflare), or the MX names another region",
		},
		Tell:  "resend-testing-only comes without a domain of your own in From; resend-key-restricted is a key for another domain; sender-not-verified is this at other providers.",
		Refs:  []string{"https://resend.com/domains", "https://resend.com/docs/send-with-smtp"},
		Needs: unasked("nothing was asked of Resend"),
	},
	{
		ID:       "resend-testing-only",
		Title:    "Without a verified domain Resend sends to your own address only",
		Severity: report.Error,
		Seen:     "Resend refused the message and said that only testing emails to your own email address can be sent (API 403, SMTP 450).",
		Why:      "From is at resend.dev, or no domain is verified. Mail to the owner of the account arrives, mail to everybody else does not. In spite of the 450 it does not pass.",
		Fix: []string{
			"Verify a domain of your own at https://resend.com/domains and use it in From",
			"Look whether From is still onboarding@resend.dev, from an example or a default",
			"For a test, send to the mail address of the Resend account",
		},
		Tell:     "resend-domain-not-verified names the domain that is missing; sender-not-verified covers the sandboxes of other providers.",
		Refs:     []string{"https://resend.com/domains", "https://resend.com/docs/send-with-smtp"},
		Needs:    unasked("nothing was asked of Resend"),
		Settings: setTestSender,
	},
	{
		ID:       "resend-invalid-request",
		Title:    "Resend refuses the request because something in it is wrong",
		Severity: report.Error,
		Seen:     "Resend answered that a field or parameter is missing or wrong, or that the idempotency key cannot be used (API 400, 409 or 422; SMTP 450 for a message without text).",
		Why:      "The key is good, and this message is not sent. Sent again unchanged, it mostly fails again.",
		Fix: []string{
			"Correct the field that the answer names; From is an address, or a name with the address in angle brackets",
			"Give the message a text; an empty template (Supabase) causes this over SMTP",
			"Give each attachment either content or path",
			"Use a new idempotency key, of 1 to 256 characters, for a changed message; within 24 hours the same key stands for the same message",
		},
		Tell:  "resend-key-invalid may carry the name validation_error too, with the words API key is invalid; resend-testing-only and resend-domain-not-verified carry it with 403. rate-limited and quota-exceeded are 429.",
		Refs:  []string{"RFC 9110 15.5.1", "RFC 9110 15.5.21"},
		Needs: unasked("nothing was asked of Resend"),
	},
}
