package spectest

import "github.com/rolespec/rolespec/spec"

// one comment each with 1, with 2, with both, with none, with null, and no comment.
var comments = number(
	Row{"comments": []any{Row{"id": 1, "whole": 1}}},
	Row{"comments": []any{Row{"id": 2, "whole": 2}}},
	Row{"comments": []any{Row{"id": 3, "whole": 2}, Row{"id": 4, "whole": 1}}},
	Row{"comments": []any{Row{"id": 5, "whole": 1}, Row{"id": 6, "whole": 1}}},
	Row{"comments": []any{Row{"id": 7}}},
	Row{"comments": []any{Row{"id": 8}, Row{"id": 9, "whole": 1}}},
	Row{},
)

var anyCases = []Case{
	ask("any", "a row with two such rows comes once: a join shows it twice", spec.Any("comments", first), comments, "TFT TFT F"),
	ask("not any", "it is two-valued: a negation pushed into it asks something else", spec.Not(spec.Any("comments", first)), comments, "FTF FTF T"),
	ask("any not", "some other row, for sure", spec.Any("comments", spec.Not(first)), comments, "FTT FFF F"),
	ask("every", "a row of which it is unknown is not one of which it is true", spec.Every("comments", first), comments, "TFF TFF T"),
	ask("not every", "some row of which it is not true", spec.Not(spec.Every("comments", first)), comments, "FTT FTT F"),
	ask("every not", "none for which it may be true: this is how to refuse", spec.Every("comments", spec.Not(first)), comments, "FTF FFF T"),
	ask("not any not", "NOT EXISTS with NOT inside passes over unknown rows, so it is not Every", spec.Not(spec.Any("comments", spec.Not(first))), comments, "TFF TTT T"),
	ask("any at all", "whether there are such rows", spec.Any("comments", spec.All()), comments, "TTT TTT F"),
	ask("none at all", "the rows without such rows, which an inner join loses", spec.Every("comments", spec.None()), comments, "FFF FFF T"),
	ask("any of none", "no row is none", spec.Any("comments", spec.None()), comments, "FFF FFF F"),
	ask("every one is one", "every row is a row", spec.Every("comments", spec.All()), comments, "TTT TTT T"),
	ask("any null", "null is asked of the related rows", spec.Any("comments", spec.IsNull("whole")), comments, "FFF FTT F"),
	ask("every distinct", "two-valued inside too", spec.Every("comments", spec.Distinct("whole", 2)), comments, "TFF TTT T"),
	ask("any beside a field", "an inner join loses the row without comments", spec.Or(spec.Eq("id", 7), spec.Any("comments", first)), comments, "TFT TFT T"),
	ask("two of any", "two rows may do what one does not", spec.And(spec.Any("comments", first), spec.Any("comments", spec.Eq("whole", 2))), comments, "FFT FFF F"),
	ask("any of two", "one row has to do both", spec.Any("comments", spec.And(first, spec.Eq("whole", 2))), comments, "FFF FFF F"),
	ask("any and not every", "De Morgan stops at the quantifier", spec.Not(spec.And(spec.Any("comments", first), spec.Not(spec.Every("comments", first)))), comments, "TTF TTF T"),
	ask("any in", "NOT IN over a nullable column of a subquery loses every row", spec.Any("comments", spec.NotIn("whole", 2, 3)), comments, "TFT TFT F"),
	ask("the name of both", "a column that is not qualified is taken from the row outside",
		spec.Any("comments", spec.Eq("name", "a")), number(Row{"name": "a", "comments": []any{Row{"id": 1, "name": "b"}}}, Row{"name": "b", "comments": []any{Row{"id": 2, "name": "a"}}}), "FT"),
	ask("elements of related rows", "lists in lists", spec.Any("comments", spec.Contains("names", "a")),
		number(Row{"comments": []any{Row{"id": 1, "names": []any{"b"}}, Row{"id": 2, "names": []any{nil, "a"}}}}, Row{"comments": []any{Row{"id": 3, "names": []any{}}}}), "TF"),
}

