package dialect

// nodeMore are applications beyond those whose settings came with reports.
var nodeMore = []Dialect{}
