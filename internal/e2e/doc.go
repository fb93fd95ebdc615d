// Package e2e holds tests only, behind the build tag e2e: the built maildoctor
// against Postfix, Exim, OpenSMTPD and Dovecot as Debian 12 packages them: what
// they speak, who may log in and send, and what arrives in a mailbox. Run it with
// make e2e; it needs root on Linux, and apt with Debian 12 sources.
//
// The packages are unpacked into a tree of their own below the cache directory
// (MAILDOCTOR_E2E_CACHE, XDG_CACHE_HOME or /var/cache) and run there in private
// namespaces, on loopback addresses and free ports. None is installed on the
// machine, no service of it is started, and everything ends with the test.
//
// The formats for CI systems are read by xmllint and by npm packages: these stand
// below the cache directory as well, while xmllint and npm themselves are installed
// where they are missing.
package e2e