// an owner called a, one called b, one without a name, and none.
var owned = number(
	Row{"name": "a", "owner": Row{"id": 1, "name": "a", "whole": 1, "names": []any{"x"}}},
	Row{"name": "a", "owner": Row{"id": 2, "name": "b", "whole": 2}},
	Row{"name": "a", "owner": Row{"id": 3, "names": []any{}}},
	Row{"name": "a"},
)

var ownerCases = []Case{
	ask("a field of the owner", "an absent owner has no name, which is unknown", spec.Eq("owner.name", "a"), owned, "TFUU"),
	ask("not a field of the owner", "NOT EXISTS would show the row without an owner", spec.Not(spec.Eq("owner.name", "a")), owned, "FTUU"),
	ask("another name", "the same, as the operator has it", spec.Ne("owner.name", "a"), owned, "FTUU"),
	ask("no name of the owner", "null, or no owner at all", spec.IsNull("owner.name"), owned, "FFTT"),
	ask("some name of the owner", "there is an owner with one", spec.NotNull("owner.name"), owned, "TTFF"),
	ask("distinct from the owner's name", "the null of an absent row counts as null", spec.Distinct("owner.name", "a"), owned, "FTTT"),
	ask("not distinct from the owner's name", "two-valued", spec.Not(spec.Distinct("owner.name", "a")), owned, "TFFF"),
	ask("the owner's name in a list", "unknown without an owner", spec.In("owner.name", "a", "c"), owned, "TFUU"),
	ask("the owner's name not in a list", "unknown still", spec.NotIn("owner.name", "a", "c"), owned, "FTUU"),
	ask("the owner's list", "a list of an absent row is null", spec.Contains("owner.names", "x"), owned, "TUFU"),
	ask("the owner, asked", "an owner that is absent is no row: two-valued", spec.Any("owner", spec.Eq("name", "a")), owned, "TFFF"),
	ask("not the owner, asked", "so the negation shows the row without an owner", spec.Not(spec.Any("owner", spec.Eq("name", "a"))), owned, "FTTT"),
	ask("every owner", "over one row it is as any: false without one", spec.Every("owner", spec.Eq("name", "a")), owned, "TFFF"),
	ask("not every owner", "and its negation is true", spec.Not(spec.Every("owner", spec.Eq("name", "a"))), owned, "FTTT"),
	ask("some owner", "whether there is one", spec.Any("owner", spec.All()), owned, "TTTF"),
	ask("the owner's name and one's own", "two fields of two tables", spec.Eq("name", spec.Ref("owner.name")), owned, "TFUU"),
	ask("one's own name and the owner's", "the other way round, with an order", spec.Lt("owner.name", spec.Ref("name")), owned, "FFUU"),
	ask("two names and one owner", "MariaDB gives what it found for one name for every name that its collation thinks equal", spec.Or(spec.Eq("name", spec.Ref("owner.name")), spec.Eq("id", 99)),
		number(Row{"name": "a", "owner": Row{"id": 1, "name": "a"}}, Row{"name": "A", "owner": Row{"id": 1}}, Row{"name": "a", "owner": Row{"id": 1}}, Row{"name": "A"}, Row{"owner": Row{"id": 1}}), "TFTUU"),
	ask("two names and one owner, unequal", "and the other way round", spec.Or(spec.Ne("owner.name", spec.Ref("name")), spec.Eq("id", 99)),
		number(Row{"name": "a", "owner": Row{"id": 1, "name": "a"}}, Row{"name": "A", "owner": Row{"id": 1}}, Row{"name": "A", "owner": Row{"id": 2}}), "FTU"),
	ask("distinct from one's own name", "null on one side", spec.Distinct("owner.name", spec.Ref("name")), owned, "FTTT"),
	ask("an owner or a name", "an unknown part decides nothing", spec.Or(spec.Eq("owner.whole", 1), spec.Eq("name", "a")), owned, "TTTT"),
	ask("two fields of the owner", "of one owner", spec.And(spec.Eq("owner.name", "a"), spec.Gte("owner.whole", 1)), owned, "TFUU"),
	ask("under the owner, negated twice", "neither adds a row", spec.Not(spec.And(spec.Eq("owner.name", "a"), spec.IsNull("owner.whole"))), owned, "TTUU"),
}

