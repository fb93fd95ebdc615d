package conf

import (
	"strings"
	"testing"
)

func TestCodeBroken(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		f    Flavour
		raw  string
		want string
	}{
		{"php string", PHP, "<?php\n$m->Password = 'x;\n", "line 2: a string is not closed"},
		{"php string before another", PHP, "<?php $m->Password='x; $m->Host='y'", "line 1: a string is not closed"},
		{"php bracket", PHP, "<?php\nreturn [\n  'a' => env('A',\n];\n", "line 3: a ( is not closed"},
		{"php many", PHP, "<?php\n$m->Host = " + strings.Repeat("(", 5000), "line 2: a ( is not closed"},
		{"js string", JS, "const n = require('nodemailer');\nx({ pass: 'y });\n", "line 2: a string is not closed"},
		{"js brace", JS, "// mail\nimport n from 'nodemailer';\nexport default x({\n  auth: { a: 'b' },\n", "line 3: a ( is not closed"},
		{"js brace by another", JS, "module.exports = x(\n  { a: [1 }\n)\n", "line 2: a [ is not closed"},
		{"python", Python, "from os import environ\nA = {\n  'b': 1,\n", "line 2: a { is not closed"},
		{"python docstring", Python, "\"\"\"It's\n\"\"\"\nA = 'b\n", "line 3: a string is not closed"},
		{"go", Go, "package main\n\nfunc f() {\n\ts.Send(\"a)\n}\n", "line 4: a string is not closed"},

		{"whole php", PHP, "\ufeff<?php\n/* ' ( */ return ['it' => \"it's (\"]; // it's (\n?><p>it's (</p>", ""},
		{"whole js", JS, "'use strict'\nconst a = `(${b})`, r = /[('\"]/; // it's\n", ""},
		{"templates within templates", JS, "const a = `'${b.replace(/'/g, `'\\\\''`)}'`\nx('", ""},
		{"jsx", JS, "import x from 'y'\nexport default () => <p>it's (</p>\n", ""},
		{"here-document", PHP, "<?php $a = <<<X\nit's (\nX;\n", ""},
		{"html before", PHP, "<p><?php x('a', [\n", ""},
		{"piece of php", PHP, "$m->Host = 'x';\nif ($a) {\n", ""},
		{"piece of js", JS, "nodemailer.createTransport({\n  host: 'x',\n", ""},
		{"piece of python", Python, "MAILERS = {\n  'a': 'b',\n", ""},
		{"lines left out", PHP, "<?php\nreturn [\n  // ...\n  'a' => 'b',\n", ""},
		{"lines left out behind", JS, "export default {\n  a: 'b',\n  ...\n", ""},
		{"lines left out as one sign", JS, "const a = {\n  b: 'c',\n  …\n", ""},
		{"rest is none left out", JS, "export default { ...a,\n  b: 'c',\n", "line 1: a { is not closed"},
		{"ruby is not sure", Ruby, "require 'mail'\nx(\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := Parse(c.raw, Code, c.f).Broken; got != c.want {
				t.Errorf("%q: broken %q, want %q", c.raw, got, c.want)
			}
		})
	}
}
