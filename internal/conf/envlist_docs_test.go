package conf

import (
	"strings"
	"testing"
)

// TestEnvListDocuments: the same path in another document is another place.
func TestEnvListDocuments(t *testing.T) {
	t.Parallel()
	pod := func(name, image, value string) string {
		return "---\nkind: Deployment\nspec:\n  containers:\n    - name: " + name + "\n      image: " + image + "\n      env:\n        - {name: A, value: " + value + "}\n      envFrom:\n        - secretRef: {name: " + name + "}\n"
	}
	secret := "kind: Secret\nmetadata: {name: b}\ndata:\n  P: eHl6\nstringData:\n  Q: q\n---\nkind: Other\ndata:\n  R: r\n"
	x := wantBriefs(t, secret+pod("a", "a:1", "one")+pod("b", "b:2", "two"), EnvList, Usual, "b:P=eHl6 (expr)", "b:Q=q", "a:A=one", "b:A=two")
	if len(x.Scopes) != 2 || x.Scopes[0].Image != "a:1" || x.Scopes[1].Name != "b" || x.Scopes[1].Image != "b:2" {
		t.Errorf("scopes: %+v", x.Scopes)
	}
}

func TestEnvListImageInParts(t *testing.T) {
	t.Parallel()
	for image, want := range map[string]string{
		"{repository: a/b}":                            "a/b",
		"{tag: 1.2, repository: a/b}":                  "a/b:1.2",
		"{repository: a/b, tag: \"\", registry: r.io}": "r.io/a/b",
		"{tag: 1.2}":                                   "",
	} {
		x := Parse("x:\n  image: "+image+"\n  env: {A: 1}\n", EnvList, Usual)
		var got []string
		for _, s := range x.Scopes {
			got = append(got, s.Name+" "+s.Image)
		}
		if want != "" {
			want = "x " + want
		}
		if strings.Join(got, ",") != want {
			t.Errorf("%s: %q, want %q", image, got, want)
		}
	}
}