// an owner with a boss, with one without a name, without one, and no owner.
var bossed = number(
	Row{"owner": Row{"id": 1, "boss": Row{"id": 2, "name": "a", "groups": []any{Row{"id": 1, "name": "g"}}}, "groups": []any{Row{"id": 2, "name": "h"}, Row{"id": 1}}}},
	Row{"owner": Row{"id": 3, "boss": Row{"id": 4}, "groups": []any{Row{"id": 2}}}},
	Row{"owner": Row{"id": 5}},
	Row{},
)

var farCases = []Case{
	ask("the owner's boss", "through two rows", spec.Eq("owner.boss.name", "a"), bossed, "TUUU"),
	ask("not the owner's boss", "absent anywhere on the way is unknown", spec.Ne("owner.boss.name", "b"), bossed, "TUUU"),
	ask("no name of the owner's boss", "null anywhere on the way is null", spec.IsNull("owner.boss.name"), bossed, "FTTT"),
	ask("the owner's groups", "unknown without an owner, not false", spec.Any("owner.groups", spec.Eq("name", "g")), bossed, "TFFU"),
	ask("not the owner's groups", "so the row without an owner stays hidden", spec.Not(spec.Any("owner.groups", spec.Eq("name", "g"))), bossed, "FTTU"),
	ask("every one of the owner's groups", "true of an owner without groups, unknown without an owner", spec.Every("owner.groups", spec.Eq("name", "h")), bossed, "FTTU"),
	ask("not every one of the owner's groups", "and its negation", spec.Not(spec.Every("owner.groups", spec.Eq("name", "h"))), bossed, "TFFU"),
	ask("the groups of the owner's boss", "three relations", spec.Any("owner.boss.groups", spec.Eq("name", "g")), bossed, "TFUU"),
	ask("no groups of the owner's boss", "none at all, if there is a boss", spec.Every("owner.boss.groups", spec.None()), bossed, "FTUU"),
	ask("the owner's boss, asked", "unknown without an owner, false without a boss", spec.Any("owner.boss", spec.All()), bossed, "TTFU"),
	ask("not the owner's boss, asked", "so true without a boss", spec.Not(spec.Any("owner.boss", spec.All())), bossed, "FFTU"),
	ask("every owner's boss", "over one row as any", spec.Every("owner.boss", spec.Eq("name", "a")), bossed, "TFFU"),
	ask("groups of many", "one group belongs to several: a link table", spec.Any("groups", spec.Eq("name", "g")),
		number(Row{"groups": []any{Row{"id": 1, "name": "g"}}}, Row{"groups": []any{Row{"id": 1}, Row{"id": 2, "name": "h"}}}, Row{"groups": []any{Row{"id": 2}}}, Row{}), "TTFF"),
	ask("not in a group", "the row without groups is not in it", spec.Not(spec.Any("groups", spec.Eq("name", "g"))),
		number(Row{"groups": []any{Row{"id": 1, "name": "g"}}}, Row{"groups": []any{Row{"id": 2}}}, Row{}), "FTT"),
	ask("in no other group", "every one of them, of a link table", spec.Every("groups", spec.In("name", "g", "h")),
		number(Row{"groups": []any{Row{"id": 1, "name": "g"}, Row{"id": 2, "name": "h"}}}, Row{"groups": []any{Row{"id": 1}, Row{"id": 3, "name": "i"}}}, Row{"groups": []any{Row{"id": 4}}}, Row{}), "TFFT"),
}

// a comment whose author is a, with a reply; one without an author.
var talk = number(
	Row{"comments": []any{Row{"id": 1, "name": "a", "author": Row{"id": 1, "name": "a"}, "replies": []any{Row{"id": 2, "whole": 1, "author": Row{"id": 2, "name": "b"}}}}}},
	Row{"comments": []any{Row{"id": 3, "name": "a", "replies": []any{Row{"id": 4, "whole": 2}, Row{"id": 5, "whole": 1}}}}},
	Row{"comments": []any{Row{"id": 6, "name": "c", "author": Row{"id": 2}}}},
	Row{},
)

