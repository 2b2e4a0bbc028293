// Package prove proves what holds of specifications without looking at rows: that
// one is true of no row, that it is true of every row, that one implies another.
//
//	prove.Never(spec.MustParse(`size > 3 && size is None`), rows)             // true
//	prove.Always(spec.MustParse(`id < 3 || id >= 3`), rows)                   // true
//	prove.Implies(spec.MustParse(`id == 1`), spec.MustParse(`id in [1, 2]`), rows) // true
//
// It is sound: what it says is proven holds. It is not complete: false says that
// there is no proof, not that the opposite holds.
//
// # Rows
//
// What is proven holds of rows that keep their schema. Such a row has in every
// field a value of the kind of the field, or null where the schema allows it. It
// may hold whatever package spec takes for a value of the kind:
//
//	int, uint       every integer of 64 bits, with a sign or without
//	float           infinities and not-a-number, which compares with nothing
//	decimal, uuid   a text that is declared to be of the kind, and is not
//	time, date      the same, and what is outside of the years 1 to 9999, as the
//	                zero Date is: of it everything is unknown, IsNull as well
//	string, bytes   everything of any length
//	an enum         everything of any length: nobody checks the labels of a row
//
// Of a map that holds something else than its schema says, such as a text in an
// int or nothing in what is never null, nothing is proven; nor of a value that
// cannot be read, because its Value or MarshalText fails.
//
// Of a field that the schema does not have nothing is known, and of no field
// where the schema is nil: it may be of any kind, null, or missing, and the rows
// may be of any type of which the specifications can be asked. What cannot be
// asked of a row, since it does not compile, is not claimed of it either.
//
// A specification may be a template. A variable is one value, null among others,
// and the same wherever it stands; what is proven holds whatever the claims are.
//
// # What is proven
//
// All that follows by the laws of three-valued logic from these:
//
//   - what one and the same part is, and its negation: a leaf of any operator, or
//     all that is asked of a relation
//   - what the leaves about one field can be together, where they compare with
//     constants: == != < <= > >=, in, is None, is distinct from, startswith and
//     under. Of one field this is complete: of all values between two neighbouring
//     constants one is tried, and the constants, null and whatever else a row may
//     hold. An operator that looks into a text or list in another way is tried at
//     constants, and where there are none it can be anything
//   - what the comparisons of a field with one variable, or with one other field,
//     can be together: less, equal, greater, or null on a side
//   - what a related row has to be that there is by any or not every, given what
//     is asked of all rows of the same relation
//
// Not proven is what takes more: what follows from one comparison of two fields
// for a third, or for the constants that they are compared with; a variable inside
// of a list as the same variable outside; one text inside another (what contains
// "ab" contains "a"), patterns, case; the elements of lists; how a field behind a
// relation to one row (owner.age) is what is asked of that row (any owner (..)).
//
// # Cost
//
// Whether a specification is never true is NP-hard. A field costs its leaves times
// its constants, the choices are searched depth first after whatever has one way
// out, and a budget ends it all: what is left then is not proven. The question
// of a usual policy takes a fraction of a millisecond, the worst about a second.
package prove
