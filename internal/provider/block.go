package provider

import "slices"

// Block is a host (a cloud, a platform, a network) that keeps programs from
// reaching mail ports. A blocked port is silent as a rule: the connection
// times out, it is not refused.
type Block struct {
	ID         string
	Name       string
	Ports      []uint16 // blocked for a new account or machine
	PortsNote  string
	Open       []uint16 // known not to be blocked; no full list
	OpenNote   string
	Redirected []uint16 // answered by the host's own server instead
	Applies    string   // to which plans or machines; empty means all
	Unblock    string   // how to have it lifted; empty when not known
	Never      bool     // there is no way to have it lifted
	Advice     string
	ErrorText  string // what a program is told, where it is told anything
	Note       string
	Env        []string // environment variables that are set on this host only
	Sources    []string
	Confidence Confidence
}

// Blocks lists the hosts by id.
func Blocks() []Block { return slices.Clone(blocks) }

// Blocking lists the hosts known to block a port, by id.
func Blocking(port uint16) []Block {
	var found []Block
	for _, b := range blocks {
		if b.Blocks(port) {
			found = append(found, b)
		}
	}
	return found
}

// BlockByID finds the host with exactly this id.
func BlockByID(id string) (Block, bool) {
	i := slices.IndexFunc(blocks, func(b Block) bool { return b.ID == id })
	if i < 0 {
		return Block{}, false
	}
	return blocks[i], true
}

// Here lists the ids of the hosts that this process seems to run on, told by
// variables which they set. getenv is os.Getenv, or a test's.
func Here(getenv func(string) string) []string {
	var ids []string
	isSet := func(name string) bool { return getenv(name) != "" }
	for _, b := range blocks {
		if slices.ContainsFunc(b.Env, isSet) {
			ids = append(ids, b.ID)
		}
	}
	return ids
}

// Blocks tells whether the port is blocked there.
func (b Block) Blocks(port uint16) bool { return slices.Contains(b.Ports, port) }