var nestedRowCases = []Case{
	ask("the author of a comment", "a row to one behind rows to many", spec.Any("comments", spec.Eq("author.name", "a")), talk, "TFFF"),
	ask("not the author of a comment", "a comment without an author is unknown, and so no such comment", spec.Any("comments", spec.Ne("author.name", "a")), talk, "FFTF"),
	ask("every author", "nor is every comment then one", spec.Every("comments", spec.Ne("author.name", "c")), talk, "TFTT"),
	ask("a comment without an author", "null is asked of what is absent", spec.Any("comments", spec.IsNull("author.name")), talk, "FTFF"),
	ask("a comment called as its author", "two fields behind a relation", spec.Any("comments", spec.Eq("name", spec.Ref("author.name"))), talk, "TFFF"),
	ask("any in any", "two levels", spec.Any("comments", spec.Any("replies", first)), talk, "TTFF"),
	ask("every in any", "true of a comment without replies", spec.Any("comments", spec.Every("replies", first)), talk, "TFTF"),
	ask("any in every", "not true of a comment without replies", spec.Every("comments", spec.Any("replies", first)), talk, "TTFT"),
	ask("every in every", "true of nothing at all", spec.Every("comments", spec.Every("replies", first)), talk, "TFTT"),
	ask("not any in every", "negated inside", spec.Every("comments", spec.Not(spec.Any("replies", first))), talk, "FFTT"),
	ask("not every in any, negated", "negated inside and outside", spec.Not(spec.Any("comments", spec.Not(spec.Every("replies", first)))), talk, "TFTT"),
	ask("the author of a reply", "three levels", spec.Any("comments", spec.Any("replies", spec.Eq("author.name", "b"))), talk, "TFFF"),
	ask("a field beside levels", "each level has a name of its own", spec.Any("comments", spec.And(spec.Eq("name", "a"), spec.Any("replies", spec.Eq("whole", 2)))), talk, "FTFF"),
}

// 1 <- 2 <- 3, and 4 alone and its own friend.
var tree = number(
	Row{"whole": 1, "children": []any{Row{"id": 2}}, "friends": []any{Row{"id": 2}, Row{"id": 3}}},
	Row{"whole": 2, "parent": Row{"id": 1}, "children": []any{Row{"id": 3}}, "friends": []any{Row{"id": 1}}},
	Row{"parent": Row{"id": 2}},
	Row{"whole": 1, "friends": []any{Row{"id": 4}}},
)

var treeCases = []Case{
	ask("the parent", "the table leads to itself: without a name of its own the inner row is the outer one", spec.Eq("parent.whole", 1), tree, "UTFU"),
	ask("the parent's parent", "twice", spec.Eq("parent.parent.whole", 1), tree, "UUTU"),
	ask("no parent", "the roots", spec.Not(spec.Any("parent", spec.All())), tree, "TFFT"),
	ask("a child", "not oneself", spec.Any("children", spec.Eq("whole", 1)), tree, "FFFF"),
	ask("a child, two", "the other row", spec.Any("children", spec.Eq("whole", 2)), tree, "TFFF"),
	ask("the leaves", "those without children", spec.Every("children", spec.None()), tree, "FFTT"),
	ask("a grandchild", "two levels of one table", spec.Any("children", spec.Any("children", spec.IsNull("whole"))), tree, "TFFF"),
	ask("the parent of a child", "there and back", spec.Any("children", spec.Eq("parent.whole", 1)), tree, "TFFF"),
	ask("friends", "a link of the table to itself", spec.Any("friends", spec.Eq("whole", 1)), tree, "FTFT"),
	ask("friends of friends", "in circles", spec.Any("friends", spec.Any("friends", spec.Any("friends", first))), tree, "FTFT"),
	ask("every friend", "and none", spec.Every("friends", spec.Eq("whole", 2)), tree, "FFTF"),
	ask("less than the parent", "two rows of one table", spec.Gt("whole", spec.Ref("parent.whole")), tree, "UTUU"),
	ask("eight relations", "as many as there may be",
		spec.Any("friends", spec.Any("friends", spec.Any("friends", spec.Any("friends", spec.Any("friends", spec.Any("friends", spec.Any("friends", spec.Any("friends", first)))))))), tree, "TFFT"),
}
