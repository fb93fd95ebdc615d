package dialect

var java = []Dialect{}
