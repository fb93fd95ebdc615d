package provider

import (
	"strconv"
	"strings"
)

// Trusted tells whether a field may be asserted. It may not when the field, or
// one that holds it, is listed under Unverified, or when its ground is of low
// confidence: then it is a hint, never an error. Fields are written
//
//	hosts.<pattern>  host_note  region_note  domains  mx  no_ports  notes
//	ports  ports.<number>
//	username  username.convention  username.pattern  username.not
//	password  password.kind  .prefix  .pattern  .length  .not  .wrong_kinds  .note
//	sender  rejections  rejections.<code>  tls  ip_allowlist
//	dns  dns.spf  dns.dkim  dns.dkim.<selector>  dns.verification
func (p Provider) Trusted(field string) bool {
	for _, d := range p.Unverified {
		if field == d.Field || strings.HasPrefix(field, d.Field+".") {
			return false
		}
	}
	return p.confidence(groupOf(field)) != Low
}

// confidence is that of a group, or empty when the group has no ground.
func (p Provider) confidence(group string) Confidence {
	for _, g := range p.Grounds {
		if g.Group == group {
			return g.Confidence
		}
	}
	return ""
}

// groupOf is the ground that a field rests on.
func groupOf(field string) string {
	top, _, _ := strings.Cut(field, ".")
	switch top {
	case "username", "password":
		return "auth"
	case "sender", "rejections", "tls", "dns", "ip_allowlist":
		return top
	}
	return "endpoint"
}

func portField(n uint16) string { return "ports." + strconv.Itoa(int(n)) }
