package fakemail

import (
	"encoding/json"
	"strings"
)

// ResendError is an answer of Resend's API, or of what stands before it.
type ResendError struct {
	ID      string // unique in ResendErrors
	Status  int
	Name    string
	Message string
	Seen    bool              // not in Resend's documentation, or there with another status: met in public reports
	Header  map[string]string // beside the usual ones
	Type    string            // of Body; empty: JSON
	Body    string            // in place of name and message
}

// Fail is the answer as the double gives it.
func (e ResendError) Fail() Fail {
	f := Fail{Status: e.Status, Type: e.Type, Header: e.Header, Body: e.Body}
	if f.Body == "" {
		b, err := json.Marshal(map[string]any{"statusCode": e.Status, "message": e.Message, "name": e.Name})
		if err == nil {
			f.Body = string(b)
		}
	}
	return f
}

const challenge = `<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body>Enable JavaScript and cookies to continue</body></html>`

// ResendErrors are the errors of Resend's documentation of November 2026, those
// that it had before, and those seen in public reports.
var ResendErrors = []ResendError{
	{ID: "invalid_idempotency_key", Status: 400, Name: "invalid_idempotency_key", Message: "Idempotency keys, if present, must have between 1 and 256 characters."},
	{ID: "validation_error", Status: 400, Name: "validation_error", Message: "An error was found with one or more fields in the request."},
	{ID: "missing_api_key", Status: 401, Name: "missing_api_key", Message: "Missing API key in the authorization header."},
	{ID: "restricted", Status: 401, Name: "restricted_api_key", Message: "This API key is restricted to only send emails"},
	{ID: "email_above_quota", Status: 403, Name: "email_above_quota", Message: "You can't retrieve this email's content because it was above quota when received."},
	{ID: "invalid_permission", Status: 403, Name: "invalid_permission", Message: "Access token is missing required scopes."},
	{ID: "inactive", Status: 403, Name: "restricted_api_key", Message: "API key is not active"},
	{ID: "suspended", Status: 403, Name: "suspended_api_key", Message: "This API key is suspended"},
	{ID: "testing-only", Status: 403, Name: "validation_error", Message: "You can only send testing emails to your own email address (owner@example.test). To send emails to other recipients, please verify a domain at resend.com/domains, and change the `from` address to an email using this domain."},
	{ID: "not-verified", Status: 403, Name: "validation_error", Message: "The example.test domain is not verified. Please, add and verify your domain on https://resend.com/domains"},
	{ID: "registered", Status: 403, Name: "validation_error", Message: "The example.test domain has been registered already."},
	{ID: "not_found", Status: 404, Name: "not_found", Message: "The requested endpoint does not exist."},
	{ID: "method_not_allowed", Status: 405, Name: "method_not_allowed", Message: "Method is not allowed for the requested path."},
	{ID: "concurrent", Status: 409, Name: "concurrent_idempotent_requests", Message: "There is another request in progress with the same idempotency key."},
	{ID: "invalid_idempotent_request", Status: 409, Name: "invalid_idempotent_request", Message: "This idempotency key has been used on a request within the last 24 hours, but the request body was modified."},
	{ID: "resource_locked", Status: 409, Name: "resource_locked", Message: "Another request is already updating this resource."},
	{ID: "invalid_attachment", Status: 422, Name: "invalid_attachment", Message: "Attachment must have either a `content` or `path`."},
	{ID: "invalid_parameter", Status: 422, Name: "invalid_parameter", Message: "The `parameter` must be a valid UUID."},
	{ID: "missing_required_field", Status: 422, Name: "missing_required_field", Message: "The request body is missing one or more required fields."},
	{ID: "missing_required_parameter", Status: 422, Name: "missing_required_parameter", Message: "The request is missing one or more required parameters."},
	{ID: "pagination", Status: 422, Name: "validation_error", Message: "The pagination limit must be a number between 1 and 100."},
	{ID: "daily-quota", Status: 429, Name: "daily_quota_exceeded", Message: "You have exceeded your daily email sending quota.", Header: map[string]string{"X-Resend-Daily-Quota": "100"}},
	{ID: "monthly-quota", Status: 429, Name: "monthly_quota_exceeded", Message: "You have exceeded your monthly email sending quota.", Header: map[string]string{"X-Resend-Monthly-Quota": "3000"}},
	{ID: "rate", Status: 429, Name: "rate_limit_exceeded", Message: "Too many requests. Please limit the number of requests per second.", Header: map[string]string{"Retry-After": "1", "Ratelimit-Limit": "10", "Ratelimit-Remaining": "0", "Ratelimit-Reset": "1"}},
	{ID: "application_error", Status: 500, Name: "application_error", Message: "An unexpected error occurred."},
	{ID: "service_unavailable", Status: 503, Name: "service_unavailable", Message: "API is temporarily unavailable"},

	// Gone from the documentation since August 2026.
	{ID: "invalid_api_key", Status: 403, Name: "invalid_api_key", Message: "API key is invalid."},
	{ID: "invalid_from_address", Status: 422, Name: "invalid_from_address", Message: "Invalid `from` field."},
	{ID: "invalid_access", Status: 422, Name: "invalid_access", Message: "Access must be \"full_access\" | \"sending_access\"."},
	{ID: "invalid_region", Status: 422, Name: "invalid_region", Message: "Region must be \"us-east-1\" | \"eu-west-1\" | \"sa-east-1\"."},
	{ID: "security_error", Status: 451, Name: "security_error", Message: "We may have found a security issue with the request."},
	{ID: "internal_server_error", Status: 500, Name: "internal_server_error", Message: "An unexpected error occurred."},

	{ID: "invalid-400", Status: 400, Name: "validation_error", Message: "API key is invalid", Seen: true},
	{ID: "invalid-401", Status: 401, Name: "validation_error", Message: "API key is invalid", Seen: true},
	{ID: "not-authorized", Status: 403, Name: "validation_error", Message: "This API key is not authorized to send emails from example.test", Seen: true},
	{ID: "contacts-quota", Status: 403, Name: "validation_error", Message: "You have reached your contacts quota. Please upgrade your plan.", Seen: true},
	{ID: "missing-field", Status: 422, Name: "missing_required_field", Message: "Missing `email` field.", Seen: true},
	{ID: "domain-not-found", Status: 404, Name: "not_found", Message: "Domain not found", Seen: true},
	{ID: "key-not-found", Status: 404, Name: "not_found", Message: "API key not found", Seen: true},
	{ID: "message-list", Status: 422, Seen: true, Body: `{"statusCode":422,"name":"validation_error","message":["from must be an email","to should not be empty"]}`},
	{ID: "1010", Status: 403, Seen: true, Type: "text/plain; charset=UTF-8", Body: "error code: 1010"},
	{ID: "blocked", Status: 403, Seen: true, Type: "text/html; charset=UTF-8", Header: map[string]string{"Cf-Mitigated": "challenge"}, Body: challenge},
	{ID: "challenge", Status: 503, Seen: true, Type: "text/html; charset=UTF-8", Body: challenge},

	// Not Resend at all.
	{ID: "html", Status: 200, Seen: true, Type: "text/html", Body: "<html><body>Welcome to the hotel's network</body></html>"},
	{ID: "empty-object", Status: 200, Seen: true, Body: "{}"},
	{ID: "other-list", Status: 200, Seen: true, Body: `{"object":"list","data":[{"id":"gpt-4","object":"model"}]}`},
	{ID: "problem", Status: 401, Seen: true, Type: "application/problem+json", Body: `{"type":"https://stoplight.io/prism/errors#UNAUTHORIZED","title":"Invalid security scheme used","status":401,"detail":"Your request does not fulfill the security requirements"}`},
	{ID: "truncated", Status: 200, Seen: true, Body: `{"object":"list","has_more":false,"data":[{"id":"d91cd9bd-1176-453e-8fc1-35364d380206","na`},
	{ID: "empty", Status: 200, Seen: true, Type: "application/json", Body: " "},
	{ID: "redirect", Status: 302, Seen: true, Type: "text/html", Header: map[string]string{"Location": "https://portal.example.test/login?token=4711"}, Body: "Found"},
	{ID: "huge", Status: 200, Seen: true, Body: `{"object":"list","has_more":false,"data":[],"x":"` + strings.Repeat("x", 2<<20) + `"}`},
}
