package dialect

var mta = []Dialect{}
