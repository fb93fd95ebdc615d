package dialect

var beam = []Dialect{}
