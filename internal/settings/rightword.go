package settings

import (
	"github.com/maildoctor/maildoctor/internal/dialect"
)

// rightWord replaces a word that the application ignores by one that it knows
// and that does what the port wants.
func (c *Channel) rightWord(v *Value) []edit {
	if !v.Role.Switch() || v.Part != whole {
		return nil
	}
	port := number(c.Evidence.Port.V)
	for _, mode := range modesFor(expected(c.Evidence.Host.V, port, Proof{})) {
		for _, text := range c.App.writable(switchOf{v.Key, v}) {
			ch := change{text: text, typ: v.Type}
			if e := c.App.effect(map[*dialect.Key]change{v.Key: ch}, port); e.Mode == mode && e.Refuses == "" {
				return c.App.setKey(v.Key, v, text, ch.typ)
			}
		}
	}
	return nil
}
