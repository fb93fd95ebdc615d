//go:build !linux

package inside

import "errors"

const supported = false

var errSystem = errors.New("only Linux has network namespaces")

// Network is the network of a process; there is none on this system.
type Network struct{ process Process }

// Open fails: there are no network namespaces on this system.
func (p Process) Open() (*Network, error) { return nil, errSystem }

// ReadFile fails: there are no network namespaces on this system.
func (n *Network) ReadFile(string) ([]byte, error) { return nil, errSystem }

func (n *Network) do(func()) error { return errSystem }
