package dialect

var golang = []Dialect{}
