//go:build !linux

package cli_test

const nestName = "maildoctor-nest"

func nest() {}
