package check

import (
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// remarksOnly is for checks that only remarks of a dialect find: the settings were
// read, and nothing was remarked.
func remarksOnly(*evidence.Settings) (string, []report.Finding) { return "", nil }

// smtpRemarks is remarksOnly for what only settings of SMTP have.
func smtpRemarks(s *evidence.Settings) (string, []report.Finding) {
	if s.Channel != "smtp" {
		return "this channel does not use SMTP", nil
	}
	return "", nil
}

// serverRemarks is smtpRemarks for what the text of the server shows.
func serverRemarks(s *evidence.Settings) (string, []report.Finding) {
	if why, _ := smtpRemarks(s); why != "" {
		return why, nil
	}
	if s.Host.Unknown {
		return "the server is set elsewhere", nil
	}
	return "", nil
}

// modeRemarks is smtpRemarks for what the switches show.
func modeRemarks(s *evidence.Settings) (string, []report.Finding) {
	if why, _ := smtpRemarks(s); why != "" {
		return why, nil
	}
	if s.Mode.Is == target.Unknown && s.Mode.Refuses == "" {
		return unsettled, nil
	}
	return "", nil
}

// inSettings is why a check of settings was not run on a server.
var inSettings = unasked("no settings were read")

// configuration are the checks of an application's settings.
var configuration = []Check{
	{
		ID: "settings-file-broken", Title: "The settings file cannot be read by its own application", Severity: report.Error,
		Seen:  "The file breaks the rules of its format: a quote that is not closed, a tab in YAML, a comma too many in JSON.",
		Why:   "The application stops at start, or goes on without any of the settings in the file.",
		Fix:   []string{"Correct the line that is named", "Look at the lines above it as well: an open quote or bracket shows further down"},
		Tell:  "client-config-invalid is a file that can be read, with a value that cannot.",
		Refs:  []string{"https://yaml.org/spec/1.2.2/", "RFC 8259"},
		Needs: inSettings, Settings: remarksOnly,
	},
	{
		ID: "settings-file-unreadable", Title: "A settings file could not be looked at", Severity: report.Error,
		Seen:  "A file that was named, or found, could not be opened, is no text or is too large.",
		Why:   "Nothing can be said of it. The application may meet the same obstacle, such as a missing right to read it.",
		Fix:   []string{"See that the file exists and that this user may read it", "Name the file that holds the mail settings, not an archive or a database"},
		Tell:  "settings-file-broken was read and breaks the rules of its format.",
		Refs:  []string{"open(2)"},
		Needs: inSettings, Settings: remarksOnly,
	},
	{
		ID: "setting-ignored", Title: "A setting has no effect", Severity: report.Warning,
		Seen:  "The settings hold a key, or an option of a mail URL, that this application does not read, or not at this release.",
		Why:   "Whoever set it expects something that does not happen: encryption, a port, a login. It misleads the next reader as well.",
		Fix:   []string{"Remove the key, or set the one that is read in its place"},
		Tell:  "setting-misspelt is a name that no release ever read; setting-deprecated is still read.",
		Refs:  []string{"the documentation of the application, for its release"},
		Needs: inSettings, Settings: remarksOnly,
	},
	{
		ID: "setting-misspelt", Title: "The name of a setting is wrong", Severity: report.Warning,
		Seen:  "A key looks like one that the application reads, and is not: a letter, an underscore or a prefix is wrong, or it is the name that another application uses.",
		Why:   "The application never sees the value and takes its default.",
		Fix:   []string{"Write the key as the application's documentation has it"},
		Tell:  "setting-ignored is a name that other releases read.",
		Refs:  []string{"the documentation of the application"},
		Needs: inSettings, Settings: remarksOnly,
	},
	{
		ID: "setting-deprecated", Title: "A setting has an old name", Severity: report.Warning,
		Seen:  "The application still reads the key, and has another one for the same purpose.",
		Why:   "A later release stops reading it, and mail stops with the update.",
		Fix:   []string{"Set the new key and remove the old one"},
		Tell:  "setting-ignored is not read any more.",
		Refs:  []string{"the release notes of the application"},
		Needs: inSettings, Settings: remarksOnly,
	},
	{
		ID: "setting-missing", Title: "A setting is missing without which no mail goes out", Severity: report.Error,
		Seen:  "A server is set, and a key that the application needs beside it is not.",
		Why:   "The application refuses to start, takes another way to send, or sends nothing.",
		Fix:   []string{"Set the key that is named"},
		Tell:  "from-missing is the sender's address; client-credentials-missing is user name or password.",
		Refs:  []string{"the documentation of the application"},
		Needs: inSettings, Settings: remarksOnly,
	},
	{
		ID: "setting-mangled", Title: "A value is not read as it was meant", Severity: report.Warning,
		Seen:  "The reader of this file cuts the value at a #, keeps quotes as part of it, expands a $, undoes an escape, or the value holds a curly quote, a blank or an invisible character.",
		Why:   "The application logs in with another password than the one that was written down, or connects to another host. The server says 535, or the name is not found.",
		Fix:   []string{"Put the value in the quotes that this kind of file knows, or write it without what is mangled", "Where nothing helps, choose a password of letters and digits"},
		Tell:  "setting-url-not-encoded is the same in a URL; setting-unresolved is a variable that has no value.",
		Refs:  []string{"https://docs.docker.com/reference/cli/docker/container/run/#env", "https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/"},
		Needs: inSettings, Settings: remarksOnly,
	},
	{
		ID: "setting-read-as-true", Title: "The text false counts as true", Severity: report.Warning,
		Seen:  "A switch is given as text, in a language or application that takes any text for true.",
		Why:   "The switch is on though its value says off. With implicit TLS on port 587 this prints wrong version number.",
		Fix:   []string{"Compare the text (=== \"true\"), or take the setting out where it is to be off"},
		Tell:  "tls-on-starttls-port is what follows where the switch is that of implicit TLS.",
		Refs:  []string{"https://nodemailer.com/smtp/"},
		Needs: inSettings, Settings: remarksOnly,
	},
	{
		ID: "setting-url-not-encoded", Title: "The mail URL holds characters that must be percent-encoded", Severity: report.Error,
		Seen:  "The user name or the password in a mail URL holds @ : / ? # % or a blank as it is.",
		Why:   "These characters end a part of the URL. The parser takes another host, user or password, or refuses the URL.",
		Fix:   []string{"Write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23, % as %25 and + as %2B in user name and password"},
		Tell:  "client-config-invalid is a URL with a scheme or form that the application does not know.",
		Refs:  []string{"RFC 3986 2.1", "RFC 3986 3.2.1"},
		Needs: inSettings, Settings: serverRemarks,
	},
	{
		ID: "setting-host-has-scheme", Title: "The host field holds a URL scheme", Severity: report.Error,
		Seen:  "The host begins with ssl://, tls://, smtp:// or https://, and the application takes a name alone.",
		Why:   "The application looks up a name that does not exist, or opens with TLS where it should not.",
		Fix:   []string{"Write the name of the server alone, and set encryption with its own key"},
		Tell:  "client-config-invalid is a port, a path or a mail address in the host field.",
		Refs:  []string{"RFC 5321 2.3.5"},
		Needs: inSettings, Settings: serverRemarks,
	},
	{
		ID: "setting-port-missing", Title: "The port is missing", Severity: report.Error,
		Seen:  "The application takes host and port in one value, or a URL, and the port is not there.",
		Why:   "The application refuses the value (missing port in address) or dials port 0 or 25.",
		Fix:   []string{"Write host:port, with 587 for STARTTLS or 465 for implicit TLS"},
		Tell:  "client-config-invalid is a port that is no number.",
		Refs:  []string{"RFC 6409 3.1", "RFC 8314 3.3"},
		Needs: inSettings, Settings: smtpRemarks,
	},
	{
		ID: "setting-unresolved", Title: "A setting refers to a variable that has no value here", Severity: report.Note,
		Seen:  "A value is ${NAME} or $NAME, and neither the environment nor the files beside it give NAME a value.",
		Why:   "Docker Compose puts an empty text in its place and prints a warning that few see. A password with a $ in it is cut in the same way.",
		Fix:   []string{"Set the variable in .env beside the compose file, or write $$ where a $ is meant"},
		Tell:  "setting-not-passed has a value that does not reach the container.",
		Refs:  []string{"https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/"},
		Needs: inSettings, Settings: remarksOnly,
	},
	{
		ID: "setting-not-passed", Title: "The setting does not reach the application", Severity: report.Error,
		Seen:  "The value stands in a file that only fills in placeholders, or on one container of several that need it.",
		Why:   "The process that sends never sees it and takes its default. A .env beside a compose file is no env_file.",
		Fix:   []string{"Name the variable under environment: of the service that sends, or give the service an env_file:", "See that web and worker containers have the same settings"},
		Tell:  "setting-misspelt reaches the application under another name.",
		Refs:  []string{"https://docs.docker.com/compose/how-tos/environment-variables/set-environment-variables/"},
		Needs: inSettings, Settings: remarksOnly,
	},
	{
		ID: "setting-placeholder", Title: "A secret is still the placeholder of an example", Severity: report.Note,
		Seen:  "The value of a password or key reads like an example: your-password, re_xxx, changeme.",
		Why:   "The server refuses the login.",
		Fix:   []string{"Set the real secret"},
		Tell:  "client-credentials-missing is an empty value; provider-password-kind is a real secret of another kind.",
		Refs:  []string{"RFC 4954 6"},
		Needs: inSettings, Settings: setPlaceholder,
	},
	{
		ID: "setting-version-matters", Title: "What the settings mean depends on the release of the application", Severity: report.Note,
		Seen:  "The release is not known, and other releases make another TLS mode of the same settings.",
		Why:   "An update of the application can stop mail without a change of the settings.",
		Fix:   []string{"Name the release with --app-version"},
		Tell:  "release-bug is a release that is known to be wrong.",
		Refs:  []string{"the release notes of the application"},
		Needs: inSettings, Settings: setRanges,
	},
	{
		ID: "release-bug", Title: "This release of the application mishandles the setting", Severity: report.Error,
		Seen:  "The settings are as the documentation wants them, and the release is known to make something else of them.",
		Why:   "No other value of the same setting may help. The fix is an update, or a way round.",
		Fix:   []string{"Update the application to the release that is named", "Until then use the settings that are named"},
		Tell:  "setting-version-matters does not know the release.",
		Refs:  []string{"the release notes of the application"},
		Needs: inSettings, Settings: remarksOnly,
	},
	{
		ID: "tls-switches-conflict", Title: "Two switches of encryption exclude each other", Severity: report.Error,
		Seen:  "Implicit TLS and STARTTLS are both switched on, or one is on by default beside the other.",
		Why:   "The application refuses to start or to send, or asks for STARTTLS inside TLS, which no server offers.",
		Fix:   []string{"Switch one of the two off: implicit TLS stays for port 465, STARTTLS for port 587"},
		Tell:  "tls-on-starttls-port is one switch, for the wrong port.",
		Refs:  []string{"RFC 8314 3.3", "RFC 3207 4.2"},
		Needs: inSettings, Settings: modeRemarks,
	},
	{
		ID: "starttls-not-demanded", Title: "STARTTLS is used if offered, and not demanded", Severity: report.Note,
		Seen:  "The client upgrades where the server offers STARTTLS, and sends the password all the same where it does not.",
		Why:   "Whoever stands between can take the offer away and read the password (RFC 3207 6). Mail goes out either way.",
		Fix:   []string{"Demand STARTTLS where the application can, or use port 465 with implicit TLS"},
		Tell:  "starttls-stripped is the same seen on the line.",
		Refs:  []string{"RFC 3207 6", "RFC 8314 3.3"},
		Needs: inSettings, Settings: setOpportunistic,
	},
	{
		ID: "cert-check-off", Title: "The application is told not to check the server's certificate", Severity: report.Warning,
		Seen:  "A setting such as verify_peer=false, rejectUnauthorized=false, skip_verify or OPENSSL_VERIFY_MODE=none.",
		Why:   "TLS then hides the password from those who listen, not from those who answer in the server's place.",
		Fix:   []string{"Switch the check on, and use the host name that stands in the certificate", "Trust the authority of a server of your own explicitly in its place"},
		Tell:  "cert-name-mismatch, cert-unknown-ca and cert-expired are why people switch it off: mend those.",
		Refs:  []string{"RFC 9525 1", "RFC 8314 4.2"},
		Needs: inSettings, Settings: smtpRemarks,
	},
	{
		ID: "weak-setting", Title: "A setting limits TLS to what is old and weak", Severity: report.Warning,
		Seen:  "A list of ciphers or versions such as SSLv3 or TLSv1.",
		Why:   "Servers refuse what it asks for, or take it and are easily listened to. It cures no error.",
		Fix:   []string{"Remove the setting"},
		Tell:  "tls-client-too-old is a client that knows nothing newer.",
		Refs:  []string{"RFC 8996 4", "RFC 9325 3.1"},
		Needs: inSettings, Settings: smtpRemarks,
	},
	{
		ID: "mailer-swallows-mail", Title: "The chosen way to send sends nothing", Severity: report.Error,
		Seen:  "The mailer is log, array, null, console, file, dummy or the like.",
		Why:   "The application reports success, and every mail ends in a log or nowhere.",
		Fix:   []string{"Set the mailer to smtp, or to the API of your provider"},
		Tell:  "mailer-switched-off has a switch of its own; failover-hides-errors swallows mail only where the first way fails.",
		Refs:  []string{"the documentation of the application"},
		Needs: inSettings, Settings: remarksOnly,
	},
	{
		ID: "mailer-switched-off", Title: "Mail is switched off", Severity: report.Error,
		Seen:  "The switch that lets the application send mail is off, or is not set and off by default.",
		Why:   "The other settings may be right and do not count.",
		Fix:   []string{"Switch mail on with the setting that is named"},
		Tell:  "mailer-swallows-mail is a way to send that sends nothing.",
		Refs:  []string{"the documentation of the application"},
		Needs: inSettings, Settings: remarksOnly,
	},
	{
		ID: "login-switched-off", Title: "The application is told not to log in, though a user name is set", Severity: report.Error,
		Seen:  "The switch of the login is off, or is off by default, and user name and password are set.",
		Why:   "The server refuses mail from strangers: 530 Authentication required, or relay denied.",
		Fix:   []string{"Switch the login on"},
		Tell:  "auth-required is what the server says then.",
		Refs:  []string{"RFC 4954 6", "RFC 6409 4.3"},
		Needs: inSettings, Settings: smtpRemarks,
	},
	{
		ID: "failover-hides-errors", Title: "A fail-over ends in a way that sends nothing", Severity: report.Warning,
		Seen:  "The list of mailers ends with, or begins with, log or array.",
		Why:   "Where the first way fails, the mail goes to the log and counts as sent. There is no backup, and nobody is told.",
		Fix:   []string{"Put a second real mailer behind the first one", "Leave log out of the list, so that an error shows"},
		Tell:  "mailer-swallows-mail is that mailer alone.",
		Refs:  []string{"https://laravel.com/docs/mail#failover-configuration"},
		Needs: inSettings, Settings: remarksOnly,
	},
	{
		ID: "from-missing", Title: "No sender is set", Severity: report.Warning,
		Seen:  "The application has a setting for the sender's address, and it is empty or not set.",
		Why:   "The application takes a default such as root@localhost or the user name, which the provider refuses, or it sends nothing.",
		Fix:   []string{"Set the sender to an address that the provider lets this account send from"},
		Tell:  "sender-not-verified is a sender that is set and refused.",
		Refs:  []string{"RFC 5322 3.6.2", "RFC 5321 4.1.1.2"},
		Needs: inSettings, Settings: withSender,
	},
	{
		ID: "from-mismatch", Title: "The sender is not what this server lets the account send as", Severity: report.Warning,
		Seen:  "The address of the sender cannot be right for the account or server in the same settings.",
		Why:   "The server refuses the mail, rewrites the sender, or the mail fails DMARC at its destination.",
		Fix:   []string{"Set the sender to the account's own address or domain"},
		Tell:  "sender-not-owned is what the server says then.",
		Refs:  []string{"RFC 6409 6.1", "RFC 7489 3.1"},
		Needs: inSettings, Settings: withSender,
	},
	{
		ID: "provider-password-kind", Title: "The password is a secret of another kind than the provider wants", Severity: report.Error,
		Seen:  "The form of the password is that of an API key, an access key or a token that never works for SMTP with this provider.",
		Why:   "The login is refused with 535, however right the secret is elsewhere.",
		Fix:   []string{"Make the SMTP password or key on the provider's SMTP page and set that"},
		Tell:  "auth-bad-credentials is a secret of the right kind; provider-username-convention is the user name.",
		Refs:  []string{"RFC 4954 6", "RFC 4616 2"},
		Needs: inSettings, Settings: setPasswordKind,
	},
	{
		ID: "port-25-submission", Title: "Mail is submitted to port 25", Severity: report.Note,
		Seen:  "An application logs in on port 25 of a server elsewhere.",
		Why:   "Most hosts block outgoing port 25, and some servers take no logins there.",
		Fix:   []string{"Use port 587 with STARTTLS or 465 with implicit TLS"},
		Tell:  "connect-timeout-blocked-port is a port that was seen to be blocked.",
		Refs:  []string{"RFC 6409 3.1", "RFC 8314 3.3"},
		Needs: inSettings, Settings: setPort25,
	},
	{
		ID: "resend-key-kept", Title: "A Resend API key is stored, though Resend is switched off", Severity: report.Note,
		Seen:  "The settings hold a Resend API key, and another way to send is in force.",
		Why:   "Switching Resend off does not end the key. Until it is deleted at Resend, whoever reads it in the settings, a backup or a log can send with it.",
		Fix:   []string{"Remove the key from the settings where Resend is not to be used again", "Delete it at https://resend.com/api-keys, or make a new one, where others may have read it"},
		Tell:  "resend-key-invalid is a key that Resend does not take.",
		Refs:  []string{"https://resend.com/docs/dashboard/api-keys/introduction"},
		Needs: inSettings, Settings: setKeptKey, Resend: keyStillKept,
	},
}
