// Package document reads policy files, in YAML or JSON, into the types that
// describe them, and remembers where everything stands. It knows what a file may
// look like and nothing of what it means.
//
// Reading is strict: a key that the types do not have, a key twice, a value of
// another type, a second YAML document, an alias and a tag are problems, all of them
// reported together. The JSON Schema for editors is made of the same types.
package document
