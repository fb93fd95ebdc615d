package dialect

// tables are all rows, by the language that their applications are written in.
// What is generic stands last: where two rows fit a text equally well, the
// first one has it.
func tables() [][]Dialect {
	return [][]Dialect{laravel, php, node, nodeApps, nodeMore, nodeCode, python, ruby, rubyCode, rubyMore, java, javaMore, golang, rust, beam, dotnet, mta, generic, genericFiles}
}
