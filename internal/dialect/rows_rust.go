package dialect

var rust = []Dialect{}
