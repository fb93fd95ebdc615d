package dialect

var dotnet = []Dialect{}
