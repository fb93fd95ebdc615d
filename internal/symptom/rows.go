package symptom

import "slices"

// Rows is the table of symptoms.
var Rows = slices.Concat(
	resendRows, decisiveRows, loginRows, senderRows, recipientRows, messageRows, policyRows,
	starttlsRows, protocolRows, localRows, certificateRows, tlsRows,
	nameRows, connectRows, codeRows, parentRows,
)
