// Package spectest is the proving kit of specifications: cases with the right
// answer, and random schemas, rows and specifications without end. Whatever
// claims to evaluate a specification can be held against it. Package spec is, in
// the tests of this package; databases are by package sqlspectest.
//
//	for _, c := range spectest.Cases() {
//		if err := c.Check(); err != nil {
//			t.Error(err)
//		}
//	}
//
// Rows are maps. Every row has an integer "id" of its own, by which answers name
// it. What else a field holds follows from its kind and from the stem of its
// name: see [Stem].
//
// [NewWorld] draws a schema, rows full of what has led engines astray, and
// specifications over them, all from a seed: the same seed gives the same world.
// [Laws] are what must hold of any specifications whatever they mean. [Shrink]
// reduces what failed to its core, and [Case.GoString] prints that as Go, to
// become a case with a name and a reason.
package spectest
